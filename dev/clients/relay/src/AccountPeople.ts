import { graphql } from 'relay-runtime';

// A page of an edge that is fetched again by the node it belongs to.
export const account = graphql`
  fragment AccountPeople_account on Account
  @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" }, filter: { type: "CustomerFilter" })
  @refetchable(queryName: "AccountPeopleRefetchQuery") {
    name
    people(first: $first, after: $after, filter: $filter, orderBy: [{ name: ASC }])
      @connection(key: "AccountPeople_people", filters: ["filter"]) {
      totalCount
      edges {
        properties { title seniority }
        node { ...CustomerCard_customer }
      }
    }
  }
`;

export const page = graphql`
  query AccountPeopleQuery($id: ID!) {
    node(id: $id) {
      __typename
      ...AccountPeople_account @alias
    }
  }
`;
