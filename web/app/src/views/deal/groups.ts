import { words } from '../../ui/words';
import type { Committee, Member } from './queries';
import { isLive, standing } from './standing';

export type GroupBy = 'role' | 'account';
export type Group = { id: string; word: string | null; members: Member[]; live: number; dark: number; left: number };

/** More members than these stand in groups: of a list, of the map and of its table. */
export const single = 12;

const seniority = ['OWNER', 'C_LEVEL', 'VP', 'DIRECTOR', 'MANAGER', 'SENIOR', 'STAFF'];

/** How far up a member stands; who has left, or whose place is not known, comes last. */
export const rank = (member: Member) => {
  const at = member.position?.seniority ? seniority.indexOf(member.position.seniority) : seniority.length;
  return member.leftAt ? seniority.length + 1 : at;
};

/** The members by the role of the leading claim, or by the company where they work, in the order in which the committee has them. */
export function groupsOf(committee: Committee, by: GroupBy): Group[] {
  const groups = new Map<string, Group>();
  for (const member of committee.members) {
    const role = member.leadingClaim.role ?? 'UNKNOWN';
    const account = member.position?.account;
    const id = by === 'role' ? role : member.leftAt ? 'left' : (account?.id ?? 'none');
    const word = by === 'role' ? words(role) : member.leftAt ? 'No longer here' : account ? account.displayName : 'No job is known';
    const group = groups.get(id) ?? { id, word, members: [], live: 0, dark: 0, left: 0 };
    group.members.push(member);
    const is = standing(member, committee).is;
    if (isLive(member)) group.live++;
    if (is === 'dark') group.dark++;
    if (is === 'left') group.left++;
    groups.set(id, group);
  }
  for (const group of groups.values()) group.members.sort((a, b) => rank(a) - rank(b));
  return [...groups.values()];
}
