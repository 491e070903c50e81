import { count, counted, day, words } from '../../ui/words';
import { narrowed, type Definition, type Whose } from './definition';

/** What stands before and behind a case, and for what has no room in a picture. */
export const START = '<start>';
export const END = '<end>';
export const OPEN = '<open>';
export const BEYOND = '…';

const ends: Record<string, string> = { [START]: 'Start', [END]: 'End', [OPEN]: 'Still open', [BEYOND]: 'Goes on' };
const parts: Record<string, string> = { '?': 'unknown', CES: 'CES', CSAT: 'CSAT', NPS: 'NPS' };

/** Names of enums as words; names that an event log gave stay as they are. */
const part = (text: string) => parts[text] ?? (/^[A-Z][A-Z_]*$/.test(text) ? text.toLowerCase().replaceAll('_', ' ') : text);

/** What an activity is called: CASE_RESOLVED COMPLAINT as Case resolved: complaint; null is all others. */
export function activityName(activity: string | null): string {
  if (activity === null) return 'Other';
  if (ends[activity]) return ends[activity];
  const [first, ...rest] = activity.split(' ');
  const text = /^[A-Z][A-Z_]*$/.test(first) && rest.length > 0 ? `${part(first)}: ${rest.map(part).join(' ')}` : activity.split(' ').map(part).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const caseWords: Record<Whose, [one: string, many: string]> = {
  deals: ['deal', 'deals'],
  cases: ['case', 'cases'],
  customers: ['customer', 'customers'],
  accounts: ['company', 'companies'],
  orders: ['order', 'orders'],
};

export const countedCases = (n: number, whose: Whose) => counted(n, ...caseWords[whose]);

export const spans: Record<string, string> = { P7D: '7 days', P14D: '14 days', P30D: '30 days', P60D: '60 days', P90D: '90 days', P180D: '180 days', P365D: 'a year' };
export const spanName = (span: string) => spans[span] ?? span.replace(/^P(\d+)D$/, (_, days: string) => `${count(Number(days))} days`);

const list = (names: readonly string[]) => (names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`);
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** What is counted, in words. */
export function sentence(d: Definition): string {
  const [one, many] = caseWords[d.whose];
  const begun = d.from && d.to ? ` that began from ${day(d.from)} to ${day(d.to)}` : d.from ? ` that began on ${day(d.from)} or later` : d.to ? ` that began until ${day(d.to)}` : '';
  const only = d.only ? ` whose ${narrowed[d.whose].word.toLowerCase()} is ${words(d.only).toLowerCase()}` : '';
  const events = d.kinds.length > 0 ? list(d.kinds.map((kind) => lower(activityName(kind)))) : 'everything that its timeline tells';
  const without = d.exclude.length > 0 ? `, without ${list(d.exclude.map((name) => lower(activityName(name))))}` : '';
  const repeats = { KEEP: 'What comes again counts again', COLLAPSE: 'What directly comes again counts once', CUT: 'Of each activity the first alone counts' }[d.repeats];
  const idle = d.idle ? ` After ${spanName(d.idle)} without an event a ${one} has ended.` : '';
  return `A journey is what happened in one ${one}: ${events}${without}. All ${many}${only}${begun} are looked at; events are told apart by ${list(d.by.map((p) => p.toLowerCase()))}. ${repeats}.${idle}`;
}
