import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { changeSession, useSession } from '../api/session';
import { Brand } from '../ui/Icon';
import { beginSignIn, signInSettings, signOut } from './sign-in';

/** Asks who somebody is: by the issuer that the server names, else by a token, for development. */
export function SignIn({ retry, failed }: { retry: () => void; failed?: string }) {
  return (
    <main className="alone">
      <div className="box pad stack">
        <h1 className="brand">
          <Brand />
          Sign in to Kith
        </h1>
        {failed && (
          <p className="error" role="alert">
            {failed}
          </p>
        )}
        {signInSettings ? <ByIssuer /> : <ByToken retry={retry} />}
      </div>
    </main>
  );
}

function ByIssuer() {
  const [told, tell] = useState('');
  if (!signInSettings) return null;
  const settings = signInSettings;
  return (
    <>
      <Button
        className="btn primary"
        autoFocus
        onPress={() => beginSignIn(settings).catch((error: Error) => tell(`${new URL(settings.issuer).host} cannot be reached: ${error.message}`))}
      >
        Sign in at {new URL(settings.issuer).host}
      </Button>
      {told && (
        <p className="error" role="alert">
          {told}
        </p>
      )}
      <p className="hint">Your token is kept in the memory of this tab, and nowhere else.</p>
    </>
  );
}

function ByToken({ retry }: { retry: () => void }) {
  const { token } = useSession();
  const [text, write] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === token) retry();
        else changeSession({ token: text.trim() });
      }}
    >
      {token && (
        <p className="error" role="alert">
          The server does not take this token: it has expired, or was made for another server.
        </p>
      )}
      <label className="field">
        <span>Token</span>
        <textarea className="input mono" rows={4} autoFocus required spellCheck={false} autoComplete="off" value={text} onChange={(event) => write(event.target.value)} />
      </label>
      <p className="hint">It says who you are and for what you may ask. It is kept until this tab is closed or loaded again, and nowhere else.</p>
      <Button type="submit" className="btn primary">
        Sign in
      </Button>
    </form>
  );
}

/** Where a token says who asks. */
export function SignOut() {
  const { token } = useSession();
  if (!token) return null;
  return (
    <Button className="btn bare small" onPress={() => void signOut()}>
      Sign out
    </Button>
  );
}
