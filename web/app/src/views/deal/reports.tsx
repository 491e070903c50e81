import type { Committee, Member } from './queries';

/** Who of a committee reports to whom of it, as far as both are members whom the reader sees. */
export function reportsOf(committee: Committee): { report: Member; manager: Member }[] {
  const there = new Map(committee.members.filter((one) => !one.leftAt).map((one) => [one.customer.id, one]));
  return [...there.values()].flatMap((report) =>
    (report.customer.managers?.edges ?? []).flatMap(({ node }) => {
      const manager = there.get(node.id);
      return manager ? [{ report, manager }] : [];
    }),
  );
}

/** To whom a member reports, in words: what the map draws as a line at its right. */
export function ReportsTo({ member, committee }: { member: Member; committee: Committee }) {
  const managers = reportsOf(committee).filter(({ report }) => report === member);
  if (managers.length === 0) return null;
  return (
    <span className="second">
      reports to{' '}
      {managers.map(({ manager }, i) => (
        <span key={manager.customer.id}>
          {i > 0 && ' and '}
          <bdi>{manager.customer.displayName ?? 'a member'}</bdi>
        </span>
      ))}
    </span>
  );
}
