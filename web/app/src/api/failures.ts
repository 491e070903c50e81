import type { CombinedError } from 'urql';
import type { Extensions } from './answers';

/** What a node says of a field that went wrong on the server, among the reasons for what is missing on it. */
export type Failed = { field: string; reason: 'FAILED'; purpose?: undefined; category?: undefined; since?: undefined };

type Why = Failed | ({ field: string } & Omit<NonNullable<Extensions['withheld']>[number], 'path' | 'count'>);

/**
 * Says it on the node on which a path ends in nothing. What went wrong is said, where that asks for no reasons, as a connection does not, on the next one above
 * that does, or on the whole; what is withheld is where the node does not say so itself. A path of several rows names none of them: each says it itself.
 */
function mark(whole: unknown, path: readonly (string | number)[], why: Omit<Failed, 'field'> | Omit<Why, 'field'>): unknown {
  const failed = why.reason === 'FAILED';
  let owed = false;
  const on = (value: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (typeof value !== 'object' || value === null || key === undefined) return value;
    if (Array.isArray(value)) return value.map((one, index) => (index === key ? on(one, rest) : one));
    const node = value as Record<string, unknown> & { withheld?: { field: string }[] | null };
    const ends = node[key] === null;
    const next = ends ? node : { ...node, [key]: on(node[key], rest) };
    const says = ends ? failed || (node.withheld && !node.withheld.some(({ field }) => field === key)) : owed && (node.withheld !== undefined || value === whole);
    owed = ends ? failed && node.withheld === undefined : owed && !says;
    return says ? { ...next, withheld: [...(node.withheld ?? []), { ...why, field: key }] } : next;
  };
  return on(whole, path);
}

/**
 * What was answered, its nodes saying what went wrong on them, and what the answer alone says is withheld: else nothing would seem to be known there. Where nothing was answered but the
 * error, that is no answer: the null of a root field that failed is not one of what is not there.
 */
export function explained<Data>(data: Data, error: CombinedError | undefined, { withheld = [] }: Extensions): Data | undefined {
  if (error && Object.values(data ?? {}).every((root) => root === null)) return undefined;
  const told = (error?.graphQLErrors ?? []).reduce((told, { path }) => mark(told, path ?? [], { reason: 'FAILED' }) as Data, data);
  return withheld.reduce((told, { path, count: _, ...why }) => mark(told, path, why) as Data, told);
}
