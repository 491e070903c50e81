import type { IconName } from '../../ui/Icon';
import type { EntryNode, Kind } from './query';

/** What each kind of entry is called, and its mark. */
export const kinds: Record<Kind, { word: string; icon: IconName }> = {
  INTERACTION: { word: 'Contact', icon: 'phone' },
  ORDER: { word: 'Orders', icon: 'order' },
  RETURN: { word: 'Returns', icon: 'undo' },
  CASE: { word: 'Cases', icon: 'case' },
  DEAL: { word: 'Deals', icon: 'deal' },
  SUBSCRIPTION_CONTRACT: { word: 'Contracts', icon: 'file' },
  FEEDBACK: { word: 'Feedback', icon: 'bars' },
  CAMPAIGN: { word: 'Campaigns', icon: 'mega' },
  CAMPAIGN_RESPONSE: { word: 'Responses', icon: 'mega' },
  HIDDEN_EVENT: { word: 'Hidden events', icon: 'event' },
  CLAIM: { word: 'Claims', icon: 'person' },
};

export type InteractionNode = Extract<EntryNode, { __typename: 'Interaction' }>;
type InteractionKind = NonNullable<InteractionNode['kind']>;

/** What is said of contact: theirs, ours to somebody, and ours where it is clear to whom. */
export const contact: Record<InteractionKind, { theirs: string; ours: string; alone: string; icon: IconName }> = {
  CALL: { theirs: 'called', ours: 'We called', alone: 'We called', icon: 'phone' },
  MAIL: { theirs: 'wrote', ours: 'We wrote to', alone: 'We wrote', icon: 'mail' },
  CHAT: { theirs: 'wrote in the chat', ours: 'We wrote in the chat to', alone: 'We wrote in the chat', icon: 'mail' },
  VISIT: { theirs: 'came to see us', ours: 'We visited', alone: 'We visited', icon: 'meeting' },
  PAGE_VIEW: { theirs: 'opened a page', ours: 'We showed a page to', alone: 'We showed a page', icon: 'screen' },
  MEETING: { theirs: 'met us', ours: 'We met', alone: 'We met', icon: 'meeting' },
  MENTION: { theirs: 'mentioned us', ours: 'We mentioned', alone: 'We mentioned it', icon: 'mega' },
  PAYMENT: { theirs: 'paid', ours: 'We paid', alone: 'We paid', icon: 'order' },
  OTHER: { theirs: 'was in contact with us', ours: 'We were in contact with', alone: 'We were in contact', icon: 'swap' },
};
