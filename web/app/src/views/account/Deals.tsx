import { useAnswer } from '../../api/use-answer';
import { changeParams } from '../../route';
import { None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { usePager } from '../../ui/usePager';
import { Box, Field, Money, Name, Withheld, whyWithheld } from '../../ui/values';
import { day, words } from '../../ui/words';
import { DealsQuery } from './queries';

/** The deals of a company, newest first; in short those opened last. */
export function Deals({ id, asOf, short }: { id: string; asOf: string | undefined; short?: boolean }) {
  const { after, turns } = usePager();
  const answer = useAnswer(DealsQuery, { id, asOf, first: short ? 5 : 30, after });
  const total = answer.data?.account?.deals?.totalCount;
  return (
    <Box
      title="Deals"
      n={total}
      more={
        short &&
        total !== undefined &&
        total !== null &&
        total > 5 && (
          <button type="button" className="foot-link" onClick={() => changeParams({ tab: 'deals' })}>
            All
          </button>
        )
      }
    >
      <Await answer={answer} rows={4}>
        {({ account }) =>
          account && (
            <Part of={account} field="deals">
              {({ nodes, pageInfo }) =>
                nodes.length === 0 ? (
                  <None>None that you may see.</None>
                ) : short ? (
                  <ul className="list">
                    {nodes.map((deal) => (
                      <li key={deal.id}>
                        <span className="list-top">
                          <Name of={deal} />
                          <span className="when">
                            <Field of={deal} field="stage">{(stage) => words(stage)}</Field>
                          </span>
                        </span>
                        <span>
                          <Field of={deal} field="amount" none={<span className="faint">no amount yet</span>}>{(sum) => <Money of={sum} />}</Field>
                          {deal.closedAt && <span className="faint">, closed {day(deal.closedAt)}</span>}
                          {!deal.closedAt && deal.expectedClose && <span className="faint">, expected {day(deal.expectedClose)}</span>}
                          {deal.lossReason && <span className="soft">, {deal.lossReason.toLowerCase()}</span>}
                        </span>
                      </li>
                    ))}
                  </ul>
                ) : (
                  <>
                    <table className="table cards">
                      <caption className="sr">Deals of the company</caption>
                      <thead>
                        <tr>
                          <th scope="col">Deal</th>
                          <th scope="col">Stage</th>
                          <th scope="col">Owner</th>
                          <th scope="col">Opened</th>
                          <th scope="col">Closes</th>
                          <th scope="col" className="num">
                            Amount
                          </th>
                        </tr>
                      </thead>
                      <tbody>
                        {nodes.map((deal) => (
                          <tr key={deal.id}>
                            <td>
                              <Name of={deal} />
                              {deal.lossReason && <span className="second">{deal.lossReason}</span>}
                            </td>
                            <td>
                              <Field of={deal} field="stage">{(stage) => words(stage)}</Field>
                            </td>
                            <td data-word="Owner">
                              {whyWithheld(deal, 'owners') ? (
                                <Withheld why={whyWithheld(deal, 'owners')!} />
                              ) : deal.owners && deal.owners.edges.length > 0 ? (
                                deal.owners.edges.map(({ node }, index) => (
                                  <span key={node.id}>
                                    {index > 0 && ', '}
                                    <Name of={node} />
                                  </span>
                                ))
                              ) : (
                                <span className="faint">nobody</span>
                              )}
                            </td>
                            <td data-word="Opened">
                              <Field of={deal} field="openedAt">{(at) => day(at)}</Field>
                            </td>
                            <td data-word={deal.closedAt ? 'Closed' : 'Expected'}>
                              {deal.closedAt ? `closed ${day(deal.closedAt)}` : <Field of={deal} field="expectedClose" none="no day yet">{(at) => day(at)}</Field>}
                            </td>
                            <td className="num">
                              <Field of={deal} field="amount" none="no amount yet">{(sum) => <Money of={sum} />}</Field>
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                    {turns(pageInfo)}
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
