import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore, type SigninSilentArgs, type User } from 'oidc-client-ts';
import { onReachable } from '../api/connection';
import { changeSession, currentSession, renewBy, renewToken } from '../api/session';
import type { SignInSettings } from './sign-in';

let manager: UserManager | undefined;

/** Whether somebody signed out here: a token that was still under way then is nobody's. */
let signedOut = false;

/** Whether a token that has ended is nobody's. An issuer that was not reached, or cannot answer now, has not said so: it is asked again. */
function isOver(error: unknown, user: User): boolean {
  const answered = error instanceof ErrorResponse && error.error !== 'temporarily_unavailable' && error.error !== 'server_error';
  return answered || !user.refresh_token;
}

/** Renews once at a time: who asks while a renewal is under way waits for that one. */
class Renewing extends UserManager {
  private renewal: Promise<User | null> | undefined;

  override signinSilent(args?: SigninSilentArgs): Promise<User | null> {
    if (signedOut) return Promise.resolve(null);
    this.renewal ??= super.signinSilent(args).finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  /** Waits for the renewal that is under way, or begins it where the token has ended. Where the issuer gives none then, that is the end. */
  async renewed(): Promise<void> {
    const user = await this.getUser();
    if (!this.renewal && !user?.expired) return;
    await this.signinSilent().catch(async (error) => {
      if (!user?.expired || !isOver(error, user)) return;
      await this.removeUser(); // else it would be asked for each second from then on
      if (currentSession().token !== null) changeSession({ token: null });
    });
  }
}

/**
 * Tokens live in memory; what a redirect needs to be recognised lies in the session, and is taken away when it comes back. A token
 * is renewed before it ends, where the issuer gave a refresh token.
 */
function managerOf({ issuer, client, scope }: SignInSettings): UserManager {
  if (manager) return manager;
  const here = new URL('.', document.baseURI).href;
  const made = new Renewing({
    authority: issuer,
    client_id: client,
    redirect_uri: here,
    silent_redirect_uri: '', // renewed by a refresh token alone: the page's policy lets no frame be loaded
    scope,
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'kith.sign-in.' }),
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: 30,
    monitorSession: false,
    loadUserInfo: false,
  });
  made.events.addUserLoaded(async (user) => {
    if (signedOut) await made.removeUser();
    else if (currentSession().token === null) changeSession({ token: user.access_token });
    else renewToken(user.access_token);
  });
  // A tab that slept is told of the end before its renewal is there. Without a refresh token, or when the issuer no longer takes it, one signs in again.
  made.events.addAccessTokenExpired(() => made.renewed());
  onReachable(() => void made.renewed());
  renewBy(() => made.renewed());
  return (manager = made);
}

/** Leaves for the issuer. The place on the page comes back with the answer. */
export async function leave(settings: SignInSettings) {
  await managerOf(settings).signinRedirect({ state: location.hash });
}

/** Reads what the issuer answered in the address, takes it out of there, and signs in. */
export async function comeBack(settings: SignInSettings) {
  const user = await managerOf(settings).signinRedirectCallback();
  history.replaceState(null, '', `${location.pathname}${typeof user.state === 'string' ? user.state : ''}`);
}

export async function forget() {
  signedOut = true;
  await manager?.removeUser();
}
