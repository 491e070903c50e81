import { useMemo } from 'react';
import { InNoSum } from '../../ui/InNoSum';
import { Money } from '../../ui/values';
import { count, counted } from '../../ui/words';
import type { Counted, MoneySum } from './document';
import type { Kind, Row } from './kind';
import type { Pager } from './pager';

/** All rows, where each has been read, and its amount with it. */
function allOf(kind: Kind, rows: Pager): readonly Row[] | undefined {
  const { count: n, total } = rows;
  const field = kind.money;
  if (field === undefined || total !== n) return undefined;
  // The last row is there once all are, but for pages between: while some are missing, the others are not looked at.
  if (n > 0 && !rows.row(n - 1)) return undefined;
  const all: Row[] = [];
  for (let i = 0; i < n; i++) {
    const one = rows.row(i);
    if (!one || !(field in one)) return undefined;
    all.push(one);
  }
  return all;
}

/**
 * Which rows are in view, and what all of them come to: each currency by itself. Of rows whose place is known from the end alone that is told. The
 * sums do not say why an amount is in none of them: the rows do, where all are there.
 */
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
  const version = rows.snapshot();
  // It is drawn anew at each step of scrolling: all rows are looked at where others are there alone.
  const left = useMemo(() => {
    const all = allOf(kind, rows);
    return all && <InNoSum of={all as readonly { [field: string]: unknown; withheld: Row['withheld'] }[]} field={kind.money!} word={kind.one} />;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- with the version other rows are there
  }, [kind, rows, version]);
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
        {totals?.aggregate && left ? left : without > 0 && <span className="faint">{counted(without, kind.one)} without an amount that is told</span>}
      </p>
    </div>
  );
}
