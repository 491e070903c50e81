import { useAnswer } from '../../api/use-answer';
import { Await } from '../../ui/states';
import { Withheld, whyWithheld } from '../../ui/values';
import { counted } from '../../ui/words';
import { CommitteeQuery } from './queries';

/** What to do first, by those who decide there; and what it rests on. */
export function Verdict({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(CommitteeQuery, { id, asOf });
  return (
    <section className="box account-verdict" aria-label="What to do first">
      <Await answer={answer} rows={2}>
        {({ account }) => {
          if (!account) return null;
          const why = whyWithheld(account, 'committee');
          if (why) {
            return (
              <p className="sm">
                Who decides there <Withheld why={why} />
              </p>
            );
          }
          const { committee } = account;
          const [first, ...others] = committee?.verdict ?? [];
          return (
            <>
              <p className="account-first" dir="auto">
                {first?.text ?? (committee && committee.members.length > 0 ? 'Nothing stands out among those who decide there.' : 'Nobody whom you may see is claimed to decide there.')}
              </p>
              <div className="sm">
                {others.length > 0 && (
                  <ol className="account-then" aria-label="Then">
                    {others.map((one) => (
                      <li key={one.code + one.text} dir="auto">
                        {one.text}
                      </li>
                    ))}
                  </ol>
                )}
                {committee && (
                  <p className="faint">
                    Rests on {counted(committee.members.length, 'member')} of its committees
                    {committee.liveThreads !== null && `, ${counted(committee.liveThreads, 'live thread')}`}
                    {committee.truncated && ', and there are more claims than were looked at'}
                  </p>
                )}
              </div>
            </>
          );
        }}
      </Await>
    </section>
  );
}
