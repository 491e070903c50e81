import { useRef } from 'react';
import { graphql, type ResultOf } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';
import { SavePicture } from '../../ui/SavePicture';
import { Empty } from '../../ui/states';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count, counted } from '../../ui/words';
import { useDimension, type Dimension } from './dimensions';
import { activityName } from './names';
import { Number } from './Number';
import { measures, said, StaysByPicture, type Measure } from './StaysByPicture';
import type { TabProps } from './tab';
import { anew, AwaitJourney, NotTold, TooFew, useJourney } from './use-journey';
import { useWidth } from './use-size';

const StagesByQuery = graphql(`
  query JourneyStagesBy($definition: JourneyDefinition!, $by: JourneyDimension!, $first: Int!, $stages: [[String!]!]!, $exits: [String!]) {
    journeys(definition: $definition) {
      stagesBy(by: $by, first: $first, stages: $stages, exits: $exits) {
        values
        rows {
          value
          stages { activities stays { entries cases } forward { entries } back { entries } open { entries } median p90 survival }
        }
        other { activities stays { entries cases } forward { entries } back { entries } open { entries } median p90 survival }
      }
    }
  }
`);

export type StaysBy = NonNullable<NonNullable<ResultOf<typeof StagesByQuery>['journeys']>['stagesBy']>;
export type Stay = StaysBy['rows'][number]['stages'][number];
/** The stays of a row; those of all other values have none. */
export type Row = { name: string; value?: string | null; stages: readonly Stay[] };

const rowsOf = (told: StaysBy, { name }: Dimension): readonly Row[] => [
  ...told.rows.map(({ value, stages }) => ({ name: value === null ? 'not known, or not for this purpose' : name(value), value, stages })),
  ...(told.other ? [{ name: counted(told.values, 'other value'), stages: told.other }] : []),
];

type Props = Pick<TabProps, 'definition' | 'input' | 'open'> & { stages: string[][]; exits: string[] };

/** How long cases stay in each stage, by a value that they have, or by when they begin: as a picture or as its list. */
export function StaysByBox({ definition, input, stages, exits, open }: Props) {
  const { params } = useRoute();
  const { list } = useTwin();
  const [box, room] = useWidth<HTMLDivElement>();
  const picture = useRef<HTMLDivElement>(null);
  const { dimension, first, choices } = useDimension(definition.whose, 'the first event');
  const measure = (Object.keys(measures) as Measure[]).find((one) => one === params.stay) ?? 'survival';
  const asked = { stages, ...(exits.length > 0 ? { exits } : {}) };
  const answer = anew(useJourney(StagesByQuery, { definition: input, by: dimension.by, first, ...asked }));
  return (
    <Box
      title="Time in stage, by value"
      n={dimension.word.toLowerCase()}
      className="again"
      more={
        <>
          {!list && <SavePicture of={picture} name="journeys-stays" />}
          <TwinButton />
        </>
      }
    >
      <div className="segment-choices pad">
        {choices}
        {!list && <Choice word="How long" value={measure} options={Object.entries(measures)} choose={(value) => changeParams({ stay: value }, { replace: true })} />}
      </div>
      <div ref={box} className="steps-measure" />
      <AwaitJourney answer={answer} rows={6}>
        {({ journeys }) => {
          if (!journeys?.stagesBy) return <NotTold extensions={answer.extensions} field="stagesBy" />;
          const rows = rowsOf(journeys.stagesBy, dimension);
          if (rows.length === 0) return <Empty>No case has a value that is told.</Empty>;
          if (list) return <Stays rows={rows} dimension={dimension} behind={(stage, value) => ({ stay: { ...asked, stage, by: dimension.by, first, value } })} open={open} />;
          return (
            room > 0 && (
              <div ref={picture} className="pad picture">
                <StaysByPicture rows={rows} measure={measure} room={room - 32} />
              </div>
            )
          );
        }}
      </AwaitJourney>
      <p className="pad sm soft">
        {list ? 'Stays are counted: a case that comes back has several. ' : `${measures[measure]}, of each value and stage on one scale. `}
        “With open ones” counts those who are still there, too (Kaplan and Meier). A case has the value that it has today.
      </p>
    </Box>
  );
}

type ListProps = { rows: readonly Row[]; dimension: Dimension; behind: (stage: number, value: string | null) => Parameters<TabProps['open']>[0]['behind']; open: TabProps['open'] };

function Stays({ rows, dimension, behind, open }: ListProps) {
  return (
    <table className="table cards">
      <caption className="sr">{`Stays in each stage by ${dimension.word.toLowerCase()}: how many, how they ended, and how long they lasted`}</caption>
      <thead>
        <tr>
          <th scope="col">{dimension.word}</th>
          <th scope="col">Stage</th>
          <th scope="col" className="num">Stays</th>
          <th scope="col" className="num">On</th>
          <th scope="col" className="num">Back</th>
          <th scope="col" className="num">Still open</th>
          {Object.values(measures).map((word) => (
            <th key={word} scope="col" className="num">{word}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.flatMap((row) =>
          row.stages.map((stay, index) => {
            const stage = stay.activities.map(activityName).join(' or ');
            const { value } = row;
            const number = (of: { entries: number | null } | null) => (of?.entries == null ? <TooFew /> : count(of.entries));
            return (
              <tr key={`${row.name} ${index}`}>
                <th scope="row"><bdi>{row.name}</bdi></th>
                <td data-word="in"><bdi>{stage}</bdi></td>
                <td className="num strong" data-word="stays">
                  {number(stay.stays)}
                  {stay.stays && value !== undefined && (
                    <span className="second">
                      <Number n={stay.stays.cases} drill={{ title: `${stage}: ${row.name}`, behind: behind(index + 1, value) }} open={open} of={`cases: ${row.name}, stayed in ${stage}`} /> {stay.stays.cases === 1 ? 'case' : 'cases'}
                    </span>
                  )}
                </td>
                <td className="num" data-word="on">{number(stay.forward)}</td>
                <td className="num" data-word="back">{number(stay.back)}</td>
                <td className="num" data-word="still open">{number(stay.open)}</td>
                {(Object.keys(measures) as Measure[]).map((measure) => (
                  <td key={measure} className="num" data-word={measures[measure].toLowerCase()}>{said(stay, measure) ?? <TooFew />}</td>
                ))}
              </tr>
            );
          }),
        )}
      </tbody>
    </table>
  );
}
