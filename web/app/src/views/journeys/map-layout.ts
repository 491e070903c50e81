import { graphlib, layout } from '@dagrejs/dagre';
import { edgeKey, type Drawn, type Edge } from './map-model';
import { END, START } from './names';

const CARD = { width: 156, height: 46 };
const PILL = { width: 96, height: 26 };
/** The room of an edge's numbers. */
export const LABEL = { width: 54, height: 30 };

export type Point = { x: number; y: number };
export type Card = { name: string; x: number; y: number; width: number; height: number };
export type Line = { key: string; edge: Edge; path: string; head: string; width: number; label: Point };
export type MapLayout = { width: number; height: number; cards: readonly Card[]; lines: readonly Line[] };

/** How wide the line of an edge is, and how long and how wide to a side the head of its arrow. */
export const thicknessOf = (edges: readonly Edge[]) => {
  const widest = Math.max(1, ...edges.map((edge) => edge.cases));
  return (edge: Edge) => 1 + (9 * edge.cases) / widest;
};
export const lengthOf = (width: number) => 6 + width * 0.9;
const halfOf = (width: number) => 3 + width * 0.75;

export const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The head of an arrow, from the middle of its foot to its tip. */
export function headOf(foot: Point, tip: Point, width: number): string {
  const length = Math.hypot(tip.x - foot.x, tip.y - foot.y) || 1;
  const [ux, uy] = [(tip.x - foot.x) / length, (tip.y - foot.y) / length];
  const half = halfOf(width);
  return `M${at(tip)}L${at({ x: foot.x - uy * half, y: foot.y + ux * half })}L${at({ x: foot.x + uy * half, y: foot.y - ux * half })}Z`;
}

/** A smooth line through points, and the head of an arrow at its end, as wide as the line needs it. */
function drawLine(points: readonly Point[], width: number): { path: string; head: string } {
  const end = points[points.length - 1];
  const before = points[points.length - 2] ?? { x: end.x, y: end.y - 1 };
  const far = lengthOf(width) / (Math.hypot(end.x - before.x, end.y - before.y) || 1);
  const foot = { x: end.x - (end.x - before.x) * far, y: end.y - (end.y - before.y) * far };
  const inner = points.slice(1, -1);
  let path = `M${at(points[0])}`;
  inner.forEach((point, index) => {
    const next = index === inner.length - 1 ? foot : { x: (point.x + inner[index + 1].x) / 2, y: (point.y + inner[index + 1].y) / 2 };
    path += `Q${at(point)} ${at(next)}`;
  });
  if (inner.length === 0) path += `L${at(foot)}`;
  return { path, head: headOf(foot, end, width) };
}

/** What directly follows itself: out of the right side of its card and back into it, short of its number. */
function loop(card: { x: number; y: number; width: number; height: number }, label: number): Point[] {
  const right = card.x + card.width / 2;
  const out = Math.max(right + 26, label - 30);
  return [
    { x: right, y: card.y - 14 },
    { x: out, y: card.y - 20 },
    { x: out, y: card.y + 20 },
    { x: right, y: card.y + 12 },
  ];
}

/** The cards of a map, and how large each is: start and end are there where an edge is of them. */
export function nodesOf({ activities, edges }: Pick<Drawn, 'activities' | 'edges'>): { name: string; size: { width: number; height: number } }[] {
  const ends = [START, END].filter((name) => edges.some((edge) => edge.from === name || edge.to === name));
  return [...activities.map(({ activity }) => ({ name: activity, size: CARD })), ...ends.map((name) => ({ name, size: PILL }))];
}

/** Where cards and lines stand: layer below layer, so that most lines go down and loops go up. */
export function layOutMap({ activities, edges }: Pick<Drawn, 'activities' | 'edges'>): MapLayout {
  const graph = new graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 36, edgesep: 12, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name, size } of nodesOf({ activities, edges })) graph.setNode(name, { ...size });
  for (const edge of edges) graph.setEdge(edge.from, edge.to, { ...LABEL, labelpos: 'r', labeloffset: 6, weight: Math.max(1, Math.round(Math.log2(edge.cases + 1))), minlen: 1 });
  layout(graph);
  const thickness = thicknessOf(edges);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    cards: graph.nodes().map((name) => {
      const node = graph.node(name);
      return { name, x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height };
    }),
    lines: edges.map((edge) => {
      const told = graph.edge(edge.from, edge.to);
      const thick = thickness(edge);
      const points = edge.from === edge.to ? loop(graph.node(edge.from), told.x) : told.points;
      return { key: edgeKey(edge), edge, width: thick, label: { x: told.x, y: told.y }, ...drawLine(points, thick) };
    }),
  };
}
