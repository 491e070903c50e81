import type { ReactNode } from 'react';
import type { VariablesOf } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';
import { day, words } from '../../ui/words';
import type { Whose } from './definition';
import type { FunnelByQuery } from './FunnelByBox';

/** What tells rows apart: a value that cases have, or when they begin. */
export type Dimension = { id: string; word: string; by: VariablesOf<typeof FunnelByQuery>['by']; name: (value: string) => string };

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** What a period is called by its first day. */
export const periodName = { MONTH: (value: string) => month.format(new Date(value)), WEEK: (value: string) => `from ${day(value)}` };

const months: Dimension = { id: 'MONTH', word: 'Month', by: { period: 'MONTH' }, name: periodName.MONTH };
const weeks: Dimension = { id: 'WEEK', word: 'Week', by: { period: 'WEEK' }, name: periodName.WEEK };

const dimensions: Record<Whose, readonly Dimension[]> = {
  deals: [
    { id: 'TYPE', word: 'Type of the deal', by: { deals: 'TYPE' }, name: words },
    { id: 'STAGE', word: 'Stage of the deal', by: { deals: 'STAGE' }, name: words },
    months,
    weeks,
  ],
  cases: [
    { id: 'SEVERITY', word: 'Severity', by: { cases: 'SEVERITY' }, name: words },
    { id: 'CASE_KIND', word: 'Kind of case', by: { cases: 'CASE_KIND' }, name: words },
    { id: 'STATUS', word: 'Status', by: { cases: 'STATUS' }, name: words },
    months,
    weeks,
  ],
  customers: [{ id: 'JOURNEY_STAGE', word: 'Stage', by: { customers: 'JOURNEY_STAGE' }, name: words }, months, weeks],
  accounts: [{ id: 'ACCOUNT_STAGE', word: 'Stage', by: { accounts: 'ACCOUNT_STAGE' }, name: words }, months, weeks],
  orders: [{ id: 'ORDER_STATUS', word: 'Status', by: { orders: 'ORDER_STATUS' }, name: words }, months, weeks],
};
const sizes = ['5', '10', '20', '50'];

/** The dimension and the number of values that the address says, and how to choose others. A period is that of something. */
export function useDimension(of: Whose, what: string): { dimension: Dimension; first: number; choices: ReactNode } {
  const { params } = useRoute();
  const all = dimensions[of].map((one) => ('period' in one.by ? { ...one, word: `${one.word} of ${what}` } : one));
  const dimension = all.find((one) => one.id === params.rowsBy) ?? all[0];
  const first = Number(sizes.find((size) => size === params.values) ?? '10');
  return {
    dimension,
    first,
    choices: (
      <>
        <Choice word="By" value={dimension.id} options={all.map((one) => [one.id, one.word])} choose={(value) => changeParams({ rowsBy: value })} />
        <Choice word="Values at most" value={String(first)} options={sizes.map((size) => [size, size])} choose={(value) => changeParams({ values: value })} />
      </>
    ),
  };
}
