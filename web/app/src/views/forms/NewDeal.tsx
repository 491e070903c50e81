import { useClient } from 'urql';
import { graphql } from '../../api/graphql';
import { currentRoute, go } from '../../route';
import { AssignOwnerMutation } from './assign-owner';
import { ChoiceField, MoneyField, OptionsField, TextField, WhenField, type Option } from './fields';
import { FormFrame, FormOfMe, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { save } from './saving';
import { send } from './send';
import { todayInput } from './times';

const CreateDealMutation = graphql(`
  mutation CreateDeal($input: CreateDealInput!) {
    payload: createDeal(input: $input) {
      deal { id account { id } }
      userErrors { code field message }
    }
  }
`);

const openStages = ['PROSPECTING', 'ENGAGING', 'PROPOSAL', 'NEGOTIATION'] as const;
const types: Option<'NEW' | 'RENEWAL' | 'EXPANSION'>[] = [
  { value: 'NEW', word: 'New' },
  { value: 'RENEWAL', word: 'Renewal' },
  { value: 'EXPANSION', word: 'Expansion' },
];

type Of = Extract<Form, { form: 'new-deal' }>;

export function NewDeal({ opened }: { opened: Opened<Of> }) {
  return <FormOfMe title="New deal">{(me) => <Fields opened={opened} me={me} />}</FormOfMe>;
}

function Fields({ opened, me }: { opened: Opened<Of>; me?: string }) {
  const client = useClient();
  const { form, key } = opened;
  const { draft, change, dirty, kept } = useDraft(opened, {
    name: '',
    account: form.account ? [form.account] : ([] as string[]),
    type: 'NEW' as (typeof types)[number]['value'],
    stage: 'PROSPECTING' as (typeof openStages)[number],
    amount: { amount: '', currency: '' },
    expectedClose: '',
    owner: me ? [me] : ([] as string[]),
  });

  function submit() {
    const place = currentRoute().path.join('/');
    const input = {
      key,
      name: draft.name,
      account: draft.account[0] ?? '',
      type: draft.type,
      stage: draft.stage,
      amount: draft.amount.amount ? draft.amount : undefined,
      expectedClose: draft.expectedClose || undefined,
    };
    save({
      word: 'the deal',
      opened: kept,
      send: async () => {
        // Sent again it is the same deal: the owner alone may still be missing.
        const sent = await send(client, CreateDealMutation, input, ['DealConnection', 'AccountDealConnection']);
        if (!('payload' in sent)) return sent;
        const deal = sent.payload.deal;
        if (deal && draft.owner[0]) {
          const owned = await send(client, AssignOwnerMutation, { key: `${key} owner`, undertaking: deal.id, employee: draft.owner[0], role: 'AE' }, ['Deal']);
          if (!('payload' in owned)) return owned;
        }
        if (deal && currentRoute().path.join('/') === place) go(['deals', deal.id]);
        return { said: 'Deal begun' };
      },
    });
  }

  return (
    <FormFrame title="New deal" opened={opened} dirty={dirty} verb="Begin the deal" refused="Not all is kept" hint="A deal is not deleted: one that comes to nothing is moved to Lost." onSubmit={submit}>
      <TextField path="name" required value={draft.name} onChange={(name) => change({ name })} />
      <Pick path="account" one required kinds={['ACCOUNT']} value={draft.account} onChange={(account) => change({ account })} placeholder="Company that buys" />
      <div className="form-2">
        <ChoiceField path="stage" of={openStages} value={draft.stage} onChange={(stage) => change({ stage })} />
        <OptionsField path="type" value={draft.type} options={types} onChange={(type) => change({ type })} />
        <MoneyField path="amount" aside="optional" value={draft.amount} onChange={(amount) => change({ amount })} />
        <WhenField path="expectedClose" aside="optional" min={todayInput()} value={draft.expectedClose} onChange={(expectedClose) => change({ expectedClose })} />
      </div>
      <Pick path="employee" word="Account executive" aside="optional" one kinds={['EMPLOYEE']} value={draft.owner} onChange={(owner) => change({ owner })} placeholder="One of our own people" />
    </FormFrame>
  );
}
