import { useClient } from 'urql';
import { useAnswer } from '../../api/use-answer';
import { useMe } from '../../frame/viewer';
import { words } from '../../ui/words';
import { ClaimFields, claimInput, emptyClaim, type ClaimDraft } from './ClaimFields';
import { ClaimQuery, ClaimSaid, type ClaimNow } from './ClaimSaid';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { retract } from './retract';
import { save } from './saving';
import { send } from './send';
import { DisputeClaimMutation, touchedByClaims } from './send-claim';

type Of = Extract<Form, { form: 'dispute-claim' }>;

/** Says that somebody plays another part than a claim says; both stand beside each other. */
export function DisputeClaim({ opened }: { opened: Opened<Of> }) {
  const me = useMe();
  const answer = useAnswer(ClaimQuery, { id: opened.form.id }, { fresh: true, pause: me === undefined });
  return (
    <FormWait title="Dispute a claim" answer={answer}>
      {(data) => (data.claim ? <Fields opened={opened} now={data.claim} me={me?.id} /> : <NoForm title="Dispute a claim">There is no such claim that you may see.</NoForm>)}
    </FormWait>
  );
}

function Fields({ opened, now, me }: { opened: Opened<Of>; now: ClaimNow; me?: string }) {
  const client = useClient();
  const { draft, change, dirty, kept } = useDraft(opened, { ...emptyClaim, role: (now.role ?? '') as ClaimDraft['role'] });

  function submit() {
    const input = { key: opened.key, claim: now.id, assertedBy: me, ...claimInput(draft) };
    save({
      word: 'the dispute',
      opened: kept,
      send: async () => {
        const sent = await send(client, DisputeClaimMutation, input, touchedByClaims);
        if (!('payload' in sent)) return sent;
        const claim = sent.payload.claim?.id;
        return { said: `Disputed: ${words(input.role)}`, undo: claim ? retract(client, claim) : undefined };
      },
    });
  }

  return (
    <FormFrame title="Dispute a claim" opened={opened} dirty={dirty} verb="Dispute the claim" refused="Not disputed" hint="Both claims stand beside each other. Yours can be retracted." onSubmit={submit}>
      <ClaimSaid of={now} />
      <ClaimFields draft={draft} change={change} customer={now.customer?.id} />
    </FormFrame>
  );
}
