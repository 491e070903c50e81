import { useAnswer } from '../../api/use-answer';
import { InNoSum } from '../../ui/InNoSum';
import { AndMore, None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { usePager } from '../../ui/usePager';
import { Box, Field, Money, Name } from '../../ui/values';
import { count, counted, day, words } from '../../ui/words';
import { OrdersQuery } from './queries';

/** What a company ordered, with its sums each in its own currency, and its running contracts. */
export function Orders({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { after, turns } = usePager();
  const answer = useAnswer(OrdersQuery, { id, asOf, after });
  return (
    <Await answer={answer} rows={6}>
      {({ account }) =>
        account && (
          <div className="stack">
            <Box title="Orders" n={account.orders?.totalCount}>
              <Part of={account} field="orders">
                {({ nodes, pageInfo, aggregate, totalCount }) =>
                  nodes.length === 0 ? (
                    <None>None that you may see.</None>
                  ) : (
                    <>
                      {aggregate?.total && (
                        <p className="pad sm sums">
                          {aggregate.total.map((sum) => (
                            <span key={sum.currency}>
                              {sum.sum !== null && <Money of={{ amount: sum.sum, currency: sum.currency }} />} <span className="faint">in {counted(sum.count ?? 0, 'order')}</span>
                            </span>
                          ))}
                          {totalCount === nodes.length && <InNoSum of={nodes} field="total" word="order" />}
                          {totalCount !== null && <span className="faint">{count(totalCount)} together</span>}
                        </p>
                      )}
                      <table className="table cards">
                        <caption className="sr">Orders of the company</caption>
                        <thead>
                          <tr>
                            <th scope="col">Order</th>
                            <th scope="col">Placed</th>
                            <th scope="col">Status</th>
                            <th scope="col" className="num">
                              Total
                            </th>
                          </tr>
                        </thead>
                        <tbody>
                          {nodes.map((order) => (
                            <tr key={order.id}>
                              <td>
                                <Name of={order} none="without a number" />
                              </td>
                              <td>
                                <Field of={order} field="placedAt">{(at) => day(at)}</Field>
                              </td>
                              <td>
                                <Field of={order} field="orderStatus">{(status) => words(status)}</Field>
                              </td>
                              <td className="num">
                                <Field of={order} field="total" none="no amount">{(sum) => <Money of={sum} />}</Field>
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
            </Box>
            <Box title="Contracts" n={account.subscriptionContracts?.totalCount}>
              <Part of={account} field="subscriptionContracts">
                {({ nodes, totalCount }) =>
                  nodes.length === 0 ? (
                    <None>None that you may see.</None>
                  ) : (
                    <>
                      <ul className="list">
                        {nodes.map((one) => (
                          <li key={one.id}>
                            <span className="list-top">
                              <Name of={one} none="A contract" />
                              <span className="when">
                                {one.from ? day(one.from) : 'start not known'} to {one.to ? day(one.to) : 'now'}
                              </span>
                            </span>
                            <span>
                              <Field of={one} field="recurringAmount" none="no amount">{(sum) => <Money of={sum} />}</Field>
                              {one.interval && ` each ${one.interval.toLowerCase()}`}
                              {one.quantity !== null && `, quantity ${count(one.quantity)}`}
                              {one.renewsAt && `, renews ${day(one.renewsAt)}`}
                            </span>
                          </li>
                        ))}
                      </ul>
                      <AndMore of={totalCount} shown={nodes.length} word="contract" />
                    </>
                  )
                }
              </Part>
            </Box>
          </div>
        )
      }
    </Await>
  );
}
