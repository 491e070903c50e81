import { graphql, type ResultOf } from '../../api/graphql';

/** One entry of a timeline, of whatever kind it is. What the purpose withholds of it is told with it. */
const Entry = graphql(`
  fragment Entry on TimelineEntry {
    __typename
    ... on Interaction {
      id displayName kind channel origin subject text result
      withheld { field reason purpose category since }
      customers(first: 4) { totalCount edges { properties { role } node { id displayName withheld { field reason purpose category since } } } }
      employees(first: 4) { totalCount edges { properties { role } node { id displayName withheld { field reason purpose category since } } } }
    }
    ... on Order {
      id displayName orderStatus total { amount currency }
      withheld { field reason purpose category since }
      placedBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
    }
    ... on Return {
      id displayName returnStatus returned: reason refund { amount currency }
      withheld { field reason purpose category since }
      sentBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
    }
    ... on Case {
      id displayName number severity status subject openedAt resolvedAt
      withheld { field reason purpose category since }
      party { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
    }
    ... on Deal {
      id displayName stage amount { amount currency } closedAt
      withheld { field reason purpose category since }
      account { id displayName withheld { field reason purpose category since } }
    }
    ... on SubscriptionContract {
      id displayName plan quantity interval recurringAmount { amount currency } endsAt: to
      withheld { field reason purpose category since }
      heldBy { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
    }
    ... on Feedback {
      id displayName instrument question score text
      withheld { field reason purpose category since }
      givenBy { id displayName withheld { field reason purpose category since } }
    }
    ... on Campaign {
      id displayName campaignKind
      withheld { field reason purpose category since }
    }
    ... on HiddenEvent {
      id displayName hiddenEventKind description control began: at endedAt notifiedAt valueBefore valueAfter
      withheld { field reason purpose category since }
      affected(first: 5, filter: $via) { totalCount nodes { __typename ... on Node { id displayName withheld { field reason purpose category since } } ... on SubscriptionContract { from } } }
    }
    ... on Claim {
      id role stance confidence
      withheld { field reason purpose category since }
      customer { id displayName withheld { field reason purpose category since } }
      assertedBy { id displayName withheld { field reason purpose category since } }
    }
  }
`);

const Page = graphql(`
  fragment TimelineEntries on TimelineConnection {
    pageInfo { hasNextPage endCursor }
    edges { properties { at kind } node { ...Entry } }
  }
`, [Entry]);

/** A page of the timeline of a node, newest first: a document for each type that has one. */
export const timelines = {
  Customer: graphql(`
    query CustomerTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: customer(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Account: graphql(`
    query AccountTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: account(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Deal: graphql(`
    query DealTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: deal(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Case: graphql(`
    query CaseTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: case(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Product: graphql(`
    query ProductTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: product(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Employee: graphql(`
    query EmployeeTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: employee(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Location: graphql(`
    query LocationTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: location(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
  Order: graphql(`
    query OrderTimeline($id: ID!, $kinds: [TimelineKind!], $asOf: DateTime, $first: Int!, $after: String, $via: AffectedFilter) {
      node: order(id: $id) { id timeline(kinds: $kinds, to: $asOf, asOf: $asOf, first: $first, after: $after) { ...TimelineEntries } }
    }
  `, [Page]),
};

export type Connection = ResultOf<typeof Page>;
export type Edge = Connection['edges'][number];
export type EntryNode = ResultOf<typeof Entry>;
export type Kind = NonNullable<Edge['properties']['kind']>;
