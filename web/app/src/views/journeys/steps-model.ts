import { BEYOND, END, OPEN } from './names';

type PlaceTold = { level: number; activity: string | null; cases: number; persons: number };
type LinkTold = { level: number; from: string | null; to: string | null; cases: number; persons: number };
type Count = { cases: number } | null;
export type StatusesTold = { entered: Count; continued: Count; dropped: Count; open: Count; other: Count; filtered: Count };

/** What became of those who came to a place. What is left is not told apart: too few stand behind it. */
export type Balance = { entered: number; continued: number; reached: number; dropped: number; open: number; other: number };

export type Place = PlaceTold & { key: string; balance: Balance };
export type Link = LinkTold & { source: string; target: string };

/** What became of all at a step. A number of too few is null and among the others. */
export type Ledger = {
  entered: number | null;
  continued: number | null;
  reached: number | null;
  dropped: number | null;
  open: number | null;
  other: number | null;
  filtered: number | null;
  /** Whether exactly those behind its numbers can be listed. */
  listed: boolean;
};

export type Grid = { levels: readonly (readonly Place[])[]; links: readonly Link[]; ledgers: readonly Ledger[]; cases: number };

export const keyOf = (level: number, activity: string | null) => `${level} ${activity ?? ''}`;
const isEnd = (to: string | null) => to === END || to === OPEN || to === BEYOND;

function balanceOf(entered: number, links: readonly LinkTold[], goals: readonly string[]): Balance {
  const sum = (which: (link: LinkTold) => boolean) => links.reduce((all, link) => (which(link) ? all + link.cases : all), 0);
  const reached = sum((link) => link.to === END && link.from !== null && goals.includes(link.from));
  const ended = sum((link) => link.to === END);
  const open = sum((link) => link.to === OPEN);
  const continued = sum((link) => link.to !== END && link.to !== OPEN);
  return { entered, continued, reached, dropped: ended - reached, open, other: entered - continued - ended - open };
}

/**
 * Steps as a grid that balances: what each place and each level took in, and what became of it. The funnel of all activities, nothing
 * between them, counts the same by other means; where both agree, exactly those behind a number can be listed.
 */
export function gridOf(told: { places: readonly PlaceTold[]; links: readonly LinkTold[]; cases: number }, funnel: readonly StatusesTold[] | null, goals: readonly string[], folded: boolean): Grid {
  const depth = Math.max(0, ...told.places.map((place) => place.level)) + 1;
  const levels = Array.from({ length: depth }, (_, level) =>
    told.places
      .filter((place) => place.level === level && place.cases > 0)
      .map((place) => ({
        ...place,
        key: keyOf(level, place.activity),
        balance: balanceOf(place.cases, told.links.filter((link) => link.level === level && link.from === place.activity), goals),
      })),
  );
  const links = told.links
    .filter((link) => !isEnd(link.to))
    .map((link) => ({ ...link, source: keyOf(link.level, link.from), target: keyOf(link.level + 1, link.to) }));
  const ledgers = levels.map((places, level): Ledger => {
    const all = balanceOf(places.reduce((sum, place) => sum + place.cases, 0), told.links.filter((link) => link.level === level), goals);
    const counted = funnel?.[level];
    const filtered = counted?.filtered?.cases ?? (counted ? null : 0);
    if (all.other === 0) {
      const agreed = counted?.dropped?.cases === all.dropped + all.reached && counted.continued?.cases === all.continued && counted.open?.cases === all.open;
      return { ...all, entered: all.entered + (agreed ? (filtered ?? 0) : 0), filtered: agreed ? filtered : 0, listed: agreed && !folded };
    }
    if (!counted || folded || goals.length > 0) {
      // What is told of links is a part of each number, and none of it says nothing of the number.
      const told = (n: number) => (n > 0 ? n : null);
      return { entered: all.entered, continued: told(all.continued), reached: told(all.reached), dropped: told(all.dropped), open: told(all.open), other: all.other, filtered: null, listed: false };
    }
    const of = (count: Count) => count?.cases ?? null;
    return { entered: of(counted.entered), continued: of(counted.continued), reached: 0, dropped: of(counted.dropped), open: of(counted.open), other: of(counted.other), filtered, listed: true };
  });
  return { levels, links, ledgers, cases: told.cases };
}
