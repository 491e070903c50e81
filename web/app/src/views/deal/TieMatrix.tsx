import { Icon } from '../../ui/Icon';
import { Name } from '../../ui/values';
import { useAsOf } from '../../route';
import { Marks } from './Groups';
import { groupsOf, type Group } from './groups';
import type { Committee, Member, Tie } from './queries';
import { oursOf, stateOf, type Line } from './ties';
import { TieTable, TiesWithheld } from './TieTable';
import { stances } from './words';

type Own = Tie['employee'];
type Props = { committee: Committee; lines: readonly Line[]; name: string | undefined };

const words = { live: 'live', silent: 'silent', 'one-way': 'one way', ended: 'ended' } as const;

/**
 * The map of a large committee as a table: theirs by role, a column for each of ours, and how strong a tie is where both meet. Below it
 * stands each tie with what passed, as for a small one.
 */
export function TieMatrix({ committee, lines, name }: Props) {
  const asOf = useAsOf();
  const ours = oursOf(lines);
  const lineOf = new Map(lines.map((line) => [line.key, line]));
  const at = (own: Own, member: Member) => lineOf.get(`${own.id} ${member.customer.id}`);
  return (
    <>
      <div className="matrix-room">
        <table className="table cards matrix">
          <caption className="sr">Strength of the ties between theirs and ours, of 100, and whether each is live{asOf && ' on that day'}; of a group, how many of its ties are live</caption>
          <thead>
            <tr>
              <th scope="col">Theirs, by role</th>
              {ours.map((own) => (
                <th key={own.id} scope="col" className="num">
                  <span className="two-lines">
                    <Name of={own} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          {groupsOf(committee, 'role').map((group) => (
            <tbody key={group.id}>
              <GroupRow group={group} committee={committee} ours={ours} at={at} />
              {group.members.map((member) => (
                <tr key={member.customer.id}>
                  <MemberHead member={member} falls={allFall(lines.filter((line) => line.member === member))} />
                  {member.ties === null || member.ties.length === 0 ? (
                    <td className="num wide" colSpan={Math.max(1, ours.length)}>
                      {member.ties === null ? <TiesWithheld of={member.customer} /> : <span className="faint xs">no tie with anybody of ours</span>}
                    </td>
                  ) : (
                    ours.map((own) => <Cell key={own.id} own={own} line={at(own, member)} />)
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <details className="fold">
        <summary className="pad sm">Each tie, with what passed both ways</summary>
        <TieTable committee={committee} lines={lines} name={name} />
      </details>
    </>
  );
}

const allFall = (lines: readonly Line[]) => lines.length > 0 && lines.every((line) => line.falls);

/** A role, with everybody of it as a mark, and of the ties to each of ours how many are live. */
function GroupRow({ group, committee, ours, at }: { group: Group; committee: Committee; ours: readonly Own[]; at: (own: Own, member: Member) => Line | undefined }) {
  const withheld = group.members.some((member) => member.ties === null);
  return (
    <tr className="matrix-group">
      <th scope="rowgroup">
        <bdi className="strong">{group.word ?? 'without a name'}</bdi> <span className="faint">{group.members.length}</span>
        <Marks members={group.members} committee={committee} />
      </th>
      {ours.map((own) => {
        const ties = group.members.flatMap((member) => at(own, member) ?? []);
        const live = ties.filter((line) => !line.falls && stateOf(line) === 'live').length;
        return (
          <td key={own.id} className={ties.length === 0 ? 'num only-wide' : 'num'} data-word={own.displayName ?? 'One of ours'}>
            {ties.length === 0 ? (
              <span className="faint">{withheld ? 'withheld' : 'no tie'}</span>
            ) : (
              <>
                <span className={live > 0 ? 'strong' : 'faint'}>{live}</span> <span className="faint">of {ties.length} live{withheld && ', others withheld'}</span>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function MemberHead({ member, falls }: { member: Member; falls: boolean }) {
  const stance = stances[member.leadingClaim.stance ?? 'UNKNOWN'];
  return (
    <th scope="row" data-member={member.customer.id}>
      <span className="matrix-who">
        <span className={`stance-mark ${stance.tone}`} title={stance.word}>
          <Icon name={stance.icon} small />
          <span className="sr">{stance.word}: </span>
        </span>
        <Name of={member.customer} className={member.leftAt || falls ? 'struck' : ''} />
        {member.leftAt && <span className="faint">left</span>}
      </span>
    </th>
  );
}

function Cell({ own, line }: { own: Own; line: Line | undefined }) {
  const state = line && stateOf(line);
  return (
    <td className={`num ${line ? '' : 'only-wide'} ${state === 'live' && !line?.falls ? 'live' : ''}`} data-word={own.displayName ?? 'One of ours'}>
      {line && state ? (
        <>
          <span className={line.falls ? 'struck' : 'strong'}>{Math.round(line.tie.strength)}</span> <span className="faint">{line.falls ? 'falls' : words[state]}</span>
        </>
      ) : (
        <span className="faint xs">no tie</span>
      )}
    </td>
  );
}
