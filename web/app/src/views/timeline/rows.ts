import type { Edge } from './query';

/** A line of the timeline: an entry, or several alike that stand as one until somebody unfolds them. */
export type Row = { key: string; edges: [Edge, ...Edge[]] };

export type DayOfRows = { day: string; rows: Row[] };

/** Pages that one person opened after each other are alike. */
function alike(a: Edge, b: Edge): boolean {
  if (a.node.__typename !== 'Interaction' || b.node.__typename !== 'Interaction') return false;
  const from = (edge: typeof a.node) => edge.customers?.edges[0]?.node.id;
  return a.node.kind === 'PAGE_VIEW' && b.node.kind === 'PAGE_VIEW' && a.node.channel === b.node.channel && from(a.node) !== undefined && from(a.node) === from(b.node);
}

/** Entries by day, newest first, those alike folded. */
export function daysOf(edges: readonly Edge[]): DayOfRows[] {
  const days: DayOfRows[] = [];
  for (const edge of edges) {
    const day = (edge.properties.at ?? '').slice(0, 10);
    if (days.at(-1)?.day !== day) days.push({ day, rows: [] });
    const { rows } = days[days.length - 1];
    const last = rows.at(-1);
    if (last && alike(last.edges[0], edge)) last.edges.push(edge);
    else rows.push({ key: `${edge.node.id} ${edge.properties.kind}`, edges: [edge] });
  }
  return days;
}

/** Who began it: it decides the mark. */
export function began(edge: Edge): 'customer' | 'business' | 'hidden' {
  const { node } = edge;
  switch (node.__typename) {
    case 'HiddenEvent':
      return 'hidden';
    case 'Interaction':
      return node.origin === 'CUSTOMER' ? 'customer' : 'business';
    case 'Deal':
    case 'Claim':
      return 'business';
    case 'Campaign':
      return edge.properties.kind === 'CAMPAIGN_RESPONSE' ? 'customer' : 'business';
    default:
      return 'customer';
  }
}
