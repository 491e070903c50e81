import { useRef } from 'react';
import { graphql, type ResultOf, type VariablesOf } from '../../api/graphql';
import { useViewer } from '../../frame/viewer';
import { changeParams, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';
import { SavePicture } from '../../ui/SavePicture';
import { Empty } from '../../ui/states';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count, counted } from '../../ui/words';
import { outcomeOf } from '../hidden/measures';
import { periodName } from './dimensions';
import { FeltPicture } from './FeltPicture';
import { countedCases } from './names';
import { Number } from './Number';
import type { TabProps } from './tab';
import { anew, AwaitJourney, NotTold, useJourney } from './use-journey';
import { useWidth } from './use-size';

const FeltQuery = graphql(`
  query JourneyFelt($definition: JourneyDefinition!, $by: JourneyMeasuredBy!, $of: JourneyMeasure!, $first: Int!) {
    journeys(definition: $definition) {
      satisfaction(by: $by, of: $of, first: $first) {
        all { cases answered mean low high }
        rows { value mean { cases answered mean low high } }
        other { cases answered mean low high }
        values
      }
    }
  }
`);

type Told = NonNullable<NonNullable<ResultOf<typeof FeltQuery>['journeys']>['satisfaction']>;
export type Mean = Told['all'];
export type Of = VariablesOf<typeof FeltQuery>['of'];
export type Period = keyof typeof periodName;
/** A period by its first day, and how the cases were felt that begin in it. */
export type Point = { value: string; mean: Mean };

const periods: [Period, string][] = [['MONTH', 'Month'], ['WEEK', 'Week']];
const measures: [Of, string][] = [['SATISFACTION', 'Answers when asked: NPS, CSAT, CES'], ['SENTIMENT', 'Mood in what was said']];
const sizes = ['6', '12', '26', '52'];

/** How journeys were felt, by when they begin: the mean of each period with its interval, as a picture or as its list. */
export function FeltTab({ definition, input, open }: TabProps) {
  const { params } = useRoute();
  const { list } = useTwin();
  const [box, room] = useWidth<HTMLDivElement>();
  const picture = useRef<HTMLDivElement>(null);
  const [by] = periods.find(([one]) => one === params.period) ?? periods[0];
  const [of] = measures.find(([one]) => one === params.felt) ?? measures[0];
  const first = sizes.find((size) => size === params.periods) ?? '12';
  const answer = anew(useJourney(FeltQuery, { definition: input, by, of, first: globalThis.Number(first) }));
  const { said, word } = outcomeOf(of);
  const few = useViewer().purpose === 'ANALYSIS' ? ', not told apart: earlier, or of too few people' : '';
  const others = ({ values }: Told) => `${counted(values, `other ${by.toLowerCase()}`)}${few}`;
  return (
    <Box
      title="How it was felt"
      n={`by the ${by.toLowerCase()} in which a case begins`}
      className="felt"
      more={
        <>
          {!list && <SavePicture of={picture} name="journeys-felt" />}
          <TwinButton />
        </>
      }
    >
      <div className="felt-choices pad">
        <Choice word="How" value={of} options={measures} choose={(value) => changeParams({ felt: value })} />
        <Choice word="By" value={by} options={periods} choose={(value) => changeParams({ period: value })} />
        <Choice word="Newest periods" value={first} options={sizes.map((size) => [size, size])} choose={(value) => changeParams({ periods: value })} />
      </div>
      <div ref={box} className="steps-measure" />
      <AwaitJourney answer={answer} rows={8}>
        {({ journeys }) => {
          const told = journeys?.satisfaction;
          if (!told) return <NotTold extensions={answer.extensions} field="satisfaction" />;
          const points = told.rows.flatMap(({ value, mean }): Point[] => (value === null ? [] : [{ value, mean }]));
          return (
            <>
              <p className="pad sm">
                {told.all.mean === null ? 'Nothing is said' : <><span className="strong">{said(told.all.mean)}</span> is the mean of {count(told.all.answered)}</>} of {countedCases(told.all.cases, definition.whose)}. {word}.
              </p>
              {points.length === 0 ? (
                <Empty>{few && told.other ? `Of no ${by.toLowerCase()} is told by itself how its cases were felt: each is of too few people.` : 'No case begins in a period that is told.'}</Empty>
              ) : list ? (
                <Means told={told} others={others(told)} points={points} by={by} of={of} open={open} />
              ) : (
                room > 0 && (
                  <>
                    <div ref={picture} className="pad picture">
                      <FeltPicture points={points} all={told.all} by={by} of={of} room={room - 32} />
                    </div>
                    {told.other && <p className="pad sm">Not drawn: {others(told)}; {countedCases(told.other.cases, definition.whose)}, {told.other.mean === null ? 'nothing is said' : `${said(told.other.mean)} is the mean of ${count(told.other.answered)}`}.</p>}
                  </>
                )
              )}
              <p className="pad sm soft">Each case has one value, the mean of what is said in it, in events that are not looked at, too. Intervals of 95 % are Student’s; two answers are the least for one.</p>
            </>
          );
        }}
      </AwaitJourney>
    </Box>
  );
}

type MeansProps = { told: Told; others: string; points: readonly Point[]; by: Period; of: Of; open: TabProps['open'] };

function Means({ told, others, points, by, of, open }: MeansProps) {
  const { said, word } = outcomeOf(of);
  const cells = ({ answered, mean, low, high }: Mean) => (
    <>
      <td className="num strong" data-word="mean">{mean === null ? <span className="faint">nothing said</span> : said(mean)}</td>
      <td className="num" data-word="95 %">{low === null || high === null ? <span className="faint">{answered === 0 ? 'none' : 'too few for one'}</span> : `${said(low)} to ${said(high)}`}</td>
    </>
  );
  return (
    <table className="table cards">
      <caption className="sr">{`${word}, by the ${by.toLowerCase()} in which cases begin: how many, in how many anything is said, the mean and its interval of 95 %`}</caption>
      <thead>
        <tr>
          <th scope="col">{by === 'WEEK' ? 'Week' : 'Month'}</th>
          <th scope="col" className="num">Cases</th>
          <th scope="col" className="num">Answered</th>
          <th scope="col" className="num">Mean</th>
          <th scope="col" className="num">95 % interval</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ value, mean }) => {
          const name = periodName[by](value);
          const drill = (answered?: boolean) => ({ title: `${name}${answered ? ', answered' : ''}`, behind: { measured: { by, of, activities: [], value, ...(answered ? { answered } : {}) } } });
          return (
            <tr key={value}>
              <th scope="row">{name}</th>
              <td className="num" data-word="cases"><Number n={mean.cases} drill={drill()} open={open} of={`begin ${name}`} /></td>
              <td className="num" data-word="answered"><Number n={mean.answered} drill={drill(true)} open={open} of={`begin ${name} and say how it was`} /></td>
              {cells(mean)}
            </tr>
          );
        })}
        {told.other && (
          <tr className="rest">
            <th scope="row"><span>{others}</span></th>
            <td className="num" data-word="cases">{count(told.other.cases)}</td>
            <td className="num" data-word="answered">{count(told.other.answered)}</td>
            {cells(told.other)}
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td className="num" data-word="cases">{count(told.all.cases)}</td>
          <td className="num" data-word="answered">{count(told.all.answered)}</td>
          {cells(told.all)}
        </tr>
      </tfoot>
    </table>
  );
}
