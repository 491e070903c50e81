import type { Extensions } from '../../api/answers';
import { Chip } from '../../ui/values';
import { count } from '../../ui/words';
import type { Difference } from './Aftermath';
import { outcomeOf } from './measures';
import { NoNumber } from './untold';

/** Outcome by outcome: both means, their difference with its interval of 95 %, and on which side of zero that lies. */
export function Differences({ all, accounts, extensions }: { all: readonly Difference[]; accounts: boolean; extensions: Extensions }) {
  return (
    <>
      <table className="table cards aftermath">
        <caption className="sr">What came after, of those whom it reached and of the others: means, and their difference with its interval of 95 %</caption>
        <thead>
          <tr>
            <th scope="col">Of 100 {accounts ? 'companies' : 'customers'}, or the mean</th>
            <th scope="col" className="num">Exposed</th>
            <th scope="col" className="num">Matched</th>
            <th scope="col" className="num">Difference, 95 %</th>
            <th scope="col" className="aftermath-line">
              <span>less</span> <span>more</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <Row key={one.outcome} of={one} extensions={extensions} />
          ))}
        </tbody>
      </table>
      <p className="key pad">
        <span><Point solid /> a difference</span>
        <span><Point /> none is shown: the interval has zero in it</span>
        <span>Each line has a scale of its own.</span>
      </p>
    </>
  );
}

function Row({ of: one, extensions }: { of: Difference; extensions: Extensions }) {
  const { word, said } = outcomeOf(one.outcome);
  const { exposed, matched, difference, low, high } = one;
  if (exposed === null || matched === null || difference === null || low === null || high === null) {
    return (
      <tr>
        <th scope="row">{word}</th>
        <td colSpan={4} className="num wide"><NotJudged of={one} extensions={extensions} /></td>
      </tr>
    );
  }
  const shown = low > 0 || high < 0;
  return (
    <tr>
      <th scope="row">{word}</th>
      <td className="num" data-word="exposed">{said(exposed)}<span className="second">n {count(one.ofExposed ?? 0)}</span></td>
      <td className="num" data-word="matched">{said(matched)}<span className="second">n {count(one.ofMatched ?? 0)}</span></td>
      <td className="num" data-word="difference">
        <span className={shown ? 'aftermath-shown' : 'soft'}>{said(difference, '+')}</span>
        <span className="second">{said(low)} to {said(high)}</span>
      </td>
      <td className="aftermath-line"><Line low={low} at={difference} high={high} shown={shown} /></td>
    </tr>
  );
}

/** Too few of a group are known to have it, or have any of it. */
function NotJudged({ of: { ofExposed, ofMatched }, extensions }: { of: Difference; extensions: Extensions }) {
  if (ofExposed === null || ofMatched === null) return <NoNumber extensions={extensions} field="aftermath" />;
  const few = ofExposed < 20 || ofMatched < 20;
  return (
    <>
      <Chip tone="judge" icon="q">
        Cannot be judged, n {count(ofExposed)} and {count(ofMatched)}
      </Chip>
      <span className="second">{few ? 'fewer than 20 of a group' : 'fewer than five have any, or fewer than ten companies'}</span>
    </>
  );
}

function Line({ low, at, high, shown }: { low: number; at: number; high: number; shown: boolean }) {
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const x = (n: number) => `${50 + (44 * n) / reach}%`;
  const hollow = shown ? undefined : '';
  return (
    <svg width="100%" height="16" aria-hidden="true">
      <line x1="50%" x2="50%" y1="0" y2="16" className="aftermath-zero" />
      <line x1={x(low)} x2={x(high)} y1="8" y2="8" className="aftermath-span" data-hollow={hollow} />
      <circle cx={x(at)} cy="8" r="4" className="aftermath-point" data-hollow={hollow} />
    </svg>
  );
}

const Point = ({ solid }: { solid?: boolean }) => (
  <svg width="10" height="10" aria-hidden="true">
    <circle cx="5" cy="5" r="4" className="aftermath-point" data-hollow={solid ? undefined : ''} />
  </svg>
);
