import { useSyncExternalStore } from 'react';
import type { CombinedError } from 'urql';
import { isUnreached, onReachable } from '../../api/connection';
import type { Purpose } from '../../api/graphql';
import { currentAside, onCallerGone, setAside } from '../../api/session';
import { toast } from '../../frame/toast';
import { currentForm, openForm, showForm, type Form, type Opened } from './open';
import type { UserError } from './send';

export const titles: Record<Form['form'], string> = {
  'log-interaction': 'Log a call',
  'open-case': 'Open a case',
  'update-case': 'Change a case',
  'new-deal': 'New deal',
  'change-deal': 'Change the deal',
  'claim-role': 'Claim a role',
  'dispute-claim': 'Dispute a claim',
  'end-claim': 'End a claim',
  consent: 'Record a consent',
  job: 'Change the job',
};

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

/** What somebody has written in a form, and nothing that was answered to her. */
type Written = Pick<Opened, 'form' | 'key' | 'draft'>;

const writtenIn = ({ form, key, draft }: Opened): Written => ({ form, key, draft });
const isWritten = (form: Opened | null) => Object.keys(form?.draft ?? {}).length > 0;

/** What she had not saved when she went: the form that was open, and what was not certain; an undo has no form. */
type Left = { form: Written | null; all: readonly (Written | null)[] };

/** For what is asked, as the server says. */
let purpose: Purpose | null = null;

// Nobody reads on in what another one wrote.
onCallerGone((subject) => {
  const form = currentForm();
  if (subject !== null && (isWritten(form) || all.length > 0)) {
    const value: Left = { form: form && writtenIn(form), all: all.map(({ change: { opened } }) => (opened ? writtenIn(opened) : null)) };
    setAside({ subject, purpose, value });
  }
  set([]);
  showForm(null);
});

/** A form that was written and is not open: it is opened to be sent anew. */
const notSent = (opened: Written | null, why: string): Unsaved => ({ id: ++last, state: 'refused', why, change: { word: opened ? titles[opened.form.form] : 'what was to be undone', opened: opened ?? undefined } });

/** Gives back what was set aside, to who wrote it for this purpose and to nobody else. What was sent by the token of before is not certain. */
export function giveBack(subject: string | null, asked: Purpose | null) {
  purpose = asked;
  const aside = currentAside();
  if (!aside || aside.subject !== subject || aside.purpose !== asked) return;
  setAside(null);
  const back = aside.value as Left;
  const { form } = back;
  // What she has begun since then stays as it is.
  const behind = form && currentForm() ? [notSent(form, 'You signed in anew before it was sent.')] : [];
  set([...all, ...back.all.map((one) => notSent(one, 'You signed in anew before it was certain.')), ...behind]);
  if (form && behind.length === 0) showForm(form);
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
