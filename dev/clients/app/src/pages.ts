// The pages that the programs with caches read.
import { graphql } from './gql/index.js';

export const pageOfCustomers = graphql(`
  query PageOfCustomers($first: Int!, $after: String) {
    customers(first: $first, after: $after, orderBy: [{ familyName: ASC }, { givenName: ASC }]) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges {
        cursor
        node {
          id
          name
          withheld { field reason }
          employments(first: 1) {
            pageInfo { hasNextPage endCursor }
            edges { cursor properties { title approvalLimit { amount currency } } node { id name } }
          }
        }
      }
    }
  }
`);

export const oneCustomer = graphql(`
  query OneCustomer($id: ID!) {
    customer(id: $id) { id name }
  }
`);

/** What a program with a cache prints. */
export interface Pages {
  /** Names of the customers of each page, as they came. */
  pages: (string | null | undefined)[][];
  /** Ids of the customers of all pages, as the cache has them together. */
  merged: string[];
  /** The last of them, read from the cache alone by her id. */
  byId: string | null | undefined;
  /** What the cache complained of. */
  warnings: string[];
}
