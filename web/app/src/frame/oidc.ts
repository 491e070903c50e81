import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { changeSession, currentSession, renewToken } from '../api/session';
import type { SignInSettings } from './sign-in';

let manager: UserManager | undefined;

/**
 * Tokens live in memory; what a redirect needs to be recognised lies in the session, and is taken away when it comes back. A token
 * is renewed before it ends, where the issuer gave a refresh token.
 */
function managerOf({ issuer, client, scope }: SignInSettings): UserManager {
  if (manager) return manager;
  const here = new URL('.', document.baseURI).href;
  manager = new UserManager({
    authority: issuer,
    client_id: client,
    redirect_uri: here,
    scope,
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'kith.sign-in.' }),
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: 30,
    monitorSession: false,
    loadUserInfo: false,
  });
  manager.events.addUserLoaded((user) => {
    if (currentSession().token !== null) renewToken(user.access_token);
  });
  // Without a refresh token, or when the issuer no longer takes it, one signs in again.
  manager.events.addAccessTokenExpired(() => changeSession({ token: null }));
  return manager;
}

/** Leaves for the issuer. The place on the page comes back with the answer. */
export async function leave(settings: SignInSettings) {
  await managerOf(settings).signinRedirect({ state: location.hash });
}

/** Reads what the issuer answered in the address, takes it out of there, and signs in. */
export async function comeBack(settings: SignInSettings) {
  const user = await managerOf(settings).signinRedirectCallback();
  history.replaceState(null, '', `${location.pathname}${typeof user.state === 'string' ? user.state : ''}`);
  changeSession({ token: user.access_token });
}

export async function forget() {
  await manager?.removeUser();
}
