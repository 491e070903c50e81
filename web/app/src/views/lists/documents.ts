import type { TadaDocumentNode } from 'gql.tada';
import { aloneOf, apartOf, explainedOf, exportText, groupsOf, rowsOf, totalsOf } from './document';
import { kinds } from './kinds';
import { policiesOf, takesOf } from './use-policy';

const all = Object.values(kinds);

/** All that lists may ask, for the build to write down. */
export const documents = all.flatMap((kind): TadaDocumentNode<unknown, never>[] => [
  rowsOf(kind),
  totalsOf(kind),
  explainedOf(kind),
  ...kind.columns.filter((column) => column.apart).map((column) => apartOf(kind, column)),
  ...kind.dimensions.map((dimension) => groupsOf(kind, dimension)),
  policiesOf(kind),
  aloneOf(kind),
  takesOf(kind),
]);

/** What is sent to be exported, as it is sent. */
export const exported = all.map(exportText);
