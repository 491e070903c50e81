import { useClient } from 'urql';
import { graphql } from '../../api/graphql';
import { ChoiceField, OptionsField, TextField, type Option } from './fields';
import { FormFrame, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { save } from './saving';
import { send } from './send';

const OpenCaseMutation = graphql(`
  mutation OpenCase($input: OpenCaseInput!) {
    payload: openCase(input: $input) {
      case { id number party { __typename ... on Customer { id } ... on Account { id } } }
      userErrors { code field message }
    }
  }
`);

export const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const kinds: Option<'COMPLAINT' | 'REQUEST' | 'PRAISE' | 'SUGGESTION'>[] = [
  { value: 'COMPLAINT', word: 'Complaint' },
  { value: 'REQUEST', word: 'Request' },
  { value: 'PRAISE', word: 'Praise' },
  { value: 'SUGGESTION', word: 'Suggestion' },
];

export function OpenCase({ opened }: { opened: Opened<Extract<Form, { form: 'open-case' }>> }) {
  const client = useClient();
  const { form, key } = opened;
  const { draft, change, dirty, kept } = useDraft(opened, {
    party: form.party ? [form.party] : ([] as string[]),
    caseKind: 'REQUEST' as (typeof kinds)[number]['value'],
    subject: '',
    severity: '' as (typeof severities)[number] | '',
    product: [] as string[],
  });

  function submit() {
    const input = {
      key,
      party: draft.party[0] ?? '',
      caseKind: draft.caseKind,
      subject: draft.subject,
      severity: draft.severity || undefined,
      product: draft.product[0],
    };
    save({
      word: 'the case',
      opened: kept,
      send: async () => {
        const sent = await send(client, OpenCaseMutation, input, ['Case', 'CaseConnection', 'TimelineConnection']);
        if (!('payload' in sent)) return sent;
        const number = sent.payload.case?.number;
        return { said: number ? `Case ${number} opened` : 'Case opened' };
      },
    });
  }

  return (
    <FormFrame title="Open a case" opened={opened} dirty={dirty} verb="Open the case" refused="Not opened" hint="It gets a number. To take it back, close it." onSubmit={submit}>
      <Pick path="party" one required kinds={['CUSTOMER', 'ACCOUNT']} value={draft.party} onChange={(party) => change({ party })} placeholder="Person or company" />
      <OptionsField path="caseKind" value={draft.caseKind} options={kinds} onChange={(caseKind) => change({ caseKind })} />
      <TextField path="subject" required value={draft.subject} onChange={(subject) => change({ subject })} />
      <div className="form-2">
        <ChoiceField path="severity" aside="optional" none="not judged yet" of={severities} value={draft.severity} onChange={(severity) => change({ severity })} />
        <Pick path="product" aside="optional" one kinds={['PRODUCT']} value={draft.product} onChange={(product) => change({ product })} placeholder="Product it is about" />
      </div>
    </FormFrame>
  );
}
