import { graphql, type ResultOf } from '../../api/graphql';

export const CustomerQuery = graphql(`
  query Customer($id: ID!, $asOf: DateTime) {
    customer(id: $id, asOf: $asOf) {
      id displayName phone email language timeZone birthYear gender education occupation incomeBand journeyStage introducesOthers
      withheld { field reason purpose category since }
      contact { last { at channel direction } count medianGap }
      employments(first: 20, history: true, edgeOrderBy: [{ from: DESC }]) {
        totalCount
        edges {
          properties { title department seniority approvalLimit { amount currency } from to }
          node {
            id displayName withheld { field reason purpose category since }
            owners(first: 5, asOf: $asOf) { edges { properties { role } node { id displayName withheld { field reason purpose category since } } } }
          }
        }
      }
      locations(first: 3) { totalCount nodes { id displayName withheld { field reason purpose category since } } }
    }
  }
`);

export const RelationsQuery = graphql(`
  query CustomerRelations($id: ID!, $asOf: DateTime) {
    customer(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      known(first: 12, asOf: $asOf, edgeOrderBy: [{ n: DESC }]) {
        totalCount
        edges { properties { sumIn sumOut n lastIn lastOut } node { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
      }
      managers(first: 5, asOf: $asOf) { edges { properties { kind } node { id displayName withheld { field reason purpose category since } } } }
      reports(first: 10, asOf: $asOf) { totalCount edges { properties { kind } node { id displayName withheld { field reason purpose category since } } } }
    }
  }
`);

export const DealingsQuery = graphql(`
  query CustomerDealings($id: ID!, $asOf: DateTime) {
    customer(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      claims(first: 20, asOf: $asOf, orderBy: [{ from: DESC }]) {
        totalCount
        nodes {
          id role stance confidence from staleSince
          withheld { field reason purpose category since }
          assertedBy { id displayName withheld { field reason purpose category since } }
          undertaking {
            __typename
            ... on Deal { id displayName stage amount { amount currency } withheld { field reason purpose category since } }
            ... on Account { id displayName withheld { field reason purpose category since } }
          }
        }
      }
      cases(first: 8, asOf: $asOf, orderBy: [{ openedAt: DESC }]) {
        totalCount
        nodes { id displayName subject status severity openedAt withheld { field reason purpose category since } }
      }
      orders(first: 8, asOf: $asOf, orderBy: [{ placedAt: DESC }]) {
        totalCount
        aggregate { total { currency sum } }
        nodes { id displayName placedAt orderStatus total { amount currency } withheld { field reason purpose category since } }
      }
      subscriptionContracts(first: 5, asOf: $asOf) {
        totalCount
        nodes { id displayName from to recurringAmount { amount currency } interval withheld { field reason purpose category since } }
      }
    }
  }
`);

export const ConsentsQuery = graphql(`
  query CustomerConsents($id: ID!) {
    customer(id: $id) {
      id
      withheld { field reason purpose category since }
      consents(first: 50, orderBy: [{ at: DESC }]) {
        totalCount
        nodes { id purpose channel consentStatus at expiresAt source proof actor authority withheld { field reason purpose category since } }
      }
    }
  }
`);

export const DisclosuresQuery = graphql(`
  query CustomerDisclosures($id: ID!, $after: String) {
    customer(id: $id) {
      id
      withheld { field reason purpose category since }
      disclosures(first: 8, after: $after, orderBy: [{ at: DESC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id at lastAt times categories purpose roles actor operation reference withheld { field reason purpose category since } }
      }
    }
  }
`);

export const AtRiskQuery = graphql(`
  query CustomerAtRisk($id: ID!) {
    customer(id: $id) {
      id
      withheld { field reason purpose category since }
      resilience {
        losses { deal { id displayName stage amount { amount currency } withheld { field reason purpose category since } } losesEconomicBuyer leavesOneThread }
        amountAtRisk { amount currency }
        withoutEconomicBuyer
        truncated
      }
    }
  }
`);

export type Customer = NonNullable<ResultOf<typeof CustomerQuery>['customer']>;
export type Job = NonNullable<Customer['employments']>['edges'][number];
