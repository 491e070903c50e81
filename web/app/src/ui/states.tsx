import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { CombinedError } from 'urql';
import { isUnreached } from '../api/connection';
import type { Answer } from '../api/use-answer';
import { signOut } from '../frame/sign-in';
import { Icon } from './Icon';
import { counted } from './words';

/** Whether so many milliseconds have passed since it was first drawn. */
function useAfter(milliseconds: number): boolean {
  const [passed, pass] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => pass(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** How many seconds have passed since it was first drawn. */
function useSeconds(): number {
  const [seconds, set] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => set((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

/** The shape of what is to come, after 150 ms; after two seconds it says so in words, and for how long it has been asked. */
export function Skeleton({ rows = 6, className }: { rows?: number; className?: string }) {
  const drawn = useAfter(150);
  const seconds = useSeconds();
  return (
    <div className={`skeleton ${className ?? ''}`} aria-busy="true" data-drawn={drawn || undefined}>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} />
      ))}
      <p>
        <span role="status">{seconds >= 2 ? 'Still asking. Answers to new questions can take some seconds.' : <span className="sr">Asking</span>}</span>
        {seconds >= 2 && <span aria-hidden="true"> {counted(seconds, 'second')} so far.</span>}
      </p>
    </div>
  );
}

/** The words for codes of errors. The server's own message stands below where it says more. */
const told: Record<string, string> = {
  UNAUTHENTICATED: 'You are not signed in, or your token has expired.',
  FORBIDDEN: 'Your token does not allow this.',
  PURPOSE_REQUIRED: 'Say what this is for: choose a purpose above.',
  PURPOSE_DENIED: 'This cannot be asked for the purpose that is chosen.',
  NOT_FOUND: 'There is nothing here that you may see.',
  TIMEOUT: 'The answer took too long. It may come faster the second time.',
  UNAVAILABLE: 'This is not ready yet. It is being prepared.',
  OVERLOADED: 'Too many ask at the same time.',
  CONFLICT: 'Somebody changed this in the meantime.',
  BAD_USER_INPUT: 'The server does not understand what was asked.',
  COST_EXCEEDED: 'This asks for too much at once.',
};

const codeIn = (one: CombinedError['graphQLErrors'][number] | undefined) => String(one?.extensions?.code ?? 'INTERNAL');

/** Of several errors the one that is told: what may come when it is asked again is told before what is refused for good. */
const foremost = ({ graphQLErrors }: CombinedError) => graphQLErrors.find((one) => codeIn(one) !== 'PURPOSE_DENIED') ?? graphQLErrors[0];

/** Of an answer that says nothing of itself, as somebody between us and the server gives one, its number is told. */
export function codeOf(error: CombinedError): string {
  if (!error.networkError) return codeIn(foremost(error));
  const status = (error.response as Response | undefined)?.status;
  return isUnreached(error) || status === undefined ? 'OFFLINE' : status === 401 ? 'UNAUTHENTICATED' : `HTTP ${status}`;
}

/** An error in words, its code small behind it, and a way to try again. */
export function Fault({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const code = codeOf(error);
  const refused = code === 'PURPOSE_DENIED';
  const message = foremost(error)?.message;
  const at = useRef<HTMLDivElement>(null);
  // It goes with the button that was pressed: the focus goes to what stays.
  useLayoutEffect(
    () => () => {
      const { current } = at;
      if (current?.contains(document.activeElement)) current.closest<HTMLElement>('[role="dialog"], main')?.focus({ preventScroll: true });
    },
    [],
  );
  // Whoever stands before a server that is not reached does not know how long.
  const wait = code === 'OFFLINE' ? 0 : Number((error.response as Response | undefined)?.headers.get('Retry-After'));
  return (
    <div className={refused ? 'notice refused' : 'notice'} role="alert" ref={at}>
      <Icon name={code === 'OFFLINE' ? 'off' : refused ? 'lock' : 'warn'} />
      <div>
        <p className="strong">{code === 'OFFLINE' ? 'The server cannot be reached.' : (told[code] ?? 'Something went wrong on the server.')}{code === 'OVERLOADED' && !(wait > 0) && ' Try again in a moment.'}</p>
        {message && <p className="soft">{message}</p>}
        {wait > 0 && <p className="soft">The server asks you to wait {counted(wait, 'second')}. You may try sooner.</p>}
        <p className="faint mono">{code}</p>
      </div>
      {code === 'UNAUTHENTICATED' ? (
        <Button className="btn" onPress={() => void signOut(false)}>
          Sign in
        </Button>
      ) : (
        retry &&
        !refused && (
          <Button className="btn" onPress={retry}>
            <Icon name="retry" />
            Try again
          </Button>
        )
      )}
    </div>
  );
}

/** Nothing is there, and what that means. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty" data-absence="NOTHING">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What went wrong and is to be told: what was read before stands under the frame's own word that the server cannot be reached. */
export const faultOf = ({ data, error }: { data?: unknown; error?: CombinedError }) => (error && !(data && codeOf(error) === 'OFFLINE') ? error : undefined);

/** Draws an answer once it is there, and each state before and beside it. */
export function Await<Data>({ answer, rows, children }: { answer: Answer<Data>; rows?: number; children: (data: Data) => ReactNode }) {
  const fault = faultOf(answer);
  return (
    <>
      {fault && <Fault error={fault} retry={answer.retry} />}
      {answer.data ? children(answer.data) : answer.waiting && <Skeleton rows={rows} />}
    </>
  );
}
