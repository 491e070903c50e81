import { graphql } from '../../api/graphql';
import type { Kind } from './query';

/** How many entries of each kind a timeline has; each type of node has kinds of its own. */
export const TimelineCountsQuery = graphql(`
  query TimelineCounts(
    $id: ID!, $to: DateTime
    $isCustomer: Boolean! $isAccount: Boolean! $isDeal: Boolean! $isCase: Boolean!
    $isProduct: Boolean! $isEmployee: Boolean! $isLocation: Boolean! $isOrder: Boolean!
  ) {
    node(id: $id) {
      id
      ... on Customer @include(if: $isCustomer) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        CAMPAIGN: timeline(kinds: [CAMPAIGN], to: $to, first: 1) { totalCount }
        CAMPAIGN_RESPONSE: timeline(kinds: [CAMPAIGN_RESPONSE], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Account @include(if: $isAccount) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        CAMPAIGN: timeline(kinds: [CAMPAIGN], to: $to, first: 1) { totalCount }
        CAMPAIGN_RESPONSE: timeline(kinds: [CAMPAIGN_RESPONSE], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Deal @include(if: $isDeal) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CLAIM: timeline(kinds: [CLAIM], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Case @include(if: $isCase) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Product @include(if: $isProduct) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        CASE: timeline(kinds: [CASE], to: $to, first: 1) { totalCount }
        ORDER: timeline(kinds: [ORDER], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        SUBSCRIPTION_CONTRACT: timeline(kinds: [SUBSCRIPTION_CONTRACT], to: $to, first: 1) { totalCount }
        FEEDBACK: timeline(kinds: [FEEDBACK], to: $to, first: 1) { totalCount }
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Employee @include(if: $isEmployee) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        DEAL: timeline(kinds: [DEAL], to: $to, first: 1) { totalCount }
        CLAIM: timeline(kinds: [CLAIM], to: $to, first: 1) { totalCount }
      }
      ... on Location @include(if: $isLocation) {
        HIDDEN_EVENT: timeline(kinds: [HIDDEN_EVENT], to: $to, first: 1) { totalCount }
      }
      ... on Order @include(if: $isOrder) {
        INTERACTION: timeline(kinds: [INTERACTION], to: $to, first: 1) { totalCount }
        RETURN: timeline(kinds: [RETURN], to: $to, first: 1) { totalCount }
      }
    }
  }
`);

export const allKinds: readonly Kind[] = ['INTERACTION', 'CASE', 'ORDER', 'RETURN', 'DEAL', 'CLAIM', 'SUBSCRIPTION_CONTRACT', 'FEEDBACK', 'CAMPAIGN', 'CAMPAIGN_RESPONSE', 'HIDDEN_EVENT'];
