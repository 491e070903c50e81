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

function read(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    params: Object.fromEntries(new URLSearchParams(query ?? '')),
  };
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
  return asOf && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999Z` : undefined;
}

/** Kinds of nodes that have a page, by the prefix of their ids. */
const pages: Record<string, string> = { cus: 'customers', acc: 'accounts', dea: 'deals', cas: 'cases', emp: 'employees', hid: 'hidden-events' };

/** The address of a node's page; undefined where its kind has none. */
export function hrefOf(id: string): string | undefined {
  const page = pages[id.slice(0, 3)];
  return page && href([page, id]);
}
