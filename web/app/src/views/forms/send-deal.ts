import type { Client } from 'urql';
import { graphql, type VariablesOf } from '../../api/graphql';
import { words } from '../../ui/words';
import { AssignOwnerMutation } from './assign-owner';
import type { DealNow } from './ChangeDeal';
import type { Change, Outcome } from './saving';
import { send } from './send';

const UpdateDealMutation = graphql(`
  mutation UpdateDeal($input: UpdateDealInput!) {
    payload: updateDeal(input: $input) {
      deal { id stage updatedAt account { id } }
      userErrors { code field message }
    }
  }
`);

type Input = VariablesOf<typeof UpdateDealMutation>['input'];
export type DealChanges = Pick<Input, 'stage' | 'amount' | 'expectedClose' | 'lossReason' | 'competitor'>;

/** Beside the deal itself: what is reckoned from it. */
const touched = ['Deal', 'DealConnection', 'Committee', 'CommitteeWarnings', 'TimelineConnection', 'History'];

const isClosed = (stage: DealNow['stage']) => stage === 'WON' || stage === 'LOST';

/** What sets the deal back to what it was; what has not changed is not touched. */
function inverse(now: DealNow, changes: DealChanges): Omit<Input, 'key' | 'deal'> {
  return {
    ...('stage' in changes ? { stage: now.stage ?? undefined, ...(isClosed(now.stage) ? { closedAt: now.closedAt, outcome: now.outcome } : {}) } : {}),
    ...('amount' in changes ? { amount: now.amount && { amount: now.amount.amount, currency: now.amount.currency } } : {}),
    ...('expectedClose' in changes ? { expectedClose: now.expectedClose } : {}),
    ...('lossReason' in changes ? { lossReason: now.lossReason } : {}),
    ...('competitor' in changes ? { competitor: now.competitor } : {}),
  };
}

/**
 * Changes a deal, then who has it: each only if it differs. What was changed in between by somebody else is not written over,
 * neither by the change nor by its undo.
 */
export async function sendDeal(client: Client, key: string, now: DealNow, changes: DealChanges, owner: string | undefined, before: string | undefined): Promise<Outcome> {
  const update = Object.keys(changes).length > 0;
  let updatedAt = now.updatedAt ?? undefined;
  if (update) {
    const sent = await send(client, UpdateDealMutation, { key, deal: now.id, updatedAt, ...changes }, touched);
    if (!('payload' in sent)) return sent;
    updatedAt = sent.payload.deal?.updatedAt ?? undefined;
  }
  if (owner) {
    const sent = await send(client, AssignOwnerMutation, { key: `${key} owner`, undertaking: now.id, employee: owner, role: 'AE', updatedAt }, touched);
    if (!('payload' in sent)) return sent;
    const { undertaking } = sent.payload;
    updatedAt = (undertaking?.__typename === 'Deal' && undertaking.updatedAt) || undefined;
  }
  const said = 'stage' in changes && changes.stage ? `Moved to ${words(changes.stage)}` : owner && !update ? 'Owner changed' : 'Deal changed';
  // Who had nobody before gets nobody back: that has no inverse.
  if (owner && !before) return { said };

  const undoKey = crypto.randomUUID();
  const undo: Change = {
    word: now.name ?? 'the deal',
    send: async () => {
      let at = updatedAt;
      if (owner && before) {
        const sent = await send(client, AssignOwnerMutation, { key: `${undoKey} owner`, undertaking: now.id, employee: before, role: 'AE', updatedAt: at }, touched);
        if (!('payload' in sent)) return sent;
        const { undertaking } = sent.payload;
        at = (undertaking?.__typename === 'Deal' && undertaking.updatedAt) || undefined;
      }
      if (update) {
        const sent = await send(client, UpdateDealMutation, { key: undoKey, deal: now.id, updatedAt: at, ...inverse(now, changes) }, touched);
        if (!('payload' in sent)) return sent;
      }
      return { said: `${'stage' in changes && now.stage ? `Back in ${words(now.stage)}` : 'Back as it was'}. The history keeps both changes.` };
    },
  };
  return { said, undo };
}
