import { END, OPEN, START } from './names';

/** How often is null where cases alone are told. */
export type Activity = { activity: string; events: number | null; cases: number; persons: number };
export type Edge = { from: string; to: string; events: number | null; cases: number; persons: number; share: number | null; median: number | null; p90: number | null };
export type MapTold = { activities: readonly Activity[]; edges: readonly Edge[]; other: { activities: number; edges: number; events: number | null } };

export const edgeKey = ({ from, to }: Pick<Edge, 'from' | 'to'>) => `${from}|${to}`;

/** What of a map is drawn, and exactly what is not. */
export type Drawn = {
  activities: readonly Activity[];
  edges: readonly Edge[];
  hidden: { activities: number; activityEvents: number | null; names: readonly string[]; edges: number; events: number | null };
};

/** How often, as far as that is told, or else in how many cases. */
export const weight = ({ events, cases }: Pick<Edge, 'events' | 'cases'>) => events ?? cases;

const sumOf = (numbers: readonly (number | null)[]) => numbers.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0);

/**
 * The most frequent activities, and of the edges between them the most used that together have at least so great a share of what is told. What is
 * still open has no edge of its own: a card shows it.
 */
export function drawn(map: MapTold, most: number, coverage: number): Drawn {
  const activities = map.activities.slice(0, most);
  const shown = new Set([START, END, ...activities.map((one) => one.activity)]);
  const all = map.edges.filter((edge) => edge.to !== OPEN);
  const possible = all.filter((edge) => shown.has(edge.from) && shown.has(edge.to)).sort((a, b) => weight(b) - weight(a));
  const needed = possible.reduce((sum, edge) => sum + weight(edge), 0) * coverage;
  // No card stands alone: by what most come to it, and to where most go on, is always drawn.
  const kept = new Set(activities.flatMap(({ activity }) => [possible.find((edge) => edge.to === activity && edge.from !== activity), possible.find((edge) => edge.from === activity && edge.to !== activity)]));
  let reached = possible.reduce((sum, edge) => (kept.has(edge) ? sum + weight(edge) : sum), 0);
  for (const edge of possible) {
    if (reached >= needed) break;
    if (kept.has(edge)) continue;
    kept.add(edge);
    reached += weight(edge);
  }
  const edges = possible.filter((edge) => kept.has(edge));
  const left = map.activities.slice(most);
  return {
    activities,
    edges,
    hidden: {
      activities: left.length + map.other.activities,
      activityEvents: sumOf(left.map((one) => one.events)),
      names: left.map((one) => one.activity),
      edges: all.length - edges.length + map.other.edges,
      events: sumOf([...all.filter((edge) => !kept.has(edge)).map((edge) => edge.events), map.other.events]),
    },
  };
}

/** What became of all events of an activity: every one is followed by something, by the end, or by nothing yet. Null: how often is not told. */
export type ActivityBalance = { came: number; on: number; ended: number; open: number; untold: number };

export function balanceOf(map: MapTold, activity: Activity): ActivityBalance | null {
  const leaving = map.edges.filter((edge) => edge.from === activity.activity);
  if (activity.events === null) return null;
  const sum = (which: (edge: Edge) => boolean) => leaving.reduce((all, edge) => (which(edge) ? all + weight(edge) : all), 0);
  const ended = sum((edge) => edge.to === END);
  const open = sum((edge) => edge.to === OPEN);
  const on = sum((edge) => edge.to !== END && edge.to !== OPEN);
  return { came: activity.events, on, ended, open, untold: activity.events - on - ended - open };
}

/** How many cases have not gone on from an activity: as many as its edge to what is still open. */
export const stillOpen = (map: MapTold, activity: Activity) => map.edges.find((edge) => edge.from === activity.activity && edge.to === OPEN)?.cases ?? 0;
