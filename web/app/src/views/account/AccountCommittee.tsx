import { useAnswer } from '../../api/use-answer';
import { Icon, type IconName } from '../../ui/Icon';
import { None, Part } from '../../ui/Part';
import { StanceChip } from '../../ui/StanceChip';
import { Await } from '../../ui/states';
import { Avatar, Box, Field, Name } from '../../ui/values';
import { count, dayShort, percent, words } from '../../ui/words';
import { CommitteeQuery, type Committee, type Member } from './queries';

type Seat = Committee['seats'][number];
type Claim = Member['leadingClaim'];

const absence: Record<Exclude<Seat['state'], 'COMPLETE'>, { icon: IconName; word: (n: number) => string }> = {
  GAP: { icon: 'ring', word: () => 'Nobody whom you may see' },
  CANNOT_BE_JUDGED: { icon: 'q', word: (n) => `Cannot be judged, n ${count(n)}` },
  NOT_EXPECTED: { icon: 'minus', word: () => 'Not expected' },
};

/** Who decides in a company, over all its deals: each seat, and each person with all that is claimed. */
export function AccountCommittee({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(CommitteeQuery, { id, asOf });
  return (
    <Box title="Committee of the account" n="joins those of its deals">
      <Await answer={answer} rows={5}>
        {({ account }) =>
          account && (
            <Part of={account} field="committee">
              {(committee) =>
                committee.members.length === 0 ? (
                  <None>Nobody whom you may see is claimed to be in it.</None>
                ) : (
                  <>
                    <Seats of={committee.seats} />
                    <table className="table cards">
                      <caption className="sr">Members of the committee, and what is claimed of them in which deal</caption>
                      <thead>
                        <tr>
                          <th scope="col">Person</th>
                          <th scope="col">Leading claim</th>
                          <th scope="col">Also claimed</th>
                          <th scope="col">Last from them</th>
                          <th scope="col">Last from us</th>
                        </tr>
                      </thead>
                      <tbody>
                        {committee.members.map((member) => (
                          <Row key={member.customer.id} of={member} />
                        ))}
                      </tbody>
                    </table>
                    {committee.truncated && <p className="pad sm soft">There are more claims than were looked at.</p>}
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

function Seats({ of }: { of: readonly Seat[] }) {
  const shown = of.filter((seat) => seat.state !== 'NOT_EXPECTED');
  const others = of.filter((seat) => seat.state === 'NOT_EXPECTED');
  return (
    <ul className="account-seats" aria-label="Seats">
      {shown.map((seat) => (
        <li key={seat.role} className={seat.state.toLowerCase().replaceAll('_', '-')}>
          <span className="faint xs">{words(seat.role)}</span>
          {seat.state === 'COMPLETE' ? (
            seat.holders.map((one) => (
              <span key={one.id}>
                <Icon name="check" small /> <Name of={one} />
              </span>
            ))
          ) : (
            <span>
              <Icon name={absence[seat.state].icon} small /> {absence[seat.state].word(seat.n)}
            </span>
          )}
        </li>
      ))}
      {others.length > 0 && (
        <li className="not-expected">
          <span className="soft xs">{others.map((seat) => words(seat.role)).join(', ')}</span>
          <span className="faint">
            <Icon name="minus" small /> Not expected
          </span>
        </li>
      )}
    </ul>
  );
}

function ClaimOf({ claim, leading }: { claim: Claim; leading?: boolean }) {
  return (
    <span className="account-claim">
      <span className="row">
        <span className={leading ? 'strong' : ''}>
          <Field of={claim} field="role" none="role not known">
            {(role) => words(role)}
          </Field>
        </span>
        {leading && claim.stance && <StanceChip of={claim.stance} />}
      </span>
      <span className="second">
        {claim.confidence !== null && `${percent(claim.confidence)} sure, `}
        <Field of={claim} field="undertaking" none="of what is not known">
          {(undertaking) => <Name of={undertaking} />}
        </Field>
        {claim.staleSince && `, since ${dayShort(claim.staleSince)} nothing new`}
      </span>
    </span>
  );
}

function Row({ of }: { of: Member }) {
  const { customer, position, leftAt, nextPosition } = of;
  return (
    <tr>
      <td className="wide">
        <span className="account-member">
          <Avatar name={customer.displayName} />
          <span>
            <Name of={customer} className={leftAt ? 'was' : ''} />
            <span className="second">
              {position?.title ? <bdi>{position.title}</bdi> : 'no title that is known'}
              {position?.from && `, since ${dayShort(position.from)}`}
              {leftAt && ` · left ${dayShort(leftAt)}`}
              {leftAt && nextPosition?.title && (
                <>
                  , now <bdi>{nextPosition.title}</bdi>
                  {nextPosition.account && (
                    <>
                      {' at '}
                      <Name of={nextPosition.account} />
                    </>
                  )}
                </>
              )}
            </span>
          </span>
        </span>
      </td>
      <td className="wide">
        <ClaimOf claim={of.leadingClaim} leading />
      </td>
      <td className="wide">{of.competingClaims.length === 0 ? <span className="faint">nothing else</span> : of.competingClaims.map((claim) => <ClaimOf key={claim.id} claim={claim} />)}</td>
      <td className="nowrap" data-word="From them">{of.lastIn ? dayShort(of.lastIn) : <span className="faint">never</span>}</td>
      <td className="nowrap" data-word="From us">{of.lastOut ? dayShort(of.lastOut) : <span className="faint">never</span>}</td>
    </tr>
  );
}
