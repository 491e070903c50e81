import type { ReactNode } from 'react';
import { useAnswer } from '../../api/use-answer';
import { Await } from '../../ui/states';
import { AndMore, None, Part } from '../../ui/Part';
import { TieBar } from '../../ui/TieBar';
import { Avatar, Box, Name, Withheld, whyWithheld, type WithheldField } from '../../ui/values';
import { counted, day } from '../../ui/words';
import { RelationsQuery } from './queries';

type Person = { id: string; displayName: string | null; withheld: readonly WithheldField[] };

function Line({ of, ours, about, children }: { of: Person; ours?: boolean; about: ReactNode; children?: ReactNode }) {
  return (
    <li>
      <Avatar name={of.displayName} ours={ours} />
      <span>
        <Name of={of} />
        <span className="about">{about}</span>
      </span>
      {children}
    </li>
  );
}

/** Who is above and below a person, and whom the person knows, with how much passed each way. */
export function Relations({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(RelationsQuery, { id, asOf });
  const known = answer.data?.customer?.known;
  return (
    <Box title="Relations" n={known?.totalCount ?? undefined}>
      <Await answer={answer} rows={3}>
        {({ customer }) =>
          customer && (
            <>
              {(customer.managers?.edges.length ?? 0) + (customer.reports?.edges.length ?? 0) > 0 && (
                <ul className="list people-list">
                  {customer.managers?.edges.map(({ node, properties }) => (
                    <Line key={node.id} of={node} about={properties.kind === 'DOTTED' ? 'manager, dotted line' : 'manager'} />
                  ))}
                  {customer.reports?.edges.map(({ node, properties }) => (
                    <Line key={node.id} of={node} about={properties.kind === 'DOTTED' ? 'reports to this person, dotted line' : 'reports to this person'} />
                  ))}
                </ul>
              )}
              <AndMore of={customer.reports?.totalCount} shown={customer.reports?.edges.length ?? 0} word="below" words="below" />
              {whyWithheld(customer, 'managers') && !whyWithheld(customer, 'known') && (
                <p className="pad sm">
                  Reports to <Withheld why={whyWithheld(customer, 'managers')!} />
                </p>
              )}
              <Part of={customer} field="known">
                {({ edges, totalCount }) => {
                  const most = Math.max(0, ...edges.flatMap(({ properties }) => [properties.sumIn ?? 0, properties.sumOut ?? 0]));
                  if (edges.length === 0) return <None>Nobody whom you may see.</None>;
                  return (
                    <>
                      <ul className="list people-list">
                        {edges.map(({ node, properties }) => {
                          const ours = node.__typename === 'Employee';
                          const last = [properties.lastIn, properties.lastOut].filter((at) => at !== null).sort().at(-1);
                          return (
                            <Line key={node.id} of={node} ours={ours} about={`${ours ? 'ours, ' : ''}${properties.n === null ? '' : counted(properties.n, 'contact')}${last ? `, last ${day(last)}` : ''}`}>
                              {properties.sumIn !== null && properties.sumOut !== null && (
                                <TieBar sumIn={properties.sumIn} sumOut={properties.sumOut} most={most} theirs={ours ? 'They to us' : 'From this person'} ours={ours ? 'we to them' : 'to this person'} />
                              )}
                            </Line>
                          );
                        })}
                      </ul>
                      <AndMore of={totalCount} shown={edges.length} word="person" words="people" />
                    </>
                  );
                }}
              </Part>
            </>
          )
        }
      </Await>
    </Box>
  );
}
