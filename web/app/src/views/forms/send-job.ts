import type { Client } from 'urql';
import { graphql, type VariablesOf } from '../../api/graphql';
import type { Outcome } from './saving';
import { send } from './send';
import { beginOf, endOf, todayInput } from './times';

const EndEmploymentMutation = graphql(`
  mutation EndEmployment($input: EndEmploymentInput!) {
    payload: endEmployment(input: $input) { customer { id updatedAt } account { id } userErrors { code field message } }
  }
`);
const AddEmploymentMutation = graphql(`
  mutation AddEmployment($input: AddEmploymentInput!) {
    payload: addEmployment(input: $input) { customer { id updatedAt } account { id } userErrors { code field message } }
  }
`);

type Add = VariablesOf<typeof AddEmploymentMutation>['input'];

type Jobs = {
  end?: { account: string; title: string | null; lastDay: string };
  begin?: { account: string; title: string; department: string; seniority?: Add['seniority']; approvalLimit?: Add['approvalLimit']; firstDay: string };
  /** What was written, for the form that opens again. */
  written: object;
};

const touched = ['Customer', 'AccountEmploymentConnection', 'CustomerEmploymentConnection', 'Committee', 'TimelineConnection'];

/** Ends the one job, then begins the other. If only the first is done, the form opens again with the second alone. */
export async function sendJob(client: Client, key: string, of: { id: string; updatedAt: string | null }, { end, begin, written }: Jobs): Promise<Outcome> {
  let updatedAt = of.updatedAt ?? undefined;
  if (end) {
    const sent = await send(client, EndEmploymentMutation, { key, customer: of.id, account: end.account, title: end.title ?? undefined, to: endOf(end.lastDay), updatedAt }, touched);
    if (!('payload' in sent)) return sent;
    updatedAt = sent.payload.customer?.updatedAt ?? undefined;
  }
  if (!begin) return { said: 'Job ended' };
  const { firstDay, account, title, department, ...rest } = begin;
  const from = firstDay === todayInput() ? undefined : beginOf(firstDay);
  const sent = await send(client, AddEmploymentMutation, { key: `${key} begins`, customer: of.id, account, from, updatedAt, title: title || undefined, department: department || undefined, ...rest }, touched);
  if ('payload' in sent) return { said: end ? 'One job ended, one begun' : 'Job begun' };
  return end ? { ...sent, draft: { ...written, way: 'begins' } } : sent;
}
