import type { CombinedError } from 'urql';

/** What a node says of a field that went wrong on the server, among the reasons for what is missing on it. */
export type Failed = { field: string; reason: 'FAILED'; purpose?: undefined; category?: undefined; since?: undefined };

/** Says it on the node on which a path ends in nothing. */
function mark(value: unknown, [key, ...rest]: readonly (string | number)[]): unknown {
  if (typeof value !== 'object' || value === null || key === undefined) return value;
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? mark(one, rest) : one));
  const node = value as Record<string, unknown> & { withheld?: object[] | null };
  return node[key] === null ? { ...node, withheld: [...(node.withheld ?? []), { field: key, reason: 'FAILED' }] } : { ...node, [key]: mark(node[key], rest) };
}

/** What was answered beside an error, its nodes saying what went wrong on them: else nothing would seem to be known there. */
export const withFailures = <Data,>(data: Data, error: CombinedError | undefined): Data =>
  (error?.graphQLErrors ?? []).reduce((told, { path }) => mark(told, path ?? []) as Data, data);
