import type { Grid, Link, Place } from './steps-model';

export const BAR = 10;
const TOP = 26;
const PITCH = 36;
const GAP = 14;
const TALLEST = 300;
/** As wide as all that drops out at a step may be drawn together. */
const DROP = 60;

export type Drawn = Place & { x: number; y: number; height: number };
export type Ribbon = { key: string; path: string; link: Link };
export type Drop = { key: string; path: string; place: string };
export type Stub = { key: string; x: number; y: number; height: number; kind: 'reached' | 'beyond' };
export type Layout = { width: number; height: number; column: number; places: readonly Drawn[]; ribbons: readonly Ribbon[]; drops: readonly Drop[]; stubs: readonly Stub[] };

/** Puts the places of a level in the order in which ribbons to them cross least: by where these come from. All others stay last. */
function ordered(places: readonly Place[], links: readonly Link[], centre: ReadonlyMap<string, number>): Place[] {
  const from = new Map(
    places.map((place) => {
      const into = links.filter((link) => link.target === place.key && centre.has(link.source));
      const weight = into.reduce((sum, link) => sum + link.cases, 0);
      return [place.key, weight === 0 ? Infinity : into.reduce((sum, link) => sum + link.cases * centre.get(link.source)!, 0) / weight] as const;
    }),
  );
  return [...places].sort((a, b) => Number(a.activity === null) - Number(b.activity === null) || from.get(a.key)! - from.get(b.key)! || b.cases - a.cases);
}

/** Where bars and ribbons stand in a picture so wide. Heights and widths are cases. */
export function layOut({ levels, links, cases }: Grid, room: number): Layout {
  const column = Math.max(168, Math.floor(room / Math.max(1, levels.length)));
  const scale = TALLEST / Math.max(1, cases);
  const tall = (n: number) => n * scale;
  const drawn = new Map<string, Drawn>();
  const centre = new Map<string, number>();
  let height = TOP + TALLEST;
  levels.forEach((places, level) => {
    let y = TOP;
    for (const place of ordered(places, links, centre)) {
      const bar = Math.max(1.5, tall(place.cases));
      drawn.set(place.key, { ...place, x: level * column, y, height: bar });
      centre.set(place.key, y + bar / 2);
      height = Math.max(height, y + Math.max(bar, PITCH - 4));
      y += Math.max(bar + GAP, PITCH);
    }
  });
  height += 34;

  const top = (key: string) => drawn.get(key)?.y ?? 0;
  const left = new Map<string, number>();
  const right = new Map<string, number>();
  const take = (edge: Map<string, number>, key: string, n: number) => {
    const at = edge.get(key) ?? top(key);
    edge.set(key, at + tall(n));
    return at;
  };
  const known = links.filter((link) => drawn.has(link.source) && drawn.has(link.target));
  const begins = new Map<Link, number>();
  for (const link of [...known].sort((a, b) => top(a.target) - top(b.target))) begins.set(link, take(right, link.source, link.cases));
  const ribbons = [...known]
    .sort((a, b) => top(a.source) - top(b.source))
    .map((link): Ribbon => {
      const [x1, x2, w] = [drawn.get(link.source)!.x + BAR, drawn.get(link.target)!.x, tall(link.cases)];
      const [y1, y2, m] = [begins.get(link)!, take(left, link.target, link.cases), (x1 + x2) / 2];
      return { key: `${link.source}>${link.target}`, link, path: `M${x1} ${y1}C${m} ${y1} ${m} ${y2} ${x2} ${y2}V${y2 + w}C${m} ${y2 + w} ${m} ${y1 + w} ${x1} ${y1 + w}Z` };
    });

  const drops: Drop[] = [];
  const stubs: Stub[] = [];
  levels.forEach((places, level) => {
    const all = places.reduce((sum, place) => sum + tall(place.balance.dropped), 0);
    const narrow = Math.min(1, DROP / Math.max(1, all));
    let edge = level * column + column - 24;
    for (const place of [...places].sort((a, b) => top(a.key) - top(b.key))) {
      const { balance } = place;
      const bar = drawn.get(place.key)!;
      const flowing = known.reduce((sum, link) => (link.source === place.key ? sum + link.cases : sum), 0);
      let y = bar.y + tall(flowing);
      const stub = (kind: Stub['kind'], n: number) => {
        if (n > 0) stubs.push({ key: `${place.key} ${kind}`, x: bar.x + BAR, y, height: Math.max(1, tall(n)), kind });
        y += tall(n);
      };
      stub('beyond', balance.continued - flowing);
      y += tall(balance.open + balance.other);
      stub('reached', balance.reached);
      if (balance.dropped === 0) continue;
      const [x, w, h] = [bar.x + BAR, Math.max(1, tall(balance.dropped) * narrow), Math.max(1, tall(balance.dropped))];
      const low = Math.min(y + 46, height);
      drops.push({
        key: place.key,
        place: place.key,
        path: `M${x} ${y}C${edge} ${y} ${edge} ${y} ${edge} ${low}V${height}H${edge - w}V${low}C${edge - w} ${y + h} ${edge - w} ${y + h} ${x} ${y + h}Z`,
      });
      edge -= w;
    }
  });
  return { width: column * levels.length, height, column, places: [...drawn.values()], ribbons, drops, stubs };
}
