import type { IconName } from '../../ui/Icon';
import { stances as common } from '../../ui/StanceChip';
import { count, counted, duration } from '../../ui/words';
import type { Coverage, Seat, Warning } from './queries';

/** What each sign is called, the gravest first. */
export const warningWords: Record<Warning['code'], string> = {
  CHAMPION_LEFT: 'Champion left',
  NO_POWER: 'Nobody to approve',
  SINGLE_THREAD: 'Single thread',
  GONE_DARK: 'Gone dark',
  STALLED: 'Stalled',
  SLIPPED: 'Slipped',
};

export const warningOrder = Object.keys(warningWords) as Warning['code'][];

const days = (n: number) => counted(Math.floor(n), 'day');
const money = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });

/** A raised warning as a sentence, with the numbers that it rests on. */
export function raisedSentence({ code, n, value, limit }: Warning, currency?: string): string {
  switch (code) {
    case 'CHAMPION_LEFT':
      return n === 1 ? 'nobody there is a champion any more.' : `${count(n)} champions left, and nobody there is one any more.`;
    case 'NO_POWER': {
      const cur = currency ? ` ${currency}` : '';
      const highest = value === null ? 'No limit is known that covers the amount' : `The highest limit that is known is ${money(value)}${cur}`;
      return `${highest}${limit === null ? '' : `, the amount is ${money(limit)}${cur}`}.`;
    }
    case 'SINGLE_THREAD':
      return `${count(value ?? 0)} of ${counted(n, 'member')} in live two-way contact within 30 days; ${count(limit ?? 2)} are needed.`;
    case 'GONE_DARK':
      return `${value === null ? 'silent' : `silent for ${days(value)}`}${limit === null ? '' : `, where ${days(limit)} are usual at most`}, n ${counted(n, 'contact')}.`;
    case 'STALLED':
      return `${value === null ? 'Long' : days(value)} in this stage${limit === null ? '' : `, where nine of ten won deals took ${days(limit)} at most`}, n ${counted(n, 'won deal')}.`;
    case 'SLIPPED':
      return `The expected close was moved out ${value === 2 ? 'twice' : `${count(value ?? 0)} times`}.`;
    default:
      return code satisfies never;
  }
}

/** Why a sign cannot be judged, with the number that is too small. */
export function unjudgedSentence({ code, n }: Warning): string {
  switch (code) {
    case 'NO_POWER':
      return `The limit of ${counted(n, 'member')} is not known.`;
    case 'SINGLE_THREAD':
      return `${counted(n, 'member')}; two are needed.`;
    case 'GONE_DARK':
      return `${counted(n, 'contact')} came; five of one person are needed.`;
    case 'STALLED':
      return `${counted(n, 'won deal')}; 20 are needed.`;
    case 'CHAMPION_LEFT':
    case 'SLIPPED':
      return 'Too little is known.';
    default:
      return code satisfies never;
  }
}

/** On a card the word stands alone, so that it says of what. */
export const stances = { ...common, UNKNOWN: { ...common.UNKNOWN, word: 'Stance unknown' } };

export const seatWords: Record<Seat['state'], { word: string; icon: IconName }> = {
  COMPLETE: { word: 'Complete', icon: 'check' },
  GAP: { word: 'Gap', icon: 'ring' },
  NOT_EXPECTED: { word: 'Not expected', icon: 'minus' },
  CANNOT_BE_JUDGED: { word: 'Cannot be judged', icon: 'q' },
};

export const coverageWords: Record<Coverage['state'], string> = {
  COMPLETE: 'This committee has it',
  GAP: 'Missing, and won deals had it more often',
  NOT_SUPPORTED: 'Missing, and not shown to matter',
  INSUFFICIENT_DATA: 'Cannot be judged',
};

/** How long, in whole days that have passed; shorter than a day in its own unit. */
export const lasted = (seconds: number) => (seconds < 86_400 ? duration(seconds) : `${Math.floor(seconds / 86_400)} d`);
