import { changeSession, tellBack, tellLeaving } from '../api/session';

/** Where one signs in, as the server says in the page. */
export type SignInSettings = { issuer: string; client: string; scope: string };

function read(): SignInSettings | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name="kith-sign-in"]')?.content;
  return content?.startsWith('{"') ? (JSON.parse(content) as SignInSettings) : null;
}

export const signInSettings = read();

/** Whether the issuer has just sent one back here. */
const answered = () => {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
};

/** Ends a sign-in that began before the page was left. What went wrong is told as a sentence; undefined: nothing did. */
export async function finishSignIn(): Promise<string | undefined> {
  if (!signInSettings || !answered()) return undefined;
  const { comeBack } = await import('./oidc');
  try {
    await comeBack(signInSettings);
    return undefined;
  } catch (error) {
    history.replaceState(null, '', location.pathname);
    return `The issuer did not let you in: ${error instanceof Error ? error.message : 'no reason is told'}.`;
  }
}

export async function beginSignIn(settings: SignInSettings) {
  const { leave } = await import('./oidc');
  tellLeaving();
  try {
    await leave(settings);
  } catch (error) {
    tellBack();
    throw error;
  }
}

/** Forgets the token. The next request is nobody's. Whoever is only to sign in anew does not mean to go. */
export async function signOut(meant = true) {
  if (signInSettings) await (await import('./oidc')).forget();
  changeSession({ token: null }, meant);
}
