import { graphql, type ResultOf } from '../../api/graphql';
import { changeParams } from '../../route';
import { Empty } from '../../ui/states';
import { Box } from '../../ui/values';
import { count, duration, percent } from '../../ui/words';
import type { Drill } from './Behind';
import { Choice } from '../../ui/Choice';
import { Names } from './DefinitionPanel';
import { joined } from './definition';
import { FunnelByBox } from './FunnelByBox';
import { FunnelCurve } from './FunnelCurve';
import { behindStep, entries, useAsked, type Asked } from './funnel-asked';
import { activityName, caseWords, spanName, spans } from './names';
import { Number } from './Number';
import type { TabProps } from './tab';
import { anew, AwaitJourney, NotTold, TooFew, useJourney } from './use-journey';

const FunnelQuery = graphql(`
  query JourneyFunnel($definition: JourneyDefinition!, $steps: [[String!]!]!, $entry: JourneyEntry, $window: String, $strict: Boolean, $exits: [String!]) {
    journeys(definition: $definition) {
      funnel(steps: $steps, entry: $entry, window: $window, strict: $strict, exits: $exits) {
        steps {
          activities
          entered { entries cases persons }
          continued { cases entries }
          dropped { cases entries }
          open { cases entries }
          other { cases entries }
          filtered { cases entries }
          median
          p90
        }
        matured { cases entries }
        through { cases entries }
        curve { within share }
        median
        p90
      }
    }
  }
`);

type Funnel = NonNullable<NonNullable<ResultOf<typeof FunnelQuery>['journeys']>['funnel']>;
const statuses = [
  ['continued', 'CONTINUED', 'continued'],
  ['dropped', 'DROPPED', 'dropped'],
  ['open', 'OPEN', 'open'],
  ['other', 'OTHER', 'other'],
  ['filtered', 'FILTERED', 'filtered'],
] as const;

/** How many take the steps that are chosen, in their order, and what became of those who did not take the next one. */
export function FunnelTab({ definition, input, question, activities, open }: TabProps) {
  const asked = useAsked({ question, activities });
  const { steps } = asked;
  const exits = asked.exits ?? [];
  const answer = anew(useJourney(FunnelQuery, { definition: input, ...asked }, { pause: steps.length < 2 }));
  const choose = (sets: readonly (readonly string[])[]) => changeParams({ steps: sets.filter((set) => set.length > 0).map((set) => set.join('|')).join('~') || null });
  const from = activities.map((activity) => ({ activity }));
  return (
    <>
      <Box title="Funnel" n={asked.window ? `within ${spanName(asked.window)} of the entry` : 'whenever the steps are taken'}>
        {steps.length < 2 ? (
          <Empty>Choose two steps or more below.</Empty>
        ) : (
          <AwaitJourney answer={answer} rows={6}>
            {({ journeys }) => (journeys?.funnel ? <Bars funnel={journeys.funnel} asked={asked} whose={definition.whose} open={open} /> : <NotTold extensions={answer.extensions} field="funnel" />)}
          </AwaitJourney>
        )}
      </Box>
      {answer.data?.journeys?.funnel && <FunnelCurve curve={answer.data.journeys.funnel.curve} median={answer.data.journeys.funnel.median} />}
      {steps.length > 1 && <FunnelByBox definition={definition} input={input} asked={asked} open={open} />}
      <Box title="Its steps" n="one of several activities takes a step">
        <div className="funnel-choices pad">
          {steps.map((set, index) => (
            <Names key={`${index} ${set.join('|')}`} word={`Step ${index + 1}`} names={set} from={from} choose={(names) => choose(steps.map((other, at) => (at === index ? names : other)))} add="Or" />
          ))}
          <Names key={`new ${steps.length}`} word={`Step ${steps.length + 1}`} names={[]} from={from} choose={(names) => choose([...steps, names])} add="Add a step" />
          <Choice word="Within" value={asked.window ?? ''} options={[['', 'whenever'], ...Object.entries(spans), ...(asked.window && !spans[asked.window] ? [[asked.window, spanName(asked.window)] as const] : [])]} choose={(value) => changeParams({ window: value || null })} />
          <Choice word="A case enters" value={asked.entry} options={entries} choose={(value) => changeParams({ entry: value })} />
          <Choice
            word="Between two steps"
            value={asked.strict ? 'yes' : 'no'}
            options={[
              ['no', 'anything may be'],
              ['yes', 'nothing else is'],
            ]}
            choose={(value) => changeParams({ strict: value === 'yes' ? 'yes' : null })}
          />
          <Names word="Ends otherwise by" names={exits} from={from} choose={(names) => changeParams({ exits: joined(names) })} />
        </div>
      </Box>
    </>
  );
}

/** The bars: who took each step, and the ledger of each; every number opens who is behind it. */
function Bars({ funnel, asked, whose, open }: { funnel: Funnel; asked: Asked; whose: TabProps['definition']['whose']; open: (drill: Drill) => void }) {
  const first = funnel.steps[0]?.entered?.cases ?? 0;
  const name = (set: readonly string[]) => set.map(activityName).join(' or ');
  const drill = (step: number, of: { status?: (typeof statuses)[number][1]; matured?: boolean }, word: string): Drill => ({
    title: `Step ${step + 1}, ${name(asked.steps[step])}: ${word}`,
    behind: { step: { ...behindStep(asked, step), ...of } },
  });
  const last = asked.steps.length - 1;
  const rate = funnel.matured && funnel.through && funnel.matured.cases > 0 ? funnel.through.cases / funnel.matured.cases : null;
  return (
    <>
      <ol className="funnel">
        {funnel.steps.map((step, index) => {
          const entered = step.entered?.cases ?? null;
          const share = entered === null || first === 0 ? 0 : entered / first;
          const lost = step.dropped && first > 0 ? step.dropped.cases / first : 0;
          return (
            <li key={index}>
              <h3>{name(step.activities)}</h3>
              <svg className="funnel-bar" height="22" aria-hidden="true">
                <rect width={`${share * 100}%`} height="22" className={index === funnel.steps.length - 1 ? 'funnel-last' : 'funnel-share'} />
                <rect x={`${Math.max(0, share - lost) * 100}%`} width={`${lost * 100}%`} y="0.5" height="21" className="funnel-lost" />
              </svg>
              <p className="num">
                {entered === null ? <TooFew /> : <span className="strong"><Number n={entered} drill={drill(index, {}, 'all who took it')} open={open} of={`took ${name(step.activities)}`} /></span>}{' '}
                {entered !== null && first > 0 && <span className="faint">{percent(share, 1)}</span>}
              </p>
              <p className="funnel-ledger">
                {entered === 0 && 'None came this far.'}
                {entered !== null && entered > 0 && (
                  <>
                    {count(entered)} entered ={' '}
                    {statuses.map(([field, status, word], at) => {
                      const n = step[field]?.cases ?? null;
                      const text = field === 'continued' && index === funnel.steps.length - 1 ? 'are through' : word;
                      return (
                        <span key={field} className={field === 'dropped' ? 'risk' : undefined}>
                          {at > 0 && ' + '}
                          {n === null ? <TooFew /> : <Number n={n} drill={drill(index, { status }, text)} open={open} of={`${text} at ${name(step.activities)}`} />} {text}
                        </span>
                      );
                    })}
                    {asked.entry === 'EACH' && step.entered && (step.entered.entries === null ? <> (<TooFew /> entries)</> : ` (${count(step.entered.entries)} entries)`)}
                  </>
                )}
                {step.median !== null && <span className="funnel-time">{duration(step.median)} after the step before, as a median{step.p90 !== null && `; 9 of 10 within ${duration(step.p90)}`}</span>}
              </p>
            </li>
          );
        })}
      </ol>
      <div className="pad funnel-sum">
        <p>
          {rate !== null && funnel.matured && funnel.through ? (
            <>
              <span className="strong">{percent(rate, 1)}</span> took all steps: <Number n={funnel.through.cases} drill={drill(last, { matured: true }, 'without time left')} open={open} of="took all steps" /> of the{' '}
              <Number n={funnel.matured.cases} drill={drill(0, { matured: true }, 'without time left')} open={open} of="have no time left" /> {caseWords[whose][funnel.matured.cases === 1 ? 0 : 1]} that have no time left.
            </>
          ) : funnel.steps[0]?.entered?.cases === 0 ? (
            'None took the first step.'
          ) : funnel.matured?.cases === 0 ? (
            'All still have time left, so there is no rate yet.'
          ) : (
            <>How many took all steps is not told: <TooFew said /></>
          )}
        </p>
        {funnel.median !== null && (
          <p className="soft">
            From the first step to the last: {duration(funnel.median)} as a median{funnel.p90 !== null && `, 9 of 10 within ${duration(funnel.p90)}`}, of those who took all.
          </p>
        )}
        {asked.entry === 'EACH' && <p className="soft">Cases are counted here; one that entered several times may stand in several terms, so that terms of cases can come to more than what entered.</p>}
      </div>
    </>
  );
}
