import type { Deal } from './queries';

/** A day on which somebody expected the close, when that was said, and by how many days it moved. */
export type Expectation = { at: string | null; day: string | null; moved: number | null };

const apart = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** All days that were expected, in the order in which they were said; from the slips alone where the history is withheld. */
export function expectations(deal: Pick<Deal, 'history' | 'slips' | 'expectedClose'>): Expectation[] {
  const told = deal.history?.nodes ?? [];
  if (told.length > 0) {
    return told.map((one) => ({ at: one.at, day: one.to, moved: one.from && one.to ? apart(one.from, one.to) : null }));
  }
  const slips = deal.slips ?? [];
  if (slips.length === 0) return deal.expectedClose ? [{ at: null, day: deal.expectedClose, moved: null }] : [];
  return [{ at: null, day: slips[0].from, moved: null }, ...slips.map((one) => ({ at: one.at, day: one.to, moved: apart(one.from, one.to) }))];
}

/** The first days of the months, or of the quarters or years where there are many, between two moments. */
export function ticks(from: number, to: number): { at: number; word: string }[] {
  const months = (to - from) / (30.4 * 86_400_000);
  const step = months > 30 ? 12 : months > 9 ? 3 : months > 5 ? 2 : 1;
  const first = new Date(from);
  const found: { at: number; word: string }[] = [];
  for (let month = step === 1 ? first.getUTCMonth() : Math.floor(first.getUTCMonth() / step) * step, year = first.getUTCFullYear(); ; month += step) {
    const at = Date.UTC(year, month, 1);
    if (at > to) return found;
    if (at < from) continue;
    const date = new Date(at);
    const word = new Intl.DateTimeFormat('en-GB', { month: step === 1 ? 'long' : 'short', ...(date.getUTCMonth() === 0 || step === 12 ? { year: 'numeric' } : {}), timeZone: 'UTC' }).format(date);
    found.push({ at, word });
  }
}
