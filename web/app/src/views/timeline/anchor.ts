import type { VariablesOf } from '../../api/graphql';
import type { TimelineQuery } from './query';

type Via = NonNullable<VariablesOf<typeof TimelineQuery>['via']>;

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
const types: Record<string, { is: string; via: (id: string) => Via | undefined }> = {
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

/** What the node is, as the variables that tell the queries of a timeline. */
export function anchorOf(id: string) {
  const { is, via } = types[id.slice(0, 3)] ?? { is: '', via: () => undefined };
  return {
    via: via(id),
    flags: {
      isCustomer: is === 'Customer',
      isAccount: is === 'Account',
      isDeal: is === 'Deal',
      isCase: is === 'Case',
      isProduct: is === 'Product',
      isEmployee: is === 'Employee',
      isLocation: is === 'Location',
      isOrder: is === 'Order',
    },
  };
}
