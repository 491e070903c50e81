import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Icon, type IconName } from '../../ui/Icon';
import { useRested } from '../../ui/use-rested';
import { Field, Withheld, whyWithheld } from '../../ui/values';
import { words } from '../../ui/words';
import { fieldWord } from './field-words';
import { FieldErrors } from './fields';
import { idOf, useErrorsAt } from './FormFrame';

const PickQuery = graphql(`
  query Pick($text: String!, $kinds: [SearchKind!]) {
    search(text: $text, kinds: $kinds, first: 8) {
      node {
        __typename
        id
        displayName
        withheld { field reason purpose category since }
        ... on Customer { employments(first: 1) { edges { properties { title } node { displayName } } } }
        ... on Employee { title }
        ... on Deal { account { displayName } }
        ... on Case { subject }
      }
    }
  }
`);

const PickedQuery = graphql(`
  query Picked($ids: [ID!]!) {
    nodes(ids: $ids) { __typename id displayName withheld { field reason purpose category since } }
  }
`);

export type Kind = 'ACCOUNT' | 'CUSTOMER' | 'EMPLOYEE' | 'PRODUCT' | 'DEAL' | 'ORDER' | 'CASE' | 'RETURN';

const icons: Record<string, IconName> = { cus: 'person', emp: 'person', acc: 'account', dea: 'deal', cas: 'case' };
const iconOf = (id: string): IconName => icons[id.slice(0, 3)] ?? 'order';

type Props = { path: string; word?: string; aside?: string; kinds: readonly Kind[]; value: readonly string[]; onChange: (ids: string[]) => void; one?: boolean; required?: boolean; placeholder?: string };

/** Chooses nodes by what they are called. The form keeps their ids alone. */
export function Pick({ path, word, aside, kinds, value, onChange, one, required, placeholder }: Props) {
  const [text, write] = useState('');
  const asked = useRested(text.trim());
  const wrong = useErrorsAt(path).length > 0;
  const found = useAnswer(PickQuery, { text: asked, kinds: [...kinds] }, { pause: asked.length === 0 });
  const hits = (asked.length === 0 ? [] : (found.data?.search ?? [])).filter(({ node }) => !value.includes(node.id)).map(({ node }) => ({ of: node, id: node.id, about: aboutOf(node) }));
  const field = useRef<HTMLDivElement>(null);
  const full = one && value.length > 0;
  const waiting = asked !== text.trim() || found.waiting || found.renewing;

  function remove(id: string) {
    onChange(value.filter((other) => other !== id));
    requestAnimationFrame(() => field.current?.querySelector('input')?.focus());
  }

  return (
    <div className="field" id={idOf(path)} ref={field}>
      {full && (
        <span className="field-word">
          {word ?? fieldWord(path)}
          {aside && <span className="faint"> {aside}</span>}
        </span>
      )}
      {full ? (
        <Chosen ids={value} remove={remove} wrong={wrong} />
      ) : (
        <ComboBox
          className="field"
          items={hits}
          inputValue={text}
          onInputChange={write}
          selectedKey={null}
          onSelectionChange={(key) => {
            if (key === null) return;
            onChange(one ? [String(key)] : [...value, String(key)]);
            write('');
          }}
          menuTrigger="input"
          // It opens with a letter alone: who types faster than is answered would otherwise see nothing.
          allowsEmptyCollection={text.trim() !== ''}
          isInvalid={wrong || undefined}
          isRequired={required && value.length === 0}
        >
          <Label className="field-word">
            {word ?? fieldWord(path)}
            {aside && <span className="faint"> {aside}</span>}
          </Label>
          {value.length > 0 && <Chosen ids={value} remove={remove} />}
          <Input className="input" placeholder={placeholder} maxLength={200} autoComplete="off" />
          {!wrong && <FieldError className="error" />}
          <Popover className="popover form-popover" placement="bottom start">
            <ListBox className="menu" renderEmptyState={() => <p className="empty">{waiting ? 'Asking' : found.error ? 'Nothing was answered.' : 'Nothing is found that you may see.'}</p>}>
              {(hit: (typeof hits)[number]) => (
                <ListBoxItem id={hit.id} textValue={hit.of.displayName ?? words(hit.of.__typename)} className="menu-item">
                  <Icon name={iconOf(hit.id)} />
                  <span>
                    <b dir="auto">
                      <Field of={hit.of} field="displayName" none="without a name" />
                    </b>
                    <span className="menu-about">{[hit.of.__typename === 'Employee' ? 'Ours' : words(hit.of.__typename), hit.about].filter(Boolean).join(' · ')}</span>
                  </span>
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      )}
      {found.error && <span className="error">The search was not answered: {found.error.graphQLErrors[0]?.message ?? 'the server cannot be reached'}.</span>}
      <FieldErrors path={path} />
    </div>
  );
}

function Chosen({ ids, remove, wrong }: { ids: readonly string[]; remove: (id: string) => void; wrong?: boolean }) {
  const { data, error } = useAnswer(PickedQuery, { ids: [...ids] });
  return (
    <ul className="form-tokens" data-invalid={wrong || undefined}>
      {ids.map((id) => {
        const node = data?.nodes?.find((one) => one?.id === id);
        const why = node ? (whyWithheld(node, 'displayName') ?? whyWithheld(node, 'name')) : undefined;
        const name = node?.displayName;
        return (
          <li key={id} className="form-token">
            <Icon name={iconOf(id)} small />
            {id.startsWith('emp_') && <span className="faint">ours</span>}
            <bdi className="clip">{name ?? (why ? <Withheld why={why} /> : node ? 'without a name' : data ? 'nobody and nothing that you may see' : error ? 'its name could not be told' : 'asking')}</bdi>
            {/* Within the field it would be taken for what opens the hits. */}
            <Button slot={null} className="btn bare small" onPress={() => remove(id)} aria-label={`Take ${name ?? 'this'} away`}>
              <Icon name="x" small />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function aboutOf(node: object): string {
  const of = node as { __typename: string; title?: string | null; subject?: string | null; account?: { displayName: string | null } | null; employments?: { edges: { properties: { title: string | null }; node: { displayName: string | null } }[] } | null };
  const job = of.employments?.edges[0];
  return [of.title, job?.properties.title, job?.node.displayName, of.account?.displayName, of.subject].filter(Boolean).join(', ');
}
