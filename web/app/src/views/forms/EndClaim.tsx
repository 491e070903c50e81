import { useClient, type Client } from 'urql';
import { useAnswer } from '../../api/use-answer';
import { ClaimQuery, ClaimSaid, type ClaimNow } from './ClaimSaid';
import { OptionsField, WhenField, type Option } from './fields';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { save, type Change } from './saving';
import { send } from './send';
import { AssertRoleMutation, EndClaimMutation, RetractClaimMutation, touchedByClaims } from './send-claim';
import { dayOf, endOf, todayInput } from './times';

type Of = Extract<Form, { form: 'end-claim' }>;

const ways: Option<'ended' | 'never'>[] = [
  { value: 'ended', word: 'It held until' },
  { value: 'never', word: 'It never was so' },
];

/** Ends a claim that held, or takes back one that was wrong from the beginning. */
export function EndClaim({ opened }: { opened: Opened<Of> }) {
  const answer = useAnswer(ClaimQuery, { id: opened.form.id }, { fresh: true });
  return (
    <FormWait title="End a claim" answer={answer}>
      {(data) =>
        !data.claim ? (
          <NoForm title="End a claim">There is no such claim that you may see.</NoForm>
        ) : data.claim.retractedAt ? (
          <NoForm title="End a claim">This claim is retracted already.</NoForm>
        ) : (
          <Fields opened={opened} now={data.claim} />
        )
      }
    </FormWait>
  );
}

/** An ended claim goes on by one that says the same from where it ended; undefined where not all of it may be seen. */
function goOn(client: Client, now: ClaimNow, from: string): Change | undefined {
  const { role, customer, undertaking } = now;
  if (!role || !customer || !undertaking || now.withheld.length > 0 || now.citedInteractions?.pageInfo.hasNextPage) return undefined;
  const input = {
    key: crypto.randomUUID(),
    customer: customer.id,
    undertaking: undertaking.id,
    role,
    from,
    stance: now.stance,
    confidence: now.confidence,
    assertedBy: now.assertedBy?.id,
    citedInteractions: now.citedInteractions?.nodes.map((one) => one.id),
  };
  return {
    word: 'the claim',
    send: async () => {
      const sent = await send(client, AssertRoleMutation, input, touchedByClaims);
      return 'payload' in sent ? { said: 'The claim goes on from where it ended, as one of its own' } : sent;
    },
  };
}

function Fields({ opened, now }: { opened: Opened<Of>; now: ClaimNow }) {
  const client = useClient();
  const { draft, change, dirty, kept } = useDraft(opened, { way: 'ended' as 'ended' | 'never', to: todayInput() });
  const never = draft.way === 'never';

  function submit() {
    const { key } = opened;
    save({
      word: 'the claim',
      opened: kept,
      send: async () => {
        if (never) {
          const sent = await send(client, RetractClaimMutation, { key, claim: now.id }, touchedByClaims);
          return 'payload' in sent ? { said: 'Claim retracted. What was known before keeps it.' } : sent;
        }
        const sent = await send(client, EndClaimMutation, { key, claim: now.id, to: endOf(draft.to) }, touchedByClaims);
        if (!('payload' in sent)) return sent;
        const to = sent.payload.claim?.to;
        return { said: 'Claim ended', undo: to ? goOn(client, now, to) : undefined };
      },
    });
  }

  return (
    <FormFrame
      title="End a claim"
      opened={opened}
      dirty={dirty}
      verb={never ? 'Retract the claim' : 'End the claim'}
      refused={never ? 'Not retracted' : 'Not ended'}
      hint={never ? 'This is not undone: claim it again if it was so.' : 'What it says was so until then, and stays in the history.'}
      onSubmit={submit}
    >
      <ClaimSaid of={now} />
      <OptionsField path="way" word="What is wrong with it" value={draft.way} options={ways} onChange={(way) => change({ way })} />
      {!never && <WhenField path="to" word="Last day" required min={dayOf(now.from)} value={draft.to} onChange={(to) => change({ to })} />}
    </FormFrame>
  );
}
