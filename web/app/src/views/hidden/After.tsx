import { useState } from 'react';
import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Await, Empty, Fault, faultOf } from '../../ui/states';
import { Box, Name, Withheld, whyWithheld } from '../../ui/values';
import { count, counted, day, duration, words } from '../../ui/words';
import { ReachedQuery } from './reached';

const AfterQuery = graphql(`
  query AfterHiddenEvent($id: ID!, $from: DateTime!, $to: DateTime) {
    node(id: $id) {
      __typename
      ... on Account {
        withheld { field reason purpose category since }
        timeline(from: $from, to: $to, last: 20) {
          totalCount
          edges { properties { at kind } node { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
        }
      }
      ... on Customer {
        withheld { field reason purpose category since }
        timeline(from: $from, to: $to, last: 20) {
          totalCount
          edges { properties { at kind } node { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
        }
      }
      ... on Product {
        withheld { field reason purpose category since }
        timeline(from: $from, to: $to, last: 20) {
          totalCount
          edges { properties { at kind } node { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
        }
      }
    }
  }
`);

/** What happened next around one of those whom it reached, from the event on. */
export function After({ id, at }: { id: string; at: string }) {
  const { data, error, retry } = useAnswer(ReachedQuery, { id, at });
  const fault = faultOf({ data, error });
  const { hiddenEvent, accounts } = data ?? {};
  const [chosen, choose] = useState<string | null>(null);
  const choices = new Map((accounts?.nodes ?? []).map((one) => [one.id, one]));
  for (const one of [...(hiddenEvent?.people?.nodes ?? []), ...(hiddenEvent?.products?.nodes ?? [])]) {
    if ('id' in one) choices.set(one.id, one);
  }
  const shown = choices.get(chosen ?? '') ?? [...choices.values()][0];
  if (!shown) return error ? <Fault error={error} retry={retry} /> : null;
  return (
    <Box title="What happened next" n={`from ${day(at)} on, the first entries`}>
      {fault && <Fault error={fault} retry={retry} />}
      <div className="pad hidden-after">
        <label className="field">
          Around
          <select className="input" value={shown.id} onChange={(event) => choose(event.target.value)}>
            {[...choices.values()].map((one, index) => (
              <option key={one.id} value={one.id}>
                {one.displayName ?? `Name withheld, ${index + 1}`}
              </option>
            ))}
          </select>
        </label>
        <p className="sm">
          <Name of={shown} />
          {accounts && accounts.totalCount !== null && accounts.totalCount > accounts.nodes.length && <span className="soft"> Of {count(accounts.totalCount)} companies, these are the first {count(accounts.nodes.length)}.</span>}
        </p>
      </div>
      <Entries id={shown.id} event={id} at={at} />
    </Box>
  );
}

function Entries({ id, event, at }: { id: string; event: string; at: string }) {
  const to = useAsOf();
  const answer = useAnswer(AfterQuery, { id, from: at, to: to ?? null });
  return (
    <Await answer={answer} rows={6}>
      {({ node }) => {
        if (!node || !('timeline' in node)) return <Empty>There is nothing here that you may see.</Empty>;
        const why = whyWithheld(node, 'timeline');
        if (!node.timeline) return <p className="pad">{why ? <Withheld why={why} /> : <span className="faint">not told</span>}</p>;
        const edges = [...node.timeline.edges].reverse().filter((edge) => edge.node.id !== event);
        if (edges.length === 0) return <Empty>Nothing happened since then that you may see.</Empty>;
        return (
          <>
            <table className="table cards">
              <caption className="sr">Entries after the event, the first one first</caption>
              <thead>
                <tr>
                  <th scope="col">After</th>
                  <th scope="col">When</th>
                  <th scope="col">Kind</th>
                  <th scope="col">What</th>
                </tr>
              </thead>
              <tbody>
                {edges.map(({ properties, node }) => {
                  const late = properties.at ? (Date.parse(properties.at) - Date.parse(at)) / 1000 : null;
                  return (
                    <tr key={`${node.id} ${properties.kind} ${properties.at}`}>
                      <td className="strong">{late === null ? 'no time' : late === 0 ? 'at once' : duration(late)}</td>
                      <td className="soft">{properties.at && <time dateTime={properties.at}>{day(properties.at)}</time>}</td>
                      <td className="soft">{properties.kind ? words(properties.kind) : words(node.__typename)}</td>
                      <td className="wide"><Name of={node} /></td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
            {node.timeline.totalCount !== null && node.timeline.totalCount > node.timeline.edges.length && (
              <p className="pad sm soft">These are the first {edges.length} of {counted(node.timeline.totalCount, 'entry', 'entries')} since then.</p>
            )}
          </>
        );
      }}
    </Await>
  );
}
