import { useSyncExternalStore } from 'react';
import type { Category, Purpose, Reason } from './graphql';

/** What an answer says of itself beside its data. */
export type Extensions = {
  receipt?: { at: string; purpose: Purpose; reference: string | null; categories: Category[]; persons: number };
  withheld?: { path: (string | number)[]; count: number; reason: Reason; purpose: Purpose; category: Category; since: string | null }[];
};

/** An answer that is on the page; what the frame around it asks is not the page's own. */
export type Told = { name: string; query: string; variables: object; extensions: Extensions; milliseconds: number; frame?: boolean };

let all: readonly Told[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Told[]) {
  all = next;
  for (const tell of listeners) tell();
}

/** Notes an answer while it is on the page; what it gives back takes it off again. */
export function note(told: Told): () => void {
  set([...all, told]);
  return () => set(all.filter((other) => other !== told));
}

/** The answers that are on the page, in the order in which they came. */
export function useAnswers(): readonly Told[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => all,
  );
}

export const currentAnswers = () => all;
