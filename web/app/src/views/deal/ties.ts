import type { Committee, Member, Tie } from './queries';

/** A tie between one of ours and a member, as list and map show it. */
export type Line = { key: string; tie: Tie; member: Member; falls: boolean };

/** All ties of the committee, the strongest first; those of whom is left out fall. */
export function linesOf(committee: Committee, without: string | undefined): Line[] {
  return committee.members
    .flatMap((member) =>
      (member.ties ?? []).map((tie) => ({ key: `${tie.employee.id} ${member.customer.id}`, tie, member, falls: without === tie.employee.id || without === member.customer.id })),
    )
    .sort((a, b) => b.tie.strength - a.tie.strength);
}

/** Those of ours who know a member, each once. */
export function oursOf(lines: readonly Line[]): Tie['employee'][] {
  return [...new Map(lines.map(({ tie }) => [tie.employee.id, tie.employee])).values()];
}

/** How many members are in a live thread, counted over the ties that stay; null where ties of a member are withheld. */
export function threads(committee: Committee, lines: readonly Line[]): number | null {
  if (committee.members.some((one) => one.ties === null)) return null;
  return new Set(lines.filter((one) => !one.falls && one.tie.live && !one.member.leftAt).map((one) => one.member.customer.id)).size;
}

export type TieState = 'live' | 'silent' | 'one-way' | 'ended';

export function stateOf({ tie, member }: Line): TieState {
  if (member.leftAt) return 'ended';
  if (tie.live) return 'live';
  return tie.lastIn === null || tie.lastOut === null ? 'one-way' : 'silent';
}
