import { graphql, type ResultOf } from '../../api/graphql';

/** Everything that Home shows of one employee's work, in one request. */
export const HomeQuery = graphql(`
  query Home($owner: ID!) {
    employee(id: $owner) {
      id
      displayName
      deals(first: 50, filter: { outcome: { isNull: true } }, orderBy: [{ expectedClose: ASC }]) {
        totalCount
        aggregate { amount { currency sum count } }
        nodes {
          id
          displayName
          stage
          amount { amount currency }
          expectedClose
          withheld { field reason purpose category since }
          account { id displayName }
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
          customers(first: 2) { totalCount nodes { id displayName } }
        }
      }
    }
    committeeWarnings(owner: $owner, first: 50) {
      truncated
      totals { code deals amounts { amount currency } }
      deals {
        deal { id }
        warnings { code state since n value limit customer { displayName } }
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

type Answer = ResultOf<typeof HomeQuery>;
export type Employee = NonNullable<Answer['employee']>;
export type OpenDeal = NonNullable<Employee['deals']>['nodes'][number];
export type Talk = NonNullable<Employee['interactions']>['nodes'][number];
export type Warning = NonNullable<Answer['committeeWarnings']>['deals'][number]['warnings'][number];

/** What is raised about each deal, by its id. */
export type Warnings = ReadonlyMap<string, readonly Warning[]>;

export function warningsOf(answer: Answer): Warnings {
  return new Map((answer.committeeWarnings?.deals ?? []).map(({ deal, warnings }) => [deal.id, warnings]));
}
