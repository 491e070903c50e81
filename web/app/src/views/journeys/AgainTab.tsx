import { graphql, type ResultOf } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { Empty } from '../../ui/states';
import { Box } from '../../ui/values';
import { count, counted, duration, percent } from '../../ui/words';
import { Names } from './DefinitionPanel';
import { joined, several } from './definition';
import { activityName, countedCases } from './names';
import { StaysByBox } from './StaysByBox';
import { StaysTable } from './StaysTable';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, TooFew, useJourney } from './use-journey';

const AgainQuery = graphql(`
  query JourneyAgain($definition: JourneyDefinition!) {
    journeys(definition: $definition) {
      cases
      rework(first: 50) {
        again
        other
        rows { activity cases again share repeats direct median p90 }
      }
    }
  }
`);

const StagesQuery = graphql(`
  query JourneyStages($definition: JourneyDefinition!, $stages: [[String!]!]!, $exits: [String!]) {
    journeys(definition: $definition) {
      stages(stages: $stages, exits: $exits) {
        activities
        stays { entries cases }
        forward { entries }
        skipped { entries }
        back { entries }
        exited { entries }
        ended { entries }
        open { entries }
        again { entries }
        median
        p90
        survival
      }
    }
  }
`);

export type Stay = NonNullable<NonNullable<ResultOf<typeof StagesQuery>['journeys']>['stages']>[number];
type Rework = NonNullable<NonNullable<ResultOf<typeof AgainQuery>['journeys']>['rework']>;

/** The order of a deal's stages, and how it leaves them. */
const ofDeals = { stages: ['PROSPECTING', 'ENGAGING', 'PROPOSAL', 'NEGOTIATION'], exits: ['WON', 'LOST'] };

/** What comes again, and how long cases stay in each stage and where they go from there, back included. */
export function AgainTab({ definition, input, question, activities, folded, open }: TabProps) {
  const { params } = useRoute();
  const there = (names: readonly string[]) => names.filter((name) => activities.includes(name));
  const usual = there(ofDeals.stages).length > 1 ? ofDeals : { stages: question?.steps ?? [], exits: [] };
  const stages = (params.stages ? params.stages.split('~').map(several) : usual.stages.map((name) => [name])).map(there).filter((set) => set.length > 0);
  const exits = there(params.leave ? several(params.leave) : usual.exits);
  const again = useJourney(AgainQuery, { definition: input });
  const stays = useJourney(StagesQuery, { definition: input, stages, ...(exits.length > 0 ? { exits } : {}) }, { pause: stages.length < 2 });
  const from = activities.map((activity) => ({ activity }));
  const choose = (sets: readonly (readonly string[])[]) => changeParams({ stages: sets.filter((set) => set.length > 0).map((set) => set.join('|')).join('~') || null });
  return (
    <>
      <Box title="What comes again" n="of each activity, in how many of its cases" className="again">
        <AwaitJourney answer={again} rows={8}>
          {({ journeys }) => (journeys?.rework ? <Reworks told={journeys.rework} cases={journeys.cases ?? 0} whose={definition.whose} /> : <NotTold extensions={again.extensions} field="rework" />)}
        </AwaitJourney>
        {definition.repeats !== 'KEEP' && <p className="pad sm soft">The definition counts less than all that comes again: see “What comes again” there.</p>}
      </Box>
      <Box title="Time in stage" n="how long, and where to" className="again">
        {stages.length < 2 ? (
          <Empty>Choose two stages or more below.</Empty>
        ) : (
          <AwaitJourney answer={stays} rows={6}>
            {({ journeys }) => (journeys?.stages ? <StaysTable stays={journeys.stages} /> : <NotTold extensions={stays.extensions} field="stages" />)}
          </AwaitJourney>
        )}
      </Box>
      {stages.length > 1 && <StaysByBox definition={definition} input={input} stages={stages} exits={exits} open={open} />}
      <Box title="Its stages" n="in their order; one of several activities begins a stay">
        <div className="funnel-choices pad">
          {stages.map((set, index) => (
            <Names key={`${index} ${set.join('|')}`} word={`Stage ${index + 1}`} names={set} from={from} choose={(names) => choose(stages.map((other, at) => (at === index ? names : other)))} add="Or" />
          ))}
          <Names key={`new ${stages.length}`} word={`Stage ${stages.length + 1}`} names={[]} from={from} choose={(names) => choose([...stages, names])} add="Add a stage" />
          <Names word="Left by" names={exits} from={from} choose={(names) => changeParams({ leave: joined(names) ?? '|' })} />
        </div>
        {folded && <p className="pad xs soft">Activities of too few people cannot be chosen.</p>}
      </Box>
    </>
  );
}

function Reworks({ told, cases, whose }: { told: Rework; cases: number; whose: TabProps['definition']['whose'] }) {
  const known = (n: number | null) => (n === null ? <TooFew /> : count(n));
  return (
    <>
      <p className="pad sm">
        {told.again === null ? (
          <>In how many cases anything comes again is not told: <TooFew said />, or all but too few</>
        ) : (
          <>
            In <span className="strong">{count(told.again)}</span> of {countedCases(cases, whose)} an activity comes again.
          </>
        )}
      </p>
      <table className="table cards">
        <caption className="sr">Activities, what comes again in most cases first</caption>
        <thead>
          <tr>
            <th scope="col">Activity</th>
            <th scope="col" className="num">Cases</th>
            <th scope="col" className="num">Again in</th>
            <th scope="col" className="num">Share</th>
            <th scope="col" className="num">Times again</th>
            <th scope="col" className="num">Of these directly</th>
            <th scope="col" className="num">Median until</th>
            <th scope="col" className="num">9 of 10 within</th>
          </tr>
        </thead>
        <tbody>
          {told.rows.map((row) => (
            <tr key={row.activity}>
              <th scope="row"><bdi>{activityName(row.activity)}</bdi></th>
              <td className="num" data-word="cases">{count(row.cases)}</td>
              <td className="num" data-word="again in">{known(row.again)}</td>
              <td className="num" data-word="share">{row.share === null ? <TooFew /> : percent(row.share, 1)}</td>
              <td className="num" data-word="times again">{known(row.repeats)}</td>
              <td className="num" data-word="directly">{known(row.direct)}</td>
              <td className="num" data-word="median">{row.median === null ? row.repeats === null ? <TooFew /> : <span className="faint">no time</span> : duration(row.median)}</td>
              <td className="num" data-word="9 of 10 within">{row.p90 === null ? row.repeats === null ? <TooFew /> : <span className="faint">no time</span> : duration(row.p90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {told.other > 0 && <p className="pad sm rest"><span>{counted(told.other, 'other activity', 'other activities')}</span></p>}
    </>
  );
}
