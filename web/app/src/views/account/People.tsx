import { useAnswer } from '../../api/use-answer';
import { None, Part } from '../../ui/Part';
import { StanceChip } from '../../ui/StanceChip';
import { Await } from '../../ui/states';
import { TwinButton, useTwin, useTwinKey } from '../../ui/Twin';
import { usePager } from '../../ui/usePager';
import { Avatar, Box, Field, Money, Name, Withheld, whyWithheld } from '../../ui/values';
import { day, words } from '../../ui/words';
import { PeopleQuery, type Job } from './queries';
import { Spans } from './Spans';

/** Who works or worked there, in which job from when to when, and what is claimed of them. */
export function People({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { after, turns } = usePager();
  const answer = useAnswer(PeopleQuery, { id, asOf, after });
  const { list } = useTwin();
  useTwinKey();
  const now = asOf ?? new Date().toISOString();
  return (
    <Box title="People" n={answer.data?.account?.people?.totalCount} more={<TwinButton />}>
      <Await answer={answer} rows={6}>
        {({ account }) =>
          account && (
            <Part of={account} field="people">
              {({ edges, pageInfo }) => {
                const known = edges.filter(({ properties }) => !properties.from || properties.from <= now);
                if (known.length === 0) return <None>Nobody whom you may see.</None>;
                return (
                  <>
                    {list ? <Table jobs={known} now={now} /> : <Jobs jobs={known} now={now} />}
                    {turns(pageInfo)}
                  </>
                );
              }}
            </Part>
          )
        }
      </Await>
    </Box>
  );
}

const ended = (job: Job, now: string) => job.properties.to !== null && job.properties.to <= now;

/** Jobs as bars over the years, the jobs of one person on one line. */
function Jobs({ jobs, now }: { jobs: readonly Job[]; now: string }) {
  const persons = new Map<string, Job[]>();
  for (const job of jobs) persons.set(job.node.id, [...(persons.get(job.node.id) ?? []), job]);
  return (
    <Spans
      now={now}
      rows={[...persons.values()].map((own) => ({
        key: own[0].node.id,
        word: <Name of={own[0].node} className={own.every((job) => ended(job, now)) ? 'was' : ''} />,
        value: own[0].properties.title ? <bdi>{own[0].properties.title}</bdi> : 'no title',
        label: own[0].node.displayName ?? 'a person without a name',
        spans: own.map((job) => ({ from: job.properties.from, to: job.properties.to, text: job.properties.title ?? 'job', ends: job.properties.to !== null })),
      }))}
      words={['A job that runs', 'One that ended']}
    />
  );
}

function Table({ jobs, now }: { jobs: readonly Job[]; now: string }) {
  return (
    <table className="table cards">
      <caption className="sr">People of the company with their jobs and roles</caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Job</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">May approve</th>
          <th scope="col">Roles claimed</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => {
          const { node, properties } = job;
          return (
            <tr key={node.id + properties.from + properties.title}>
              <td className="wide">
                <span className="account-member">
                  <Avatar name={node.displayName} />
                  <Name of={node} className={ended(job, now) ? 'was' : ''} />
                </span>
              </td>
              <td className="wide">
                {properties.title ? <bdi>{properties.title}</bdi> : <span className="faint">no title</span>}
                <span className="second">
                  {[properties.department, properties.seniority && words(properties.seniority).toLowerCase()].filter(Boolean).join(', ')}
                </span>
              </td>
              <td data-word="From">{properties.from ? day(properties.from) : <span className="faint">not known</span>}</td>
              <td data-word="To">{properties.to ? day(properties.to) : 'now'}</td>
              <td data-word="May approve">{properties.approvalLimit ? <Money of={properties.approvalLimit} /> : <span className="faint">not known</span>}</td>
              <td className="wide">
                {whyWithheld(node, 'claims') ? (
                  <Withheld why={whyWithheld(node, 'claims')!} />
                ) : !node.claims || node.claims.nodes.length === 0 ? (
                  <span className="faint">no role claimed</span>
                ) : (
                  node.claims.nodes.map((claim) => (
                    <span key={claim.id} className="account-claim">
                      <span className="row">
                        <Field of={claim} field="role">{(role) => words(role)}</Field>
                        {claim.stance && <StanceChip of={claim.stance} />}
                      </span>
                      <span className="second">{claim.undertaking && <Name of={claim.undertaking} />}</span>
                    </span>
                  ))
                )}
                {(node.claims?.totalCount ?? 0) > (node.claims?.nodes.length ?? 0) && <span className="second">and {node.claims!.totalCount! - node.claims!.nodes.length} more</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
