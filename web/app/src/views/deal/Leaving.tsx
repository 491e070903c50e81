import { useAnswer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Await } from '../../ui/states';
import { Box, Chip, Field, Money, Name } from '../../ui/values';
import { ResilienceQuery, type Committee } from './queries';
import { isLive } from './standing';

/** What becomes of the deal if one of its members goes. It is worked out by the ties of today. */
export function Leaving({ id, committee }: { id: string; committee: Committee }) {
  const asOf = useAsOf();
  const answer = useAnswer(ResilienceQuery, { id });
  return (
    <Box title="If somebody leaves" more={asOf ? <Chip>today’s value</Chip> : undefined}>
      <Await answer={answer} rows={3}>
        {({ deal }) => {
          if (!deal) return null;
          const told = deal.resilience;
          if (!told) {
            return (
              <p className="pad sm soft">
                {deal.outcome ? 'The deal is decided: nothing can fall any more.' : <Field of={deal} field="resilience" none="It is not known." />}
              </p>
            );
          }
          // With a single thread nothing falls from two to one, but to none.
          const only = (customer: string) => {
            const member = committee.members.find((one) => one.customer.id === customer);
            return !asOf && committee.liveThreads === 1 && member !== undefined && isLive(member);
          };
          return (
            <>
              <ul className="list">
                {told.losses.length === 0 && <li>Nothing is claimed of anybody.</li>}
                {told.losses.map((one) => {
                  const falls = one.losesEconomicBuyer || one.leavesOneThread;
                  return (
                    <li key={one.customer.id}>
                      <span className="list-top">
                        <Name of={one.customer} />
                        <span className="when">{(falls || only(one.customer.id)) && deal.amount ? <Money of={deal.amount} risk /> : one.leavesOneThread === null ? 'withheld' : falls ? '' : 'nothing falls'}</span>
                      </span>
                      <span className="soft">
                        {one.losesEconomicBuyer === true && 'No live thread to the economic buyer would be left. '}
                        {one.leavesOneThread === true && 'Fewer than two live threads would be left. '}
                        {one.leavesOneThread === false && !one.losesEconomicBuyer && (only(one.customer.id) ? 'No live thread at all would be left: this is the only one. ' : 'No live thread that counts would be lost. ')}
                        {one.leavesOneThread === null && 'The ties of a member are withheld, so it cannot be said. '}
                      </span>
                    </li>
                  );
                })}
              </ul>
              {(told.withoutEconomicBuyer > 0 || told.truncated) && (
                <p className="pad faint xs">
                  {told.withoutEconomicBuyer > 0 && 'Nobody is claimed to be the economic buyer, so no thread to that seat can fall. '}
                  {told.truncated && 'There are more claims than were looked at.'}
                </p>
              )}
            </>
          );
        }}
      </Await>
    </Box>
  );
}
