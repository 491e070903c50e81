import { useClient } from 'urql';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Field, Withheld, whyWithheld } from '../../ui/values';
import { counted, day, words } from '../../ui/words';
import { ChoiceField, MoneyField, OptionsField, TextField, WhatFollows, WhenField, type Option } from './fields';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { Pick } from './Pick';
import { save } from './saving';
import { sendJob } from './send-job';
import { todayInput } from './times';

const JobQuery = graphql(`
  query JobsOf($customer: ID!) {
    customer(id: $customer) {
      id displayName updatedAt
      employments(first: 20, edgeFilter: { to: { isNull: true } }) { edges { properties { title department seniority approvalLimit { amount currency } from } node { id displayName } } }
      claims(first: 1, filter: { to: { isNull: true }, retractedAt: { isNull: true } }) { totalCount }
      withheld { field reason purpose category since }
    }
  }
`);

type Of = Extract<Form, { form: 'job' }>;
type Customer = NonNullable<ResultOf<typeof JobQuery>['customer']>;
type Job = NonNullable<Customer['employments']>['edges'][number];
const seniorities = ['STAFF', 'SENIOR', 'MANAGER', 'DIRECTOR', 'VP', 'C_LEVEL', 'OWNER'] as const;
const seniorityWord = (seniority: (typeof seniorities)[number]) => (seniority === 'VP' ? 'Vice president' : seniority === 'C_LEVEL' ? 'C-level' : words(seniority));
type Way = 'both' | 'ends' | 'begins';

const ways: Option<Way>[] = [
  { value: 'both', word: 'One ends, one begins', icon: 'swap' },
  { value: 'ends', word: 'A job ends', icon: 'minus' },
  { value: 'begins', word: 'A job begins', icon: 'plus' },
];

/** Ends a job, begins another, or both. What ended stays, with its dates. */
export function JobForm({ opened }: { opened: Opened<Of> }) {
  const answer = useAnswer(JobQuery, { customer: opened.form.customer }, { fresh: true });
  return (
    <FormWait title="Change the job" answer={answer}>
      {(data) => (data.customer ? <Fields opened={opened} of={data.customer} whole={!answer.extensions.withheld?.some(({ path }) => path.includes('employments'))} /> : <NoForm title="Change the job">There is no such person whom you may see.</NoForm>)}
    </FormWait>
  );
}

/** Jobs have no id of their own: the company and the title say which one is meant. */
const jobKey = (edge: { properties: { title: string | null }; node: { id: string } }) => `${edge.node.id} ${edge.properties.title ?? ''}`;

/** whole: nothing of the jobs is withheld. */
function Fields({ opened, of, whole }: { opened: Opened<Of>; of: Customer; whole: boolean }) {
  const client = useClient();
  const jobs = of.employments?.edges ?? [];
  const { draft, change, dirty, kept } = useDraft(opened, {
    way: (jobs.length > 0 ? 'both' : 'begins') as Way,
    job: jobs.length > 0 ? jobKey(jobs[0]) : '',
    to: todayInput(),
    account: [] as string[],
    title: '',
    department: '',
    seniority: '' as (typeof seniorities)[number] | '',
    approvalLimit: { amount: '', currency: '' },
    from: todayInput(),
  });
  const ends = draft.way !== 'begins';
  const begins = draft.way !== 'ends';
  const ending = jobs.find((edge) => jobKey(edge) === draft.job);
  const why = whyWithheld(of, 'employments');

  function submit() {
    save({
      word: 'the change of jobs',
      opened: kept,
      send: () =>
        sendJob(client, opened.key, { id: of.id, updatedAt: of.updatedAt }, {
          end: ends && ending ? { account: ending.node.id, title: ending.properties.title, lastDay: draft.to, again: whole ? againOf(ending) : null } : undefined,
          begin: begins
            ? { account: draft.account[0] ?? '', title: draft.title, department: draft.department, seniority: draft.seniority || undefined, approvalLimit: draft.approvalLimit.amount ? draft.approvalLimit : undefined, firstDay: draft.from }
            : undefined,
          written: kept.draft!,
        }),
    });
  }

  return (
    <FormFrame
      title="Change the job"
      about={<Field of={of} field="displayName" none="without a name" />}
      opened={opened}
      dirty={dirty}
      verb="Change the job"
      refused="Not changed"
      hint="What ended stays, with its dates."
      disabled={ends && !begins && !ending}
      onSubmit={submit}
    >
      {why && (
        <p>
          <Withheld why={why} />
        </p>
      )}
      {jobs.length > 0 && <OptionsField path="way" word="What happens" value={draft.way} options={ways} onChange={(way) => change({ way })} />}
      <div className={ends && begins ? 'form-jobs both' : 'form-jobs'}>
        {ends && jobs.length > 0 && (
          <section className="form-job">
            <h3>Ends</h3>
            <ChoiceField path="job" word="Job" of={jobs.map(jobKey)} value={draft.job} wordOf={(key) => jobWord(jobs.find((edge) => jobKey(edge) === key))} onChange={(job) => change({ job })} />
            <WhenField path="to" word="Last day" required max={todayInput()} min={ending?.properties.from?.slice(0, 10)} value={draft.to} onChange={(to) => change({ to })} />
          </section>
        )}
        {begins && (
          <section className="form-job">
            <h3>Begins</h3>
            <Pick path="account" one required kinds={['ACCOUNT']} value={draft.account} onChange={(account) => change({ account })} placeholder="Company" />
            <TextField path="title" value={draft.title} onChange={(title) => change({ title })} />
            <TextField path="department" aside="optional" value={draft.department} onChange={(department) => change({ department })} />
            <ChoiceField path="seniority" aside="optional" none="not known" of={seniorities} wordOf={seniorityWord} value={draft.seniority} onChange={(seniority) => change({ seniority })} />
            <MoneyField path="approvalLimit" word="May sign for" aside="optional" value={draft.approvalLimit} onChange={(approvalLimit) => change({ approvalLimit })} />
            <WhenField path="from" word="First day" required value={draft.from} onChange={(from) => change({ from })} />
          </section>
        )}
      </div>
      <WhatFollows>
        {[
          ...(ends && ending
            ? [
                {
                  icon: 'minus' as const,
                  what: (
                    <>
                      This person leaves <bdi>{ending.node.displayName ?? 'the company'}</bdi> and stays in its committees as somebody who has left.
                    </>
                  ),
                },
              ]
            : []),
          ...(of.claims?.totalCount ? [{ icon: 'swap' as const, what: `${counted(of.claims.totalCount, 'claim')} of a role ${of.claims.totalCount === 1 ? 'stays' : 'stay'} as ${of.claims.totalCount === 1 ? 'it is' : 'they are'}: end what holds no longer.` }] : []),
        ]}
      </WhatFollows>
    </FormFrame>
  );
}

/** What would be said again of a job that goes on. */
function againOf({ properties: { title, department, seniority, approvalLimit } }: Job) {
  return {
    title: title ?? undefined,
    department: department ?? undefined,
    seniority: seniority ?? undefined,
    approvalLimit: approvalLimit ? { amount: approvalLimit.amount, currency: approvalLimit.currency } : undefined,
  };
}

function jobWord(edge: { properties: { title: string | null; from: string | null }; node: { displayName: string | null } } | undefined): string {
  if (!edge) return '';
  const { title, from } = edge.properties;
  return [title ?? 'Without a title', edge.node.displayName, from && `since ${day(from)}`].filter(Boolean).join(', ');
}
