import { graphql } from '../../api/graphql';

/** Makes one of our people responsible for a deal or an account; whoever was it in that role is it no longer. */
export const AssignOwnerMutation = graphql(`
  mutation AssignOwner($input: AssignOwnerInput!) {
    payload: assignOwner(input: $input) {
      undertaking { __typename ... on Deal { id updatedAt } ... on Account { id } }
      employee { id }
      userErrors { code field message }
    }
  }
`);
