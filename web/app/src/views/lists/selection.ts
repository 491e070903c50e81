import { useState } from 'react';
import type { Row } from './kind';
import type { Pager } from './pager';

export type Selection = {
  /** The ids that are chosen; null if all are. */
  ids: ReadonlySet<string> | null;
  has: (row: Row | undefined) => boolean;
  toggle: (row: Row) => void;
  /** Chooses from where it began to here: rows that have not come yet cannot be chosen one by one. */
  extend: (rows: Pager, from: number, to: number) => void;
  all: () => void;
  clear: () => void;
};

/** Which rows are chosen. Another filter begins anew: `of` says which list it is. */
export function useSelection(of: string): Selection {
  const [kept, keep] = useState<{ of: string; ids: ReadonlySet<string> | null; anchor: string | null }>({ of, ids: new Set(), anchor: null });
  const { ids, anchor } = kept.of === of ? kept : { ids: new Set<string>(), anchor: null };
  return {
    ids,
    has: (row) => row !== undefined && (ids === null || ids.has(row.id)),
    toggle(row) {
      const next = new Set(ids);
      if (!next.delete(row.id)) next.add(row.id);
      keep({ of, ids: next, anchor: row.id });
    },
    extend(rows, from, to) {
      // Where it began is known by its row: places change as rows come before it.
      const began = anchor === null ? -1 : rows.indexOf(anchor);
      const start = began < 0 ? from : began;
      const next = new Set(ids);
      for (let index = Math.min(start, to); index <= Math.max(start, to); index++) {
        const row = rows.row(index);
        if (row) next.add(row.id);
      }
      keep({ of, ids: next, anchor: rows.row(start)?.id ?? null });
    },
    all: () => keep({ of, ids: null, anchor: null }),
    clear: () => keep({ of, ids: new Set(), anchor: null }),
  };
}
