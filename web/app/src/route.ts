import { useSyncExternalStore } from 'react';

/**
 * A place in the explorer: it stands in the fragment, which no server is told. It holds ids, tabs, days and choices; never names,
 * words that were searched for, free text or a token.
 */
export type Route = {
  /** As ['deals', 'dea_…']. */
  path: readonly string[];
  params: Readonly<Record<string, string>>;
};

/** A part of an address; as it stands there where somebody broke it off within a letter. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether a text is a day, as 2026-11-27. What is no day of its month is read as one of the next. */
export const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function read(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, '').split('?', 2);
  const { asOf, ...params } = Object.fromEntries(new URLSearchParams(query ?? ''));
  return { path: path.split('/').filter(Boolean).map(decoded), params: isDay(asOf) ? { ...params, asOf } : params };
}

let hash = location.hash;
let route = read(hash);

export function currentRoute(): Route {
  if (hash !== location.hash) {
    hash = location.hash;
    route = read(hash);
  }
  return route;
}

export function useRoute(): Route {
  return useSyncExternalStore((tell) => {
    addEventListener('hashchange', tell);
    return () => removeEventListener('hashchange', tell);
  }, currentRoute);
}

type Params = Readonly<Record<string, string | null | undefined>>;

/** The address of a place. The as-of day goes along unless params say another. */
export function href(path: readonly string[], params: Params = {}): string {
  const asOf = currentRoute().params.asOf;
  const given = { ...(asOf ? { asOf } : {}), ...params };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value);
  const text = query.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

export function go(path: readonly string[], params: Params = {}) {
  location.hash = href(path, params);
}

/** Changes what is said of the place without leaving it; null takes a param away. */
export function changeParams(change: Params, { replace = false }: { replace?: boolean } = {}) {
  const { path, params } = currentRoute();
  const next = href(path, { ...params, ...change });
  if (replace) {
    history.replaceState(null, '', next);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = next;
  }
}

/** The moment as of which the page asks: the end of the chosen day, or undefined for now. */
export function useAsOf(): string | undefined {
  const { asOf } = useRoute().params;
  return asOf && `${asOf}T23:59:59.999Z`;
}

/** Kinds of nodes that have a page, by the prefix of their ids. */
const pages: Record<string, string> = { cus: 'customers', acc: 'accounts', dea: 'deals', cas: 'cases', emp: 'employees', hid: 'hidden-events' };

/** Whether a node's kind has a page of its own. */
export const hasPage = (id: string) => id.slice(0, 3) in pages;

/** The address of a node's page; where its kind has none, of that of any node. */
export const hrefOf = (id: string) => href([pages[id.slice(0, 3)] ?? 'nodes', id]);
