import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema';

/** Reads a document; its result and variables have the types that `kith schema` gives them. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Date: string; DateTime: string; Decimal: string };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
export type Purpose = ReturnType<typeof graphql.scalar<'Purpose'>>;
export type Reason = ReturnType<typeof graphql.scalar<'WithheldReason'>>;
export type Category = ReturnType<typeof graphql.scalar<'Category'>>;
