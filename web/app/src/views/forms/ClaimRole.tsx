import { useClient } from 'urql';
import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Fault } from '../../ui/states';
import { day, words } from '../../ui/words';
import { ClaimFields, claimInput, emptyClaim } from './ClaimFields';
import type { Role } from './claim-words';
import { WhatFollows } from './fields';
import { FormFrame, FormOfMe, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { retract } from './retract';
import { save } from './saving';
import { send } from './send';
import { AssertRoleMutation, touchedByClaims } from './send-claim';

const PlaceQuery = graphql(`
  query WhereARoleIsClaimed($on: ID!) {
    node(id: $on) {
      id
      displayName
      ... on Deal { committee { seats { role state } } }
    }
  }
`);

const OthersQuery = graphql(`
  query OtherClaims($customer: ID!) {
    customer(id: $customer) {
      id
      claims(first: 100, filter: { retractedAt: { isNull: true }, to: { isNull: true } }) {
        nodes { id role from assertedBy { displayName } undertaking { ... on Deal { id } ... on Account { id } } }
      }
    }
  }
`);

type Of = Extract<Form, { form: 'claim-role' }>;

/** Says which part somebody plays in a deal or an account, and what that rests on. */
export function ClaimRole({ opened }: { opened: Opened<Of> }) {
  return <FormOfMe title="Claim a role">{(me) => <Fields opened={opened} me={me} />}</FormOfMe>;
}

function Fields({ opened, me }: { opened: Opened<Of>; me?: string }) {
  const client = useClient();
  const { form } = opened;
  const { draft, change, dirty, kept } = useDraft(opened, { ...emptyClaim, role: (form.role ?? '') as Role | '', customer: form.customer ? [form.customer] : ([] as string[]) });
  const customer = draft.customer[0];
  const placed = useAnswer(PlaceQuery, { on: form.on });
  const claimed = useAnswer(OthersQuery, { customer: customer ?? '' }, { pause: !customer });
  const broken = [placed, claimed].filter((one) => one.error);
  const place = placed.data?.node;
  const others = claimed.data?.customer?.claims?.nodes.filter((one) => one.undertaking?.id === form.on);
  const seat = place && 'committee' in place ? place.committee?.seats.find((one) => one.role === draft.role) : undefined;

  function submit() {
    const input = { key: opened.key, undertaking: form.on, customer: customer ?? '', assertedBy: me, ...claimInput(draft) };
    save({
      word: 'the claim',
      opened: kept,
      send: async () => {
        const sent = await send(client, AssertRoleMutation, input, touchedByClaims);
        if (!('payload' in sent)) return sent;
        const claim = sent.payload.claim?.id;
        return { said: `${words(input.role)} claimed`, undo: claim ? retract(client, claim) : undefined };
      },
    });
  }

  return (
    <FormFrame
      title="Claim a role"
      about={place?.displayName && <bdi>{place.displayName}</bdi>}
      opened={opened}
      dirty={dirty}
      verb="Claim the role"
      refused="Not claimed"
      hint={me ? 'Yours, and it can be ended, disputed or retracted later.' : 'It names nobody as its source: it is not known here who you are. It can be ended, disputed or retracted later.'}
      onSubmit={submit}
    >
      <Pick path="customer" one required kinds={['CUSTOMER']} value={draft.customer} onChange={(chosen) => change({ customer: chosen, cited: [] })} placeholder="Name of a person" />
      <ClaimFields draft={draft} change={change} customer={customer} />
      {broken[0]?.error && <Fault error={broken[0].error} retry={() => broken.forEach((one) => one.retry())} />}
      <WhatFollows>
        {[
          ...(seat?.state === 'GAP' ? [{ icon: 'check' as const, what: `The gap at ${words(seat.role)} closes.` }] : []),
          ...(others ?? []).map((one) => ({
            icon: 'swap' as const,
            what: (
              <>
                {one.role ? words(one.role) : 'A role'}, claimed{' '}
                {one.assertedBy?.displayName && (
                  <>
                    by <bdi>{one.assertedBy.displayName}</bdi>{' '}
                  </>
                )}
                {one.from && `from ${day(one.from)}`}, stays beside it.
              </>
            ),
          })),
        ]}
      </WhatFollows>
    </FormFrame>
  );
}
