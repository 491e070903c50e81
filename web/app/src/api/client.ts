import { cacheExchange, Client, fetchExchange } from 'urql';
import { connectionExchange } from './connection';
import type { Purpose } from './graphql';
import { currentSession, fetchAs } from './session';

/** For what the answer on the page is asked, beside the request. */
export const purposeHeader = 'Kith-Purpose';

/**
 * A client for one purpose and the caller of now. What it keeps of answers goes with it: another purpose or caller begins with nothing, so
 * that no answer is shown for what it was not given for.
 */
export function newClient(purpose: Purpose | null): Client {
  return new Client({
    url: new URL('graphql', document.baseURI).href,
    exchanges: [cacheExchange, connectionExchange, fetchExchange],
    preferGetMethod: false,
    fetch: fetchAs(currentSession().caller),
    fetchOptions: () => ({ headers: { ...(purpose && { [purposeHeader]: purpose }) }, credentials: 'same-origin', cache: 'no-store', referrerPolicy: 'no-referrer' }),
    requestPolicy: 'cache-first',
  });
}
