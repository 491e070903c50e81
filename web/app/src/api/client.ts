import { cacheExchange, Client, fetchExchange } from 'urql';
import { connectionExchange } from './connection';
import type { Purpose } from './graphql';

/** For what the answer on the page is asked, beside the request. */
export const purposeHeader = 'Kith-Purpose';

/**
 * A client for one purpose and one caller. What it keeps of answers goes with it: another purpose begins with nothing, so
 * that no answer is shown for what it was not given for.
 */
export function newClient(purpose: Purpose | null, token: string | null): Client {
  const headers: Record<string, string> = {};
  if (purpose) headers[purposeHeader] = purpose;
  if (token) headers.Authorization = `Bearer ${token}`;
  return new Client({
    url: new URL('graphql', document.baseURI).href,
    exchanges: [cacheExchange, connectionExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers, credentials: 'same-origin', cache: 'no-store', referrerPolicy: 'no-referrer' },
    requestPolicy: 'cache-first',
  });
}
