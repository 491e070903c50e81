import { useAnswer } from '../../api/use-answer';
import { None, Part } from '../../ui/Part';
import { StanceChip } from '../../ui/StanceChip';
import { Await } from '../../ui/states';
import { Box, Field, Name } from '../../ui/values';
import { day, words } from '../../ui/words';
import { JobChangesQuery, type JobChange } from './queries';

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
                        <li key={change.customer.id + change.at} className="account-hidden">
                          <Change of={change} here={id} />
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

function Change({ of, here }: { of: JobChange; here: string }) {
  const left = of.from.account?.id === here;
  const other = left ? of.to : of.from;
  return (
    <>
      <span>
        <Name of={of.customer} /> {left ? 'left for' : 'came from'} {other.account ? <Name of={other.account} /> : 'another company'} on {day(of.at)}
        {other.title && (
          <>
            {left ? ', as ' : ', where the title was '}
            <bdi>{other.title}</bdi>
          </>
        )}
      </span>
      <span className="soft xs">
        {of.leadingClaim && (
          <>
            {left ? 'Was claimed to be ' : 'Was claimed there to be '}
            <Field of={of.leadingClaim} field="role">
              {(role) => words(role).toLowerCase()}
            </Field>{' '}
            {of.leadingClaim.stance && <StanceChip of={of.leadingClaim.stance} />}
            {' · '}
          </>
        )}
        {of.ties.length === 0 ? (
          'Nobody of us is known to be in contact'
        ) : (
          <>
            Known to{' '}
            {of.ties.slice(0, 3).map(({ employee }, i) => (
              <span key={employee.id}>
                {i > 0 && ', '}
                <Name of={employee} />
              </span>
            ))}
          </>
        )}
      </span>
    </>
  );
}
