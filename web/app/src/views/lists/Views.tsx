import { useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { toast } from '../../frame/toast';
import { href, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { spanWords, write, type Condition } from './conditions';
import type { Kind } from './kind';
import { unbound } from './state';

/** A view by its name: conditions, order, columns and groups, as a link would hold them. */
type View = { name: string; params: Record<string, string> };

const parts = ['where', 'sort', 'cols', 'by'];
const keyOf = (kind: Kind) => `kith views ${kind.id}`;

function kept(kind: Kind): View[] {
  try {
    const views: unknown = JSON.parse(sessionStorage.getItem(keyOf(kind)) ?? '[]');
    return Array.isArray(views) ? views.filter((one): one is View => typeof one?.name === 'string' && typeof one?.params === 'object') : [];
  } catch {
    return []; // storage is switched off, or holds something else
  }
}

/** Views that were given a name. The names stay in this tab: a link holds what a view shows, and not what it is called. */
export function Views({ kind, opens, mine }: { kind: Kind; opens: Condition | undefined; mine: boolean }) {
  const { path, params } = useRoute();
  const [views, change] = useState(() => kept(kind));
  const [naming, name] = useState(false);
  const [text, type] = useState('');
  // Where the purpose may not ask for what the kind opens with, it opens with all.
  const now: typeof params = kind.opens && !opens && params.where === undefined ? { ...params, where: unbound } : params;
  const shown = (of: Record<string, string>) => parts.every((part) => (of[part] ?? '') === (now[part] ?? ''));
  const owner = kind.conditions.find((one) => one.type === 'me');
  const own = owner && write([{ of: owner.id, op: 'me', values: [] }, ...(opens ? [opens] : [])]);
  const all: View[] = [
    ...(opens ? [{ name: `Last ${spanWords(opens.values[0])}`, params: {} }] : []),
    { name: 'All', params: kind.opens ? { where: unbound } : {} },
    ...(own && mine ? [{ name: 'Mine', params: { where: own } }] : []),
    ...views,
  ];
  const isNew = !all.some((view) => shown(view.params));

  function keep(next: View[]) {
    change(next);
    try {
      sessionStorage.setItem(keyOf(kind), JSON.stringify(next));
    } catch {
      toast('The browser keeps nothing for this page: the view lasts until you leave it.');
    }
  }

  function save(event: FormEvent) {
    event.preventDefault();
    const called = text.trim();
    if (!called) return;
    const own = Object.fromEntries(parts.flatMap((part) => (params[part] ? [[part, params[part]]] : [])));
    keep([...views.filter((view) => view.name !== called), { name: called, params: own }]);
    name(false);
    type('');
  }

  if (all.length === 1 && !isNew) return null;
  return (
    <nav className="tabs list-views" aria-label="Views">
      {all.map((view) => (
        <span key={view.name}>
          <a className="tab" href={href(path, view.params)} aria-current={shown(view.params) ? 'page' : undefined}>
            <bdi>{view.name}</bdi>
          </a>
          {views.includes(view) && shown(view.params) && (
            <Button className="btn bare small" aria-label={`Forget the view ${view.name}`} onPress={() => keep(views.filter((one) => one !== view))}>
              <Icon name="x" small />
            </Button>
          )}
        </span>
      ))}
      {isNew && (
        <DialogTrigger isOpen={naming} onOpenChange={name}>
          <Button className="btn bare small">Save this view</Button>
          <Popover className="popover" placement="bottom start">
            <Dialog className="dialog" aria-label="Save this view">
              <form className="condition-editor" onSubmit={save}>
                <label className="field">
                  <span>Name of the view</span>
                  <input className="input" dir="auto" autoFocus maxLength={60} value={text} onChange={(event) => type(event.target.value)} />
                </label>
                <p className="hint">It stays in this tab until it is closed. A text that was searched for is not kept; for anything longer, copy the link.</p>
                <Button type="submit" className="btn primary" isDisabled={text.trim() === ''}>
                  Save
                </Button>
              </form>
            </Dialog>
          </Popover>
        </DialogTrigger>
      )}
    </nav>
  );
}
