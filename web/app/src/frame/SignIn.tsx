import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { changeSession, useSession } from '../api/session';
import { Brand } from '../ui/Icon';

/** Asks for a token; it stays in the memory of this tab. */
export function SignIn({ retry }: { retry: () => void }) {
  const { token } = useSession();
  const [text, write] = useState('');
  return (
    <main className="alone">
      <form
        className="box pad stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === token) retry();
          else changeSession({ token: text.trim() });
        }}
      >
        <h1 className="brand">
          <Brand />
          Sign in to Kith
        </h1>
        {token && (
          <p className="error" role="alert">
            The server does not take this token: it has expired, or was made for another server.
          </p>
        )}
        <label className="field">
          <span>Token</span>
          <textarea className="input mono" rows={4} required spellCheck={false} autoComplete="off" value={text} onChange={(event) => write(event.target.value)} />
        </label>
        <p className="hint">It says who you are and for what you may ask. It is kept until this tab is closed or loaded again, and nowhere else.</p>
        <Button type="submit" className="btn primary">
          Sign in
        </Button>
      </form>
    </main>
  );
}
