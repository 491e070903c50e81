import { words } from '../../ui/words';
import type { Committee, Deal, Member } from './queries';

const most = 3;

/** What is asked of whom: to know it would settle what the verdict leaves open. */
type Open = { what: 'limit'; of: Member[] } | { what: 'role'; of: Member; roles: string[] };

/** What would settle an open deal: whose approval limit is not known where nobody's covers the amount, and claims of roles that contradict each other. */
export function openOf(committee: Committee, deal: Pick<Deal, 'amount'>): Open[] {
  const there = committee.members.filter((one) => !one.leftAt);
  const unknown = there.filter((one) => one.approval === 'NOT_KNOWN');
  const unpowered = deal.amount !== null && committee.warnings.some((one) => one.code === 'NO_POWER' && (one.state === 'RAISED' || one.state === 'CANNOT_BE_JUDGED'));
  const roles = there.map((of) => ({ of, roles: [...new Set([of.leadingClaim, ...of.competingClaims].flatMap((one) => (one.role ? [one.role] : [])))] })).filter((one) => one.roles.length > 1);
  return [...(unpowered && unknown.length > 0 ? [{ what: 'limit' as const, of: unknown }] : []), ...roles.map((one) => ({ what: 'role' as const, ...one }))].slice(0, 2);
}

const or = (parts: readonly React.ReactNode[]) =>
  parts.map((part, i) => (
    <span key={i}>
      {i > 0 && (i === parts.length - 1 ? ' or ' : ', ')}
      {part}
    </span>
  ));

const Who = ({ of }: { of: Member }) => <bdi>{of.customer.displayName ?? 'a member'}</bdi>;

export function WouldDecide({ of }: { of: readonly Open[] }) {
  return of.map((one, i) => (
    <span key={i}>
      {i > 0 && '; '}
      {one.what === 'limit' ? (
        <>
          what {or(one.of.slice(0, most).map((member) => <Who of={member} />))}
          {one.of.length > most && ' or another member'} may sign for
        </>
      ) : (
        <>
          whether <Who of={one.of} /> is {or(one.roles.map((role) => words(role).toLowerCase()))}
        </>
      )}
    </span>
  ));
}
