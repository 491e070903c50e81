import { sankey } from 'd3-sankey';
import type { Grid, Link, Place } from './steps-model';

export const BAR = 10;
const TOP = 26;
const PITCH = 36;
const TALLEST = 300;
/** As wide as all that drops out at a step may be drawn together. */
const DROP = 60;

export type Drawn = Place & { x: number; y: number; height: number };
/** A line along its middle, as wide as its cases. */
export type Ribbon = { key: string; path: string; width: number; link: Link };
export type Drop = { key: string; path: string; place: string };
export type Stub = { key: string; x: number; y: number; height: number; kind: 'reached' | 'beyond' };
export type Layout = { width: number; height: number; column: number; places: readonly Drawn[]; ribbons: readonly Ribbon[]; drops: readonly Drop[]; stubs: readonly Stub[] };

type Node = Place & { fixedValue: number };
type Flow = { source: string; target: string; value: number; link: Link | null };

/** How d3-sankey stands places and links, a case as high at every step. Others stand last in their column. */
function stand({ levels, links, cases }: Grid, column: number) {
  const scale = TALLEST / Math.max(1, cases);
  const nodes: Node[] = levels.flat().map((place) => ({ ...place, fixedValue: place.cases }));
  const there = new Set(nodes.map(({ key }) => key));
  const flows = links.filter((link) => there.has(link.source) && there.has(link.target)).map((link): Flow => ({ source: link.source, target: link.target, value: link.cases, link }));
  // A link of no case holds each step in its column, where none that leads there is told.
  const held = levels.slice(1).map(([place], level): Flow => ({ source: levels[level][0].key, target: place.key, value: 0, link: null }));
  const needed = levels.map((places) => scale * places.reduce((sum, place) => sum + place.cases, 0) + PITCH * (places.length - 1));
  const graph = { nodes, links: [...flows, ...held] };
  const layout = sankey<Node, Flow>()
    .nodeId(({ key }) => key)
    .nodeAlign(({ level }) => level)
    .nodeWidth(BAR)
    .nodePadding(PITCH)
    .extent([[0, TOP], [column * (levels.length - 1) + BAR, TOP + Math.max(1, ...needed)]]);
  layout(graph); // the order in which ribbons cross least
  return { scale, ...layout.nodeSort((a, b) => Number(a.activity === null) - Number(b.activity === null) || a.y0! - b.y0!)(graph) };
}

/** Where bars and ribbons stand in a picture so wide. Heights and widths are cases. */
export function layOut(grid: Grid, room: number): Layout {
  const levels = grid.levels.filter((places) => places.length > 0);
  const column = Math.max(168, Math.floor(room / Math.max(1, levels.length)));
  if (levels.length === 0) return { width: 0, height: TOP, column, places: [], ribbons: [], drops: [], stubs: [] };
  const { nodes, links, scale } = stand({ ...grid, levels }, column);
  const tall = (n: number) => n * scale;
  const drawn = new Map(nodes.map((node) => [node.key, { ...node, x: node.level * column, y: node.y0!, height: Math.max(1.5, node.y1! - node.y0!) }]));
  const height = Math.max(TOP + TALLEST, ...nodes.map((node) => Math.max(node.y1!, node.y0! + PITCH - 4))) + 34;
  const top = (key: string) => drawn.get(key)?.y ?? 0;
  const ribbons = links.flatMap(({ link, y0, y1, width = 0 }): Ribbon[] => {
    if (!link) return [];
    const [from, to] = [drawn.get(link.source)!.x + BAR, drawn.get(link.target)!.x];
    return [{ key: `${link.source}>${link.target}`, link, path: `M${from} ${y0}C${(from + to) / 2} ${y0} ${(from + to) / 2} ${y1} ${to} ${y1}`, width }];
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
      const flowing = ribbons.reduce((sum, { link }) => (link.source === place.key ? sum + link.cases : sum), 0);
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
