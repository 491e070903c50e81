import type { ReactNode } from 'react';
import type { IconName } from '../../ui/Icon';
import { amount, counted, day, duration, words } from '../../ui/words';
import { executiveOf, type DealNow } from './ChangeDeal';
import type { DealChanges } from './send-deal';

const isClosed = (stage: string | null | undefined) => stage === 'WON' || stage === 'LOST';

/** What else changes with a deal, from what is known of it. */
export function dealFollows(now: DealNow, changes: DealChanges, owner: string | undefined): { icon: IconName; what: ReactNode }[] {
  const all: { icon: IconName; what: ReactNode }[] = [];
  if (changes.stage && now.stage) {
    all.push({ icon: 'clock', what: `Its time in ${words(now.stage)} ends today${now.timeInStage === null ? '' : `, after ${duration(now.timeInStage)}`}.` });
    if (isClosed(changes.stage)) all.push({ icon: changes.stage === 'WON' ? 'check' : 'x', what: `It is closed as of now, as ${words(changes.stage).toLowerCase()}.` });
    else if (isClosed(now.stage)) all.push({ icon: 'undo', what: `It is open again${now.closedAt ? `: that it was closed on ${day(now.closedAt)} goes` : ''}.` });
  }
  if (changes.amount !== undefined && now.amount && changes.amount) {
    all.push({ icon: 'swap', what: `The amount goes from ${amount(now.amount.amount)} ${now.amount.currency} to ${amount(changes.amount.amount)} ${changes.amount.currency}.` });
  }
  if (changes.expectedClose && now.expectedClose && changes.expectedClose > now.expectedClose) {
    const days = Math.round((Date.parse(changes.expectedClose) - Date.parse(now.expectedClose)) / 86_400_000);
    const before = now.slips === null ? '' : now.slips.length === 0 ? ', for the first time' : `; it has slipped ${counted(now.slips.length, 'time')} before`;
    all.push({ icon: 'warn', what: `The close slips by ${counted(days, 'day')}${before}.` });
  }
  const executive = executiveOf(now);
  if (owner && executive) {
    all.push({
      icon: 'person',
      what: (
        <>
          <bdi>{executive.displayName ?? 'Who has it now'}</bdi> has the deal no longer, as of now.
        </>
      ),
    });
  }
  return all;
}
