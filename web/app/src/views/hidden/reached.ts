import { graphql, type ResultOf } from '../../api/graphql';

/** What a hidden event reached directly, and who had it then: holders of subscriptions in force, those who are at places. */
export const ExposureQuery = graphql(`
  query Exposure($id: ID!, $at: DateTime!) {
    hiddenEvent(id: $id) {
      id
      withheld { field reason purpose category since }
      products: affected(first: 5, filter: { product: {} }) {
        totalCount
        nodes {
          __typename
          ... on Product {
            id displayName withheld { field reason purpose category since }
            subscriptionContracts(first: 50, filter: { from: { lte: $at }, or: [{ to: { isNull: true } }, { to: { gt: $at } }] }) {
              totalCount
              nodes { id displayName withheld { field reason purpose category since } heldBy(asOf: $at) { __typename ... on Account { id displayName withheld { field reason purpose category since } } ... on Customer { id displayName withheld { field reason purpose category since } } } }
            }
          }
        }
      }
      subscriptions: affected(first: 100, filter: { subscriptionContract: {} }) {
        totalCount
        nodes { __typename ... on SubscriptionContract { id displayName withheld { field reason purpose category since } heldBy(asOf: $at) { __typename ... on Account { id displayName withheld { field reason purpose category since } } ... on Customer { id displayName withheld { field reason purpose category since } } } } }
      }
      locations: affected(first: 50, filter: { location: {} }) {
        totalCount
        nodes {
          __typename
          ... on Location {
            id displayName withheld { field reason purpose category since }
            accounts(first: 5, asOf: $at) { totalCount nodes { id displayName withheld { field reason purpose category since } } }
            residents(first: 5, asOf: $at) { totalCount nodes { id displayName withheld { field reason purpose category since } } }
          }
        }
      }
      companies: affected(first: 100, filter: { account: {} }) {
        totalCount
        nodes { __typename ... on Account { id displayName withheld { field reason purpose category since } } }
      }
      people: affected(first: 100, filter: { customer: {} }) {
        totalCount
        nodes { __typename ... on Customer { id displayName withheld { field reason purpose category since } } }
      }
    }
  }
`);

type Told = NonNullable<ResultOf<typeof ExposureQuery>['hiddenEvent']>;
const parts = ['products', 'subscriptions', 'locations', 'companies', 'people'] as const;

/** Of each kind, what one answer tells of all that was reached. */
const affectedOf = (told: Told) => parts.flatMap((part): readonly unknown[] => told[part]?.nodes ?? []) as Affected[];
const isCut = (told: Told) => parts.some((part) => (told[part]?.totalCount ?? 0) > (told[part]?.nodes.length ?? 0));
/** Whether the event tells at all whom it reached. */
export const tellsReach = (told: Told) => parts.some((part) => told[part] !== null);

type Nodes<Part extends (typeof parts)[number], Name extends string> = Extract<NonNullable<Told[Part]>['nodes'][number], { __typename: Name }>;
type Affected = Nodes<'products', 'Product'> | Nodes<'subscriptions', 'SubscriptionContract'> | Nodes<'locations', 'Location'> | Nodes<'companies', 'Account'> | Nodes<'people', 'Customer'>;
type Named = Omit<Extract<Affected, { __typename: 'Account' }>, '__typename'>;

export type Reached = { node: Named; by: string[] };
export type Exposed = { products: Named[]; subscriptions: Named[]; locations: Named[]; companies: Reached[]; people: Reached[]; cut: boolean };

/** Who is reached by what an event reached, each once, with all ways there. */
export function exposedBy(told: Told): Exposed {
  const out: Exposed = { products: [], subscriptions: [], locations: [], companies: [], people: [], cut: isCut(told) };
  const found = new Map<string, Reached>();
  const seen = new Set<string>();
  const reach = (list: Reached[], node: Named, by: string) => {
    const there = found.get(node.id);
    if (there) {
      if (!there.by.includes(by)) there.by.push(by);
      return;
    }
    const one = { node, by: [by] };
    found.set(node.id, one);
    list.push(one);
  };
  type Holder = Extract<Affected, { __typename: 'SubscriptionContract' }>['heldBy'];
  const hold = (subscription: Named, holder: Holder) => {
    if (!seen.has(subscription.id)) out.subscriptions.push(subscription);
    seen.add(subscription.id);
    if (holder?.__typename === 'Account') reach(out.companies, holder, subscription.displayName ?? 'a subscription');
    if (holder?.__typename === 'Customer') reach(out.people, holder, subscription.displayName ?? 'a subscription');
  };
  for (const one of affectedOf(told)) {
    switch (one.__typename) {
      case 'Product':
        out.products.push(one);
        out.cut ||= (one.subscriptionContracts?.totalCount ?? 0) > (one.subscriptionContracts?.nodes.length ?? 0);
        for (const subscription of one.subscriptionContracts?.nodes ?? []) hold(subscription, subscription.heldBy);
        break;
      case 'SubscriptionContract':
        hold(one, one.heldBy);
        break;
      case 'Location': {
        out.locations.push(one);
        const by = one.displayName ?? 'a place';
        out.cut ||= (one.accounts?.totalCount ?? 0) > (one.accounts?.nodes.length ?? 0) || (one.residents?.totalCount ?? 0) > (one.residents?.nodes.length ?? 0);
        for (const account of one.accounts?.nodes ?? []) reach(out.companies, account, by);
        for (const resident of one.residents?.nodes ?? []) reach(out.people, resident, by);
        break;
      }
      case 'Account':
        reach(out.companies, one, 'directly');
        break;
      case 'Customer':
        reach(out.people, one, 'directly');
        break;
    }
  }
  return out;
}
