import { graphql, type ResultOf } from '../../api/graphql';
import { Box } from '../../ui/values';
import { count, counted, percent } from '../../ui/words';
import type { Drill } from './Behind';
import { useDimension, type Dimension } from './dimensions';
import { behindStep, type Asked } from './funnel-asked';
import { activityName } from './names';
import { Number } from './Number';
import type { TabProps } from './tab';
import { anew, AwaitJourney, NotTold, TooFew, useJourney } from './use-journey';

export const FunnelByQuery = graphql(`
  query JourneyFunnelBy($definition: JourneyDefinition!, $by: JourneyDimension!, $first: Int!, $steps: [[String!]!]!, $entry: JourneyEntry, $window: String, $strict: Boolean, $exits: [String!]) {
    journeys(definition: $definition) {
      funnel(steps: $steps, entry: $entry, window: $window, strict: $strict, exits: $exits) {
        steps { entered { entries cases } }
        matured { entries cases }
        through { entries cases }
      }
      funnelBy(by: $by, first: $first, steps: $steps, entry: $entry, window: $window, strict: $strict, exits: $exits) {
        values
        rows {
          value
          funnel {
            steps { entered { entries cases } }
            matured { entries cases }
            through { entries cases }
          }
        }
        other {
          steps { entered { entries cases } }
          matured { entries cases }
          through { entries cases }
        }
      }
    }
  }
`);

type Told = NonNullable<ResultOf<typeof FunnelByQuery>['journeys']>;
type Funnel = NonNullable<Told['funnel']>;

/** The funnel by a value that cases have, or by when they enter it. Rows and the rest come to the whole. */
export function FunnelByBox({ definition, input, asked, open }: Pick<TabProps, 'definition' | 'input' | 'open'> & { asked: Asked }) {
  const { dimension, first, choices } = useDimension(definition.whose, 'the entry');
  const answer = anew(useJourney(FunnelByQuery, { definition: input, by: dimension.by, first, ...asked }));
  return (
    <Box title="The same funnel, by value" n={dimension.word.toLowerCase()} className="funnel-by">
      <div className="segment-choices pad">{choices}</div>
      <AwaitJourney answer={answer} rows={6}>
        {({ journeys }) => (journeys?.funnelBy && journeys.funnel ? <Rows told={journeys.funnelBy} whole={journeys.funnel} dimension={dimension} asked={asked} first={first} open={open} /> : <NotTold extensions={answer.extensions} field="funnelBy" />)}
      </AwaitJourney>
    </Box>
  );
}

/** What opens who of a row took a step; of the other values together nothing does: more values at most tells them apart. */
type RowDrill = (step: number, matured?: boolean) => Drill;
type RowsProps = { told: NonNullable<Told['funnelBy']>; whole: Funnel; dimension: Dimension; asked: Asked; first: number; open: (drill: Drill) => void };

function Rows({ told, whole, dimension, asked, first, open }: RowsProps) {
  const steps = asked.steps.map((set) => set.map(activityName).join(' or '));
  const nameOf = (value: string | null) => (value === null ? 'not known' : dimension.name(value));
  const drill = (row: string, of?: { value: string | null }): RowDrill => (step, matured) => ({
    title: `Step ${step + 1}, ${steps[step]}: ${row}${matured ? ', without time left' : ''}`,
    behind: { step: { ...behindStep(asked, step), ...(matured ? { matured } : {}), ...(of ? { by: dimension.by, first, value: of.value } : {}) } },
  });
  const parts = [...told.rows.map(({ funnel }) => funnel), ...(told.other ? [told.other] : [])];
  const entered = parts.map((part) => part.steps[0]?.entered?.entries ?? null);
  const sum = entered.reduce<number | null>((all, n) => (all === null || n === null ? null : all + n), 0);
  const total = whole.steps[0]?.entered?.entries ?? null;
  const left = told.values;
  return (
    <>
      <table className="table cards">
        <caption className="sr">Entries of the funnel by {dimension.word.toLowerCase()}: who took each step, and the share that took all</caption>
        <thead>
          <tr>
            <th scope="col">{dimension.word}</th>
            {steps.map((step, index) => (
              <th key={index} scope="col" className="num">{step}</th>
            ))}
            <th scope="col" className="num">Took all, of those without time left</th>
          </tr>
        </thead>
        <tbody>
          {told.rows.map(({ value, funnel }, index) => (
            <tr key={value ?? `unknown ${index}`}>
              <th scope="row">{value === null ? <span className="soft">not known, or not for this purpose</span> : <bdi>{nameOf(value)}</bdi>}</th>
              <Cells funnel={funnel} steps={steps} row={nameOf(value)} drill={drill(nameOf(value), { value })} open={open} />
            </tr>
          ))}
          {told.other && (
            <tr className="rest">
              <th scope="row"><span>{left === 1 ? '1 other value' : `${count(left)} other values`}</span></th>
              <Cells funnel={told.other} steps={steps} row="other values" drill={null} open={open} />
            </tr>
          )}
          <tr className="funnel-total">
            <th scope="row">All</th>
            <Cells funnel={whole} steps={steps} row="all" drill={drill('all')} open={open} />
          </tr>
        </tbody>
      </table>
      <p className="pad sm soft">
        {sum !== null && total !== null && (sum === total ? `${entered.map((n) => count(n ?? 0)).join(' + ')} = ${count(total)} entries. ` : `Rows come to ${count(sum)} of ${count(total)} entries: the others are of too few people. `)}
        {asked.entry === 'EACH' ? 'Entries are counted; a case may have several.' : 'A case enters once, and stands in one row.'} A case has the value that it has today.
      </p>
    </>
  );
}

/** Entries, and who they are: a list has cases, so where these are fewer, they stand beside the entries and open it. */
function Entries({ of, drill, open, word }: { of: { entries: number | null; cases: number }; drill: Drill | null; open: (drill: Drill) => void; word: string }) {
  if (of.entries === null || of.entries === of.cases) return <Number n={of.cases} drill={drill} open={open} of={word} />;
  return (
    <>
      {counted(of.entries, 'entry', 'entries')}, <Number n={of.cases} drill={drill} open={open} of={`cases: ${word}`} /> {of.cases === 1 ? 'case' : 'cases'}
    </>
  );
}

function Cells({ funnel, steps, row, drill, open }: { funnel: Funnel; steps: readonly string[]; row: string; drill: RowDrill | null; open: (drill: Drill) => void }) {
  const first = funnel.steps[0]?.entered?.entries ?? 0;
  return (
    <>
      {funnel.steps.map((step, index) => (
        <td key={index} className="num" data-word={steps[index]}>
          <span>
            {step.entered?.entries == null ? <TooFew /> : <Entries of={step.entered} drill={drill && drill(index)} open={open} word={`${row}, took ${steps[index]}`} />}
            {step.entered?.entries != null && index > 0 && first > 0 && <span className="second">{percent(step.entered.entries / first, 1)}</span>}
          </span>
        </td>
      ))}
      <td className="num" data-word="took all">
        <span>
          {funnel.matured?.entries == null || funnel.through?.entries == null ? (
            <TooFew />
          ) : funnel.matured.entries === 0 ? (
            <span className="faint">all have time left</span>
          ) : (
            <>
              {percent(funnel.through.entries / funnel.matured.entries, 1)}
              <span className="second">
                <Entries of={funnel.through} drill={drill && drill(steps.length - 1, true)} open={open} word={`${row}, took all steps`} /> of{' '}
                <Entries of={funnel.matured} drill={drill && drill(0, true)} open={open} word={`${row}, without time left`} />
              </span>
            </>
          )}
        </span>
      </td>
    </>
  );
}
