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
  /** Whose the rest is that the tab keeps, as the server last said; null until it has said so, and where it asks nobody for a token. */
  subject: string | null;
  /** The employee whose work is shown where no token names one. */
  employee: string | null;
  /** Whether single letters are shortcuts. */
  letters: boolean;
};

const key = 'kith';

function kept(): Session {
  const none: Session = { purpose: null, token: null, caller: 0, subject: null, employee: null, letters: true };
  try {
    // The token lives in memory alone.
    return { ...none, ...JSON.parse(sessionStorage.getItem(key) ?? '{}'), token: null, caller: 0 };
  } catch {
    return none; // storage is switched off, or holds something else
  }
}

let session = kept();
const listeners = new Set<() => void>();

const ends = new Set<(subject: string | null) => void>();

/** Calls when a caller goes, and says who: what the page keeps beside its answers is not the next one's. */
export function onCallerGone(act: (subject: string | null) => void): () => void {
  ends.add(act);
  return () => ends.delete(act);
}

function set(next: Session) {
  session = next;
  try {
    const { token: _, caller: __, ...rest } = session;
    sessionStorage.setItem(key, JSON.stringify(rest));
  } catch {
    // The page works without, until it is closed.
  }
  for (const tell of listeners) tell();
}

/** Takes away what the tab keeps of a caller: whose work she chose, and all that lies beside the session under a longer key. */
function forgotten() {
  try {
    for (const one of Object.keys(sessionStorage)) if (one.startsWith(`${key} `)) sessionStorage.removeItem(one);
  } catch {
    // Nothing is kept where storage is switched off.
  }
  return { subject: null, employee: null };
}

/** What a caller is to find again once she has signed in anew: it is hers, and for the purpose that she wrote it for. */
type Aside = { subject: string; purpose: Purpose | null; value: unknown; /** It is not for the tab's storage: she meant to go. */ stays?: boolean };

/** Longer than this nothing of it lies in the tab's storage. */
const longestAside = 30 * 60_000;
const asideKey = `${key} aside`;

/** It lies in memory, but for while the page is left for an issuer. */
let aside: Aside | null = null;

/** Takes back to memory what was to outlast the way to an issuer: the page is here again, whatever came of it. */
export function tellBack() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(asideKey) ?? 'null') as (Aside & { left: number }) | null;
    sessionStorage.removeItem(asideKey);
    if (stored && Date.now() - stored.left < longestAside) aside = stored;
  } catch {
    // It is not this page's, or storage is switched off.
  }
}

tellBack();
addEventListener('pageshow', tellBack); // one may go back to it as it was left
addEventListener('beforeunload', (event) => aside && event.preventDefault());

/** Lets what is set aside outlast the way to an issuer, if it may. */
export function tellLeaving() {
  if (!aside || aside.stays) return;
  try {
    sessionStorage.setItem(asideKey, JSON.stringify({ ...aside, left: Date.now() }));
    aside = null;
  } catch {
    // It stays in memory, and the browser asks whether to leave.
  }
}

export const currentAside = () => aside;
export const setAside = (next: Aside | null) => void (aside = next);

/** Changes what is known; with a token it is another caller's from now on. Of who means to go nothing is kept beyond the page. */
export function changeSession(change: Partial<Omit<Session, 'caller' | 'subject'>>, meant = false) {
  const gone = 'token' in change;
  if (gone) for (const act of ends) act(session.subject);
  if (meant && aside) aside.stays = true;
  set({ ...session, ...change, ...(change.token === null && forgotten()), caller: session.caller + (gone ? 1 : 0) });
}

/** Says who it is that has signed in. A tab that was loaded again, or that leaves for an issuer, learns of another one no sooner. */
export function beginAs(subject: string | null) {
  if (aside?.subject !== subject) aside = null;
  if (subject !== session.subject) set({ ...session, ...(session.subject !== null && forgotten()), subject });
}

/** Takes a caller's next token in place of the one that ends: what she is doing goes on. */
export function renewToken(token: string) {
  session = { ...session, token };
  for (const tell of listeners) tell();
}

/** Waits for the renewal of a token that is under way or due; only an issuer renews any. */
let renewal: (() => Promise<unknown>) | undefined;

export function renewBy(wait: () => Promise<unknown>) {
  renewal = wait;
}

/** How often what the server sends away is sent again by itself. */
const patience = 2;
/** So many seconds are waited in silence, all waits together; whoever is to wait longer is told. */
const longest = 10;

/** Whether it was sent away, and nothing of it done. A 503 may be that of somebody between us and the server, who does not know: Kith's own says so. */
async function isSentAway(answer: Response): Promise<boolean> {
  if (answer.status !== 503) return answer.status === 429;
  const told = await answer.clone().text();
  return /"code":\s*"OVERLOADED"/.test(told);
}

/** Asks once more, later and later, while the server has too much to do and names the wait. Pages that were sent away together do not come back together. */
async function patiently(ask: () => Promise<Response>, isOver: () => boolean): Promise<Response> {
  let waited = 0;
  for (let times = 1; ; times++) {
    const answer = await ask();
    const wait = times * Number(answer.headers.get('Retry-After')) * (1 + Math.random() / 4);
    if (times > patience || !(wait > 0 && waited + wait <= longest) || !(await isSentAway(answer))) return answer;
    await new Promise((rested) => setTimeout(rested, wait * 1000));
    await renewal?.(); // the token may have ended meanwhile
    if (isOver()) return answer;
    waited += wait;
  }
}

const tokenOf = (caller: number) => (session.caller === caller ? session.token : null);

/**
 * Fetches with the newest token of a caller, and with nobody else's. What is refused since the token has ended is asked once more with the
 * next one, as soon as that is there: the server did nothing of what it refused.
 */
export const fetchAs =
  (caller: number): typeof fetch =>
  async (input, init) => {
    let token = tokenOf(caller);
    const ask = () => {
      token = tokenOf(caller);
      const headers = new Headers(init?.headers);
      if (token) headers.set('Authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    };
    const isOver = () => session.caller !== caller || init?.signal?.aborted === true;
    const answer = await patiently(ask, isOver);
    if (answer.status !== 401 || !token) return answer;
    await renewal?.();
    const next = tokenOf(caller);
    return next && next !== token ? patiently(ask, isOver) : answer;
  };

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
