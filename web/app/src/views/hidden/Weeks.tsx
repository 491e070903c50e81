import { useRef } from 'react';
import type { Extensions } from '../../api/answers';
import { changeParams, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';
import { SavePicture } from '../../ui/SavePicture';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box, Chip, Day } from '../../ui/values';
import { count } from '../../ui/words';
import { useWidth } from '../journeys/use-size';
import type { Told } from './Aftermath';
import { outcomeOf, type Measure } from './measures';
import { NoNumber } from './untold';
import { chosenOf, onlyAfter, weekName, weeksOf, type Week } from './weeks';
import { WeeksPicture } from './WeeksPicture';

type WeeksProps = { told: Told; at: string; days: number; accounts: boolean; extensions: Extensions };

/** One outcome week by week, before and after, of both groups, and by how much they differ: as a picture or as its list. */
export function Weeks({ told, at, days, accounts, extensions }: WeeksProps) {
  const { list } = useTwin();
  const [box, room] = useWidth<HTMLDivElement>();
  const picture = useRef<HTMLDivElement>(null);
  const chosen = chosenOf(told, useRoute().params.outcome);
  if (!chosen) return null;
  const { outcome, all } = chosen;
  const { hundred, word, said } = outcomeOf(outcome);
  const weeks = weeksOf(told, outcome, at, days);
  const whole = told.weeks.length;
  const toCome = weeks.at(-1)?.week !== told.weeks.at(-1)?.week;
  return (
    <Box
      title="Week by week"
      n={outcome === 'RETAINED' ? 'of 100 before, at the end of a week' : hundred ? `of 100 ${accounts ? 'companies' : 'customers'} in a week` : 'the mean of a week'}
      more={
        <>
          {!list && <SavePicture of={picture} name="hidden-event-weeks" />}
          <TwinButton />
        </>
      }
    >
      <div className="pad weeks-choice">
        <Choice word="What came after" value={outcome} options={all.map((one) => [one, outcomeOf(one).word])} choose={(one) => changeParams({ outcome: one }, { replace: true })} />
      </div>
      <div ref={box} />
      {list ? (
        <WeeksTable weeks={weeks} outcome={outcome} extensions={extensions} />
      ) : (
        room > 0 && (
          <div ref={picture} className="pad picture">
            <WeeksPicture weeks={weeks} count={whole} at={at} room={room - 32} word={word} said={said} />
          </div>
        )
      )}
      <p className="key pad">
        {!list && (
          <>
            <span><svg width="22" height="8" aria-hidden="true"><path d="M0 4h22" className="weeks-exposed" /></svg> whom it reached</span>
            <span><svg width="22" height="8" aria-hidden="true"><path d="M0 4h22" className="weeks-matched" /></svg> who are like them</span>
            <span><svg width="14" height="12" aria-hidden="true"><rect width="14" height="12" className="weeks-band" /></svg> 95 % interval, where enough are known</span>
          </>
        )}
        <span>{toCome && 'Weeks that are to come are not shown. '}{onlyAfter(outcome) ? 'Who had left before had no contract any more: there are no weeks before it.' : 'If both went alike before, a difference that begins with the event is none that they had.'}</span>
      </p>
    </Box>
  );
}

function WeeksTable({ weeks, outcome, extensions }: { weeks: readonly Week[]; outcome: Measure; extensions: Extensions }) {
  const { word, said } = outcomeOf(outcome);
  return (
    <table className="table cards weeks">
      <caption className="sr">Week by week, of those whom it reached and of the others: {word}, and the difference with its interval of 95 %</caption>
      <thead>
        <tr>
          <th scope="col">Week</th>
          <th scope="col">From</th>
          <th scope="col" className="num">Exposed</th>
          <th scope="col" className="num">Matched</th>
          <th scope="col" className="num">Difference, 95 %</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ week, from, open, of: { exposed, matched, difference, low, high, ofExposed, ofMatched } }) => {
          const untold = <NoNumber extensions={extensions} field="aftermath" />;
          const number = (n: number | null, of: number | null) => {
            if (of === null) return untold;
            if (of === 0) return <span className="faint">nobody has any</span>;
            return <>{n === null ? <span className="faint">not compared</span> : said(n)}<span className="second">n {count(of)}</span></>;
          };
          const none = ofExposed === null || ofMatched === null ? untold : <span className="faint">none</span>;
          return (
            <tr key={week}>
              <th scope="row">{weekName(week)} {open && <Chip>not over</Chip>}</th>
              <td className="soft"><Day at={from} /></td>
              <td className="num" data-word="exposed">{number(exposed, ofExposed)}</td>
              <td className="num" data-word="matched">{number(matched, ofMatched)}</td>
              <td className="num" data-word="difference">
                {difference === null ? none : said(difference, '+')}
                {low !== null && high !== null && <span className="second">{said(low)} to {said(high)}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
