import { graphql, type ResultOf } from '../../api/graphql';

export const AccountQuery = graphql(`
  query Account($id: ID!, $asOf: DateTime) {
    account(id: $id, asOf: $asOf) {
      id displayName domain accountStage timeZone
      withheld { field reason purpose category since }
      owners(first: 9, asOf: $asOf) { edges { properties { role from } node { id displayName withheld { field reason purpose category since } } } }
      parents(first: 5, asOf: $asOf) { edges { properties { share from } node { id displayName withheld { field reason purpose category since } } } }
      locations(first: 6) { totalCount nodes { id displayName locationKind withheld { field reason purpose category since } } }
      people(first: 1, asOf: $asOf) { totalCount }
      deals(first: 1, asOf: $asOf) { totalCount }
      cases(first: 1, asOf: $asOf) { totalCount }
      orders(first: 1, asOf: $asOf) { totalCount }
      timeline(first: 1, to: $asOf) { totalCount }
      hidden: timeline(kinds: [HIDDEN_EVENT], to: $asOf, first: 1) { totalCount }
    }
  }
`);

export const FamilyQuery = graphql(`
  query AccountFamily($id: ID!, $asOf: DateTime) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      family(first: 60, asOf: $asOf) {
        totalCount
        nodes {
          id displayName
          withheld { field reason purpose category since }
          firmographics(asOf: $asOf) { id employeeCount withheld { field reason purpose category since } }
          parents(first: 5, asOf: $asOf) { edges { properties { share from } node { id } } }
        }
      }
    }
  }
`);

/** Figures of companies together: each person, deal and case counts once. */
export const FiguresQuery = graphql(`
  query FamilyFigures($ids: [ID!]!, $asOf: DateTime) {
    customers(first: 1, asOf: $asOf, filter: { employments: { some: { id: { in: $ids } } } }) { totalCount }
    deals(first: 1, asOf: $asOf, filter: { account: { id: { in: $ids } }, stage: { notIn: [WON, LOST] } }) { totalCount aggregate { amount { currency sum } } }
    cases(first: 1, asOf: $asOf, filter: { party: { account: { id: { in: $ids } } }, status: { in: [OPEN, PENDING] } }) { totalCount }
  }
`);

export const JobChangesQuery = graphql(`
  query AccountJobChanges($id: ID!) {
    account(id: $id) {
      id
      withheld { field reason purpose category since }
      jobChanges {
        truncated
        changes {
          at
          customer { id displayName withheld { field reason purpose category since } }
          from { title account { id displayName withheld { field reason purpose category since } } }
          to { title account { id displayName withheld { field reason purpose category since } } }
          leadingClaim { id role stance withheld { field reason purpose category since } }
          ties { employee { id displayName withheld { field reason purpose category since } } }
        }
      }
    }
  }
`);

export const PeopleQuery = graphql(`
  query AccountPeople($id: ID!, $asOf: DateTime, $after: String) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      people(first: 60, after: $after, history: true, edgeOrderBy: [{ from: DESC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges {
          properties { title department seniority approvalLimit { amount currency } from to }
          node {
            id displayName
            withheld { field reason purpose category since }
            claims(first: 3, asOf: $asOf, orderBy: [{ from: DESC }]) {
              totalCount
              nodes { id role stance withheld { field reason purpose category since } undertaking { __typename ... on Node { id displayName withheld { field reason purpose category since } } } }
            }
          }
        }
      }
    }
  }
`);

export const CommitteeQuery = graphql(`
  query AccountCommittee($id: ID!, $asOf: DateTime) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      committee(asOf: $asOf) {
        liveThreads truncated
        verdict { code text }
        seats { role expected state n holders { id displayName withheld { field reason purpose category since } } }
        members {
          customer { id displayName withheld { field reason purpose category since } }
          leadingClaim { ...MemberClaim }
          competingClaims { ...MemberClaim }
          position { title seniority from }
          leftAt nextPosition { title account { id displayName withheld { field reason purpose category since } } }
          lastIn lastOut
        }
      }
    }
  }
`, [
  graphql(`
    fragment MemberClaim on Claim {
      id role stance confidence staleSince
      withheld { field reason purpose category since }
      undertaking { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
    }
  `),
]);

export const DealsQuery = graphql(`
  query AccountDeals($id: ID!, $asOf: DateTime, $first: Int!, $after: String) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      deals(first: $first, after: $after, asOf: $asOf, orderBy: [{ openedAt: DESC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id displayName stage amount { amount currency } expectedClose openedAt closedAt outcome lossReason
          withheld { field reason purpose category since }
          owners(first: 2, asOf: $asOf) { edges { node { id displayName withheld { field reason purpose category since } } } }
        }
      }
    }
  }
`);

export const CasesQuery = graphql(`
  query AccountCases($id: ID!, $asOf: DateTime, $after: String) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      cases(first: 30, after: $after, asOf: $asOf, orderBy: [{ openedAt: DESC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id displayName subject status severity openedAt resolvedAt withheld { field reason purpose category since } product { id displayName withheld { field reason purpose category since } } }
      }
    }
  }
`);

export const OrdersQuery = graphql(`
  query AccountOrders($id: ID!, $asOf: DateTime, $after: String) {
    account(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      orders(first: 30, after: $after, asOf: $asOf, orderBy: [{ placedAt: DESC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        aggregate { total { currency sum count } }
        nodes { id displayName placedAt orderStatus total { amount currency } withheld { field reason purpose category since } }
      }
      subscriptionContracts(first: 20, asOf: $asOf) {
        totalCount
        nodes { id displayName quantity interval recurringAmount { amount currency } from to renewsAt withheld { field reason purpose category since } }
      }
    }
  }
`);

/** What came by its contracts and places, too: a company's own hidden events are those of the company alone. */
export const HiddenEventsQuery = graphql(`
  query AccountHiddenEvents($id: ID!, $asOf: DateTime, $first: Int!) {
    account(id: $id) {
      id
      withheld { field reason purpose category since }
      timeline(kinds: [HIDDEN_EVENT], to: $asOf, first: $first) {
        totalCount
        nodes {
          __typename
          ... on HiddenEvent { id displayName hiddenEventKind began: at endedAt control notifiedAt description withheld { field reason purpose category since } }
        }
      }
    }
  }
`);

export const VersionsQuery = graphql(`
  query AccountVersions($id: ID!) {
    account(id: $id) {
      id
      withheld { field reason purpose category since }
      firmographicsVersions(first: 100, edgeOrderBy: [{ from: ASC }]) {
        totalCount
        edges {
          properties { from to recordedAt }
          node {
            id industry subIndustry employeeCount revenue { amount currency } growth technologies funding { amount currency } foundedYear source
            withheld { field reason purpose category since }
          }
        }
      }
      parents(first: 20, history: true, edgeOrderBy: [{ from: ASC }]) {
        edges { properties { share from to recordedAt } node { id displayName withheld { field reason purpose category since } } }
      }
    }
  }
`);

type Answered<Query> = Query extends { account: infer A } ? NonNullable<A> : never;
export type Account = Answered<ResultOf<typeof AccountQuery>>;
export type Family = NonNullable<Answered<ResultOf<typeof FamilyQuery>>['family']>;
export type Committee = NonNullable<Answered<ResultOf<typeof CommitteeQuery>>['committee']>;
export type Member = Committee['members'][number];
export type Job = NonNullable<Answered<ResultOf<typeof PeopleQuery>>['people']>['edges'][number];
export type Versions = Answered<ResultOf<typeof VersionsQuery>>;
