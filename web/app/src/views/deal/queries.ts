import { graphql, type ResultOf } from '../../api/graphql';

/** The deal itself, on the day that is chosen: what stands in its head and in the picture of its stages. */
export const DealQuery = graphql(`
  query Deal($id: ID!, $asOf: DateTime) {
    deal(id: $id, asOf: $asOf) {
      id
      displayName
      stage
      amount { amount currency }
      expectedClose
      openedAt
      closedAt
      outcome
      lossReason
      competitor
      timeInStage
      account { id displayName withheld { field reason purpose category since } }
      owners(first: 20) { totalCount edges { node { id displayName withheld { field reason purpose category since } } properties { role } } }
      products(first: 1) { totalCount }
      stageHistory { stage from to duration }
      slips { at from to }
      history(properties: [EXPECTED_CLOSE], first: 100) { nodes { at from to } }
      withheld { field reason purpose category since }
    }
  }
`);

const ClaimParts = graphql(`
  fragment ClaimParts on Claim {
    id
    role
    stance
    confidence
    from
    staleSince
    claimOrigin
    rule
    assertedBy { id displayName withheld { field reason purpose category since } }
    citedInteractions(first: 3) { totalCount nodes { id kind at withheld { field reason purpose category since } } }
    disputedClaims(first: 1) { totalCount }
    withheld { field reason purpose category since }
  }
`);

/** Who decides: list, map, verdict and warnings are drawn from this one answer. */
export const CommitteeQuery = graphql(
  `
  query Committee($id: ID!, $asOf: DateTime) {
    deal(id: $id, asOf: $asOf) {
      id
      withheld { field reason purpose category since }
      committee {
        truncated
        liveThreads
        comparedAt
        verdict { code text }
        seats { role expected state n holders { id displayName withheld { field reason purpose category since } } }
        coverage { role state won { with n low high } lost { with n low high } }
        warnings { code state since n value limit customer { id displayName withheld { field reason purpose category since } } }
        members {
          tied
          leftAt
          approval
          lastIn
          lastOut
          medianGap
          customer {
            id
            displayName
            managers(first: 5) { edges { node { id } } }
            employments(first: 10) { edges { node { id } properties { approvalLimit { amount currency } } } }
            withheld { field reason purpose category since }
          }
          leadingClaim { ...ClaimParts }
          competingClaims { ...ClaimParts }
          position { title seniority account { id displayName withheld { field reason purpose category since } } }
          nextPosition { title account { id displayName withheld { field reason purpose category since } } }
          ties { strength sumIn sumOut n lastIn lastOut live employee { id displayName title withheld { field reason purpose category since } } }
        }
      }
    }
  }
`,
  [ClaimParts],
);

/** What became of the committee up to today, whichever day is shown: the stops of the slider. */
export const ChangesQuery = graphql(`
  query CommitteeChanges($id: ID!) {
    deal(id: $id) {
      id
      openedAt
      withheld { field reason purpose category since }
      committee { changes { at code role stance from customer { id displayName withheld { field reason purpose category since } } } }
    }
  }
`);

/** The same committee without somebody: what would be left of it. */
export const WithoutQuery = graphql(`
  query CommitteeWithout($id: ID!, $asOf: DateTime, $without: [ID!]) {
    deal(id: $id, asOf: $asOf) {
      id
      committee(without: $without) {
        liveThreads
        verdict { code text }
        seats { role state }
        warnings { code state }
      }
    }
  }
`);

export const ResilienceQuery = graphql(`
  query Resilience($id: ID!) {
    deal(id: $id) {
      id
      outcome
      amount { amount currency }
      withheld { field reason purpose category since }
      resilience {
        truncated
        withoutEconomicBuyer
        amountAtRisk { amount currency }
        losses { losesEconomicBuyer leavesOneThread customer { id displayName withheld { field reason purpose category since } } }
      }
    }
  }
`);

export const IntroductionsQuery = graphql(`
  query Introductions($to: ID!, $from: ID!) {
    introductions(to: $to, from: $from, first: 5) {
      truncated
      skippedAccounts { id displayName withheld { field reason purpose category since } }
      paths {
        strength
        text
        hops {
          reason
          at
          account { id displayName withheld { field reason purpose category since } }
          from { __typename ... on Customer { id displayName withheld { field reason purpose category since } } ... on Employee { id displayName withheld { field reason purpose category since } } }
          to { __typename ... on Customer { id displayName withheld { field reason purpose category since } } ... on Employee { id displayName withheld { field reason purpose category since } } }
        }
      }
    }
  }
`);

export const ProductsQuery = graphql(`
  query DealProducts($id: ID!, $after: String) {
    deal(id: $id) {
      id
      withheld { field reason purpose category since }
      products(first: 50, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { node { id displayName category withheld { field reason purpose category since } } properties { quantity unitPrice { amount currency } } }
      }
    }
  }
`);

export const TeamQuery = graphql(`
  query DealTeam($id: ID!) {
    deal(id: $id) {
      id
      withheld { field reason purpose category since }
      owners(first: 100, history: true) {
        totalCount
        edges { node { id displayName title team withheld { field reason purpose category since } } properties { role from to } }
      }
    }
  }
`);

export type Deal = NonNullable<ResultOf<typeof DealQuery>['deal']>;
export type Committee = NonNullable<NonNullable<ResultOf<typeof CommitteeQuery>['deal']>['committee']>;
export type Member = Committee['members'][number];
export type Claim = Member['leadingClaim'];
export type Tie = NonNullable<Member['ties']>[number];
export type Seat = Committee['seats'][number];
export type Coverage = NonNullable<Committee['coverage']>[number];
export type Warning = Committee['warnings'][number];
export type Change = NonNullable<NonNullable<ResultOf<typeof ChangesQuery>['deal']>['committee']>['changes'][number];
export type Without = NonNullable<NonNullable<ResultOf<typeof WithoutQuery>['deal']>['committee']>;
