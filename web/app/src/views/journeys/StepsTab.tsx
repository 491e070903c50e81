import { useMemo, useRef } from 'react';
import { graphql } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { SavePicture } from '../../ui/SavePicture';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count } from '../../ui/words';
import { Choice } from '../../ui/Choice';
import { Names } from './DefinitionPanel';
import { joined, several } from './definition';
import { activityName } from './names';
import { levelDrill, linkDrill, placeDrill, setsOf } from './steps-behind';
import { gridOf } from './steps-model';
import { StepsLedger } from './StepsLedger';
import { StepsPicture } from './StepsPicture';
import { StepsTable } from './StepsTable';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, useJourney } from './use-journey';
import { useWidth } from './use-size';

const StepsQuery = graphql(`
  query JourneySteps($definition: JourneyDefinition!, $from: [String!], $depth: Int!, $first: Int!, $sets: [[String!]!]!) {
    journeys(definition: $definition) {
      steps(from: $from, depth: $depth, first: $first) {
        cases
        other
        places { level activity cases persons }
        links { level from to cases persons }
      }
      funnel(steps: $sets, strict: true) {
        steps { entered { cases } continued { cases } dropped { cases } open { cases } other { cases } filtered { cases } }
      }
    }
  }
`);

const whole = (text: string | undefined, choices: readonly number[], otherwise: number) => choices.find((n) => String(n) === text) ?? otherwise;
const depths = [3, 4, 5, 6, 8, 10];
const tops = [3, 4, 6, 8, 12];

/** Where cases are step by step, which way they go on, and what becomes of those who do not. Each step balances. */
export function StepsTab({ definition, input, activities, folded, open }: TabProps) {
  const { params } = useRoute();
  const start = useMemo(() => several(params.start), [params.start]);
  const depth = whole(params.depth, depths, 5);
  const top = whole(params.top, tops, 4);
  const { list } = useTwin();
  const [box, room] = useWidth<HTMLDivElement>();
  const picture = useRef<HTMLDivElement>(null);
  const sets = useMemo(() => setsOf(activities, start, depth), [activities, start, depth]);
  const answer = useJourney(StepsQuery, { definition: input, from: start.length > 0 ? start : null, depth, first: top, sets }, { pause: activities.length === 0 });
  const after = start.length > 0 ? `Steps after ${start.map(activityName).join(' or ')}` : 'Steps from the beginning';
  return (
    <>
      <Box
        title={after}
        n={`cases, the ${count(top)} most frequent at each step`}
        more={
          <>
            {!list && <SavePicture of={picture} name="journeys-steps" />}
            <TwinButton />
          </>
        }
        className="steps"
      >
        <div ref={box} className="steps-measure" />
        {activities.length === 0 && <NotTold extensions={answer.extensions} field="map" />}
        <AwaitJourney answer={answer} rows={12}>
          {({ journeys }) => {
            const told = journeys?.steps;
            if (!told) return <NotTold extensions={answer.extensions} field="steps" />;
            const grid = gridOf(told, journeys.funnel?.steps ?? null, definition.goals, folded);
            const to = { grid, sets, start, goals: definition.goals };
            const drills = { level: levelDrill(to), place: placeDrill(to), link: linkDrill(to), open };
            return (
              <>
                {list ? <StepsTable grid={grid} drills={drills} goals={definition.goals} /> : room > 0 && (
                  <div ref={picture}>
                    <StepsPicture grid={grid} room={room - 32} drills={drills} goals={definition.goals} />
                  </div>
                )}
                {!list && <StepsLedger grid={grid} room={room - 32} drills={drills} goals={definition.goals} />}
                <div className="pad key steps-key">
                  <span>What continued at a step is entered at the next.</span>
                  {!list && <span>{told.other > 0 ? 'A bar’s part without a ribbon is still open, or is not told.' : 'A bar’s part without a ribbon is still open.'}</span>}
                  {told.other > 0 && <span>{count(told.other)} links have fewer than five people on them and are not told.</span>}
                  {!grid.ledgers[0]?.listed && grid.cases > 0 && <span>{folded ? 'Some activities are of too few people to be told, so the numbers cannot be listed one by one.' : start.length > 0 && (definition.from || definition.to) ? 'With a period and a first activity together, who is behind a step cannot be listed: the period is of the whole journey.' : ''}</span>}
                </div>
              </>
            );
          }}
        </AwaitJourney>
      </Box>
      <Box title="How the steps are drawn">
        <div className="steps-choices pad">
          <Names
            word="Begin after the first"
            names={start}
            from={activities.map((activity) => ({ activity }))}
            choose={(names) => changeParams({ start: joined(names) })}
          />
          <Choice word="Steps" value={String(depth)} options={depths.map((n) => [String(n), String(n)])} choose={(value) => changeParams({ depth: value })} />
          <Choice word="Activities at each step" value={String(top)} options={tops.map((n) => [String(n), String(n)])} choose={(value) => changeParams({ top: value })} />
        </div>
      </Box>
    </>
  );
}
