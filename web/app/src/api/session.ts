import { useSyncExternalStore } from 'react';
import type { Purpose } from './graphql';

/** What the page knows of who uses it. It ends with the tab. */
export type Session = {
  /** For what is asked; null until somebody chose: then the server's own default holds. */
  purpose: Purpose | null;
  /** A bearer token; null on a server that asks for none. */
  token: string | null;
  /** The employee whose work is shown where no token names one. */
  employee: string | null;
  /** Whether single letters are shortcuts. */
  letters: boolean;
};

const key = 'kith';

function kept(): Session {
  const none: Session = { purpose: null, token: null, employee: null, letters: true };
  try {
    // The token lives in memory alone.
    return { ...none, ...JSON.parse(sessionStorage.getItem(key) ?? '{}'), token: null };
  } catch {
    return none; // storage is switched off, or holds something else
  }
}

let session = kept();
const listeners = new Set<() => void>();

export function changeSession(change: Partial<Session>) {
  session = { ...session, ...change };
  try {
    const { token: _, ...rest } = session;
    sessionStorage.setItem(key, JSON.stringify(rest));
  } catch {
    // The page works without, until it is closed.
  }
  for (const tell of listeners) tell();
}

export const currentSession = () => session;

export function useSession(): Session {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => session,
  );
}
