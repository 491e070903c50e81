import { useSyncExternalStore } from 'react';
import type { CombinedError } from 'urql';
import type { Purpose } from '../../api/graphql';
import type { Channel } from './channels';
import type { UserError } from './send';

/** A form of daily work, and what is known already where it is opened. */
export type Form =
  | { form: 'log-interaction'; customer?: string; deal?: string; case?: string; kind?: 'CALL' | 'MEETING' }
  | { form: 'open-case'; party?: string }
  | { form: 'update-case'; id: string }
  | { form: 'new-deal'; account?: string }
  | { form: 'change-deal'; id: string }
  | { form: 'claim-role'; on: string; customer?: string; role?: string }
  | { form: 'dispute-claim'; id: string }
  | { form: 'end-claim'; id: string }
  | { form: 'consent'; customer: string; says?: 'consents' | 'withdraws'; purpose?: Purpose; channel?: Channel }
  | { form: 'job'; customer: string };

/** A form that somebody has open. Opened again after a refusal, it holds what was written and why it was refused. */
export type Opened<F extends Form = Form> = {
  form: F;
  /** One key for all that is sent from it: sent twice, it changes once. */
  key: string;
  draft?: object;
  errors?: readonly UserError[];
  fault?: CombinedError;
};

let shown: Opened | null = null;
const listeners = new Set<() => void>();

export function showForm(opened: Opened | null) {
  shown = opened;
  for (const tell of listeners) tell();
}

/** Opens a form over the page; null closes it. */
export function openForm(form: Form | null) {
  showForm(form && { form, key: crypto.randomUUID() });
}

/** Notes what is written in the open form, for when it is opened again. */
export function noteDraft(key: string, draft: object) {
  if (shown?.key === key) shown = { ...shown, draft };
}

export const currentForm = () => shown;

export function useOpenForm(): Opened | null {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentForm);
}
