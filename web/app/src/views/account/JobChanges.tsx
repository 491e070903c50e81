import { useAnswer } from '../../api/use-answer';
import { JobChange } from '../../ui/JobChange';
import { None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box } from '../../ui/values';
import { JobChangesQuery } from './queries';

/** Who came to the company from another one, and who left it for one: of today. */
export function JobChanges({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(JobChangesQuery, { id });
  return (
    <Box title="Who came, and who left" n={asOf ? 'as it is today' : undefined}>
      <Await answer={answer} rows={2}>
        {({ account }) =>
          account && (
            <Part of={account} field="jobChanges">
              {({ changes, truncated }) =>
                changes.length === 0 ? (
                  <None>Nobody whom you may see.</None>
                ) : (
                  <>
                    <ul className="list">
                      {changes.map((change) => (
                        <li key={change.customer.id + change.at}>
                          <JobChange of={change} here={id} />
                        </li>
                      ))}
                    </ul>
                    {truncated && <p className="pad sm soft">Those who began a job here last were looked at.</p>}
                  </>
                )
              }
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
