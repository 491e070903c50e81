import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import type { ReactNode } from 'react';
import { useShortcuts } from '../../frame/shortcuts';
import { Icon } from '../../ui/Icon';
import { Withheld } from '../../ui/values';
import { count } from '../../ui/words';
import { ConditionEditor } from './ConditionEditor';
import { definitionOf, type Condition } from './conditions';
import type { Explained } from './document';
import type { Definition, Kind } from './kind';
import { Sentence } from './Sentence';
import type { ListState } from './state';
import type { Why } from './use-policy';

type Editing = { definition?: Definition; given?: Condition };

/** The conditions as sentences, and how more are added. */
export function ConditionBar({ kind, state, explain, all, told, currencies, nameOf, whyNot, take, onOpen, children }: {
  kind: Kind;
  state: ListState;
  explain: Explained;
  all: number | null;
  told: { me?: string; today: string };
  currencies: readonly string[];
  nameOf: (id: string) => string;
  whyNot: (definition: Definition) => Why | undefined;
  take: (condition: Condition) => void;
  /** Told when the menu is first opened, so that it is asked what the purpose may do. */
  onOpen: () => void;
  children: ReactNode;
}) {
  const [editing, edit] = useState<Editing | null>(null);
  const { conditions } = state;

  function begin(next: Editing) {
    onOpen();
    edit(next);
  }
  useShortcuts({ f: () => begin({}) });

  function set(condition: Condition) {
    const given = editing?.given;
    state.setConditions(given ? conditions.map((one) => (one === given ? condition : one)) : [...conditions, condition]);
    edit(null);
  }

  function pick(definition: Definition) {
    if (definition.type === 'me') set({ of: definition.id, op: 'me', values: [] });
    else edit({ definition });
  }

  return (
    <div className="condition-bar">
      {conditions.map((condition, index) => {
        const definition = definitionOf(kind, condition);
        const alone = explain.find((one) => one.condition === `filter.and[${index}]`)?.alone;
        return (
          <Sentence key={`${condition.of} ${condition.op} ${index}`} kind={kind} condition={condition} nameOf={nameOf}>
            {alone !== null && alone !== undefined && <span className="matches">{count(alone)}<span className="sr"> meet it alone</span></span>}
            {condition.op === 'contains' && <span className="matches">not in the link</span>}
            {definition.type !== 'me' && (
              <button type="button" aria-label={`Change “${definition.word}”`} onClick={() => begin({ definition, given: condition })}>
                <Icon name="down" small />
              </button>
            )}
            <button type="button" aria-label={`Take “${definition.word}” away`} onClick={() => take(condition)}>
              <Icon name="x" small />
            </button>
          </Sentence>
        );
      })}
      <DialogTrigger isOpen={editing !== null} onOpenChange={(open) => (open ? begin({}) : edit(null))}>
        <Button className="btn small">
          <Icon name="plus" small />
          Condition
          <kbd className="hide">F</kbd>
        </Button>
        <Popover className="popover condition-popover" placement="bottom start">
          <Dialog className="dialog" aria-label={editing?.definition ? editing.definition.word : 'Add a condition'}>
            {editing?.definition ? (
              <ConditionEditor
                key={editing.definition.id}
                kind={kind}
                definition={editing.definition}
                given={editing.given}
                currencies={currencies}
                told={told}
                asOf={state.asOf}
                all={all}
                period={conditions.filter((one) => one.of === kind.opens?.of)}
                set={set}
              />
            ) : (
              <Choices kind={kind} whyNot={whyNot} me={told.me} pick={pick} />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <span className="tools">{children}</span>
    </div>
  );
}

/** What can be said; what the purpose may not filter by stands there with its reason, and cannot be chosen. */
function Choices({ kind, whyNot, me, pick }: { kind: Kind; whyNot: (definition: Definition) => Why | undefined; me?: string; pick: (definition: Definition) => void }) {
  const items = kind.conditions
    .filter((definition) => definition.type !== 'me' || me !== undefined)
    .map((definition) => ({ id: definition.id, definition, why: whyNot(definition) }))
    .sort((a, b) => Number(a.why !== undefined) - Number(b.why !== undefined));
  return (
    <Autocomplete filter={(text, typed) => text.toLowerCase().includes(typed.toLowerCase())}>
      <SearchField className="search-field" aria-label="A condition" autoFocus>
        <Icon name="filter" />
        <Input placeholder="What must hold" maxLength={60} />
      </SearchField>
      <ListBox
        aria-label="Conditions"
        className="menu"
        items={items}
        disabledKeys={items.filter((item) => item.why).map((item) => item.id)}
        onAction={(key) => {
          const item = items.find((one) => one.id === key);
          if (item && !item.why) pick(item.definition);
        }}
        renderEmptyState={() => <p className="empty">There is no such condition.</p>}
      >
        {({ definition, why }) => (
          <ListBoxItem id={definition.id} textValue={definition.word} className={why ? 'menu-item denied' : 'menu-item'}>
            <Icon name={icons[definition.type]} />
            <span>{definition.type === 'me' ? `${definition.word} is you` : definition.word}</span>
            {why ? <Withheld why={why} /> : <span />}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}

const icons = { enum: 'tag', time: 'calendar', day: 'calendar', money: 'bars', number: 'bars', count: 'bars', me: 'person', node: 'account', text: 'search' } as const;
