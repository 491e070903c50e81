import { useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { graphql, type ResultOf } from '../api/graphql';
import { onCallerGone } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { hrefOf } from '../route';
import { Icon, type IconName } from '../ui/Icon';
import { Fault } from '../ui/states';
import { useRested } from '../ui/use-rested';
import { Field } from '../ui/values';
import { counted, words } from '../ui/words';

const SearchQuery = graphql(`
  query Search($text: String!, $first: Int!) {
    search(text: $text, first: $first) {
      node {
        __typename
        id
        displayName
        withheld { field reason purpose category since }
        ... on Customer { employments(first: 1) { edges { properties { title } node { displayName } } } }
        ... on Deal { account { displayName } stage }
        ... on Case { subject }
      }
      matched { field how }
    }
  }
`);

const icons: Record<string, IconName> = {
  Customer: 'person', Account: 'account', Deal: 'deal', Case: 'case', Order: 'order', Employee: 'person',
  Product: 'order', Return: 'order', Campaign: 'mega', Content: 'file',
};

/** So many hits are read. */
const most = 12;

/** What was opened last; it lasts as long as the page, and holds ids and kinds alone. */
let recent: readonly string[] = [];
onCallerGone(() => (recent = []));

const RecentQuery = graphql(`
  query Recent($ids: [ID!]!) { nodes(ids: $ids) { __typename id displayName withheld { field reason purpose category since } } }
`);

/** Finds people, companies, deals and numbers while one types. */
export function Search({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={onOpen} isDismissable>
      <Modal className="search-modal">
        <Dialog className="dialog" aria-label="Search">
          <Hits close={() => onOpen(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Hits({ close }: { close: () => void }) {
  const [text, write] = useState('');
  const asked = useRested(text.trim());
  const answer = useAnswer(SearchQuery, { text: asked, first: most }, { pause: asked.length === 0, frame: true });
  const last = useAnswer(RecentQuery, { ids: [...recent] }, { pause: asked.length > 0 || recent.length === 0, frame: true });
  const shown = asked.length > 0 ? answer : last;
  const waiting = asked !== text.trim() || shown.waiting || shown.renewing;

  const hits = useMemo(() => {
    if (asked.length === 0) {
      return (last.data?.nodes ?? []).flatMap((node) =>
        node ? [{ of: node, id: node.id, about: 'opened before', why: '' }] : [],
      );
    }
    return (answer.data?.search ?? []).map(({ node, matched }) => ({
      of: node,
      id: node.id,
      about: aboutOf(node),
      why: matched.map((one) => words(one.field)).join(', '),
    }));
  }, [asked, answer.data, last.data]);

  function openHit(id: string) {
    recent = [id, ...recent.filter((one) => one !== id)].slice(0, 8);
    close();
    location.hash = hrefOf(id);
  }

  return (
    <Autocomplete inputValue={text} onInputChange={write} disableVirtualFocus={false}>
      <SearchField className="search-field" aria-label="People, companies, deals, numbers" autoFocus onSubmit={() => hits[0] && openHit(hits[0].id)}>
        <Icon name="search" />
        <Input placeholder="People, companies, deals, numbers" maxLength={200} />
        <Button slot={null} className="btn bare small" onPress={close}>
          Esc
        </Button>
      </SearchField>
      {shown.error && <Fault error={shown.error} retry={shown.retry} />}
      <span className="sr" role="status" aria-busy={waiting}>
        {asked !== '' && !waiting && !shown.error && `${counted(hits.length, 'hit')}${hits.length === most ? ' or more' : ''}`}
      </span>
      <ListBox
        aria-label="Found"
        className="menu hits"
        items={hits}
        onAction={(key) => openHit(String(key))}
        renderEmptyState={() => (
          <p className="empty">
            {text.trim() === '' ? 'Names, titles, e-mail addresses, telephone numbers, numbers of orders and cases.' : waiting ? 'Asking' : shown.error ? 'Nothing was answered.' : 'Nothing is found that you may see.'}
          </p>
        )}
      >
        {(hit) => (
          <ListBoxItem id={hit.id} textValue={hit.of.displayName ?? words(hit.of.__typename)} className="menu-item">
            <Icon name={icons[hit.of.__typename] ?? 'file'} />
            <span>
              <b dir="auto">
                <Field of={hit.of} field="displayName" none="without a name" />
              </b>
              <span className="menu-about">{[words(hit.of.__typename), hit.about].filter(Boolean).join(' · ')}</span>
            </span>
            {hit.why && <span className="faint xs">{hit.why}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}

type Found = NonNullable<ResultOf<typeof SearchQuery>['search']>[number]['node'];

/** What tells one hit from others of its name. */
function aboutOf(node: Found): string {
  switch (node.__typename) {
    case 'Customer': {
      const job = node.employments?.edges[0];
      return [job?.properties.title, job?.node.displayName].filter(Boolean).join(', ');
    }
    case 'Deal':
      return [node.account?.displayName, node.stage && words(node.stage)].filter(Boolean).join(' · ');
    case 'Case':
      return node.subject ?? '';
    default:
      return '';
  }
}
