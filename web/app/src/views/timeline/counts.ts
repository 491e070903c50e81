import { graphql } from '../../api/graphql';
import type { Kind } from './query';

/** How many entries of each kind a timeline has; each type of node has kinds of its own. */
export const timelineCounts = {
  Customer: graphql(`
    query CustomerTimelineCounts($id: ID!, $to: DateTime) {
      node: customer(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        CAMPAIGN: timeline(kinds: [CAMPAIGN], to: $to, first: 1) { totalCount }
        CAMPAIGN_RESPONSE: timeline(kinds: [CAMPAIGN_RESPONSE], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Account: graphql(`
    query AccountTimelineCounts($id: ID!, $to: DateTime) {
      node: account(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        CAMPAIGN: timeline(kinds: [CAMPAIGN], to: $to, first: 1) { totalCount }
        CAMPAIGN_RESPONSE: timeline(kinds: [CAMPAIGN_RESPONSE], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Deal: graphql(`
    query DealTimelineCounts($id: ID!, $to: DateTime) {
      node: deal(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CLAIM: timeline(kinds: [CLAIM], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Case: graphql(`
    query CaseTimelineCounts($id: ID!, $to: DateTime) {
      node: case(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Product: graphql(`
    query ProductTimelineCounts($id: ID!, $to: DateTime) {
      node: product(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Employee: graphql(`
    query EmployeeTimelineCounts($id: ID!, $to: DateTime) {
      node: employee(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        CLAIM: timeline(kinds: [CLAIM], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Location: graphql(`
    query LocationTimelineCounts($id: ID!, $to: DateTime) {
      node: location(id: $id) {
        id
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
    }
  `),
  Order: graphql(`
    query OrderTimelineCounts($id: ID!, $to: DateTime) {
      node: order(id: $id) {
        id
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
      }
    }
  `),
};

export const allKinds: readonly Kind[] = ['INTERACTION', 'CASE', 'ORDER', 'RETURN', 'DEAL', 'CLAIM', 'SUBSCRIPTION_CONTRACT', 'FEEDBACK', 'CAMPAIGN', 'CAMPAIGN_RESPONSE', 'HIDDEN_EVENT'];
