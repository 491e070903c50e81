import type { Committee, Member, Tie } from './queries';

/** How it stands with a member: what one line on the card says. */
export type Standing =
  | { is: 'left'; since: string }
  | { is: 'dark'; days: number | null; usual: number | null; n: number }
  | { is: 'live'; with: Tie[]; only: boolean }
  | { is: 'withheld' }
  | { is: 'not-judged'; n: number }
  | { is: 'no-reply' }
  | { is: 'no-contact' }
  | { is: 'silent' };

/** Whether somebody of ours is in a live thread with a member who is still there. */
export const isLive = (member: Member) => !member.leftAt && (member.ties?.some((one) => one.live) ?? false);

export function standing(member: Member, committee: Committee): Standing {
  if (member.leftAt) return { is: 'left', since: member.leftAt };
  const dark = committee.warnings.find((one) => one.code === 'GONE_DARK' && one.customer?.id === member.customer.id);
  if (dark?.state === 'RAISED') return { is: 'dark', days: dark.value, usual: dark.limit, n: dark.n };
  if (member.ties === null) return { is: 'withheld' };
  const live = member.ties.filter((one) => one.live);
  if (live.length > 0) return { is: 'live', with: live, only: committee.liveThreads === 1 };
  if (member.lastIn === null) return member.lastOut === null ? { is: 'no-contact' } : { is: 'no-reply' };
  if (dark?.state === 'CANNOT_BE_JUDGED') return { is: 'not-judged', n: dark.n };
  return { is: 'silent' };
}

/** The longest of what came or went on a tie of the committee: the scale of all bars. */
export const mostOf = (members: readonly Member[]) => Math.max(1, ...members.flatMap((one) => one.ties ?? []).flatMap((tie) => [tie.sumIn, tie.sumOut]));

/** What the person may approve in the company that buys; null where it is not known. */
export function limitOf(member: Member) {
  const at = member.position?.account?.id;
  return member.customer.employments?.edges.find((edge) => edge.node.id === at && edge.properties.approvalLimit)?.properties.approvalLimit ?? null;
}
