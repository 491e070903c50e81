import { useSyncExternalStore } from 'react';

/** A form of daily work, and what is known already where it is opened. */
export type Form =
  | { form: 'log-interaction'; customer?: string; deal?: string; kind?: 'CALL' | 'MEETING' }
  | { form: 'open-case'; party?: string }
  | { form: 'update-case'; id: string }
  | { form: 'new-deal'; account?: string }
  | { form: 'change-deal'; id: string }
  | { form: 'claim-role'; on: string; customer?: string; role?: string }
  | { form: 'dispute-claim'; id: string }
  | { form: 'end-claim'; id: string }
  | { form: 'consent'; customer: string }
  | { form: 'job'; customer: string };

let shown: Form | null = null;
const listeners = new Set<() => void>();

/** Opens a form over the page; null closes it. */
export function openForm(form: Form | null) {
  shown = form;
  for (const tell of listeners) tell();
}

export function useOpenForm(): Form | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => shown,
  );
}
