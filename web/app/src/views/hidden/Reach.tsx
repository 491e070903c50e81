import { graphql, type ResultOf } from '../../api/graphql';
import { Withheld, whyWithheld } from '../../ui/values';
import { counted } from '../../ui/words';

export const ReachedDirectly = graphql(`
  fragment Reach on HiddenEvent {
    withheld { field reason purpose category since }
    products: affected(first: 1, filter: { product: {} }) { totalCount }
    subscriptions: affected(first: 1, filter: { subscriptionContract: {} }) { totalCount }
    locations: affected(first: 1, filter: { location: {} }) { totalCount }
    companies: affected(first: 1, filter: { account: {} }) { totalCount }
    customers: affected(first: 1, filter: { customer: {} }) { totalCount }
  }
`);

type Reached = ResultOf<typeof ReachedDirectly>;

const kinds = [
  ['products', 'product'],
  ['subscriptions', 'subscription'],
  ['locations', 'place'],
  ['companies', 'company', 'companies'],
  ['customers', 'person', 'people'],
] as const;

/** How many things it happened to. */
export const thingsOf = (of: Reached) => kinds.reduce((sum, [field]) => sum + (of[field]?.totalCount ?? 0), 0);

/** How many of each kind it reached directly. */
export function Reach({ of }: { of: Reached }) {
  const told = kinds.flatMap(([field, ...word]) => {
    const n = of[field]?.totalCount;
    return n ? [counted(n, ...(word as [string, string?]))] : [];
  });
  const why = whyWithheld(of, 'affected');
  if (told.length > 0) return <>{told.join(', ')}</>;
  return why ? <Withheld why={why} /> : <>nobody whom you may see</>;
}
