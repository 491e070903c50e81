import type { TadaDocumentNode } from 'gql.tada';
import { gql, stringifyDocument, type CombinedError } from 'urql';
import type { Reason } from '../../api/graphql';
import type { Column, Dimension, Kind, Row } from './kind';

export type Page = {
  rows: {
    totalCount?: number | null;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
    nodes: Row[];
  } | null;
};

/** What all questions about a list have in common: which of its nodes, and as of when. */
export type Asked = { filter?: object; asOf?: string };

const documents = new Map<string, TadaDocumentNode<object, object>>();

/** A document that is put together for a kind: always the same one, so that a server can know it. What is not asked for is left out by variables. */
export function compose<Data, Variables extends object>(text: string): TadaDocumentNode<Data, Variables> {
  let document = documents.get(text);
  if (!document) {
    document = gql(text) as TadaDocumentNode<object, object>;
    documents.set(text, document);
  }
  return document as unknown as TadaDocumentNode<Data, Variables>;
}

const why = 'withheld { field reason purpose category since }';

/** The variable that says whether a column is asked for. */
const shownBy = (column: Column) => `${column.id}Shown`;

/** Which columns are asked for, where that is not as the kind has it. */
export const shownOf = (kind: Kind, columns: readonly Column[]) =>
  Object.fromEntries(
    kind.columns
      .slice(1)
      .map((column) => [shownBy(column), columns.includes(column)] as const)
      .filter(([, shown], index) => shown !== kind.shown.includes(kind.columns[index + 1].id)),
  );

/** A value as a document writes it: an order holds names of fields and directions alone. */
const written = (value: unknown): string => (typeof value === 'object' ? `{${Object.entries(value ?? {}).map(([key, inner]) => `${key}: ${written(inner)}`).join(', ')}}` : String(value));

/** What is declared and spread of a kind's columns, and its own order: that of whoever asks for none. */
function partsOf(kind: Kind) {
  const fragments = kind.columns.map((column, index) => {
    const text = column.select ? stringifyDocument(column.select as Parameters<typeof stringifyDocument>[0]) : '';
    return { text, spread: text && `...${/fragment (\w+)/.exec(text)?.[1]}${index === 0 ? '' : ` @include(if: $${shownBy(column)})`}` };
  });
  const shown = kind.columns.slice(1).map((column) => `, $${shownBy(column)}: Boolean = ${kind.shown.includes(column.id)}`);
  const order = kind.columns.find((column) => column.id === kind.sort.of)?.sort?.(kind.sort.way, '');
  return {
    declared: `$filter: ${kind.type}Filter, $orderBy: [${kind.type}Sort!] = [${written(order)}], $asOf: DateTime${shown.join('')}`,
    spreads: fragments.map(({ spread }) => spread).join(' '),
    texts: fragments.map(({ text }) => text).join('\n'),
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A page of rows. */
export function rowsOf(kind: Kind) {
  const { declared, spreads, texts } = partsOf(kind);
  return compose<Page, object>(`query ${capital(kind.id)}(${declared}, $first: Int, $after: String, $last: Int, $before: String, $count: Boolean = true) {
  rows: ${kind.id}(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, asOf: $asOf) {
    totalCount @include(if: $count)
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id displayName ${why} ${spreads} }
  }
}
${texts}`);
}

/** The same rows as an export takes them: rows alone. */
export function exportText(kind: Kind): string {
  const { declared, spreads, texts } = partsOf(kind);
  // Why something is missing is told once for each row; within a list it would hide the names.
  return `query Export${capital(kind.id)}(${declared}) {
  ${kind.id}(filter: $filter, orderBy: $orderBy, asOf: $asOf) { nodes { id displayName ${spreads} withheld { field reason } } }
}
${texts.replaceAll(/withheld\s*\{[^}]*\}/g, '')}`;
}

export type MoneySum = { currency: string; count: number | null; sum: string | null };
type Counted = { totalCount: number | null; aggregate?: { count: number | null; money?: MoneySum[] | null } | null };
export type Totals = { all: Counted | null; found: (Counted & { explain: { condition: string; alone: number | null; without: number | null }[] }) | null };

/** How many there are, how many each condition leaves, and what their amounts come to. */
export function totalsOf(kind: Kind) {
  const money = kind.money ? `aggregate { count money: ${kind.money} { currency count sum } }` : '';
  return compose<Totals, Asked>(`query ${capital(kind.id)}Totals($filter: ${kind.type}Filter, $asOf: DateTime) {
  found: ${kind.id}(first: 1, filter: $filter, asOf: $asOf) { totalCount explain { condition alone without } ${money} }
  all: ${kind.id}(first: 1, asOf: $asOf) { totalCount ${money} }
}`);
}

export type Group = { key: Record<string, string | null>; count: number | null; aggregate?: { money?: MoneySum[] | null } | null };
export type Groups = { found: { groups: { rows: Group[]; other: { groups: number | null; count: number | null } | null } | null } | null };

export function groupsOf(kind: Kind, { by, key }: Dimension) {
  const money = kind.money ? `aggregate { money: ${kind.money} { currency count sum } }` : '';
  return compose<Groups, Asked>(`query ${capital(kind.id)}By${capital(key)}($filter: ${kind.type}Filter, $asOf: DateTime) {
  found: ${kind.id}(first: 1, filter: $filter, asOf: $asOf) {
    groups(by: [${by}], first: 20) { rows { key { ${key} } count ${money} } other { groups count } }
  }
}`);
}

/** How many meet one condition alone. */
export function aloneOf(kind: Kind) {
  return compose<{ found: { totalCount: number | null } | null }, Asked>(`query ${capital(kind.id)}Alone($filter: ${kind.type}Filter, $asOf: DateTime) {
  found: ${kind.id}(first: 1, filter: $filter, asOf: $asOf) { totalCount }
}`);
}

export type Refusal = { reason: Reason; message: string };

/** Why the part of an answer below an alias is kept back or refused; undefined where it is not. */
export function refusalOf(alias: string, data: Record<string, unknown> | undefined, error: CombinedError | undefined, withheld: readonly { path: (string | number)[]; reason: Reason }[]): Refusal | undefined {
  const refused = error?.graphQLErrors.find((one) => one.path?.[0] === alias && one.extensions?.code === 'PURPOSE_DENIED');
  if (refused) return { reason: refused.message.includes('SMALL_GROUP') ? 'SMALL_GROUP' : 'NOT_FOR_PURPOSE', message: refused.message };
  const kept = data && data[alias] === null ? withheld.find((one) => one.path.length === 1 && one.path[0] === alias) : undefined;
  return kept && { reason: kept.reason, message: '' };
}
