import { graphql } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/states';
import { Box } from '../../ui/values';
import { count, counted, duration, percent } from '../../ui/words';
import { Choice } from '../../ui/Choice';
import { activityName, END, OPEN } from './names';
import { Number } from './Number';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, useJourney } from './use-journey';

const VariantsQuery = graphql(`
  query JourneyVariants($definition: JourneyDefinition!, $first: Int!) {
    journeys(definition: $definition) {
      variants(first: $first) {
        cases
        rows { activities cases persons share coverage median p90 }
        other { paths cases persons }
      }
    }
  }
`);

const sizes = ['10', '20', '50', '100', '200'];

/** How long a way took. Of one event alone nothing can be taken: it has no length, and not one of no seconds. */
function Lasted({ seconds, alone }: { seconds: number | null; alone: boolean }) {
  if (seconds === null) return <span className="faint">no time</span>;
  return alone && seconds === 0 ? <span className="faint">one event</span> : duration(seconds);
}

/** Whole journeys from their first to their last activity: how many went each way, and how many the ways so far cover. */
export function VariantsTab({ input, open }: TabProps) {
  const { params } = useRoute();
  const first = sizes.find((size) => size === params.rows) ?? '20';
  const answer = useJourney(VariantsQuery, { definition: input, first: globalThis.Number(first) });
  return (
    <AwaitJourney answer={answer} rows={12}>
      {({ journeys }) => {
        const variants = journeys?.variants;
        if (!variants) return <div className="box"><NotTold extensions={answer.extensions} field="variants" /></div>;
        const { rows, other } = variants;
        const last = rows[rows.length - 1];
        if (!last && other.paths === 0) return <div className="box"><Empty>There is no such journey that you may see.</Empty></div>;
        return (
          <Box
            title="Variants"
            n={last ? `${count(rows.length)} of ${count(rows.length + other.paths)} cover ${percent(last.coverage, 1)}` : 'none'}
            more={<Choice word="Rows" value={first} options={sizes.map((size) => [size, size])} choose={(value) => changeParams({ rows: value })} />}
            className="variants"
          >
            <table className="table cards">
              <caption className="sr">Ways that journeys went, the most frequent first, with the share of each and of all so far</caption>
              <thead>
                <tr>
                  <th scope="col">Way</th>
                  <th scope="col" className="num">Cases</th>
                  <th scope="col" className="num">Share</th>
                  <th scope="col">Covered so far</th>
                  <th scope="col" className="num">Median</th>
                  <th scope="col" className="num">9 of 10 within</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const steps = row.activities.filter((activity) => activity !== END && activity !== OPEN);
                  const isOpen = row.activities[row.activities.length - 1] === OPEN;
                  return (
                    <tr key={row.activities.join('|')}>
                      <td>
                        <ol className="way">
                          {steps.map((activity, index) => (
                            <li key={index}>
                              <bdi>{activityName(activity)}</bdi>
                            </li>
                          ))}
                          <li data-end="">
                            <Icon name={isOpen ? 'ring' : 'check'} small /> {isOpen ? 'still open' : 'ended'}
                          </li>
                        </ol>
                      </td>
                      <td className="num strong">
                        <Number n={row.cases} open={open} of={`went ${steps.map(activityName).join(', ')}`} drill={{ title: `${steps.map(activityName).join(' › ')}, ${isOpen ? 'still open' : 'ended'}`, behind: { variant: row.activities } }} />
                      </td>
                      <td className="num" data-word="share">{percent(row.share, 1)}</td>
                      <td className="wide">
                        <span className="row">
                          <svg className="share-bar" aria-hidden="true">
                            <rect width="100%" y="3" height="8" fill="var(--sunken)" />
                            <rect width={percent(row.coverage, 2).replace(' ', '')} y="3" height="8" fill="var(--flow)" />
                            <rect x={`${((row.coverage - row.share) * 100).toFixed(2)}%`} width={`${(row.share * 100).toFixed(2)}%`} y="3" height="8" fill="var(--flow-strong)" />
                          </svg>
                          <span className="soft">{percent(row.coverage, 1)}</span>
                        </span>
                      </td>
                      <td className="num" data-word="median"><Lasted seconds={row.median} alone={steps.length === 1} /></td>
                      <td className="num" data-word="9 of 10 within"><Lasted seconds={row.p90} alone={steps.length === 1} /></td>
                    </tr>
                  );
                })}
                {other.paths > 0 && (
                  <tr className="rest">
                    <td><span>{counted(other.paths, 'other variant')}</span></td>
                    <td className="num"><span>{count(other.cases)}</span></td>
                    <td className="num" data-word="share"><span>{percent(other.cases / Math.max(1, variants.cases), 1)}</span></td>
                    <td className="wide"><span>{percent(1, 1)}</span></td>
                    <td colSpan={2}><span>together</span></td>
                  </tr>
                )}
              </tbody>
              <tfoot>
                <tr>
                  <td>All</td>
                  <td className="num strong">{count(variants.cases)}</td>
                  <td colSpan={4} />
                </tr>
              </tfoot>
            </table>
          </Box>
        );
      }}
    </AwaitJourney>
  );
}
