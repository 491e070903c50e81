import type { TadaDocumentNode } from 'gql.tada';
import type { Client, CombinedError } from 'urql';

/** What the server has against a value, and where: input.amount, input.topics[0]. */
export type UserError = { code: string; field: string; message: string };

/** What came of what was sent: it is done, refused at fields, or was not answered at all. */
export type Sent<Payload> = { payload: Payload; errors?: undefined; fault?: undefined } | { errors: readonly UserError[]; fault?: undefined } | { errors?: undefined; fault: CombinedError };

/**
 * Sends a change. Each document calls its payload `payload`. Queries of the page that hold one of the types of the payload, or
 * of those that are touched beside it, are asked again.
 */
export async function send<Payload extends { userErrors: readonly UserError[] }, Input>(
  client: Client,
  document: TadaDocumentNode<{ payload: Payload }, { input: Input }>,
  input: Input,
  touched: string[] = [],
): Promise<Sent<Payload>> {
  const result = await client.mutation(document, { input }, { additionalTypenames: touched }).toPromise();
  if (result.error || !result.data) return { fault: result.error! };
  const { payload } = result.data;
  return payload.userErrors.length > 0 ? { errors: payload.userErrors } : { payload };
}
