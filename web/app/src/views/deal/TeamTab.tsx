import { useAnswer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Part } from '../../ui/Part';
import { Await, Empty } from '../../ui/states';
import { Avatar, Box, Chip, Day, Field, Name } from '../../ui/values';
import { words } from '../../ui/words';
import { TeamQuery } from './queries';

const roles: Record<string, string> = { AE: 'Account executive', SE: 'Sales engineer', CSM: 'Customer success' };

/** Who of us works on the deal, and who did: all assignments with their days. */
export function TeamTab({ id }: { id: string }) {
  const asOf = useAsOf();
  const now = asOf ?? new Date().toISOString();
  const answer = useAnswer(TeamQuery, { id });
  return (
    <Box title="Team" n={answer.data?.deal?.owners?.totalCount}>
      <Await answer={answer} rows={4}>
        {({ deal }) => {
          if (!deal) return null;
          if (!deal.owners) {
            return (
              <Part of={deal} field="owners">
                {() => null}
              </Part>
            );
          }
          if (deal.owners.edges.length === 0) return <Empty>Nobody of ours is assigned to this deal.</Empty>;
          return (
            <table className="table cards">
              <caption className="sr">Who of us works on the deal, and who did</caption>
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  <th scope="col">As</th>
                  <th scope="col">Team</th>
                  <th scope="col">Since</th>
                  <th scope="col">Until</th>
                  <th scope="col">{asOf ? 'On this day' : 'Today'}</th>
                </tr>
              </thead>
              <tbody>
                {deal.owners.edges.map(({ node, properties }, i) => {
                  const begun = !properties.from || properties.from <= now;
                  const ended = properties.to !== null && properties.to <= now;
                  return (
                    <tr key={`${node.id} ${i}`}>
                      <td>
                        <span className="person">
                          <Avatar name={node.displayName} ours />
                          <span>
                            <Name of={node} />
                            <span className="second">
                              <Field of={node} field="title" />
                            </span>
                          </span>
                        </span>
                      </td>
                      <td>{properties.role === null ? <span className="faint">not said</span> : (roles[properties.role] ?? words(properties.role))}</td>
                      <td data-word="Team">
                        <Field of={node} field="team" />
                      </td>
                      <td data-word="Since">{properties.from ? <Day at={properties.from} /> : 'not known'}</td>
                      <td data-word="Until">{properties.to ? <Day at={properties.to} /> : 'no end'}</td>
                      <td>{!begun ? <Chip icon="minus">Not yet</Chip> : ended ? <Chip icon="minus">No more</Chip> : <Chip tone="good" icon="check">Works on it</Chip>}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          );
        }}
      </Await>
    </Box>
  );
}
