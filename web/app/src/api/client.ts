import { cacheExchange, Client, fetchExchange } from 'urql';
import { connectionExchange } from './connection';
import type { Purpose } from './graphql';
import { currentSession } from './session';

/** For what the answer on the page is asked, beside the request. */
export const purposeHeader = 'Kith-Purpose';

/**
 * A client for one purpose and the caller of now. What it keeps of answers goes with it: another purpose or caller begins with nothing, so
 * that no answer is shown for what it was not given for. It asks with the newest token of its caller, and with nobody else's.
 */
export function newClient(purpose: Purpose | null): Client {
  const { caller } = currentSession();
  const headers = () => {
    const now = currentSession();
    return {
      ...(purpose ? { [purposeHeader]: purpose } : {}),
      ...(now.token && now.caller === caller ? { Authorization: `Bearer ${now.token}` } : {}),
    };
  };
  return new Client({
    url: new URL('graphql', document.baseURI).href,
    exchanges: [cacheExchange, connectionExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: () => ({ headers: headers(), credentials: 'same-origin', cache: 'no-store', referrerPolicy: 'no-referrer' }),
    requestPolicy: 'cache-first',
  });
}
