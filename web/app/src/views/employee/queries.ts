import { graphql, type ResultOf } from '../../api/graphql';

export const EmployeeQuery = graphql(`
  query Employee($id: ID!, $asOf: DateTime) {
    employee(id: $id) {
      id displayName title team
      withheld { field reason purpose category since }
      manager(asOf: $asOf) { id displayName title withheld { field reason purpose category since } }
      reports(first: 50, asOf: $asOf) { totalCount edges { properties { kind } node { id displayName title withheld { field reason purpose category since } } } }
      accounts(first: 30, asOf: $asOf) { totalCount edges { properties { role from } node { id displayName withheld { field reason purpose category since } } } }
      known(first: 15, asOf: $asOf, edgeOrderBy: [{ n: DESC }]) {
        totalCount
        edges { properties { sumIn sumOut n lastIn lastOut } node { id displayName withheld { field reason purpose category since } } }
      }
    }
  }
`);

export const WorkQuery = graphql(`
  query EmployeeWork($id: ID!, $asOf: DateTime, $after: String) {
    employee(id: $id) {
      id
      withheld { field reason purpose category since }
      deals(first: 20, after: $after, asOf: $asOf, filter: { stage: { notIn: [WON, LOST] } }, orderBy: [{ expectedClose: ASC }]) {
        totalCount
        pageInfo { hasNextPage endCursor }
        aggregate { amount { currency sum } }
        edges {
          properties { role }
          node {
            id displayName stage expectedClose amount { amount currency }
            withheld { field reason purpose category since }
            account(asOf: $asOf) { id displayName withheld { field reason purpose category since } }
          }
        }
      }
    }
  }
`);

export const WarningsQuery = graphql(`
  query EmployeeWarnings($id: ID!) {
    committeeWarnings(owner: $id, first: 50) {
      truncated
      totals { code deals amounts { amount currency } }
      deals { deal { id } warnings { code state since customer { id displayName withheld { field reason purpose category since } } } }
    }
  }
`);

export type Employee = NonNullable<ResultOf<typeof EmployeeQuery>['employee']>;
export type Warnings = NonNullable<ResultOf<typeof WarningsQuery>['committeeWarnings']>;
