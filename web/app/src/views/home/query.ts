import { graphql, type ResultOf } from '../../api/graphql';

/** What Home shows of one employee's work, but for what is wrong with it. */
export const HomeQuery = graphql(`
  query Home($owner: ID!) {
    employee(id: $owner) {
      id
      withheld { field reason purpose category since }
      deals(first: 50, filter: { outcome: { isNull: true } }, orderBy: [{ expectedClose: ASC }]) {
        totalCount
        aggregate { count amount { currency sum count } }
        nodes {
          id
          displayName
          stage
          amount { amount currency }
          expectedClose
          withheld { field reason purpose category since }
          account { displayName }
          history(properties: [STAGE, AMOUNT, EXPECTED_CLOSE], first: 20) {
            nodes { at property from to actor source }
          }
          interactions(first: 100, filter: { at: { within: "P84D" } }, orderBy: [{ at: DESC }]) { nodes { at origin } pageInfo { hasNextPage } }
        }
      }
      interactions(first: 80, filter: { at: { within: "P30D" } }, orderBy: [{ at: DESC }]) {
        nodes {
          id
          at
          kind
          origin
          subject
          withheld { field reason purpose category since }
          customers(first: 2) { nodes { id displayName withheld { field reason purpose category since } } }
        }
      }
    }
  }
`);

/** What is wrong with one's open deals. */
export const WrongQuery = graphql(`
  query HomeWrong($owner: ID!) {
    committeeWarnings(owner: $owner, first: 50) {
      truncated
      deals {
        deal { id }
        warnings { code since value customer { displayName } }
      }
    }
  }
`);

export const MovedQuery = graphql(`
  query Moved {
    jobChanges(first: 5) {
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
`);

export type Employee = NonNullable<ResultOf<typeof HomeQuery>['employee']>;
export type OpenDeal = NonNullable<Employee['deals']>['nodes'][number];
export type Talk = NonNullable<Employee['interactions']>['nodes'][number];
export type Told = NonNullable<ResultOf<typeof WrongQuery>['committeeWarnings']>;
export type Warning = Told['deals'][number]['warnings'][number];

/** What is raised about each deal, by its id. */
export type Warnings = ReadonlyMap<string, readonly Warning[]>;

export const warningsOf = (told: Told | null): Warnings => new Map(told?.deals.map(({ deal, warnings }) => [deal.id, warnings]));
