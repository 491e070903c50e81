import { graphql } from '../../api/graphql';

/** What is reckoned from claims, and is asked again when one of them changes. */
export const touchedByClaims = ['Claim', 'ClaimConnection', 'Committee', 'CommitteeWarnings', 'Deal', 'TimelineConnection'];

export const AssertRoleMutation = graphql(`
  mutation AssertRole($input: AssertRoleInput!) {
    payload: assertRole(input: $input) {
      claim { id }
      userErrors { code field message }
    }
  }
`);

export const DisputeClaimMutation = graphql(`
  mutation DisputeClaim($input: DisputeClaimInput!) {
    payload: disputeClaim(input: $input) {
      claim { id }
      userErrors { code field message }
    }
  }
`);

export const EndClaimMutation = graphql(`
  mutation EndClaim($input: EndClaimInput!) {
    payload: endClaim(input: $input) {
      claim { id to }
      userErrors { code field message }
    }
  }
`);

export const RetractClaimMutation = graphql(`
  mutation RetractClaim($input: RetractClaimInput!) {
    payload: retractClaim(input: $input) {
      claim { id retractedAt }
      userErrors { code field message }
    }
  }
`);
