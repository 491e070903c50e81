import { useClient } from 'urql';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { day, words } from '../../ui/words';
import { ChoiceField, OptionsField, TextField, WhatFollows, type Option } from './fields';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import { Seen } from './Seen';
import { severities } from './OpenCase';
import type { Form, Opened } from './open';
import { save, type Change } from './saving';
import { send } from './send';

const CaseQuery = graphql(`
  query CaseToChange($id: ID!) {
    case(id: $id) { id number subject status severity resolvedAt updatedAt withheld { field reason purpose category since } }
  }
`);

const UpdateCaseMutation = graphql(`
  mutation UpdateCase($input: UpdateCaseInput!) {
    payload: updateCase(input: $input) {
      case { id status updatedAt party { __typename } }
      userErrors { code field message }
    }
  }
`);

type Of = Extract<Form, { form: 'update-case' }>;
type Case = NonNullable<ResultOf<typeof CaseQuery>['case']>;

const statuses: Option<'OPEN' | 'PENDING' | 'RESOLVED' | 'CLOSED'>[] = [
  { value: 'OPEN', word: 'Open' },
  { value: 'PENDING', word: 'Pending' },
  { value: 'RESOLVED', word: 'Resolved' },
  { value: 'CLOSED', word: 'Closed' },
];
const isDone = (status: string | null) => status === 'RESOLVED' || status === 'CLOSED';

export function UpdateCase({ opened }: { opened: Opened<Of> }) {
  const answer = useAnswer(CaseQuery, { id: opened.form.id }, { fresh: true });
  return (
    <FormWait title="Change a case" answer={answer}>
      {(data) => (data.case ? <Fields opened={opened} now={data.case} /> : <NoForm title="Change a case">There is no such case that you may see.</NoForm>)}
    </FormWait>
  );
}

function Fields({ opened, now }: { opened: Opened<Of>; now: Case }) {
  const client = useClient();
  const { draft, change, dirty, kept } = useDraft(opened, { status: now.status ?? ('' as const), severity: now.severity ?? ('' as const), subject: now.subject ?? '' });
  const changes = {
    ...(draft.status && draft.status !== now.status ? { status: draft.status } : {}),
    ...(draft.severity !== (now.severity ?? '') ? { severity: draft.severity || null } : {}),
    ...(draft.subject !== (now.subject ?? '') ? { subject: draft.subject || null } : {}),
  };
  const word = now.number ? `case ${now.number}` : 'the case';

  function submit() {
    const change = (key: string, input: object, updatedAt: string | null | undefined) => send(client, UpdateCaseMutation, { key, case: now.id, updatedAt: updatedAt ?? undefined, ...input }, ['Case', 'TimelineConnection']);
    save({
      word,
      opened: kept,
      send: async () => {
        const sent = await change(opened.key, changes, now.updatedAt);
        if (!('payload' in sent)) return sent;
        const back = {
          ...('status' in changes ? { status: now.status, ...(isDone(now.status) ? { resolvedAt: now.resolvedAt } : {}) } : {}),
          ...('severity' in changes ? { severity: now.severity } : {}),
          ...('subject' in changes ? { subject: now.subject } : {}),
        };
        const undoKey = crypto.randomUUID();
        const undo: Change = {
          word,
          send: async () => {
            const undone = await change(undoKey, back, sent.payload.case?.updatedAt);
            return 'payload' in undone ? { said: 'Back as it was. The history keeps both changes.' } : undone;
          },
        };
        return { said: 'status' in changes ? `Case is ${words(draft.status).toLowerCase()}` : 'Case changed', undo };
      },
    });
  }

  const nowAt = (field: 'status' | 'severity') => (opened.errors && dirty ? `now ${now[field] ? words(now[field]).toLowerCase() : 'nothing'}` : undefined);
  return (
    <FormFrame
      title={now.number ? `Change case ${now.number}` : 'Change a case'}
      about={now.subject && <bdi>{now.subject}</bdi>}
      opened={opened}
      dirty={dirty}
      verb="Change the case"
      refused="Not changed"
      hint="It can be undone: the history keeps both."
      disabled={Object.keys(changes).length === 0}
      onSubmit={submit}
    >
      <Seen of={now} field="status">
        <OptionsField path="status" value={draft.status} options={statuses} hint={nowAt('status')} onChange={(status) => change({ status })} />
      </Seen>
      <Seen of={now} field="severity">
        <ChoiceField path="severity" none="not judged yet" of={severities} value={draft.severity} hint={nowAt('severity')} onChange={(severity) => change({ severity })} />
      </Seen>
      <Seen of={now} field="subject">
        <TextField path="subject" value={draft.subject} onChange={(subject) => change({ subject })} />
      </Seen>
      <WhatFollows>
        {[
          ...('status' in changes && isDone(draft.status) && !isDone(now.status) ? [{ icon: 'check' as const, what: 'It is resolved as of now.' }] : []),
          ...('status' in changes && !isDone(draft.status) && isDone(now.status)
            ? [{ icon: 'undo' as const, what: `It is not resolved any more${now.resolvedAt ? `: ${day(now.resolvedAt)} goes` : ''}.` }]
            : []),
        ]}
      </WhatFollows>
    </FormFrame>
  );
}

