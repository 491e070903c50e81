import { Money } from '../../ui/values';
import { count } from '../../ui/words';
import type { Counted, MoneySum } from './document';
import type { Kind } from './kind';
import type { Pager } from './pager';

/** Which rows are in view, and what all of them come to: each currency by itself. Of rows whose place is known from the end alone that is told. */
export function Totals({ kind, rows, view, totals }: { kind: Kind; rows: Pager; view: readonly [number, number]; totals: Partial<Counted> | undefined }) {
  const { count: n, total } = rows;
  const [from, to] = [view[0], Math.min(view[1], n - 1)];
  // Of a gap whose width nobody says, what lies on either side is told by itself.
  const tail = total === null ? rows.tailFrom : n;
  const head = to < tail ? to : tail - 2;
  const places = [from <= head && `${count(from + 1)}–${count(head + 1)}`, to >= tail && `${count(n - Math.max(from, tail))}–${count(n - to)} from the end`].filter(Boolean).join(', ');
  const sums = totals?.aggregate?.money?.filter((one): one is MoneySum & { sum: string } => one.sum !== null) ?? [];
  const without = totals?.aggregate?.count !== null && totals?.aggregate?.count !== undefined && totals.aggregate.money?.every((one) => one.count !== null)
    ? totals.aggregate.count - totals.aggregate.money.reduce((sum, one) => sum + (one.count ?? 0), 0)
    : 0;
  return (
    <div className="list-totals">
      <span className="nowrap">
        <span className="strong">
          {places}
          {total !== null && ` of ${count(total)}`}
        </span>
        <span role="status">{rows.toEnd && ' Asking for the last ones'}</span>
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
