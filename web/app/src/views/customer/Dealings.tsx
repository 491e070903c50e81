import { InNoSum } from '../../ui/InNoSum';
import { useAnswer } from '../../api/use-answer';
import { AndMore, None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box, Chip, Field, Money, Name, Withheld, whyWithheld } from '../../ui/values';
import { StanceChip } from '../../ui/StanceChip';
import { day, dayShort, percent, words } from '../../ui/words';
import { DealingsQuery } from './queries';

/** What a person has to do with us: roles in deals, cases, orders and contracts. */
export function Dealings({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(DealingsQuery, { id, asOf });
  return (
    <Await answer={answer} rows={6}>
      {({ customer }) =>
        customer && (
          <>
            <Box title="Roles in deals" n={customer.claims?.totalCount}>
              <Part of={customer} field="claims">
                {({ nodes, totalCount }) =>
                  nodes.length === 0 ? (
                    <None>No role is claimed.</None>
                  ) : (
                    <>
                      <ul className="list">
                        {nodes.map((claim) => (
                          <li key={claim.id}>
                            <span className="list-top">
                              {claim.undertaking ? <Name of={claim.undertaking} /> : <Field of={claim} field="undertaking" none="of what is not known" />}
                              {claim.undertaking?.__typename === 'Deal' && (
                                <span className="when">
                                  <Field of={claim.undertaking} field="stage">{(stage) => words(stage)}</Field>
                                </span>
                              )}
                            </span>
                            <span className="chips">
                              <Chip>
                                <Field of={claim} field="role">{(role) => words(role)}</Field>
                              </Chip>
                              {claim.stance ? <StanceChip of={claim.stance} /> : whyWithheld(claim, 'stance') && <Withheld why={whyWithheld(claim, 'stance')!} />}
                            </span>
                            <span className="soft xs">
                              <Field of={claim} field="confidence" none="how sure is not known">{(sure) => `${percent(sure)} sure`}</Field>
                              {claim.from && `, since ${day(claim.from)}`}, by{' '}
                              {claim.assertedBy ? <Name of={claim.assertedBy} /> : whyWithheld(claim, 'assertedBy') ? <Withheld why={whyWithheld(claim, 'assertedBy')!} /> : 'a rule'}
                            </span>
                            {claim.staleSince && <span className="faint xs">since {day(claim.staleSince)} nothing new</span>}
                          </li>
                        ))}
                      </ul>
                      <AndMore of={totalCount} shown={nodes.length} word="claim" />
                    </>
                  )
                }
              </Part>
            </Box>
            <Box title="Cases" n={customer.cases?.totalCount}>
              <Part of={customer} field="cases">
                {({ nodes, totalCount }) =>
                  nodes.length === 0 ? (
                    <None>None of this person’s own.</None>
                  ) : (
                    <>
                      <ul className="list">
                        {nodes.map((one) => (
                          <li key={one.id}>
                            <span className="list-top">
                              <Name of={one} />
                              <span className="when">
                                <Field of={one} field="status">{(status) => words(status)}</Field>
                              </span>
                            </span>
                            <span dir="auto">
                              <Field of={one} field="subject" none="without a subject" />
                            </span>
                            <span className="faint xs">
                              severity <Field of={one} field="severity">{(severity) => severity.toLowerCase()}</Field>
                              {one.openedAt && `, opened ${day(one.openedAt)}`}
                            </span>
                          </li>
                        ))}
                      </ul>
                      <AndMore of={totalCount} shown={nodes.length} word="case" />
                    </>
                  )
                }
              </Part>
            </Box>
            <Box title="Orders and contracts" n={customer.orders?.totalCount}>
              <Part of={customer} field="orders">
                {({ nodes, totalCount, aggregate }) =>
                  nodes.length === 0 ? (
                    <None>No order of this person’s own.</None>
                  ) : (
                    <>
                      <ul className="list">
                        {nodes.map((one) => (
                          <li key={one.id}>
                            <span className="list-top">
                              <Name of={one} none="without a number" />
                              <span className="when">
                                <Field of={one} field="orderStatus">{(status) => words(status)}</Field>
                                {one.placedAt && ` ${dayShort(one.placedAt)}`}
                              </span>
                            </span>
                            <Field of={one} field="total" none="no amount">{(total) => <Money of={total} />}</Field>
                          </li>
                        ))}
                      </ul>
                      <AndMore of={totalCount} shown={nodes.length} word="order" />
                      {aggregate?.total && (
                        <p className="pad sm soft sums">
                          All orders:{' '}
                          {aggregate.total.map((sum) => sum.sum !== null && <Money key={sum.currency} of={{ amount: sum.sum, currency: sum.currency }} />)}
                          {totalCount === nodes.length && <InNoSum of={nodes} field="total" word="order" />}
                        </p>
                      )}
                    </>
                  )
                }
              </Part>
              {(customer.subscriptionContracts?.nodes.length ?? 0) > 0 && (
                <ul className="list">
                  {customer.subscriptionContracts!.nodes.map((one) => (
                    <li key={one.id}>
                      <Name of={one} none="Contract" />
                      <span>
                        <Field of={one} field="recurringAmount" none="no amount">{(sum) => <Money of={sum} />}</Field>
                        {one.interval && ` each ${one.interval.toLowerCase()}`}
                        {one.from && `, since ${day(one.from)}`}
                        {one.to && `, until ${day(one.to)}`}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {whyWithheld(customer, 'subscriptionContracts') && !whyWithheld(customer, 'orders') && (
                <p className="pad sm">
                  Contracts <Withheld why={whyWithheld(customer, 'subscriptionContracts')!} />
                </p>
              )}
            </Box>
          </>
        )
      }
    </Await>
  );
}
