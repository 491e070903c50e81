import { graphql } from '../../api/graphql';
import type { Kind } from './query';

const Counts = graphql(`
  fragment TimelineCounts on TimelineConnection {
    groups(by: [KIND]) { rows { edgeKey { kind } count } }
  }
`);

/** How many entries of each kind a timeline has: a document for each type that has one. */
export const timelineCounts = {
  Customer: graphql(`query CustomerTimelineCounts($id: ID!, $asOf: DateTime) { node: customer(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Account: graphql(`query AccountTimelineCounts($id: ID!, $asOf: DateTime) { node: account(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Deal: graphql(`query DealTimelineCounts($id: ID!, $asOf: DateTime) { node: deal(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Case: graphql(`query CaseTimelineCounts($id: ID!, $asOf: DateTime) { node: case(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Product: graphql(`query ProductTimelineCounts($id: ID!, $asOf: DateTime) { node: product(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Employee: graphql(`query EmployeeTimelineCounts($id: ID!, $asOf: DateTime) { node: employee(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Location: graphql(`query LocationTimelineCounts($id: ID!, $asOf: DateTime) { node: location(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
  Order: graphql(`query OrderTimelineCounts($id: ID!, $asOf: DateTime) { node: order(id: $id) { id timeline(to: $asOf, asOf: $asOf, first: 1) { ...TimelineCounts } } }`, [Counts]),
};

export const allKinds: readonly Kind[] = ['INTERACTION', 'CASE', 'ORDER', 'RETURN', 'DEAL', 'CLAIM', 'SUBSCRIPTION_CONTRACT', 'FEEDBACK', 'CAMPAIGN', 'CAMPAIGN_RESPONSE', 'HIDDEN_EVENT'];
