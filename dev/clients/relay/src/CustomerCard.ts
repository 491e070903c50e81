import { graphql } from 'relay-runtime';

export const customer = graphql`
  fragment CustomerCard_customer on Customer {
    name
    email
    journeyStage
    withheld { field reason since }
  }
`;

export const withdrawal = graphql`
  mutation CustomerCardWithdrawMutation($input: WithdrawConsentInput!) {
    withdrawConsent(input: $input) {
      customer { ...CustomerCard_customer }
      userErrors { code field message }
    }
  }
`;
