import { graphql } from '../../api/graphql';

/** The people and products that a hidden event happened to, and the companies that exposure counts: themselves, by one above them, a place, or a subscription in force. */
export const ReachedQuery = graphql(`
  query Reached($id: ID!, $at: DateTime!) {
    hiddenEvent(id: $id) {
      id
      people: affected(first: 100, filter: { customer: {} }) {
        nodes { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      }
      products: affected(first: 10, filter: { product: {} }) {
        nodes { __typename ... on Node { id displayName withheld { field reason purpose category since } } }
      }
    }
    accounts(
      asOf: $at
      first: 100
      filter: {
        or: [
          { hiddenEvents: { some: { id: { eq: $id } } } }
          { ancestors: { some: { hiddenEvents: { some: { id: { eq: $id } } } } } }
          { locations: { some: { hiddenEvents: { some: { id: { eq: $id } } } } } }
          {
            subscriptionContracts: {
              some: {
                from: { lte: $at }
                or: [{ to: { isNull: true } }, { to: { gt: $at } }]
                and: [{ or: [{ hiddenEvents: { some: { id: { eq: $id } } } }, { product: { hiddenEvents: { some: { id: { eq: $id } } } } }] }]
              }
            }
          }
        ]
      }
    ) {
      totalCount
      nodes { id displayName withheld { field reason purpose category since } }
    }
  }
`);
