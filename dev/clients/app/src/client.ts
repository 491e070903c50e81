// Sends an operation under a purpose.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type ExecutionResult, print } from 'graphql';
import type { Purpose } from './gql/graphql.js';

export async function ask<Data, Variables>(
  url: string,
  purpose: Purpose,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<ExecutionResult<Data>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'kith-purpose': purpose },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return (await answer.json()) as ExecutionResult<Data>;
}
