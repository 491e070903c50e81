import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore, type SigninSilentArgs, type User } from 'oidc-client-ts';
import { onReachable } from '../api/connection';
import { changeSession, currentSession, renewBy, renewToken } from '../api/session';
import type { SignInSettings } from './sign-in';

let manager: UserManager | undefined;

/** Whether somebody signed out here: a token that was still under way then is nobody's. */
let signedOut = false;

/** Whether a token that has ended is nobody's. An issuer that was not reached, or cannot answer now, has not said so: it is asked again. */
function isOver(error: unknown, user: User): boolean {
  if (!user.refresh_token) return true;
  if (error instanceof ErrorResponse) return error.error !== 'temporarily_unavailable' && error.error !== 'server_error';
  // Of an answer that names no error the client tells its status in the message alone. Who asked too often, or too slowly, asks again.
  const [, status] = /\((4\d\d)\)/.exec(String(error)) ?? [];
  return status !== undefined && status !== '408' && status !== '429';
}

/** So long an issuer that did not renew a token is left alone, the first time and from then on. */
const rests = [10_000, 30_000];

/** Renews once at a time: who asks while a renewal is under way waits for that one. */
class Renewing extends UserManager {
  private renewal: Promise<User | null> | undefined;
  private renewing: Promise<void> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private missed = 0;

  override signinSilent(args?: SigninSilentArgs): Promise<User | null> {
    if (signedOut) return Promise.resolve(null);
    this.renewal ??= super
      .signinSilent(args)
      .then((user) => {
        this.missed = 0;
        return user;
      })
      .finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  /**
   * Waits for the renewal that is under way, or begins it where the token has ended. Where the issuer gives none then, that is the end; one that
   * did not say so is asked again by itself, after a rest.
   */
  renewed(): Promise<void> {
    if (this.resting !== undefined) return Promise.resolve();
    return (this.renewing ??= this.renewOrEnd().finally(() => (this.renewing = undefined)));
  }

  /** Asks without waiting for the end of a rest. */
  renewedNow(): Promise<void> {
    clearTimeout(this.resting);
    this.resting = undefined;
    return this.renewed();
  }

  private async renewOrEnd() {
    const user = await this.getUser();
    if (!this.renewal && !user?.expired) return;
    try {
      await this.signinSilent();
    } catch (error) {
      if (!user?.expired) return;
      if (!isOver(error, user)) {
        this.resting = setTimeout(() => void this.renewedNow(), rests[Math.min(this.missed++, rests.length - 1)]);
        return;
      }
      await this.removeUser(); // else it would be asked for each second from then on
      if (currentSession().token !== null) changeSession({ token: null });
    }
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
  onReachable(() => void made.renewedNow());
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
