import './styles/tokens.css';
import './styles/base.css';

import { lazy, StrictMode, Suspense, useMemo, type ComponentType } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { newClient } from './api/client';
import { useSession } from './api/session';
import { More, Shell } from './frame/Shell';
import { finishSignIn } from './frame/sign-in';
import { SignIn } from './frame/SignIn';
import { ViewerProvider } from './frame/viewer';
import { href, useRoute } from './route';
import { stylesAnew } from './styles/anew';
import { Boundary, NotLoaded } from './ui/Boundary';
import { Empty, Skeleton } from './ui/states';
import { Title } from './ui/values';

/** A view gets what stands behind its name in the address. */
export type View = ComponentType<{ id?: string }>;

/** What could not be loaded, to be asked for again: a part of the page is kept as it came, or as it did not. */
const missed = new Set<() => void>();
const askAgain = () => {
  for (const again of missed) again();
  missed.clear();
};

function view(load: () => Promise<{ default: View }>): View {
  const begin = () =>
    lazy(() =>
      stylesAnew()
        .then(load)
        .catch((error: Error) => {
          missed.add(() => (Shown = begin()));
          throw new NotLoaded(error.message);
        }),
    );
  let Shown = begin();
  return (props) => <Shown {...props} />;
}

const Forms = view(() => import('./views/forms/Forms'));
const ListPage = view(() => import('./views/lists/ListPage'));

/** One of the pages that are in a file together: who opens one goes on to another, and together they compress better. */
const among =
  <Name extends string>(load: () => Promise<Record<Name, View>>) =>
  (name: Name) =>
    view(() => load().then((all) => ({ default: all[name] })));
const record = among(() => import('./views/records'));
const analysis = among(() => import('./views/analyses'));

/** The list of a kind; it is named in place of an id. */
const lists = (kind: string): View => () => <ListPage id={kind} />;

/** The pages: with an id that of one node, without it a list or a page of its own. Each is loaded when it is first opened. */
const pages: Record<string, { all?: View; one?: View }> = {
  '': { all: view(() => import('./views/home/Home')) },
  customers: { all: lists('customers'), one: record('CustomerPage') },
  accounts: { all: lists('accounts'), one: record('AccountPage') },
  deals: { all: lists('deals'), one: record('DealPage') },
  cases: { all: lists('cases'), one: record('CasePage') },
  interactions: { all: lists('interactions') },
  employees: { one: record('EmployeePage') },
  nodes: { one: record('NodePage') },
  journeys: { all: analysis('JourneysPage') },
  'hidden-events': { all: analysis('HiddenEvents'), one: analysis('HiddenEvent') },
  more: { all: More },
  'what-may-be-seen': { all: view(() => import('./views/policy/PolicyPage')) },
};

function Page() {
  const route = useRoute();
  const [name = '', id] = route.path;
  const page = pages[name];
  const Shown = id === undefined ? page?.all : page?.one;
  if (!Shown)
    return (
      <>
        <Title>There is no such page</Title>
        <Empty action={<a className="btn" href={href([])}>Home</a>}>The explorer has nothing at “/{route.path.join('/')}”.</Empty>
      </>
    );
  return (
    <Boundary at={JSON.stringify(route)} caught={askAgain}>
      <Suspense fallback={<Skeleton rows={10} />}>
        <Shown key={id} id={id} />
      </Suspense>
    </Boundary>
  );
}

function Explorer({ failed }: { failed?: string }) {
  const { purpose, caller } = useSession();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a client is its caller's
  const client = useMemo(() => newClient(purpose), [purpose, caller]);
  return (
    // Another purpose or caller begins anew: nothing of the page before is left on it.
    <Provider value={client} key={`${purpose} ${caller}`}>
      <ViewerProvider signIn={(retry) => <SignIn retry={retry} failed={failed} />}>
        {(viewer) => (
          <Shell viewer={viewer}>
            <Page />
            <Boundary at="forms" caught={askAgain}>
              <Suspense>
                <Forms />
              </Suspense>
            </Boundary>
          </Shell>
        )}
      </ViewerProvider>
    </Provider>
  );
}

const failed = await finishSignIn();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider locale="en-GB">
      <Boundary at="all">
        <Explorer failed={failed} />
      </Boundary>
    </I18nProvider>
  </StrictMode>,
);
