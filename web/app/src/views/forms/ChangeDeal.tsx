import { useClient } from 'urql';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { amount, day, words } from '../../ui/words';
import { dealFollows } from './deal-follows';
import { sendDeal, type DealChanges } from './send-deal';
import { MoneyField, OptionsField, TextField, WhatFollows, WhenField, type Option } from './fields';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { save } from './saving';
import { Seen } from './Seen';

const DealQuery = graphql(`
  query DealToChange($id: ID!) {
    deal(id: $id) {
      id name stage expectedClose outcome closedAt lossReason competitor updatedAt timeInStage
      amount { amount currency }
      slips { at }
      account { displayName }
      owners(first: 20) { edges { properties { role } node { id displayName } } }
      withheld { field reason purpose category since }
    }
  }
`);

export type DealNow = NonNullable<ResultOf<typeof DealQuery>['deal']>;
export type Stage = NonNullable<DealNow['stage']>;

const stages: Option<Stage>[] = [
  { value: 'PROSPECTING', word: 'Prospecting' },
  { value: 'ENGAGING', word: 'Engaging' },
  { value: 'PROPOSAL', word: 'Proposal' },
  { value: 'NEGOTIATION', word: 'Negotiation' },
  { value: 'WON', word: 'Won' },
  { value: 'LOST', word: 'Lost' },
];

/** Who has the deal: its account executive. */
export const executiveOf = (deal: DealNow) => deal.owners?.edges.find((edge) => edge.properties.role === 'AE')?.node;

type Of = Extract<Form, { form: 'change-deal' }>;

export function ChangeDeal({ opened }: { opened: Opened<Of> }) {
  const answer = useAnswer(DealQuery, { id: opened.form.id }, { fresh: true });
  return (
    <FormWait title="Change the deal" answer={answer}>
      {(data) => (data.deal ? <Fields opened={opened} now={data.deal} /> : <NoForm title="Change the deal">There is no such deal that you may see.</NoForm>)}
    </FormWait>
  );
}

function Fields({ opened, now }: { opened: Opened<Of>; now: DealNow }) {
  const client = useClient();
  const executive = executiveOf(now);
  const { draft, change, dirty, kept } = useDraft(opened, {
    stage: (now.stage ?? '') as Stage | '',
    amount: { amount: now.amount?.amount ?? '', currency: now.amount?.currency ?? '' },
    expectedClose: now.expectedClose ?? '',
    lossReason: now.lossReason ?? '',
    competitor: now.competitor ?? '',
    owner: executive ? [executive.id] : ([] as string[]),
  });
  const lost = draft.stage === 'LOST';
  const money = draft.amount.amount === '' ? null : draft.amount;
  const changes: DealChanges = {
    ...(draft.stage && draft.stage !== now.stage ? { stage: draft.stage } : {}),
    ...(money?.amount !== now.amount?.amount || money?.currency !== now.amount?.currency ? { amount: money } : {}),
    ...(draft.expectedClose !== (now.expectedClose ?? '') ? { expectedClose: draft.expectedClose || null } : {}),
    ...(lost && draft.lossReason !== (now.lossReason ?? '') ? { lossReason: draft.lossReason || null } : {}),
    ...(lost && draft.competitor !== (now.competitor ?? '') ? { competitor: draft.competitor || null } : {}),
  };
  const owner = draft.owner[0] && draft.owner[0] !== executive?.id ? draft.owner[0] : undefined;
  const nothing = Object.keys(changes).length === 0 && !owner;
  const title = 'stage' in changes ? `Move to ${words(draft.stage)}` : 'Change the deal';

  function submit() {
    save({
      word: now.name ?? 'the deal',
      opened: kept,
      send: () => sendDeal(client, opened.key, now, changes, owner, executive?.id),
    });
  }

  // After a refusal somebody else may have changed it, too: what holds now stands beside what was written.
  const holds = (text: string | null | undefined, same: boolean) => (opened.errors && !same ? `Now: ${text ?? 'nothing yet'}` : undefined);

  return (
    <FormFrame
      title={title}
      about={
        <>
          <bdi>{now.name}</bdi>
          {now.account?.displayName && (
            <>
              {' · '}
              <bdi>{now.account.displayName}</bdi>
            </>
          )}
        </>
      }
      opened={opened}
      dirty={dirty}
      verb={'stage' in changes ? 'Move the deal' : 'Change the deal'}
      refused={'stage' in changes ? 'Not moved' : 'Not changed'}
      hint="It can be undone: the history keeps both."
      disabled={nothing}
      onSubmit={submit}
    >
      <Seen of={now} field="stage">
        <OptionsField path="stage" value={draft.stage} options={stages} hint={holds(now.stage && words(now.stage), draft.stage === now.stage)} onChange={(stage) => change({ stage })} />
      </Seen>
      {lost && (
        <div className="form-2">
          <Seen of={now} field="lossReason">
            <TextField path="lossReason" aside="optional" value={draft.lossReason} onChange={(lossReason) => change({ lossReason })} />
          </Seen>
          <Seen of={now} field="competitor">
            <TextField path="competitor" aside="optional" value={draft.competitor} onChange={(competitor) => change({ competitor })} />
          </Seen>
        </div>
      )}
      <div className="form-2">
        <Seen of={now} field="amount">
          <MoneyField
            path="amount"
            value={draft.amount}
            hint={holds(now.amount && `${amount(now.amount.amount)} ${now.amount.currency}`, !('amount' in changes))}
            onChange={(amount) => change({ amount })}
          />
        </Seen>
        <Seen of={now} field="expectedClose">
          <WhenField path="expectedClose" value={draft.expectedClose} hint={holds(now.expectedClose && day(now.expectedClose), !('expectedClose' in changes))} onChange={(expectedClose) => change({ expectedClose })} />
        </Seen>
      </div>
      <Seen of={now} field="owners" word="Account executive">
        <Pick path="employee" word="Account executive" one kinds={['EMPLOYEE']} value={draft.owner} onChange={(owner) => change({ owner })} placeholder="One of our own people" />
      </Seen>
      <WhatFollows>{dealFollows(now, changes, owner)}</WhatFollows>
    </FormFrame>
  );
}
