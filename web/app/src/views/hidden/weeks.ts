import type { Told } from './Aftermath';
import type { Measure } from './measures';

const day = 86_400_000;

/** An outcome in a week, and where that stands: 0 is the first after the event, -1 the last before it. Numbers that nobody has, or that are not told, are null. */
export type Week = NonNullable<ReturnType<typeof weeksOf>>[number];

/** Who had left before had no contract to leave, or to keep: there is nothing to tell of a week before. */
export const onlyAfter = (outcome: Measure) => outcome === 'LEFT' || outcome === 'RETAINED';

/** An outcome week by week, where it is asked, as far as weeks have begun: what is to come says nothing of anybody. */
export function weeksOf(told: Told, outcome: Measure, at: string, days: number) {
  return told.weeks.flatMap(({ week, differences }) => {
    const from = Date.parse(at) + Math.max(7 * week, -days) * day;
    const to = Date.parse(at) + Math.min(7 * (week + 1), days) * day;
    const of = differences.find((one) => one.outcome === outcome);
    return of && from <= Date.now() && !(week < 0 && onlyAfter(outcome)) ? [{ week, from: new Date(from).toISOString(), open: to > Date.now(), of }] : [];
  });
}

/** What is shown of the choice in the address: else the first outcome of which the whole span has a difference, or the first. Null: a policy shows none. */
export function chosenOf(told: Told, asked: string | undefined): { outcome: Measure; all: readonly Measure[] } | null {
  const all = told.weeks[0]?.differences.map((one) => one.outcome) ?? [];
  const judged = told.differences.find((one) => one.difference !== null && all.includes(one.outcome));
  const outcome = all.find((one) => one === asked) ?? judged?.outcome ?? all[0];
  return outcome ? { outcome, all } : null;
}

export const weekName = (week: number) => (week < 0 ? `Week ${-week} before` : `Week ${week + 1} after`);
