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

/** A step of a funnel, as a line of a comparison has it. */
type StepLine = { activities: readonly string[] };

/**
 * Which step, counted from 0, a line is of; -1: it cannot be known. Lines come in the order of steps, behind the first one, and may be fewer: of steps
 * that are alike each has its line, or nobody can say whose a line is.
 */
export function stepOf(asked: Asked, lines: readonly StepLine[], line: StepLine): number {
  const key = line.activities.join('|');
  const steps = asked.steps.flatMap((set, index) => (index > 0 && set.join('|') === key ? [index] : []));
  const alike = lines.filter((one) => one.activities.join('|') === key);
  return steps.length === alike.length ? (steps[alike.indexOf(line)] ?? -1) : -1;
}

/** The number of a step, counted from 0, as it is asked for by what the funnel was. */
export const behindStep = (asked: Asked, step: number) => ({
  step: step + 1,
  steps: asked.steps,
  entry: asked.entry,
  ...(asked.window ? { window: asked.window } : {}),
  strict: asked.strict,
  ...(asked.exits ? { exits: asked.exits } : {}),
});
