import type { Told } from './Aftermath';

type Measure = Told['differences'][number]['outcome'];

/** What customers are compared by afterwards. Counts are for each customer, and shown of a hundred. */
export const outcomes: Partial<Record<Measure, { word: string; of: 1 | 100; digits: number }>> = {
  CASES: { word: 'Cases opened', of: 100, digits: 1 },
  COMPLAINTS: { word: 'Complaints', of: 100, digits: 1 },
  CONTACTS: { word: 'Times they got in touch', of: 100, digits: 1 },
  ORDERS: { word: 'Orders', of: 100, digits: 1 },
  SATISFACTION: { word: 'Satisfaction, 0 to 1', of: 1, digits: 2 },
  SENTIMENT: { word: 'Mood in what they said, −1 to 1', of: 1, digits: 2 },
};

/** What they are matched by, as it was before. */
export const covariates: Partial<Record<Measure, string>> = {
  EMPLOYED: 'Worked somewhere',
  COMPANY_SIZE: 'Size of the company',
  TENURE: 'How long known',
  CONTACTS: 'Times in touch',
  CASES: 'Cases',
  ORDERS: 'Orders',
};

const fixed = (n: number, digits: number) => Math.abs(n).toFixed(digits);

/** A number with a minus where it is below zero as it is shown, and with a plus where that is wanted. */
export function signed(n: number, digits: number, plus = '') {
  const text = fixed(n, digits);
  return `${Number(text) === 0 ? '' : n < 0 ? '−' : plus}${text}`;
}
