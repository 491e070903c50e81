import { useState } from 'react';
import { onCallerGone } from '../../api/session';
import { changeParams, useAsOf, useRoute } from '../../route';
import { definitionOf, read, write, type Condition } from './conditions';
import type { Column, Kind, Way } from './kind';
import type { PolicyOf } from './use-policy';

export type Sort = { of: Column; way: Way; currency: string };

/** Texts that were searched for, by the kind of list: they stay out of the address, and last as long as the page. */
const texts = new Map<string, readonly Condition[]>();
onCallerGone(() => texts.clear());

function readSort(text: string | undefined, kind: Kind): Sort | undefined {
  const [of, way, currency = ''] = (text ?? '').split('.');
  const column = kind.columns.find((one) => one.id === of);
  return column?.sort && (way === 'ASC' || way === 'DESC') && (!column.money || /^[A-Z]{3}$/.test(currency)) ? { of: column, way, currency } : undefined;
}

/** What stands in an address where no condition holds, and the kind opens with one. */
export const unbound = 'all';

/** What a list shows: its conditions, its order and its columns. All of it stands in the address, but for texts. */
export function useListState(kind: Kind, policy: PolicyOf | undefined) {
  const { params } = useRoute();
  const asOf = useAsOf();
  const [searched, search] = useState(() => texts.get(kind.id) ?? []);
  const opens = kind.opens && !policy?.denied(definitionOf(kind, kind.opens).on) ? kind.opens : undefined;
  const { conditions: linked, unread } = params.where === undefined ? { conditions: opens ? [opens] : [], unread: 0 } : read(params.where === unbound ? '' : params.where, kind);
  const conditions = [...linked, ...searched];
  const ids = params.cols === undefined ? kind.shown : params.cols.split(',');
  const columns = kind.columns.filter((column, index) => index === 0 || ids.includes(column.id));
  const chosen = readSort(params.sort, kind);
  return {
    asOf,
    /** What the kind opens with, where the purpose may. */
    opens,
    conditions,
    unread,
    columns,
    sort: chosen ?? ({ of: kind.columns.find((one) => one.id === kind.sort.of), way: kind.sort.way, currency: '' } as Sort),
    sortChosen: chosen !== undefined,
    by: kind.dimensions.find((one) => one.by === params.by) ?? kind.dimensions[0],
    setConditions(next: readonly Condition[]) {
      const text = next.filter((one) => one.op === 'contains');
      texts.set(kind.id, text);
      search(text);
      changeParams({ where: write(next) ?? (kind.opens ? unbound : null) });
    },
    setSort: ({ of, way, currency }: Sort) => changeParams({ sort: of.money ? `${of.id}.${way}.${currency}` : `${of.id}.${way}` }),
    setColumns: (next: readonly string[]) => changeParams({ cols: next.length === 0 ? ' ' : next.join(',') === kind.shown.join(',') ? null : next.join(',') }, { replace: true }),
    setBy: (by: string) => changeParams({ by: by === kind.dimensions[0]?.by ? null : by }, { replace: true }),
  };
}

export type ListState = ReturnType<typeof useListState>;
