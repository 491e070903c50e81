import { useSyncExternalStore } from 'react';
import type { CombinedError } from 'urql';
import { isUnreached, onReachable } from '../../api/connection';
import { onCallerGone, onLeaving, setAside, takeAside } from '../../api/session';
import { toast } from '../../frame/toast';
import { currentForm, openForm, showForm, type Form, type Opened } from './open';
import type { UserError } from './send';

/** What came of a change: undo takes it back, and next is a form that does where only another entry can. A draft says what is left to be sent where a part of it is done. */
export type Outcome =
  | { said: string; undo?: Change; next?: { word: string; form: Form }; errors?: undefined; fault?: undefined }
  | { errors: readonly UserError[]; draft?: object; fault?: undefined }
  | { fault: CombinedError; draft?: object; errors?: undefined };

export type Change = {
  /** What it is, as "Relay Gateway: stage". */
  word: string;
  /** Sends it; sent again with the same key it changes nothing twice. */
  send: () => Promise<Outcome>;
  /** The form it was written in; an undo has none. */
  opened?: Opened;
};

/** A change that is not certain yet: on its way, waiting for the connection, or refused while another form is open. */
export type Unsaved = { id: number; why?: string } & ({ change: Change; state: 'saving' | 'waiting' } | { change: Omit<Change, 'send'>; state: 'refused' });

let all: readonly Unsaved[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Unsaved[]) {
  all = next;
  for (const tell of listeners) tell();
}

/** What somebody had written and not saved when she went. */
type Written = { form: Opened | null; all: readonly Pick<Unsaved, 'id' | 'change'>[] };

/** It lies in memory, until the next one signs in; who leaves for an issuer finds it again when she comes back in this tab. */
let aside: (Written & { subject: string }) | null = null;

const isWritten = (form: Opened | null) => Object.keys(form?.draft ?? {}).length > 0;

// Nobody reads on in what another one wrote.
onCallerGone((subject) => {
  const form = currentForm();
  if (subject !== null && (isWritten(form) || all.length > 0)) aside = { subject, form, all };
  set([]);
  showForm(null);
});

// What sends a change does not come back: it is opened to be sent anew.
onLeaving(() => {
  if (!aside) return;
  const { subject, form, all } = aside;
  const value: Written = { form: form && { ...form, fault: undefined }, all: all.map(({ id, change: { word, opened } }) => ({ id, change: { word, opened: opened && { ...opened, fault: undefined } } })) };
  if (setAside({ subject, value })) aside = null;
});

addEventListener('beforeunload', (event) => aside && event.preventDefault());

/** Gives back what was set aside, to who wrote it and to nobody else. What was sent by the token of before is not certain, and is opened to be sent anew. */
export function giveBack(subject: string | null) {
  const kept = takeAside(subject) as Written | undefined;
  const back = aside?.subject === subject ? aside : kept;
  aside = null;
  if (!back) return;
  set(back.all.map(({ change }) => ({ id: ++last, change, state: 'refused', why: 'You signed in anew before it was certain.' })));
  showForm(back.form && { ...back.form, fault: undefined });
}

const put = (next: Unsaved) => set(all.map((one) => (one.id === next.id ? next : one)));
export const forget = (id: number) => set(all.filter((one) => one.id !== id));

export const unsaved = () => all;

export function useUnsaved(): readonly Unsaved[] {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, unsaved);
}

/** Closes the form and sends what it says. It is said when it is certain; what is refused opens the form again. */
export function save(change: Change) {
  const id = ++last;
  if (change.opened && currentForm()?.key === change.opened.key) showForm(null);
  set([...all, { id, change, state: 'saving' }]);
  void carry(id, change);
}

async function carry(id: number, change: Change) {
  put({ id, change, state: 'saving' });
  const outcome = await change.send();
  // Whoever sent it has gone: what came of it is nobody else's.
  if (!all.some((one) => one.id === id)) return;
  if (!outcome.errors && !outcome.fault) {
    const { said, undo, next } = outcome;
    forget(id);
    toast(said, undo && (() => save(undo)), next && { word: next.word, act: () => openForm(next.form) });
  } else if (outcome.fault && isUnreached(outcome.fault)) {
    const opened = change.opened && { ...change.opened, draft: outcome.draft ?? change.opened.draft };
    put({ id, state: 'waiting', change: { ...change, opened } });
  } else {
    refuse(id, change, outcome);
  }
}

function refuse(id: number, change: Change, { errors, fault, draft }: Exclude<Outcome, { said: string }>) {
  const opened = change.opened && { ...change.opened, draft: draft ?? change.opened.draft, errors, fault };
  if (opened && !currentForm()) {
    forget(id);
    showForm(opened);
    return;
  }
  const why = errors ? errors.map((one) => one.message).join('; ') : (fault?.graphQLErrors[0]?.message ?? fault?.message);
  put({ id, state: 'refused', why, change: { ...change, opened } });
}

/** Opens the form of a change that is not saved, to be changed or let go. */
export function reopen(one: Unsaved) {
  forget(one.id);
  showForm(one.change.opened!);
}

export const sendAgain = (one: Exclude<Unsaved, { state: 'refused' }>) => void carry(one.id, one.change);

// What waits for the connection goes when it is back.
onReachable(() => {
  for (const one of all) if (one.state === 'waiting') sendAgain(one);
});
