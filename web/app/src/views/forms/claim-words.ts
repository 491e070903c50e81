import type { graphql } from '../../api/graphql';
import type { Option } from './fields';

export type Role = ReturnType<typeof graphql.scalar<'CommitteeRole'>>;
export type Stance = ReturnType<typeof graphql.scalar<'Stance'>>;

/** What each part in a committee means. */
export const roles: Record<Role, string> = {
  ECONOMIC_BUYER: 'releases the money',
  DECISION_MAKER: 'has the last word',
  CHAMPION: 'wants it, and works for it inside',
  COACH: 'tells us how things stand inside',
  INFLUENCER: 'is listened to',
  TECHNICAL_BUYER: 'can say no on technical grounds',
  EVALUATOR: 'compares the offers',
  USER: 'will work with it',
  PROCUREMENT: 'buys, and haggles',
  LEGAL: 'looks at the contract',
  EXECUTIVE_SPONSOR: 'backs it from the top',
  GATEKEEPER: 'decides who is let in',
  BLOCKER: 'is against it, and works against it',
  UNKNOWN: 'takes part, nobody knows how',
};

export const stances: Option<Stance>[] = [
  { value: 'SUPPORTIVE', word: 'Supporter', icon: 'up-tri' },
  { value: 'NEUTRAL', word: 'Neutral', icon: 'bar' },
  { value: 'OPPOSED', word: 'Opponent', icon: 'down-tri' },
  { value: 'UNKNOWN', word: 'Unknown', icon: 'q' },
];

