import { useAnswer } from '../../api/use-answer';
import { None, Part, TodaysValue } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box, Chip, Field, Money, Name } from '../../ui/values';
import { counted } from '../../ui/words';
import { AtRiskQuery } from './queries';

/** Which open deals would lose their economic buyer, or come down to one thread, without this person. */
export function AtRisk({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(AtRiskQuery, { id });
  return (
    <Box title="Without this person" more={<TodaysValue asOf={asOf} />}>
      <Await answer={answer} rows={2}>
        {({ customer }) =>
          customer && (
            <Part of={customer} field="resilience">
              {({ losses, amountAtRisk, withoutEconomicBuyer, truncated }) => (
                <>
                  {losses.length === 0 ? (
                    <None>No open deal would lose its economic buyer or come down to one thread.</None>
                  ) : (
                    <>
                      <ul className="list">
                        {losses.map(({ deal, losesEconomicBuyer, leavesOneThread }) => (
                          <li key={deal.id}>
                            <Name of={deal} />
                            <Field of={deal} field="amount" none={<span className="faint">no amount yet</span>}>{(sum) => <Money of={sum} risk />}</Field>
                            <span className="chips">
                              {losesEconomicBuyer && <Chip tone="warning" icon="warn">Nobody to approve</Chip>}
                              {leavesOneThread && <Chip tone="warning" icon="warn">Fewer than two threads</Chip>}
                              {losesEconomicBuyer === null && <Chip tone="judge">Approval cannot be judged</Chip>}
                              {leavesOneThread === null && <Chip tone="judge">Threads cannot be judged</Chip>}
                            </span>
                          </li>
                        ))}
                      </ul>
                      {amountAtRisk.length > 0 && (
                        <p className="pad sm sums">
                          At risk:{' '}
                          {amountAtRisk.map((sum) => (
                            <Money key={sum.currency} of={sum} risk />
                          ))}
                        </p>
                      )}
                    </>
                  )}
                  {withoutEconomicBuyer > 0 && (
                    <p className="pad sm soft">
                      {counted(withoutEconomicBuyer, 'open deal')} {withoutEconomicBuyer === 1 ? 'has' : 'have'} nobody claimed to be the economic buyer, so none can be lost there.
                    </p>
                  )}
                  {truncated && <p className="pad sm soft">There are more claims than were looked at.</p>}
                </>
              )}
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
