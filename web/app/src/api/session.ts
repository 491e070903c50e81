import { useSyncExternalStore } from 'react';
import type { Purpose } from './graphql';

/** What the page knows of who uses it. It ends with the tab. */
export type Session = {
  /** For what is asked; null until somebody chose: then the server's own default holds. */
  purpose: Purpose | null;
  /** A bearer token; null on a server that asks for none. */
  token: string | null;
  /** Counts who has signed in and out here: a renewed token is the same caller's. */
  caller: number;
  /** The employee whose work is shown where no token names one. */
  employee: string | null;
  /** Whether single letters are shortcuts. */
  letters: boolean;
};

const key = 'kith';

function kept(): Session {
  const none: Session = { purpose: null, token: null, caller: 0, employee: null, letters: true };
  try {
    // The token lives in memory alone.
    return { ...none, ...JSON.parse(sessionStorage.getItem(key) ?? '{}'), token: null, caller: 0 };
  } catch {
    return none; // storage is switched off, or holds something else
  }
}

let session = kept();
const listeners = new Set<() => void>();

/** Changes what is known; with a token it is another caller's from now on. */
export function changeSession(change: Partial<Omit<Session, 'caller'>>) {
  session = { ...session, ...change, caller: session.caller + ('token' in change ? 1 : 0) };
  try {
    const { token: _, caller: __, ...rest } = session;
    sessionStorage.setItem(key, JSON.stringify(rest));
  } catch {
    // The page works without, until it is closed.
  }
  for (const tell of listeners) tell();
}

/** Takes a caller's next token in place of the one that ends: what she is doing goes on. */
export function renewToken(token: string) {
  session = { ...session, token };
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
