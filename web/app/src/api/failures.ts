import type { CombinedError } from 'urql';

/** What a node says of a field that went wrong on the server, among the reasons for what is missing on it. */
export type Failed = { field: string; reason: 'FAILED'; purpose?: undefined; category?: undefined; since?: undefined };

/** Says it on the node on which a path ends in nothing and, where that asks for no reasons, as a connection does not, on the next one above that does, or the whole. */
function mark(whole: unknown, path: readonly (string | number)[]): unknown {
  let owed = false;
  const on = (value: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (typeof value !== 'object' || value === null || key === undefined) return value;
    if (Array.isArray(value)) return value.map((one, index) => (index === key ? on(one, rest) : one));
    const node = value as Record<string, unknown> & { withheld?: object[] | null };
    const ends = node[key] === null;
    const next = ends ? node : { ...node, [key]: on(node[key], rest) };
    const says = ends || (owed && (node.withheld !== undefined || value === whole));
    owed = ends ? node.withheld === undefined : owed && !says;
    return says ? { ...next, withheld: [...(node.withheld ?? []), { field: key, reason: 'FAILED' }] } : next;
  };
  return on(whole, path);
}

/**
 * What was answered beside an error, its nodes saying what went wrong on them: else nothing would seem to be known there. Where nothing was answered but the
 * error, that is no answer: the null of a root field that failed is not one of what is not there.
 */
export function withFailures<Data>(data: Data, error: CombinedError | undefined): Data | undefined {
  if (error && Object.values(data ?? {}).every((root) => root === null)) return undefined;
  return (error?.graphQLErrors ?? []).reduce((told, { path }) => mark(told, path ?? []) as Data, data);
}
