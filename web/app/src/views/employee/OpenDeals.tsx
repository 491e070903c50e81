import { useAnswer } from '../../api/use-answer';
import { InNoSum } from '../../ui/InNoSum';
import { None, Part, TodaysValue } from '../../ui/Part';
import { Await, Fault, faultOf } from '../../ui/states';
import { usePager } from '../../ui/usePager';
import { Box, Chip, failed, Field, Money, Name, Withheld } from '../../ui/values';
import { counted, day, words } from '../../ui/words';
import { warningWords } from '../deal/words';
import { WarningsQuery, WorkQuery, type Warnings } from './queries';

type Warning = Warnings['deals'][number]['warnings'][number];

/** The open deals that somebody works on, and what is wrong with those who decide in them. */
export function OpenDeals({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { after, turns } = usePager();
  const answer = useAnswer(WorkQuery, { id, asOf, after });
  const warned = useAnswer(WarningsQuery, { id });
  const fault = faultOf(warned);
  const why = warned.extensions.withheld?.find((one) => one.path[0] === 'committeeWarnings');
  const warnings = new Map<string, readonly Warning[]>(warned.data?.committeeWarnings?.deals.map((one) => [one.deal.id, one.warnings.filter((warning) => warning.state === 'RAISED')]));
  return (
    <Box title="Open deals" n={answer.data?.employee?.deals?.totalCount}>
      <Await answer={answer} rows={4}>
        {({ employee }) =>
          employee && (
            <Part of={employee} field="deals">
              {({ edges, pageInfo, aggregate, totalCount }) =>
                edges.length === 0 ? (
                  <None>None that you may see.</None>
                ) : (
                  <>
                    <p className="pad sm sums">
                      {aggregate?.amount?.map((sum) => sum.sum !== null && <Money key={sum.currency} of={{ amount: sum.sum, currency: sum.currency }} />)}
                      {totalCount === edges.length && <InNoSum of={edges.map(({ node }) => node)} field="amount" word="deal" />}
                      {warned.data?.committeeWarnings?.totals.map((total) => (
                        <span key={total.code}>
                          {warningWords[total.code]}: {counted(total.deals, 'deal')}
                          {total.amounts.map((sum) => (
                            <span key={sum.currency}>
                              , <Money of={sum} risk />
                            </span>
                          ))}
                          <TodaysValue asOf={asOf} />
                        </span>
                      ))}
                      {why && (
                        <span>
                          What is wrong <Withheld why={why} />
                        </span>
                      )}
                    </p>
                    {fault && <Fault error={fault} retry={warned.retry} />}
                    <table className="table cards">
                      <caption className="sr">Open deals of this person</caption>
                      <thead>
                        <tr>
                          <th scope="col">Deal</th>
                          <th scope="col">Stage</th>
                          <th scope="col">Closes</th>
                          <th scope="col">What is wrong</th>
                          <th scope="col" className="num">
                            Amount
                          </th>
                        </tr>
                      </thead>
                      <tbody>
                        {edges.map(({ node }) => (
                          <tr key={node.id}>
                            <td>
                              <Name of={node} />
                              {node.account && (
                                <span className="second">
                                  <Name of={node.account} />
                                </span>
                              )}
                            </td>
                            <td>
                              <Field of={node} field="stage">{(stage) => words(stage)}</Field>
                            </td>
                            <td data-word="Closes">
                              <Field of={node} field="expectedClose" none="no day yet">{(at) => day(at)}</Field>
                            </td>
                            <td className="wide">
                              {why ? (
                                <Withheld why={why} />
                              ) : (
                                <span className="chips">
                                  {warned.error && !warned.data?.committeeWarnings && <Withheld why={failed} />}
                                  {warnings.get(node.id)?.map((warning) => (
                                    <Chip key={warning.code + warning.customer?.id} tone="warning" icon="warn">
                                      {warningWords[warning.code]}
                                      {warning.customer?.displayName && <>: <bdi>{warning.customer.displayName}</bdi></>}
                                    </Chip>
                                  ))}
                                  {warned.data?.committeeWarnings && !warnings.has(node.id) && <span className="faint">{warned.data.committeeWarnings.truncated ? 'nothing raised, or not looked at' : 'nothing raised'}</span>}
                                </span>
                              )}
                            </td>
                            <td className="num">
                              <Field of={node} field="amount" none="no amount yet">{(sum) => <Money of={sum} />}</Field>
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                    {turns(pageInfo, ['Sooner', 'Later'])}
                    {warned.data?.committeeWarnings?.truncated && <p className="pad sm soft">Not all open deals were looked at: those that close first were.</p>}
                  </>
                )
              }
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
