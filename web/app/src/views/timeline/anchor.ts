import type { Purpose, VariablesOf } from '../../api/graphql';
import type { timelines } from './query';

type Via = NonNullable<VariablesOf<(typeof timelines)['Customer']>['via']>;

const customer = (id: string): Via => ({
  customer: { id: { eq: id } },
  subscriptionContract: { heldBy: { customer: { id: { eq: id } } } },
  location: { residents: { some: { id: { eq: id } } } },
});

const account = (id: string): Via => ({
  account: { id: { eq: id } },
  subscriptionContract: { heldBy: { account: { id: { eq: id } } } },
  location: { accounts: { some: { id: { eq: id } } } },
  customer: { employments: { some: { id: { eq: id } } } },
});

const deal = (id: string): Via => ({
  product: { deals: { some: { id: { eq: id } } } },
  account: { deals: { some: { id: { eq: id } } } },
  subscriptionContract: { heldBy: { account: { deals: { some: { id: { eq: id } } } } } },
  location: { accounts: { some: { deals: { some: { id: { eq: id } } } } } },
});

const product = (id: string): Via => ({
  product: { id: { eq: id } },
  subscriptionContract: { product: { id: { eq: id } } },
});

/** Types that have a timeline, by the prefix of their ids, and by which of their own things a hidden event reaches them. */
const types: Record<string, { is: keyof typeof timelines; via: (id: string) => Via | undefined }> = {
  cus: { is: 'Customer', via: customer },
  acc: { is: 'Account', via: account },
  dea: { is: 'Deal', via: deal },
  cas: { is: 'Case', via: (id) => ({ product: { cases: { some: { id: { eq: id } } } } }) },
  pro: { is: 'Product', via: product },
  emp: { is: 'Employee', via: () => undefined },
  loc: { is: 'Location', via: (id) => ({ location: { id: { eq: id } } }) },
  ord: { is: 'Order', via: () => undefined },
};

export const hasTimeline = (id: string) => id.slice(0, 3) in types;

/** What the node of a timeline is, and by what a hidden event reaches it. */
export function anchorOf(id: string, purpose?: Purpose | null) {
  const { is, via } = types[id.slice(0, 3)];
  // Whoever asks about herself may not look for things by the cases of others.
  return { is, via: is === 'Case' && purpose === 'SELF' ? undefined : via(id) };
}
