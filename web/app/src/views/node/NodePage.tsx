import './node.css';
import type { ReactNode } from 'react';
import { graphql, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { hasPage, href, hrefOf } from '../../route';
import { NotThere } from '../../ui/NotThere';
import { Await } from '../../ui/states';
import { Box, Fact, Facts, Field, Money, Name, Title, Withheld, whyWithheld, type WithheldField } from '../../ui/values';
import { day, percent, time, words } from '../../ui/words';
import { hasTimeline } from '../timeline/anchor';
import { Timeline } from '../timeline/Timeline';

const NodeQuery = graphql(`
  query AnyNode($id: ID!) {
    node(id: $id) {
      __typename id displayName
      withheld { field reason purpose category since }
      ... on Interaction {
        at kind channel origin subject text result
        customers(first: 20) { totalCount nodes { id displayName withheld { field reason purpose category since } } }
        employees(first: 20) { totalCount nodes { id displayName withheld { field reason purpose category since } } }
        case { id displayName withheld { field reason purpose category since } }
        topics(first: 10) { nodes { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
      }
      ... on Order {
        placedAt shippedAt orderStatus total { amount currency }
        placedBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
        lines(first: 30) { totalCount edges { properties { quantity net { amount currency } } node { id displayName withheld { field reason purpose category since } } } }
      }
      ... on Product { category price { amount currency } version }
      ... on Location { address city region country locationKind accounts(first: 20) { totalCount nodes { id displayName withheld { field reason purpose category since } } } }
      ... on SubscriptionContract {
        plan quantity interval from until: to renewsAt recurringAmount { amount currency }
        product { id displayName withheld { field reason purpose category since } }
        heldBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      }
      ... on Feedback {
        at instrument question score text
        givenBy { id displayName withheld { field reason purpose category since } }
        target { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      }
      ... on Claim {
        role stance confidence from
        customer { id displayName withheld { field reason purpose category since } }
        undertaking { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
        assertedBy { id displayName withheld { field reason purpose category since } }
      }
      ... on Return {
        requestedAt receivedAt returnStatus refund { amount currency }
        order { id displayName withheld { field reason purpose category since } }
        sentBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      }
      ... on Campaign { campaignKind startsAt endsAt cost { amount currency } }
    }
  }
`);

type AnyNode = NonNullable<ResultOf<typeof NodeQuery>['node']>;
type Neighbour = { id: string; displayName: string | null; withheld: readonly WithheldField[] };

const Several = ({ of, total }: { of: readonly Neighbour[]; total?: number | null }) => (
  <>
    {of.length === 0 && <span className="faint">nobody whom you may see</span>}
    {of.map((one, index) => (
      <span key={one.id}>
        {index > 0 && ', '}
        <Name of={one} />
      </span>
    ))}
    {total !== null && total !== undefined && total > of.length && ` and ${total - of.length} more`}
  </>
);

/** How a field is written, by what it is. */
const writers: Record<string, (value: never) => ReactNode> = {
  at: (at: string) => `${day(at)}, ${time(at)}`,
  confidence: (sure: number) => `${percent(sure)} sure`,
  text: (said: string) => <span dir="auto">{said}</span>,
};
const days = new Set(['placedAt', 'shippedAt', 'from', 'until', 'renewsAt', 'startsAt', 'endsAt', 'requestedAt', 'receivedAt']);
const enums = new Set(['kind', 'channel', 'origin', 'orderStatus', 'locationKind', 'interval', 'role', 'stance', 'returnStatus', 'campaignKind']);
const hiddenKeys = new Set(['__typename', 'id', 'displayName', 'withheld']);

function write(field: string, value: unknown): ReactNode {
  const writer = writers[field];
  if (writer) return writer(value as never);
  if (days.has(field)) return day(value as string);
  if (enums.has(field)) return words(value as string);
  if (typeof value === 'object' && value !== null) {
    if ('currency' in value) return <Money of={value as { amount: string; currency: string }} />;
    if ('edges' in value) {
      const edges = value.edges as { node: Neighbour; properties: { quantity: number | null; net: { amount: string; currency: string } | null } }[];
      return edges.map(({ node, properties }) => (
        <span key={node.id} className="node-line">
          {properties.quantity !== null && `${properties.quantity} × `}
          <Name of={node} />
          {properties.net && (
            <>
              , <Money of={properties.net} />
            </>
          )}
        </span>
      ));
    }
    if ('nodes' in value) return <Several of={value.nodes as Neighbour[]} total={'totalCount' in value ? (value.totalCount as number | null) : null} />;
    if ('id' in value) return <Name of={value as Neighbour} />;
  }
  return <bdi>{String(value)}</bdi>;
}

/** A node of any other kind: what it is called, what is known of it, and its neighbours. */
export default function NodePage({ id = '' }: { id?: string }) {
  const answer = useAnswer(NodeQuery, { id });
  return (
    <Await answer={answer} rows={8}>
      {({ node }) => (node ? <Shown of={node} /> : <NotThere what="Not to be seen" extensions={answer.extensions} />)}
    </Await>
  );
}

function Shown({ of }: { of: AnyNode }) {
  const fields = Object.entries(of).filter(([field]) => !hiddenKeys.has(field));
  return (
    <>
      <Title crumb={of.__typename === 'Interaction' ? <a className="link" href={href(['interactions'])}>Interactions</a> : words(of.__typename)} sub={<span className="mono">{of.id}</span>}>
        <span dir="auto">
          <Field of={of} field="displayName" none={words(of.__typename)} />
        </span>
      </Title>
      <div className="stack">
        {hasPage(of.id) && (
          <p>
            <a className="link" href={hrefOf(of.id)}>
              Open its page
            </a>
          </p>
        )}
        {fields.length > 0 && (
          <Box title="About">
            <div className="pad">
              <Facts>
                {fields.map(([field, value]) => {
                  const why = whyWithheld(of, field === 'until' ? 'to' : field);
                  return (
                    <Fact key={field} word={words(field)}>
                      {value !== null && value !== undefined ? write(field, value) : why ? <Withheld why={why} /> : <span className="faint">none</span>}
                    </Fact>
                  );
                })}
              </Facts>
            </div>
          </Box>
        )}
        {hasTimeline(of.id) && <Timeline id={of.id} />}
      </div>
    </>
  );
}
