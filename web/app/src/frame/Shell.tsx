import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useSession } from '../api/session';
import { go, href, useRoute } from '../route';
import { Brand, Icon, type IconName } from '../ui/Icon';
import { Avatar } from '../ui/values';
import { AnswerPanel, ReceiptLine, useWithheldCount, type Panel } from './AnswerPanel';
import { AsOf } from './AsOf';
import { copyLink, copyQuery } from './copy';
import { KeysDialog } from './KeysDialog';
import { Offline } from './Offline';
import { PurposeSwitch } from './PurposeSwitch';
import { Search } from './Search';
import { useShortcuts } from './shortcuts';
import { SignOut } from './SignIn';
import { Toasts, undoNewest } from './toast';
import { useMe, type Viewer } from './viewer';

type Place = { path: string; word: string; icon: IconName; key: string; short?: string };

/** Where the rail leads; the first letter after G goes there, too. */
const work: Place[] = [
  { path: '', word: 'Home', icon: 'home', key: 'h' },
  { path: 'customers', word: 'Customers', icon: 'person', key: 'c', short: 'People' },
  { path: 'accounts', word: 'Accounts', icon: 'account', key: 'a' },
  { path: 'deals', word: 'Deals', icon: 'deal', key: 'd' },
  { path: 'cases', word: 'Cases', icon: 'case', key: 's' },
  { path: 'interactions', word: 'Interactions', icon: 'phone', key: 'i' },
];
const understand: Place[] = [
  { path: 'journeys', word: 'Journeys', icon: 'journey', key: 'j' },
  { path: 'hidden-events', word: 'Hidden events', icon: 'event', key: 'e' },
  { path: 'what-may-be-seen', word: 'What may be seen', icon: 'policy', key: 'w' },
];
const places = [...work, ...understand];

// Whether a page was drawn before: the first one leaves the focus where the browser has it.
let drawn = false;

/** What stands around every page: rail, header with search, as-of and purpose, and the receipt line. */
export function Shell({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const route = useRoute();
  const [searching, search] = useState(false);
  const [choosing, choose] = useState(false);
  const [dating, date] = useState(false);
  const [panel, show] = useState<Panel | null>(null);
  const [listing, list] = useState(false);
  const main = useRef<HTMLElement>(null);
  const withheld = useWithheldCount();
  const here = route.path[0] ?? '';

  useShortcuts({
    '/': () => search(true),
    'mod k': () => search(true),
    'mod z': undoNewest,
    p: () => choose(true),
    t: () => date(true),
    w: () => show('withheld'),
    r: () => show('receipt'),
    y: copyLink,
    'shift y': () => void copyQuery(),
    '?': () => list(true),
    ...Object.fromEntries(places.map((place) => [`g ${place.key}`, () => go([place.path])])),
  });

  // A new place is announced: the focus goes to it. So it does where another purpose, or somebody else's work, shows in the same place.
  const { employee } = useSession();
  const address = route.path.join('/');
  useEffect(() => {
    show(null);
    if (drawn) main.current?.focus();
    drawn = true;
    window.scrollTo(0, 0);
  }, [address, employee]);

  // The browser keeps titles of pages: they say where one was, and never of whom.
  useEffect(() => {
    const place = places.find(({ path }) => path === here);
    document.title = place?.path ? `${place.word} · Kith` : 'Kith';
  }, [here]);

  const link = (place: Place) => (
    <a key={place.path} href={href([place.path])} aria-current={here === place.path ? 'page' : undefined}>
      <Icon name={place.icon} />
      {place.word}
    </a>
  );

  return (
    <div className="shell" data-purpose={viewer.purpose ?? undefined}>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the page
      </a>
      <nav className="rail" aria-label="Main">
        <a className="brand" href={href([])}>
          <Brand />
          Kith
        </a>
        {work.map(link)}
        <h2>Understand</h2>
        {understand.map(link)}
        <a className="rail-aside" href="graphiql">
          <Icon name="code" />
          GraphiQL
        </a>
        <SignOut />
        {viewer.purpose && <Me />}
      </nav>
      <header className="head">
        <a className="brand" href={href([])} aria-label="Kith, home">
          <Brand />
        </a>
        <Button className="search" onPress={() => search(true)} aria-label="Search: people, companies, deals, numbers">
          <Icon name="search" />
          <span>People, companies, deals, numbers</span>
          <kbd>/</kbd>
        </Button>
        <span className="spring" />
        {withheld > 0 && (
          <Button className="btn bare withheld-count" onPress={() => show('withheld')}>
            <span className="withheld square" />
            {withheld} <span className="hide">withheld</span>
            <span className="sr">, which values and why</span>
          </Button>
        )}
        <AsOf open={dating} onOpen={date} />
        <PurposeSwitch viewer={viewer} open={choosing} onOpen={choose} />
      </header>
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <Offline />
        {viewer.purpose === 'ANALYSIS' && (
          <p className="sub learns">
            <span className="withheld square" /> Analysis learns about groups: what fewer than five people stand behind, or are left out by, is hatched.
          </p>
        )}
        {viewer.purpose ? children : <Choose open={() => choose(true)} />}
      </main>
      <ReceiptLine policy={viewer.policy.version} open={show} />
      <nav className="tabbar" aria-label="Main, short">
        {[work[0], work[1], work[3], understand[0]].map((place) => (
          <a key={place.path} href={href([place.path])} aria-current={here === place.path ? 'page' : undefined}>
            <Icon name={place.icon} />
            {place.short ?? place.word}
          </a>
        ))}
        <a href={href(['more'])} aria-current={here === 'more' ? 'page' : undefined}>
          <Icon name="more" />
          More
        </a>
      </nav>
      <Search open={searching} onOpen={search} />
      <AnswerPanel panel={panel} close={() => show(null)} />
      <KeysDialog open={listing} onOpen={list} />
      <Toasts />
    </div>
  );
}

function Me() {
  const me = useMe();
  if (!me) return null;
  return (
    <a className="me" href={href(['employees', me.id])}>
      <Avatar name={me.displayName} ours />
      <span>
        {me.displayName}
        <span className="faint xs">{me.title}</span>
      </span>
    </a>
  );
}

function Choose({ open }: { open: () => void }) {
  return (
    <div className="empty">
      <p>Choose what you will use the answers for. It decides what you see.</p>
      <Button className="btn primary" onPress={open}>
        Choose a purpose
      </Button>
    </div>
  );
}

/** The places that the tab bar of a phone has no room for. */
export function More() {
  return (
    <nav className="more-places" aria-label="More">
      {places.map((place) => (
        <a key={place.path} href={href([place.path])}>
          <Icon name={place.icon} />
          {place.word}
        </a>
      ))}
      <a href="graphiql">
        <Icon name="code" />
        GraphiQL
      </a>
      <SignOut />
    </nav>
  );
}
