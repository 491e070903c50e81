import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import { useShortcuts } from '../../frame/shortcuts';
import { hrefOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { useNarrow } from '../../ui/Twin';
import { failed, Withheld } from '../../ui/values';
import { count } from '../../ui/words';
import type { Column, Kind, Row } from './kind';
import type { Pager } from './pager';
import type { Selection } from './selection';
import type { ListState, Sort } from './state';

/** What sticks at the top and at the bottom of the window, and hides what lies there. */
const above = 84;
const below = 96;

type Props = {
  kind: Kind;
  columns: readonly Column[];
  rows: Pager;
  renewing: boolean;
  sort: Sort | undefined;
  mayOrder: (column: Column) => boolean;
  state: ListState;
  selection: Selection;
  currencies: readonly string[];
  inView: (from: number, to: number) => void;
};

/**
 * The rows, of which those near the screen alone are in the page, however many there are. The table holds the focus and names the
 * row that is meant, so that the focus outlives the row.
 */
export function Rows({ kind, columns, rows, renewing, sort, mayOrder, state, selection, currencies, inView }: Props) {
  const blocks = useNarrow(); // rows are blocks, as on a phone
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(0);
  const [active, activate] = useState(0);
  const [covered, cover] = useState(0);
  const total = rows.count;
  const rowHeight = blocks ? 128 : 36;
  const at = Math.max(0, Math.min(active, total - 1));
  const version = rows.snapshot();

  useLayoutEffect(() => {
    if (!body.current) return;
    const top = Math.round(body.current.getBoundingClientRect().top + scrollY);
    if (top !== margin) setMargin(top);
    // What went wrong sticks above the rows, too.
    const faults = document.querySelector<HTMLElement>('.list-faults')?.offsetHeight ?? 0;
    if (faults !== covered) cover(faults);
  });

  // What is measured is a row's, wherever it is by then.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- with the version other rows are there
  const keyOf = useCallback((index: number) => rows.row(index)?.id ?? index, [rows, version]);

  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: () => rowHeight,
    getItemKey: blocks ? keyOf : undefined,
    overscan: blocks ? 6 : 16,
    scrollMargin: margin,
    scrollPaddingStart: above + covered,
    scrollPaddingEnd: below,
  });
  useEffect(() => virtual.measure(), [virtual, blocks, columns.length]);

  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items[items.length - 1];
  const [from, to] = [virtual.range?.startIndex ?? first?.index ?? 0, virtual.range?.endIndex ?? last?.index ?? 0];
  const [top, bottom] = [first?.index ?? 0, last?.index ?? 0];
  useEffect(() => rows.want(top, bottom, from), [rows, top, bottom, from]);
  useEffect(() => inView(from, to), [from, to, inView]);

  // The row that is meant and those in view stay what they are when others come before them, or go.
  const startOf = (index: number) => virtual.measurementsCache[index]?.start ?? 0;
  const seen = useRef({ rows, version, active: '', at: 0, first: '', from: 0, start: 0 });
  useLayoutEffect(() => {
    const before = seen.current;
    let meant = at;
    if (before.rows === rows && before.version !== version) {
      const [place, first] = [rows.indexOf(before.active), rows.indexOf(before.first)];
      if (place >= 0 && place !== before.at) activate((meant = at + place - before.at));
      if (first >= 0 && first !== before.from) scrollBy(0, startOf(first) - before.start);
    }
    seen.current = { rows, version, active: rows.row(meant)?.id ?? '', at: meant, first: rows.row(from)?.id ?? '', from, start: startOf(from) };
  });

  function move(index: number, extend = false) {
    rows.stay();
    const next = Math.max(0, Math.min(total - 1, index));
    if (extend) selection.extend(rows, at, next);
    activate(next);
    // What is drawn is wanted already; what is not is drawn once it is scrolled to, and is asked for from its own end.
    if (next < top || next > bottom) rows.want(next, next);
    virtual.scrollToIndex(next, { align: 'auto' });
  }

  function go(index: number, extend = false) {
    move(index, extend);
    table.current?.focus({ preventScroll: true });
  }
  useShortcuts({ j: () => go(at + 1), k: () => go(at - 1) });

  // Who waited for the last rows may be elsewhere by now: the focus stays there.
  useEffect(() => {
    if (rows.ending && rows.endKnown) move(total - 1);
  });

  const goToEnd = () => (rows.endKnown ? go(total - 1) : rows.end());

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== table.current || event.altKey) return;
    const row = rows.row(at);
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(at + 1, event.shiftKey),
      ArrowUp: () => go(at - 1, event.shiftKey),
      PageDown: () => go(at + 20, event.shiftKey),
      PageUp: () => go(at - 20, event.shiftKey),
      Home: () => go(0),
      End: goToEnd,
      Enter: () => row && (location.hash = hrefOf(row.id)),
      ' ': () => row && selection.toggle(row),
      Escape: () => selection.clear(),
    };
    const act = event.ctrlKey || event.metaKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function onRow(event: MouseEvent, index: number) {
    if ((event.target as HTMLElement).closest('a, button')) return;
    const row = rows.row(index);
    const box = (event.target as HTMLElement).closest('.check-cell');
    if (event.shiftKey) selection.extend(rows, at, index);
    else if (box && row) selection.toggle(row);
    rows.stay();
    activate(index);
    table.current?.focus({ preventScroll: true });
  }

  const sum = columns.reduce((all, column) => all + column.width, 0);
  const shownActive = first && last && at >= first.index && at <= last.index;
  return (
    <table
      ref={table}
      className="table cards long"
      role="grid"
      aria-label={kind.word}
      aria-rowcount={rows.total === null ? -1 : total + 1}
      aria-multiselectable="true"
      aria-activedescendant={shownActive ? `row-${at}` : undefined}
      aria-busy={renewing}
      data-renewing={renewing || undefined}
      style={{ '--covered': `${covered}px` } as CSSProperties}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <colgroup>
        <col className="check-col" />
        {columns.map((column) => (
          <col key={column.id} style={{ width: `${(column.width / sum) * 100}%` }} />
        ))}
      </colgroup>
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          <th scope="col" role="columnheader" className="check-cell">
            <span className="sr">Chosen</span>
          </th>
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={sort} may={mayOrder(column)} state={state} currencies={currencies} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} role="rowgroup">
        {first && first.start - margin > 0 && <Space height={first.start - margin} columns={columns.length + 1} />}
        {items.map(({ index }) => (
          <One
            key={index}
            index={index}
            row={rows.row(index)}
            fromEnd={rows.fromEnd(index)}
            blind={rows.blind}
            columns={columns}
            active={index === at}
            chosen={selection.has(rows.row(index))}
            dated={state.asOf !== undefined}
            measure={blocks ? virtual.measureElement : undefined}
            onClick={onRow}
          />
        ))}
        {last && virtual.getTotalSize() + margin - last.end > 0 && <Space height={virtual.getTotalSize() + margin - last.end} columns={columns.length + 1} />}
      </tbody>
    </table>
  );
}

/** The place of rows that are out of sight. */
const Space = ({ height, columns }: { height: number; columns: number }) => (
  <tr role="presentation" className="space" style={{ height }}>
    <td role="presentation" colSpan={columns} />
  </tr>
);

function Head({ column, sort, may, state, currencies }: { column: Column; sort: Sort | undefined; may: boolean; state: ListState; currencies: readonly string[] }) {
  const sorted = sort?.of === column ? sort : undefined;
  const today = column.today && state.asOf && <span className="xs faint"> today’s value</span>;
  if (!column.sort || !may) {
    return (
      <th scope="col" role="columnheader" className={column.num ? 'num' : undefined}>
        {column.word}
        {today}
      </th>
    );
  }
  const begin = column.num || column.dated ? 'DESC' : 'ASC';
  const next = () => state.setSort({ of: column, way: sorted ? (sorted.way === 'ASC' ? 'DESC' : 'ASC') : begin, currency: sorted?.currency || (column.money ? (currencies[0] ?? 'EUR') : '') });
  return (
    <th scope="col" role="columnheader" className={column.num ? 'num' : undefined} aria-sort={sorted ? (sorted.way === 'ASC' ? 'ascending' : 'descending') : undefined}>
      <button type="button" onClick={next}>
        {column.word}
        {sorted?.currency && `, ${sorted.currency}`}
        {sorted && <Icon name="down" small />}
      </button>
      {today}
    </th>
  );
}

type OneProps = {
  index: number;
  row: Row | undefined;
  /** How far it is from the end, where that alone is known of its place. */
  fromEnd: number | undefined;
  /** What is worked out by itself could not be. */
  blind: boolean;
  columns: readonly Column[];
  active: boolean;
  chosen: boolean;
  /** Another day is chosen: what has no history says so. */
  dated: boolean;
  measure?: (node: Element | null) => void;
  onClick: (event: MouseEvent, index: number) => void;
};

const One = memo(
  function One({ index, row, fromEnd, blind, columns, active, chosen, dated, measure, onClick }: OneProps) {
    return (
      <tr
        id={`row-${index}`}
        role="row"
        ref={measure}
        data-index={index}
        aria-rowindex={fromEnd ? undefined : index + 2}
        aria-selected={chosen}
        aria-busy={row ? undefined : true}
        data-active={active || undefined}
        onClick={(event) => onClick(event, index)}
      >
        <td role="gridcell" className="check-cell">
          <span className="check-box" aria-hidden="true">
            {chosen && <Icon name="check" small />}
          </span>
          <span className="sr">{chosen ? 'chosen' : fromEnd ? `row ${count(fromEnd)} from the end` : `row ${count(index + 1)}`}</span>
        </td>
        {columns.map((column, place) => (
          <td
            key={column.id}
            role="gridcell"
            className={[column.num && 'num', column.money && 'money', (column.wide || place === 0) && 'wide', place === 0 && 'first'].filter(Boolean).join(' ') || undefined}
            data-word={place === 0 ? undefined : dated && column.today ? `${column.word}, today’s value` : column.word}
          >
            {row && (row.apart || !column.apart?.of(row as never)) ? column.cell(row as never) : row && blind ? <Withheld why={failed} /> : <span className="row-waiting" />}
          </td>
        ))}
      </tr>
    );
  },
  (a, b) => a.index === b.index && a.row === b.row && a.fromEnd === b.fromEnd && a.blind === b.blind && a.columns === b.columns && a.active === b.active && a.chosen === b.chosen && a.dated === b.dated && a.measure === b.measure,
);
