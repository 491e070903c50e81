import type { Failed } from '../api/failures';
import type { Category, Purpose, Reason } from '../api/graphql';
import type { IconName } from './Icon';

/** A purpose is a word and a mark; its hue is in the tokens, by data-purpose. */
export const purposes: Record<Purpose, { word: string; icon: IconName; about: string }> = {
  SERVICE: { word: 'Service', icon: 'case', about: 'Help people with what they have' },
  SALES: { word: 'Sales', icon: 'tag', about: 'Win and keep deals' },
  MARKETING: { word: 'Marketing', icon: 'mega', about: 'Speak to those who agreed' },
  ANALYSIS: { word: 'Analysis', icon: 'bars', about: 'Learn about groups, never about persons' },
  COMPLIANCE: { word: 'Compliance', icon: 'scale', about: 'Answer for what is kept and used' },
  SELF: { word: 'Self', icon: 'person', about: 'What is kept about oneself' },
};

export const categories: Record<Category, string> = {
  COMPANY: 'company data',
  IDENTITY: 'identity',
  CONTACT: 'contact data',
  DEMOGRAPHIC: 'demographic data',
  PROFILE: 'profile data',
  BEHAVIOUR: 'behaviour',
  CONTENT: 'content of conversations',
  SENTIMENT: 'sentiment',
  FINANCIAL: 'financial data',
  PREDICTION: 'predictions',
  RELATIONSHIP: 'relations',
  CONSENT: 'consents',
  WORKFORCE: 'data on our own people',
};

/** Why something is not told: it is withheld, or it went wrong. */
export type Why = { reason: Reason; purpose: Purpose; category: Category; since?: string | null } | Omit<Failed, 'field'>;

/** A reason as it stands in the place of a value. */
export function reasonInPlace({ reason, purpose }: Why): string {
  switch (reason) {
    case 'FAILED':
      return 'Could not be told';
    case 'NOT_FOR_PURPOSE':
      return `Not for ${purposes[purpose].word}`;
    case 'NO_CONSENT':
      return 'No consent';
    case 'CONSENT_WITHDRAWN':
      return 'Consent withdrawn';
    case 'CONSENT_EXPIRED':
      return 'Consent expired';
    case 'OBJECTED':
      return 'Objected';
    case 'RESTRICTED':
      return 'Restricted';
    case 'ERASED':
      return 'Erased';
    case 'SMALL_GROUP':
      return 'Too few people';
    case 'OUT_OF_SCOPE':
      return 'Not your own';
    case 'NOT_PERMITTED_BY_ALL':
      return 'Not permitted by all';
    default:
      return reason satisfies never;
  }
}

/** A reason as a sentence. Without a name it speaks of this person; without a day it leaves it out. */
export function reasonSentence({ reason, purpose, category, since }: Why, name = 'This person'): string {
  if (reason === 'FAILED') return 'Something went wrong on the server.';
  const word = purposes[purpose].word;
  const on = since ? ` on ${day(since)}` : '';
  switch (reason) {
    case 'NOT_FOR_PURPOSE':
      // Company data are open: it is the kind of thing that is not for the purpose.
      return category === 'COMPANY' ? `This is not for ${word}.` : `${word} may not use ${categories[category]}.`;
    case 'NO_CONSENT':
      return `${name} has not consented to ${word}.`;
    case 'CONSENT_WITHDRAWN':
      return `${name} withdrew consent to ${word}${on}.`;
    case 'CONSENT_EXPIRED':
      return `The consent of ${name} to ${word} expired${on}.`;
    case 'OBJECTED':
      return `${name} objected to ${word}${on}.`;
    case 'RESTRICTED':
      return since ? `The use of this person's data has been restricted since ${day(since)}.` : "The use of this person's data is restricted.";
    case 'ERASED':
      return 'This person, or somebody whom it was about, was erased. Nothing is left, for anybody.';
    case 'SMALL_GROUP':
      return 'Fewer than five people stand behind this, or are left out by it, so it would speak of persons.';
    case 'OUT_OF_SCOPE':
      return 'This is about somebody else, or was said where others took part.';
    case 'NOT_PERMITTED_BY_ALL':
      return `Somebody in this conversation has not permitted its use for ${word}.`;
    default:
      return reason satisfies never;
  }
}

/** A name as words: ECONOMIC_BUYER as Economic buyer, and ordersPlaced as Orders placed. */
export function words(value: string): string {
  const text = value.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

const thisYear = (at: Date) => at.getUTCFullYear() === new Date().getUTCFullYear();

/** A day as 27 November, with its year where that is another. Times are those of UTC, as the server tells them. */
export function day(at: string): string {
  const date = new Date(at);
  return (thisYear(date) ? dayFormat : dayOfYear).format(date);
}

/** A day as 27 Nov. */
export function dayShort(at: string): string {
  const date = new Date(at);
  return (thisYear(date) ? shortDay : shortOfYear).format(date);
}

export const dayLong = (at: string | Date) => weekday.format(new Date(at));
export const time = (at: string | Date) => clock.format(new Date(at));

/** How long ago, in its largest unit: "7 h", "2 d". */
export function ago(at: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** Seconds in the unit in which people would say them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

const whole = new Intl.NumberFormat('en-GB');
export const count = (n: number) => whole.format(n);

/** n of a word: "1 person", "31 persons". */
export const counted = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** An exact amount with its thousands apart. It stays a decimal: no binary number holds it. */
export function amount(decimal: string): string {
  const [, sign, digits, rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  return digits === undefined ? decimal : `${sign}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`;
}

/** A share of 0 to 1 as 82 %. */
export const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)} %`;

/** What feedback was asked by: a score has the name that it has everywhere. */
export const instrumentWord = (instrument: string) => (instrument === 'OPEN' ? 'open question' : instrument.replaceAll('_', ' '));

/** The letters of a name's first and last word. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = [...(parts[0] ?? '')][0] ?? '';
  const last = parts.length > 1 ? ([...parts[parts.length - 1]][0] ?? '') : '';
  return (first + last).toUpperCase();
}
