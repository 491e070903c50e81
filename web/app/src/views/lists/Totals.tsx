import { Money } from '../../ui/values';
import { count } from '../../ui/words';
import type { Counted, MoneySum } from './document';
import type { Kind } from './kind';

/** Which rows are in view, and what all of them come to: each currency by itself. */
export function Totals({ kind, from, to, total, totals }: { kind: Kind; from: number; to: number; total: number | null; totals: Partial<Counted> | undefined }) {
  const sums = totals?.aggregate?.money?.filter((one): one is MoneySum & { sum: string } => one.sum !== null) ?? [];
  const without = totals?.aggregate?.count !== null && totals?.aggregate?.count !== undefined && totals.aggregate.money?.every((one) => one.count !== null)
    ? totals.aggregate.count - totals.aggregate.money.reduce((sum, one) => sum + (one.count ?? 0), 0)
    : 0;
  return (
    <div className="list-totals">
      <span className="nowrap">
        <span className="strong">
          {count(from)}–{count(to)}
          {total !== null && ` of ${count(total)}`}
        </span>
      </span>
      <p className="sums">
        {sums.map((one) => (
          <span key={one.currency}>
            {one.count !== null && <span className="faint">{one.count === 1 ? `1 ${kind.one}` : `${count(one.count)} ${kind.many}`} </span>}
            <span className="strong">
              <Money of={{ amount: one.sum, currency: one.currency }} />
            </span>
          </span>
        ))}
        {without > 0 && <span className="faint">{count(without)} without an amount</span>}
      </p>
    </div>
  );
}
