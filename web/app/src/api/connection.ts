import { useSyncExternalStore } from 'react';
import { mapExchange, type Client, type CombinedError, type Operation } from 'urql';
import { graphql } from './graphql';

/** Whether the server can be reached; where not, since when. */
export type Connection = { since: number | null; lastAnswer: number | null };

let connection: Connection = { since: null, lastAnswer: null };
const listeners = new Set<() => void>();
const reachable = new Set<() => void>();

function set(next: Connection) {
  const back = connection.since !== null && next.since === null;
  const same = connection.since === next.since;
  connection = next;
  if (same) return; // the time of the last answer alone is not drawn
  for (const tell of listeners) tell();
  if (back) for (const act of reachable) act();
}

/** Calls when the server can be reached again. */
export function onReachable(act: () => void): () => void {
  reachable.add(act);
  return () => reachable.delete(act);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => connection,
  );
}

const lost = () => connection.since === null && set({ ...connection, since: Date.now() });

/** Whether nothing was answered: no network, or only somebody between us and the server spoke. */
export function isUnreached(error: CombinedError): boolean {
  const status = (error.response as Response | undefined)?.status;
  return !!error.networkError && error.networkError.name !== 'AbortError' && (status === undefined || [502, 503, 504].includes(status));
}

addEventListener('offline', lost);

/** Questions of the page that were not answered, to be asked again by themselves. */
const unanswered = new Map<number, Operation>();

/** Notes what each answer tells of the connection. */
export const connectionExchange = mapExchange({
  onOperation(operation) {
    if (operation.kind === 'teardown') unanswered.delete(operation.key);
  },
  onResult({ operation, error }) {
    if (error && isUnreached(error)) {
      if (operation.kind === 'query') unanswered.set(operation.key, operation);
      lost();
    } else {
      unanswered.delete(operation.key);
      set({ since: null, lastAnswer: Date.now() });
    }
  },
});

const Reachable = graphql(`
  query Reachable {
    __typename
  }
`);

/** Asks the least there is, every few seconds while the server cannot be reached. Once it answers, the page is asked again. */
export function probe(client: Client): () => void {
  const ask = () => void client.query(Reachable, {}, { requestPolicy: 'network-only' }).toPromise();
  const askAgain = () => {
    for (const operation of [...unanswered.values()]) client.reexecuteOperation(operation);
    unanswered.clear();
  };
  addEventListener('online', ask);
  const stop = onReachable(askAgain);
  const timer = setInterval(() => connection.since !== null && navigator.onLine && ask(), 4_000);
  return () => {
    removeEventListener('online', ask);
    stop();
    clearInterval(timer);
  };
}
