import { words } from '../../ui/words';
import type { Told } from './Aftermath';

export type Measure = Told['differences'][number]['outcome'];

type Outcome = { word: string; of: 1 | 100; digits: number };

/** What customers, or companies, are compared by afterwards. Counts are for each of them, and shown of a hundred. */
const outcomes: Partial<Record<Measure, Outcome>> = {
  CASES: { word: 'Cases opened', of: 100, digits: 1 },
  COMPLAINTS: { word: 'Complaints', of: 100, digits: 1 },
  CONTACTS: { word: 'Times they got in touch', of: 100, digits: 1 },
  ORDERS: { word: 'Orders', of: 100, digits: 1 },
  SATISFACTION: { word: 'Satisfaction, 0 to 1', of: 1, digits: 2 },
  SENTIMENT: { word: 'Mood in what they said, −1 to 1', of: 1, digits: 2 },
  LEFT: { word: 'Left: have no contract any more', of: 100, digits: 1 },
  RETAINED: { word: 'Kept: what contracts come to, of 100 before', of: 100, digits: 1 },
};

/** What they are matched by, as it was before. */
export const covariates: Partial<Record<Measure, string>> = {
  EMPLOYED: 'Worked somewhere',
  COMPANY_SIZE: 'Size of the company',
  INDUSTRY: 'Industry of the company',
  TENURE: 'How long known',
  CONTACTS: 'Times in touch',
  CASES: 'Cases',
  ORDERS: 'Orders',
  CONTRACTS: 'Contracts in force',
};

const fixed = (n: number, digits: number) => Math.abs(n).toFixed(digits);

/** A number with a minus where it is below zero as it is shown, and with a plus where that is wanted. */
export function signed(n: number, digits: number, plus = '') {
  const text = fixed(n, digits);
  return `${Number(text) === 0 ? '' : n < 0 ? '−' : plus}${text}`;
}

/** What an outcome is called, and how a number of it is said. */
export function outcomeOf(measure: Measure) {
  const { word, of, digits } = outcomes[measure] ?? { word: words(measure), of: 1, digits: 2 };
  return { word, hundred: of === 100, said: (n: number, plus = '') => signed(n * of, digits, plus) };
}
