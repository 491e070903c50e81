import { Box, Money } from '../../ui/values';
import { amount, counted, day } from '../../ui/words';
import type { OpenDeal, Warnings } from './query';
import { byCurrency } from './sums';

/**
 * Open amounts in the order in which they are to be closed, each currency for itself. A deal is as wide as its share of the
 * currency's sum; its twin is the table below, which has the same facts.
 */
export function ClosePicture({ deals, warnings, of: which }: { deals: readonly OpenDeal[]; warnings: Warnings; of: string | false }) {
  const sums = byCurrency(deals, (deal) => deal.amount);
  if (sums.length === 0) return null;
  return (
    <Box title="Open amount by expected close" n={which || undefined}>
      <div className="pad stack">
        {sums.map(({ currency, amount: total, n }) => {
          const of = deals.filter((deal) => deal.amount?.currency === currency);
          let left = 0;
          return (
            <figure key={currency}>
              <figcaption>
                <span className="strong">{currency}</span> {amount(total)} in {counted(n, 'deal')}
              </figcaption>
              <div className="close-bar">
                {of.map((deal) => {
                  const share = (100 * Number(deal.amount?.amount)) / Math.max(Number(total), 1e-9);
                  const at = left;
                  left += share;
                  const risk = warnings.has(deal.id);
                  return (
                    <span key={deal.id} className={risk ? 'close-deal risky' : 'close-deal'} style={{ left: `${at}%`, width: `${share}%` }} title={deal.displayName ?? undefined}>
                      {share > 12 && (
                        <>
                          <b dir="auto">{deal.account?.displayName ?? deal.displayName}</b>
                          <span>{deal.amount && amount(deal.amount.amount)}</span>
                          <span className="faint">{deal.expectedClose ? day(deal.expectedClose) : 'no date yet'}</span>
                        </>
                      )}
                    </span>
                  );
                })}
              </div>
            </figure>
          );
        })}
        <p className="key">
          <span>
            <span className="key-box risky" /> At risk: a warning stands against it
          </span>
          <span>
            <span className="key-box" /> Nothing raised
          </span>
          <span>Currencies are never added up</span>
        </p>
      </div>
    </Box>
  );
}

/** Amounts under each other, one line a currency. */
export function Sums({ of, risk, none }: { of: ReturnType<typeof byCurrency>; risk?: boolean; none: string }) {
  if (of.length === 0) return <p className="w">{none}</p>;
  return (
    <>
      {of.map((money) => (
        <p key={money.currency} className={risk ? 'v risk' : 'v'}>
          <Money of={money} />
        </p>
      ))}
    </>
  );
}
