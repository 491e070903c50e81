import type { Client } from 'urql';
import { graphql, type VariablesOf } from '../../api/graphql';
import type { Change, Outcome } from './saving';
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
  /** The job that ends, and all that would have to be said of it to go on with it; null where that is not known as a whole. */
  end?: { account: string; title: string | null; lastDay: string; again: Pick<Add, 'title' | 'department' | 'seniority' | 'approvalLimit'> | null };
  begin?: { account: string; title: string; department: string; seniority?: Add['seniority']; approvalLimit?: Add['approvalLimit']; firstDay: string };
  /** What was written, for the form that opens again. */
  written: object;
};

const touched = ['Customer', 'AccountEmploymentConnection', 'CustomerEmploymentConnection', 'Committee', 'TimelineConnection'];

type Of = { id: string; updatedAt: string | null };

/** Ends the one job, then begins the other. If only the first is done, the form opens again with the second alone. */
export async function sendJob(client: Client, key: string, of: Of, { end, begin, written }: Jobs): Promise<Outcome> {
  let updatedAt = of.updatedAt ?? undefined;
  const to = end && endOf(end.lastDay);
  if (end) {
    const sent = await send(client, EndEmploymentMutation, { key, customer: of.id, account: end.account, title: end.title ?? undefined, to, updatedAt }, touched);
    if (!('payload' in sent)) return sent;
    updatedAt = sent.payload.customer?.updatedAt ?? undefined;
  }
  const ended: Ended | undefined = end && { ...end, to };
  if (!begin) return { said: 'Job ended', undo: undoOf(client, { id: of.id, updatedAt: updatedAt ?? null }, ended) };
  const { firstDay, account, title, department, ...rest } = begin;
  const from = firstDay === todayInput() ? undefined : beginOf(firstDay);
  const sent = await send(client, AddEmploymentMutation, { key: `${key} begins`, customer: of.id, account, from, updatedAt, title: title || undefined, department: department || undefined, ...rest }, touched);
  if (!('payload' in sent)) return end ? { ...sent, draft: { ...written, way: 'begins' } } : sent;
  const after = { id: of.id, updatedAt: sent.payload.customer?.updatedAt ?? null };
  return { said: end ? 'One job ended, one begun' : 'Job begun', undo: undoOf(client, after, ended, { account, title, from }) };
}

type Ended = NonNullable<Jobs['end']> & { to: string | undefined };
type Begun = { account: string; title: string; from: string | undefined };

/** The server ends what holds at that instant, so that nothing ends at the one at which it begins. */
const justAfter = (at: string) => new Date(Date.parse(at) + 1).toISOString();

/**
 * What takes a change of jobs back: what began ends where it began, and what ended goes on from there. Without a title it cannot be said
 * which job that began is meant, and a job of which not all may be seen cannot be gone on with: neither is undone, then.
 */
function undoOf(client: Client, { id: customer, updatedAt }: Of, ended?: Ended, begun?: Begun): Change | undefined {
  if ((ended && !ended.again) || (begun && !begun.title)) return undefined;
  const key = crypto.randomUUID();
  return {
    word: 'the change of jobs',
    send: async () => {
      let at = updatedAt ?? undefined;
      if (begun) {
        const sent = await send(client, EndEmploymentMutation, { key, customer, account: begun.account, title: begun.title, to: begun.from && justAfter(begun.from), updatedAt: at }, touched);
        if (!('payload' in sent)) return sent;
        at = sent.payload.customer?.updatedAt ?? undefined;
      }
      if (ended) {
        const sent = await send(client, AddEmploymentMutation, { key: `${key} goes on`, customer, account: ended.account, from: ended.to, updatedAt: at, ...ended.again }, touched);
        if (!('payload' in sent)) return sent;
      }
      return { said: ended ? 'The job goes on from where it ended. The history keeps both.' : 'The job has ended where it began. The history keeps it.' };
    },
  };
}
