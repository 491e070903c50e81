import { Icon } from '../../ui/Icon';
import { Avatar, Chip, Field, Money, Name, whyWithheld, Withheld } from '../../ui/values';
import { amount as amountWords, counted, dayShort, words } from '../../ui/words';
import { Claims } from './ClaimView';
import type { Committee, Deal, Member } from './queries';
import { limitOf } from './standing';
import { StandingLine } from './StandingLine';
import { TieBar } from './TieBar';
import { stances } from './words';
import { toggleWithout } from './without';

type Props = { member: Member; committee: Committee; deal: Deal; most: number; without: string | undefined };

/** A member of the committee: who, which role and who says so, how well we know each other, and what stands out. */
export function MemberCard({ member, committee, deal, most, without }: Props) {
  const { customer } = member;
  const out = without === customer.id;
  const stance = member.leadingClaim.stance;
  return (
    <li className={`card ${member.leftAt ? 'left' : ''} ${out ? 'out' : ''}`} data-member={customer.id}>
      <div className="card-top">
        <Avatar name={customer.displayName} />
        <div>
          <h3>
            <Name of={customer} className={member.leftAt || out ? 'struck' : ''} />
          </h3>
          <p className="faint xs two-lines">
            <Job member={member} />
          </p>
        </div>
        {member.leftAt ? null : stance ? (
          <Chip tone={stances[stance].tone} icon={stances[stance].icon}>
            {stances[stance].word}
          </Chip>
        ) : (
          <Field of={member.leadingClaim} field="stance" none="no stance said" />
        )}
      </div>
      <Claims claims={[member.leadingClaim, ...member.competingClaims]} tied={member.tied} />
      <dl className="card-facts">
        <dt>Tie</dt>
        <dd>
          <StrongestTie member={member} most={most} faded={out} />
        </dd>
        <dt>Last touch</dt>
        <dd>
          <Touch member={member} />
        </dd>
        <dt>Approves</dt>
        <dd>
          <Approval member={member} deal={deal} />
        </dd>
      </dl>
      <div className="card-line">
        <StandingLine member={member} committee={committee} />
        <button type="button" className="btn bare small spring-left" aria-pressed={out} onClick={() => toggleWithout(customer.id)} title="X">
          <Icon name="minus" small />
          {out ? 'With again' : 'Without'}
          <span className="sr"> {customer.displayName ?? 'this person'}</span>
        </button>
      </div>
    </li>
  );
}

export function Job({ member }: { member: Member }) {
  const { position, customer } = member;
  if (member.leftAt) return <>was here until {dayShort(member.leftAt)}</>;
  if (!position) {
    const why = whyWithheld(customer, 'employments');
    return why ? <Withheld why={why} /> : <>no job here is known</>;
  }
  return (
    <>
      {position.title ? <bdi>{position.title}</bdi> : 'title not known'}
      {position.seniority && `, ${position.seniority === 'VP' || position.seniority === 'C_LEVEL' ? { VP: 'VP', C_LEVEL: 'C level' }[position.seniority] : words(position.seniority).toLowerCase()}`}
    </>
  );
}

function StrongestTie({ member, most, faded }: { member: Member; most: number; faded: boolean }) {
  if (member.ties === null) {
    const why = whyWithheld(member.customer, 'known') ?? whyWithheld(member.customer, 'interactions');
    return why ? <Withheld why={why} /> : <span className="withheld">withheld</span>;
  }
  const [first, ...rest] = member.ties;
  if (!first) return <span className="faint">none of us knows this person</span>;
  return (
    <>
      <TieBar sumIn={first.sumIn} sumOut={first.sumOut} most={most} faded={faded} />
      <span className="tie-with">
        strength {Math.round(first.strength)} of 100, <Name of={first.employee} />
        {rest.length > 0 && ` and ${counted(rest.length, 'weaker tie')}`}
      </span>
    </>
  );
}

export function Touch({ member }: { member: Member }) {
  const why = whyWithheld(member.customer, 'interactions');
  if (why && member.lastIn === null && member.lastOut === null) return <Withheld why={why} />;
  return (
    <>
      <span>They {member.lastIn ? dayShort(member.lastIn) : 'never'}</span>
      <span className="faint">We {member.lastOut ? dayShort(member.lastOut) : 'never'}</span>
    </>
  );
}

function Approval({ member, deal }: { member: Member; deal: Deal }) {
  const limit = limitOf(member);
  if (member.approval === 'LIMIT_WITHHELD') {
    const why = whyWithheld(member.customer, 'employments');
    return why ? <Withheld why={why} /> : <span className="withheld">Not told for this purpose</span>;
  }
  if (member.leftAt) return <span className="faint">no more</span>;
  if (!limit) return <span className="faint">{member.approval === 'COVERS' ? 'covers the amount' : member.approval === 'BELOW' ? 'less than the amount' : 'limit not known'}</span>;
  return (
    <>
      <Money of={limit} />
      <span className="faint">
        {member.approval === 'COVERS' ? 'covers' : member.approval === 'BELOW' ? 'of' : 'cannot be held against'}
        {deal.amount && ` ${amountWords(deal.amount.amount)} ${deal.amount.currency}`}
      </span>
    </>
  );
}
