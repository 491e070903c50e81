import type { Client } from 'urql';
import type { Change } from './saving';
import { send } from './send';
import { RetractClaimMutation, touchedByClaims } from './send-claim';

/** What undoes a claim: it never was so. As known before, it stays in the history. */
export function retract(client: Client, claim: string): Change {
  const key = crypto.randomUUID();
  return {
    word: 'the claim, taken back',
    send: async () => {
      const sent = await send(client, RetractClaimMutation, { key, claim }, touchedByClaims);
      return 'payload' in sent ? { said: 'Claim retracted. What was known before keeps it.' } : sent;
    },
  };
}
