import { createContext, useContext, useLayoutEffect, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { graphql, type Purpose, type ResultOf } from '../api/graphql';
import { beginAs, changeSession, useSession } from '../api/session';
import { useAnswer, type Answer } from '../api/use-answer';
import { Icon } from '../ui/Icon';
import { codeOf, Fault, Skeleton } from '../ui/states';
import { purposes } from '../ui/words';
import { SignOut } from './SignIn';

const ViewerQuery = graphql(`
  query Viewer {
    viewer { subject roles purposes purpose policy { version } }
  }
`);

const MeQuery = graphql(`
  query Me {
    viewer { employee { id displayName title withheld { field reason purpose category since } } }
  }
`);

const ChosenQuery = graphql(`
  query ChosenEmployee($id: ID!) {
    employee(id: $id) { id displayName title withheld { field reason purpose category since } }
  }
`);

export type Viewer = ResultOf<typeof ViewerQuery>['viewer'];

const ViewerContext = createContext<Viewer | null>(null);

/** Who asks, and for what. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('the viewer is asked for outside of the frame');
  return viewer;
}

/** Whether the caller may change anything. */
export const useMayWrite = () => useViewer().roles.some((role) => role === 'writer' || role === 'admin');

export type Me = { id: string; displayName: string | null; title: string | null };

/** Whose work is shown: the employee whom the token names, else the one chosen on this page. Undefined while it is asked. */
export const useMe = (): Me | null | undefined => useMeAnswer().me;

/** That, and what went wrong: then somebody else may be meant than is shown. */
export function useMeAnswer(): { me: Me | null | undefined } & Partial<Pick<Answer<unknown>, 'error' | 'retry'>> {
  const { purpose } = useViewer();
  const { employee } = useSession();
  const named = useAnswer(MeQuery, {}, { pause: !purpose, frame: true });
  const own = named.data?.viewer.employee ?? null;
  const chosen = useAnswer(ChosenQuery, { id: employee ?? '' }, { pause: !purpose || !employee || own !== null, frame: true });
  if (named.waiting || chosen.waiting) return { me: undefined };
  const me = own ?? (employee ? (chosen.data?.employee ?? null) : null);
  const broken = [named, ...(own ? [] : [chosen])].filter((one) => one.error);
  return { me, error: broken[0]?.error, retry: () => broken.forEach((one) => one.retry()) };
}

export function ViewerProvider({ children, signIn }: { children: (viewer: Viewer) => ReactNode; signIn: (retry: () => void) => ReactNode }) {
  const answer = useAnswer(ViewerQuery, {}, { frame: true });
  const { subject } = useSession();
  const viewer = answer.data?.viewer;
  // What the tab keeps of somebody else is gone before anything is drawn by it.
  useLayoutEffect(() => {
    if (viewer) beginAs(viewer.subject);
  }, [viewer]);
  if (viewer?.subject === subject) return <ViewerContext value={viewer}>{children(viewer)}</ViewerContext>;
  const status = (answer.error?.response as Response | undefined)?.status;
  if (status === 401 || answer.error?.graphQLErrors.some((one) => one.extensions?.code === 'UNAUTHENTICATED')) return signIn(answer.retry);
  if (!answer.error) return <main className="alone"><Skeleton rows={8} /></main>;
  return (
    <main className="alone stack">
      <Fault error={answer.error} retry={answer.retry} />
      <div className="row">
        {codeOf(answer.error) === 'PURPOSE_DENIED' && <OtherPurposes />}
        <SignOut />
      </div>
    </main>
  );
}

/** Without the frame there is no switch: the purpose is one of before, or of a server whose default is not this caller's. */
function OtherPurposes() {
  const { purpose, token } = useSession();
  return claimed(token)
    .filter((one) => one !== purpose)
    .map((one) => (
      <Button key={one} className="btn" onPress={() => changeSession({ purpose: one })}>
        <Icon name={purposes[one].icon} />
        Go on for {purposes[one].word}
      </Button>
    ));
}

/** The purposes that a token names; all, where it cannot be read here. The server alone decides. */
function claimed(token: string | null): Purpose[] {
  const all = Object.keys(purposes) as Purpose[];
  try {
    const claims = JSON.parse(atob(token!.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))) as { purposes?: unknown };
    return all.filter((one) => Array.isArray(claims.purposes) && claims.purposes.includes(one));
  } catch {
    return all;
  }
}
