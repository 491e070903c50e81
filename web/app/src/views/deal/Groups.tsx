import { useState } from 'react';
import { changeParams, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { Avatar, Box, Chip, Name } from '../../ui/values';
import { counted, dayShort, words } from '../../ui/words';
import { Asserted } from './ClaimView';
import { groupsOf, type Group, type GroupBy } from './groups';
import { Job } from './MemberCard';
import type { Claim, Committee, Member } from './queries';
import { standing } from './standing';
import { StandingLine } from './StandingLine';
import { TieBar } from './TieBar';
import { stances } from './words';
import { toggleWithout } from './without';

type Props = { committee: Committee; most: number; without: string | undefined };

/** A committee of many: one line a group with a mark for each person, unfolded to one row each. */
export function Groups({ committee, most, without }: Props) {
  const { params } = useRoute();
  const by: GroupBy = params.group === 'account' ? 'account' : 'role';
  const [only, filter] = useState<Claim['stance']>(null);
  const all = groupsOf(committee, by);
  const groups = all.map((group) => ({ ...group, shown: only ? group.members.filter((one) => one.leadingClaim.stance === only) : group.members })).filter((group) => group.shown.length > 0);
  const [open, unfold] = useState<ReadonlySet<string>>(() => new Set(all.slice(0, 1).map((one) => one.id)));
  const inSight = groups.filter((one) => open.has(one.id)).reduce((sum, one) => sum + one.shown.length, 0);
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    unfold(next);
  };
  const counts = (Object.keys(stances) as NonNullable<Claim['stance']>[]).map((stance) => ({ stance, n: committee.members.filter((one) => one.leadingClaim.stance === stance).length }));

  return (
    <Box title="Members" n={committee.members.length} more={`${groups.filter((one) => open.has(one.id)).length} of ${counted(groups.length, 'group')} unfolded, ${inSight} of ${committee.members.length} in sight`}>
      <div className="pad row">
        <span className="faint xs" id="group-by">
          Group by
        </span>
        <span className="options" role="group" aria-labelledby="group-by">
          {(['role', 'account'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={by === one} onClick={() => changeParams({ group: one === 'role' ? null : one }, { replace: true })}>
              {one === 'role' ? 'Role' : 'Company'}
            </button>
          ))}
        </span>
        {counts.map(
          ({ stance, n }) =>
            n > 0 && (
              <button key={stance} type="button" className="pill" aria-pressed={only === stance} onClick={() => filter(only === stance ? null : stance)}>
                <Icon name={stances[stance].icon} small />
                {stances[stance].word} {n}
              </button>
            ),
        )}
      </div>
      <ul className="role-groups">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupLine group={group} members={group.shown} committee={committee} open={open.has(group.id)} toggle={() => toggle(group.id)} />
            {open.has(group.id) && <Rows members={group.shown} committee={committee} most={most} without={without} word={group.word ?? 'without a name'} />}
          </li>
        ))}
      </ul>
      <p className="pad key">
        {(Object.keys(stances) as NonNullable<Claim['stance']>[]).map((stance) => (
          <span key={stance} className={`stance-mark ${stances[stance].tone}`}>
            <Icon name={stances[stance].icon} small />
            {stances[stance].word}
          </span>
        ))}
        <span>underlined: live thread</span>
        <span>dotted: gone dark</span>
        <span>struck: left</span>
      </p>
    </Box>
  );
}

function GroupLine({ group, members, committee, open, toggle }: { group: Group; members: readonly Member[]; committee: Committee; open: boolean; toggle: () => void }) {
  return (
    <button type="button" className="group-line" aria-expanded={open} onClick={toggle}>
      <Icon name={open ? 'down' : 'right'} small />
      <span className="clip">
        <bdi className="strong">{group.word ?? 'without a name'}</bdi> <span className="faint">{members.length}</span>
      </span>
      <Marks members={members} committee={committee} />
      <span className="nowrap">{group.live} live</span>
      <span>
        {group.dark > 0 && (
          <Chip tone="warning" icon="warn">
            {group.dark} gone dark
          </Chip>
        )}
        {group.left > 0 && <Chip icon="minus">{group.left} left</Chip>}
      </span>
    </button>
  );
}

/** One mark for each person by seniority: the stance, and how the contact stands. */
export function Marks({ members, committee }: { members: readonly Member[]; committee: Committee }) {
  return (
    <span className="stance-marks">
      {members.map((member) => {
        const stance = stances[member.leadingClaim.stance ?? 'UNKNOWN'];
        const is = standing(member, committee).is;
        return (
          <span key={member.customer.id} className={`stance-mark ${stance.tone} is-${is}`} title={member.customer.displayName ?? undefined}>
            <Icon name={stance.icon} small />
            <span className="sr">
              {stance.word}
              {is === 'live' ? ', live' : is === 'dark' ? ', gone dark' : is === 'left' ? ', left' : ''};{' '}
            </span>
          </span>
        );
      })}
    </span>
  );
}

function Rows({ members, committee, most, without, word }: Props & { members: readonly Member[]; word: string }) {
  return (
    <table className="table cards group-rows">
      <caption className="sr">{word}</caption>
      <thead className="sr">
        <tr>
          {['Person', 'Role', 'Stance', 'They to us, we to them', 'Last word', 'Contact', 'Leave out'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => {
          const out = without === member.customer.id;
          const claim = member.leadingClaim;
          const stance = claim.stance ? stances[claim.stance] : null;
          const [tie] = member.ties ?? [];
          return (
            <tr key={member.customer.id} data-member={member.customer.id} className={out ? 'out' : ''}>
              <td>
                <span className="person">
                  <Avatar name={member.customer.displayName} />
                  <span>
                    <Name of={member.customer} className={member.leftAt || out ? 'struck' : ''} />
                    <span className="second">
                      <Job member={member} />
                    </span>
                  </span>
                </span>
              </td>
              <td>
                {[claim, ...member.competingClaims].map((one) => (one.role ? words(one.role) : 'role not said')).join(' or ')}
                <span className="second">
                  <Asserted claim={claim} />
                  {claim.from && <>, {dayShort(claim.from)}</>}
                </span>
              </td>
              <td>
                {stance && (
                  <Chip tone={stance.tone} icon={stance.icon}>
                    {stance.word}
                  </Chip>
                )}
              </td>
              <td>{tie ? <TieBar sumIn={tie.sumIn} sumOut={tie.sumOut} most={most} faded={out} /> : <span className="faint">{member.ties ? 'no tie' : 'withheld'}</span>}</td>
              <td data-word="Last word">{member.lastIn ? dayShort(member.lastIn) : 'never'}</td>
              <td>
                <StandingLine member={member} committee={committee} short />
              </td>
              <td>
                <button type="button" className="btn bare small" aria-pressed={out} onClick={() => toggleWithout(member.customer.id)}>
                  {out ? 'With again' : 'Without'}
                  <span className="sr"> {member.customer.displayName ?? 'this person'}</span>
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
