import { graphql, type ResultOf } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { Empty } from '../../ui/states';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count, counted, percent } from '../../ui/words';
import { Choice } from '../../ui/Choice';
import { behindStep, stepOf, useAsked, type Asked } from './funnel-asked';
import type { Drill } from './Behind';
import { activityName } from './names';
import { SegmentChoice } from './SegmentChoice';
import { SegmentLines, verdictOf } from './SegmentLines';
import { only, useSegments } from './segment';
import type { TabProps } from './tab';
import { anew, AwaitJourney, NotTold, useJourney } from './use-journey';
import './segments.css';

const CompareQuery = graphql(`
  query JourneyCompare($definition: JourneyDefinition!, $a: JourneyCases!, $b: JourneyCases!, $of: JourneyLine!, $first: Int!, $steps: [[String!]!], $entry: JourneyEntry, $window: String, $strict: Boolean) {
    journeys(definition: $definition) {
      cases
      compare(a: $a, b: $b, of: $of, first: $first, steps: $steps, entry: $entry, window: $window, strict: $strict) {
        a
        b
        both
        other
        lines {
          activities
          a { cases of share }
          b { cases of share }
          difference
          low
          high
          effect
          p
          adjusted
        }
      }
    }
  }
`);

export type Comparison = NonNullable<NonNullable<ResultOf<typeof CompareQuery>['journeys']>['compare']>;
export type Line = Comparison['lines'][number];
type Of = 'ACTIVITIES' | 'EDGES' | 'VARIANTS' | 'FUNNEL';

const kinds: [Of, word: string, about: string, other: [string, string]][] = [
  ['ACTIVITIES', 'activities', 'share of cases in which it occurs', ['activity', 'activities']],
  ['EDGES', 'what directly follows what', 'share of cases in which the second directly follows the first', ['pair', 'pairs']],
  ['VARIANTS', 'whole ways', 'share of cases that go exactly so', ['way', 'ways']],
  ['FUNNEL', 'steps of the funnel', 'share of those without time left who took it', ['step', 'steps']],
];
const sizes = ['10', '20', '50', '100'];

/** Two segments side by side: where their shares lie apart, how surely, and how far. */
export function SegmentsTab({ definition, input, question, activities, open }: TabProps) {
  const { params } = useRoute();
  const segments = useSegments(definition.whose);
  const { a, b } = segments;
  const chosen = useAsked({ question, activities });
  // Segments are compared by one entry a case, and by no exits.
  const asked: Asked = { ...chosen, entry: chosen.entry === 'BEST' ? 'BEST' : 'FIRST', exits: null };
  const [of, , about, otherWords] = kinds.find(([kind]) => kind === params.of) ?? kinds[0];
  const first = sizes.find((size) => size === params.lines) ?? '20';
  const funnel = of === 'FUNNEL';
  const stepless = funnel && asked.steps.length < 2;
  const empty = a.values.length === 0 || b.values.length === 0;
  const { list } = useTwin();
  const answer = anew(useJourney(
    CompareQuery,
    {
      definition: input,
      a: a.cases,
      b: b.cases,
      of,
      first: globalThis.Number(first),
      ...(funnel ? { steps: asked.steps, entry: asked.entry, window: asked.window, strict: asked.strict } : {}),
    },
    { pause: empty || stepless },
  ));
  const told = empty || stepless ? undefined : answer.data?.journeys;
  const drill: SideDrill = (side, line) => {
    const title = `${side.toUpperCase()}, ${(side === 'a' ? a : b).word}${line ? `: ${line.activities.map(activityName).join(' › ')}` : ''}`;
    if (line && of === 'FUNNEL') {
      const step = stepOf(asked, told?.compare?.lines ?? [], line);
      return step < 0 ? null : { title, behind: { compared: { a: a.cases, b: b.cases, of, in: side === 'a' ? 'A' : 'B', funnel: behindStep(asked, step) } } };
    }
    const behind = line === null ? { all: true } : behindOf(of, line);
    const [one, other] = side === 'a' ? [a, b] : [b, a];
    const both = told?.compare?.both ?? 0;
    if (!behind || (both > 0 && segments.split.several)) return null;
    return { title, behind, input: only(input, definition.whose, one, other, both) };
  };
  return (
    <>
      <SegmentChoice whose={definition.whose} segments={segments} counted={told?.compare ?? null} cases={told?.cases ?? null} drill={drill} open={open} />
      <Box
        title="A against B"
        n={about}
        more={<TwinButton />}
        className="segments"
      >
        <div className="segment-choices pad">
          <Choice word="Compared by" value={of} options={kinds.map(([kind, word]) => [kind, word])} choose={(value) => changeParams({ of: value })} />
          <Choice word="Lines at most" value={first} options={sizes.map((size) => [size, size])} choose={(value) => changeParams({ lines: value })} />
        </div>
        {empty ? (
          <Empty>{segments.read?.waiting ? 'Industries are being read.' : 'Choose at least one value for A and one for B.'}</Empty>
        ) : stepless ? (
          <Empty>A funnel has two steps or more: choose them in the tab Funnel.</Empty>
        ) : (
          <AwaitJourney answer={answer} rows={8}>
            {({ journeys }) =>
              journeys?.compare ? (
                <>
                  <p className="pad sm">{verdict(journeys.compare)}</p>
                  <SegmentLines lines={journeys.compare.lines} list={list} drill={drill} open={open} />
                  {journeys.compare.other > 0 && (
                    <p className="pad sm rest">
                      <span>{counted(journeys.compare.other, `other ${otherWords[0]}`, `other ${otherWords[1]}`)}, not compared: of fewer cases, or of too few people</span>
                    </p>
                  )}
                  {funnel && <p className="pad sm soft">A line counts only those without time left.</p>}
                  {funnel && chosen.entry === 'EACH' && <p className="pad sm soft">Here a case enters with its first entry: each entry for itself cannot be compared.</p>}
                </>
              ) : (
                <NotTold extensions={answer.extensions} field="compare" />
              )
            }
          </AwaitJourney>
        )}
      </Box>
      <HowToRead lines={told?.compare?.lines.length ?? null} />
    </>
  );
}

/** Who of a segment is behind a line, or behind the whole segment; null where that cannot be listed. */
export type SideDrill = (side: 'a' | 'b', line: Line | null) => Drill | null;

/** What is behind a line of a segment that is looked at alone; a funnel's is told by the comparison. */
function behindOf(of: Of, { activities }: Line): Drill['behind'] | null {
  switch (of) {
    case 'ACTIVITIES':
      return { activity: activities[0] };
    case 'EDGES':
      return { edge: { from: activities[0], to: activities[1] } };
    case 'VARIANTS':
      return { variant: [...activities] };
    case 'FUNNEL':
      return null;
  }
}

/** How many lines differ, and which of them by the most. */
function verdict({ lines }: Comparison): string {
  if (lines.length === 0) return 'Nothing can be compared: every line is of too few people in one of the two.';
  const differing = lines.filter((line) => verdictOf(line) === 'differs');
  if (differing.length === 0) return `None of ${counted(lines.length, 'comparison')} holds after Holm’s correction: no difference is shown.`;
  const top = differing.reduce((most, line) => (Math.abs(line.difference) > Math.abs(most.difference) ? line : most));
  return `${count(differing.length)} of ${counted(lines.length, 'comparison')} ${differing.length === 1 ? 'holds' : 'hold'} after Holm’s correction. The largest difference: ${top.activities.map(activityName).join(' › ')}, ${percent(top.a.share, 1)} of A (n ${count(top.a.of)}) against ${percent(top.b.share, 1)} of B (n ${count(top.b.of)}).`;
}

function HowToRead({ lines }: { lines: number | null }) {
  const all = lines === null ? 'all lines' : lines === 1 ? 'the one line' : `all ${count(lines)} lines`;
  return (
    <Box title="How to read it">
      <ul className="list segment-how">
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <path d="M1 6h24" className="segment-span" />
            <circle cx="13" cy="6" r="4.5" className="segment-point" />
          </svg>
          <span>Differs: p is below 0.05 after Holm’s correction over {all} of this page.</span>
        </li>
        <li>
          <svg width="26" height="12" aria-hidden="true">
            <path d="M1 6h24" className="segment-span" data-hollow="" />
            <circle cx="13" cy="6" r="4.5" className="segment-point" data-hollow="" />
          </svg>
          <span>No difference shown. That says nothing of there being none.</span>
        </li>
        <li>
          <span className="faint">95 %</span>
          <span>Intervals are Newcombe’s, for one comparison each, uncorrected. They say how large, not whether.</span>
        </li>
        <li>
          <span className="faint">h</span>
          <span>Effect size, Cohen’s h: 0.2 is small, 0.5 medium, 0.8 large.</span>
        </li>
        <li>
          <span className="faint">A, B</span>
          <span>Not matched: the two may differ in more than what tells them apart. It is an association, not a cause. Where several cases are one person’s, intervals are too narrow.</span>
        </li>
      </ul>
    </Box>
  );
}
