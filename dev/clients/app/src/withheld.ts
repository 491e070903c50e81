// What is withheld of a node, and of an answer, told apart by its reason.
import type { ExecutionResult } from 'graphql';
import { graphql } from './gql/index.js';
import type { Category, Purpose, WithheldFragment, WithheldReason } from './gql/graphql.js';

export const withheldFragment = graphql(`
  fragment Withheld on Withheld {
    field
    category
    reason
    purpose
    since
  }
`);

/** An entry of `extensions.withheld`: one for each field of the operation that is withheld, and each reason. */
export interface WithheldAt {
  /** Where it is withheld once, the place in the answer; else without indexes. */
  path: (string | number)[];
  /** How often it is withheld. */
  count: number;
  category: Category;
  reason: WithheldReason;
  purpose: Purpose;
  /** RFC 3339; null where no one person's word is the reason, or where there are several. */
  since: string | null;
}

/** What an answer says of the fields that are withheld in it. */
export function withheldIn(answer: ExecutionResult): WithheldAt[] {
  return (answer.extensions?.['withheld'] ?? []) as WithheldAt[];
}

/** Says why, in a sentence. A further reason in the schema is an error of the compiler here. */
export function explain(w: WithheldFragment | WithheldAt): string {
  const since = w.since == null ? '' : ` since ${w.since.slice(0, 10)}`;
  switch (w.reason) {
    case 'NOT_FOR_PURPOSE':
      return `${w.category} is not for ${w.purpose}`;
    case 'NO_CONSENT':
      return `never consented to ${w.purpose}`;
    case 'CONSENT_WITHDRAWN':
      return `consent to ${w.purpose} withdrawn${since}`;
    case 'CONSENT_EXPIRED':
      return `consent to ${w.purpose} expired${since}`;
    case 'OBJECTED':
      return `objected to ${w.purpose}${since}`;
    case 'RESTRICTED':
      return `restricted${since}`;
    case 'ERASED':
      return `erased${since}`;
    case 'OUT_OF_SCOPE':
      return 'not your own';
    case 'NOT_PERMITTED_BY_ALL':
      return 'not all whom it is about permit it';
    case 'SMALL_GROUP':
      return 'fewer than five persons';
    default: {
      const unknown: never = w.reason;
      throw new Error(`unknown reason ${String(unknown)}`);
    }
  }
}
