import { graphql } from 'relay-runtime';

// A root connection with pages in both directions, and abstract types below.
export const orders = graphql`
  fragment OrderList_query on Query
  @argumentDefinitions(
    first: { type: "Int" }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
    orderBy: { type: "[OrderSort!]", defaultValue: [{ placedAt: DESC }] }
  )
  @refetchable(queryName: "OrderListPaginationQuery") {
    orders(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) @connection(key: "OrderList_orders") {
      edges {
        node {
          number
          placedAt
          total { amount currency }
          placedBy { ... on Account { name } ... on Customer { ...CustomerCard_customer @alias } }
          lines(first: 2) { edges { properties { quantity net { amount currency } } node { name } } }
        }
      }
    }
  }
`;

export const page = graphql`
  query OrderListQuery($first: Int!) {
    ...OrderList_query @arguments(first: $first)
  }
`;
