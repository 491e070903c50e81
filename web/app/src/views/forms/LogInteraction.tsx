import { useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../api/graphql';
import { words } from '../../ui/words';
import { ChoiceField, LongText, OptionsField, TextField, WhenField, type Option } from './fields';
import { FormFrame, FormOfMe, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { save } from './saving';
import { send } from './send';
import { moment, nowInput } from './times';

const LogMutation = graphql(`
  mutation LogInteraction($input: LogInteractionInput!) {
    payload: logInteraction(input: $input) {
      interaction { id case { id } customers(first: 1) { nodes { id } } employees(first: 1) { nodes { id } } }
      userErrors { code field message }
    }
  }
`);

type Kind = 'CALL' | 'MEETING' | 'VISIT' | 'MAIL' | 'CHAT';
const channels = ['PHONE', 'EMAIL', 'WEB', 'APP', 'CHAT', 'IN_PERSON', 'SOCIAL', 'POST', 'OTHER'] as const;
type Channel = (typeof channels)[number];

/** By which way each of them passes, if nobody says otherwise. */
const usual: Record<Kind, Channel> = { CALL: 'PHONE', MEETING: 'IN_PERSON', VISIT: 'IN_PERSON', MAIL: 'EMAIL', CHAT: 'CHAT' };
const kinds: Option<Kind>[] = [
  { value: 'CALL', word: 'Call', icon: 'phone' },
  { value: 'MEETING', word: 'Meeting', icon: 'meeting' },
  { value: 'VISIT', word: 'Visit', icon: 'account' },
  { value: 'MAIL', word: 'Mail', icon: 'mail' },
  { value: 'CHAT', word: 'Chat', icon: 'screen' },
];
const began: Option<'CUSTOMER' | 'BUSINESS'>[] = [
  { value: 'CUSTOMER', word: 'They', mark: 'theirs' },
  { value: 'BUSINESS', word: 'We', mark: 'ours' },
];

const isOurs = (id: string) => id.startsWith('emp_');

/** Who began a call, a mail or a chat is from whom it came; in a meeting all were there. */
function roleOf(id: string, kind: Kind, origin: 'CUSTOMER' | 'BUSINESS') {
  if (kind === 'MEETING' || kind === 'VISIT') return 'ATTENDEE';
  return isOurs(id) === (origin === 'BUSINESS') ? 'FROM' : 'TO';
}

type Of = Extract<Form, { form: 'log-interaction' }>;

/** A call, a meeting or a letter that has passed. */
export function LogInteraction({ opened }: { opened: Opened<Of> }) {
  return <FormOfMe title="Log a call">{(me) => <Fields opened={opened} me={me} />}</FormOfMe>;
}

function Fields({ opened, me }: { opened: Opened<Of>; me?: string }) {
  const client = useClient();
  const { form, key } = opened;
  const [now] = useState(nowInput);
  const { draft, change, dirty, kept } = useDraft(opened, {
    kind: (form.kind ?? 'CALL') as Kind,
    participants: [form.customer, me].filter((id) => id !== undefined),
    origin: 'BUSINESS' as 'CUSTOMER' | 'BUSINESS',
    at: now,
    channel: usual[form.kind ?? 'CALL'],
    topics: [form.deal, form.case].filter((id) => id !== undefined),
    subject: '',
    text: '',
    result: '',
  });
  const word = draft.kind.toLowerCase();

  function submit() {
    // An interaction belongs to one case; what else it was about are its topics.
    const [of] = draft.topics.filter((id) => id.startsWith('cas_'));
    const input = {
      key,
      kind: draft.kind,
      participants: draft.participants.map((id) => ({ id, role: roleOf(id, draft.kind, draft.origin) }) as const),
      topics: draft.topics.filter((id) => id !== of),
      case: of,
      at: moment(draft.at),
      channel: draft.channel,
      origin: draft.origin,
      subject: draft.subject || undefined,
      text: draft.text || undefined,
      result: draft.result || undefined,
    };
    save({
      word: `the ${word}`,
      opened: kept,
      send: async () => {
        const sent = await send(client, LogMutation, input, ['Interaction', 'Customer', 'Employee', 'Deal', 'Case', 'InteractionConnection', 'TimelineConnection', 'Committee']);
        return 'payload' in sent ? { said: `${words(draft.kind)} logged` } : sent;
      },
    });
  }

  return (
    <FormFrame
      title={`Log a ${word}`}
      opened={opened}
      dirty={dirty}
      verb={`Log the ${word}`}
      refused="Not logged"
      hint="The people in it may read this. What is logged stays: it is not undone."
      onSubmit={submit}
    >
      <OptionsField path="kind" value={draft.kind} options={kinds} onChange={(kind) => change({ kind, channel: usual[kind] })} />
      <Pick path="participants" required aside="at least one of theirs, and one of ours" kinds={['CUSTOMER', 'EMPLOYEE']} value={draft.participants} onChange={(participants) => change({ participants })} placeholder="Name of a person" />
      <div className="form-3">
        <OptionsField path="origin" value={draft.origin} options={began} onChange={(origin) => change({ origin })} />
        <WhenField path="at" aside="in UTC" time required max={nowInput()} value={draft.at} onChange={(at) => change({ at })} />
        <ChoiceField path="channel" of={channels} value={draft.channel} onChange={(channel) => change({ channel })} />
      </div>
      <Pick path="topics" kinds={['DEAL', 'CASE', 'ORDER', 'PRODUCT', 'RETURN']} value={draft.topics} onChange={(topics) => change({ topics })} placeholder="Deal, case, order, return or product" />
      <TextField path="subject" aside="optional" value={draft.subject} onChange={(subject) => change({ subject })} />
      <LongText path="text" aside="as they would read it" value={draft.text} onChange={(text) => change({ text })} />
      <TextField path="result" aside="optional" value={draft.result} onChange={(result) => change({ result })} />
    </FormFrame>
  );
}
