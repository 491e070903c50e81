import { useMemo } from 'react';
import { useRoute } from '../../route';
import { several } from './definition';
import type { TabProps } from './tab';

export type Entry = 'FIRST' | 'BEST' | 'EACH';
export type Asked = { steps: string[][]; entry: Entry; window: string | null; strict: boolean; exits: string[] | null };

export const entries: [Entry, string][] = [
  ['FIRST', 'with the first one'],
  ['BEST', 'with the one that gets furthest'],
  ['EACH', 'with each one'],
];

/** The funnel that the address says, or the one that the question begins with. */
export function useAsked({ question, activities }: Pick<TabProps, 'question' | 'activities'>): Asked {
  const { params } = useRoute();
  const steps = useMemo(() => {
    const asked = params.steps ? params.steps.split('~').map(several) : (question?.steps ?? []).map((name) => [name]);
    return asked.map((set) => set.filter((name) => activities.includes(name))).filter((set) => set.length > 0);
  }, [params.steps, question, activities]);
  const exits = several(params.exits).filter((name) => activities.includes(name));
  return {
    steps,
    entry: entries.find(([entry]) => entry === params.entry)?.[0] ?? 'FIRST',
    window: /^P\d{1,4}D$/.test(params.window ?? '') ? params.window : null,
    strict: params.strict === 'yes',
    exits: exits.length > 0 ? exits : null,
  };
}
