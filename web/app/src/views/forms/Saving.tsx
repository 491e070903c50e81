import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from '../../ui/Icon';
import { forget, reopen, sendAgain, useUnsaved, type Unsaved } from './saving';

/** What is not certain yet, beside the page: on its way, waiting for the connection, or refused. */
export function Saving() {
  const all = useUnsaved();
  return (
    <div className="unsaved" role="status">
      {all.map((one) => (
        <One key={one.id} one={one} />
      ))}
    </div>
  );
}

function One({ one }: { one: Unsaved }) {
  const { state, change } = one;
  const [slow, tellSlow] = useState(false);
  useEffect(() => {
    tellSlow(false);
    if (state !== 'saving') return;
    const timer = setTimeout(() => tellSlow(true), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  if (state === 'saving') {
    return (
      <p className="toast">
        <span className="unsaved-mark" />
        <span>
          {slow ? 'Still saving' : 'Saving'} <span className="soft">{change.word}</span>
        </span>
      </p>
    );
  }
  return (
    <div className="toast unsaved-one">
      <Icon name={state === 'waiting' ? 'off' : 'warn'} />
      <span>
        {state === 'waiting' ? 'Not sent: ' : 'Not saved: '}
        {change.word}
        <span className="menu-about">{state === 'waiting' ? 'It is kept in this window, and goes when the connection is back.' : one.why}</span>
      </span>
      {one.state === 'waiting' && (
        <Button className="btn small" onPress={() => sendAgain(one)}>
          Try again
        </Button>
      )}
      {change.opened ? (
        <Button className="btn small" onPress={() => reopen(one)}>
          Open it
        </Button>
      ) : (
        <Button className="btn small" onPress={() => forget(one.id)}>
          Let it go
        </Button>
      )}
    </div>
  );
}
