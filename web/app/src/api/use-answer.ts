import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useMemo, useRef } from 'react';
import { stringifyDocument, useQuery, type CombinedError } from 'urql';
import { note, type Extensions } from './answers';
import { isUnreached } from './connection';
import { explained } from './failures';

/** An answer, or the state in which it is. */
export type Answer<Data> = {
  data: Data | undefined;
  /** What went wrong; data may be there beside it, with null where it did. */
  error: CombinedError | undefined;
  /** Whether nothing is there yet. */
  waiting: boolean;
  /** Whether what is there is being asked again. */
  renewing: boolean;
  extensions: Extensions;
  retry: () => void;
};

/**
 * Asks, and notes what the answer says of itself for the receipt line and the panel of what is withheld. Variables may be
 * written in place: they are compared by what they say. A fresh answer is not taken from what was kept before.
 */
export function useAnswer<Data, Variables extends object>(
  query: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, frame = false, fresh = false }: { pause?: boolean; frame?: boolean; fresh?: boolean } = {},
): Answer<Data> {
  const text = JSON.stringify(variables);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- text says all that is in variables
  const steady = useMemo(() => variables, [text]);
  const [result, ask] = useQuery<Data, Variables>({ query, variables: steady as never, pause, requestPolicy: fresh ? 'network-only' : undefined });
  const began = useRef(0);
  if (result.fetching && began.current === 0) began.current = performance.now();

  const { extensions, fetching, error } = result;
  // What was read stays on the page while the server cannot be reached.
  const read = useRef<{ query: unknown; variables: unknown; data: Data } | null>(null);
  // An answer is told with the error that came beside it: while it is asked again, and where that fails, the error is none, or another one.
  const came = useRef<{ raw: Data; told: Data | undefined } | null>(null);
  if (result.data && came.current?.raw !== result.data) came.current = { raw: result.data, told: explained(result.data, error, (extensions ?? {}) as Extensions) };
  const told = result.data ? came.current?.told : undefined;
  if (told) read.current = { query, variables: steady, data: told };
  const lost = error !== undefined && isUnreached(error) && read.current?.query === query && read.current.variables === steady;
  const data = told ?? (lost ? read.current?.data : undefined);
  useEffect(() => {
    if (fetching || (!data && !error)) return;
    const milliseconds = began.current === 0 ? 0 : performance.now() - began.current;
    began.current = 0;
    const printed = stringifyDocument(query);
    const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(printed)?.[1] ?? 'Answer';
    return note({ name, query: printed, variables: steady, extensions: (extensions ?? {}) as Extensions, milliseconds, frame });
  }, [data, error, extensions, fetching, frame, query, steady]);

  return {
    data,
    error,
    waiting: !data && !error && !pause,
    renewing: result.stale || (fetching && !!data),
    extensions: (extensions ?? {}) as Extensions,
    retry: () => ask({ requestPolicy: 'network-only' }),
  };
}
