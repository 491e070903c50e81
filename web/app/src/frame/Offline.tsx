import { useEffect } from 'react';
import { useClient } from 'urql';
import { probe, useConnection } from '../api/connection';
import { Icon } from '../ui/Icon';
import { time } from '../ui/words';
import './offline.css';

/** Says that the server cannot be reached, and as of when the page speaks. It goes by itself. */
export function Offline() {
  const client = useClient();
  const { since, lastAnswer } = useConnection();
  useEffect(() => probe(client), [client]);
  return (
    <div role="status">
      {since !== null && (
        <p className="offline">
          <Icon name="off" />
          <span>
            <b>{navigator.onLine ? 'The server cannot be reached.' : 'Offline.'}</b> {lastAnswer !== null && `You see what was read until ${time(new Date(lastAnswer))}. `}
            Changes wait in this window until the connection is back.
          </span>
        </p>
      )}
    </div>
  );
}
