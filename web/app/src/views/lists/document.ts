import type { TadaDocumentNode } from 'gql.tada';
import { gql, stringifyDocument, type CombinedError } from 'urql';
import type { Reason } from '../../api/graphql';
import type { Column, Dimension, Kind, Row } from './kind';

export type Page = {
  rows: {
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
      .filter((column) => columns.includes(column) !== kind.shown.includes(column.id))
      .map((column) => [shownBy(column), columns.includes(column)]),
  );

/** A value as a document writes it: an order holds names of fields and directions alone. */
const written = (value: unknown): string => (typeof value === 'object' ? `{${Object.entries(value ?? {}).map(([key, inner]) => `${key}: ${written(inner)}`).join(', ')}}` : String(value));

/** A fragment, and how it is spread. */
function partOf(fragment: unknown, shown = '') {
  const text = fragment ? stringifyDocument(fragment as Parameters<typeof stringifyDocument>[0]) : '';
  return { text, spread: text && `...${/fragment (\w+)/.exec(text)?.[1]}${shown}` };
}

/** What is declared and spread of a kind's columns, and its own order: that of whoever asks for none. */
function partsOf(kind: Kind, whole = false) {
  const fragments = kind.columns.flatMap((column, index) => {
    const shown = index === 0 ? '' : ` @include(if: $${shownBy(column)})`;
    return [partOf(column.select, shown), ...(whole && column.apart ? [partOf(column.apart.select, shown)] : [])];
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
  return compose<Page, object>(`query ${capital(kind.id)}(${declared}, $first: Int, $after: String, $last: Int, $before: String) {
  rows: ${kind.id}(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, asOf: $asOf) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id displayName ${why} ${spreads} }
  }
}
${texts}`);
}

/** Of so many rows at a time it is asked what is worked out for them. */
export const few = 10;

/** What a column shows of some rows by itself. */
export function apartOf(kind: Kind, column: Column) {
  const { text, spread } = partOf(column.apart?.select);
  return compose<{ rows: { nodes: Row[] } | null }, { ids: string[]; asOf?: string }>(`query ${capital(kind.id)}${capital(column.id)}($ids: [ID!]!, $asOf: DateTime) {
  rows: ${kind.id}(first: ${few}, filter: {id: {in: $ids}}, asOf: $asOf) { nodes { id ${why} ${spread} } }
}
${text}`);
}

/** The same rows as an export takes them: rows alone. */
export function exportText(kind: Kind): string {
  const { declared, spreads, texts } = partsOf(kind, true);
  // Why something is missing is told once for each row; within a list it would hide the names.
  return `query Export${capital(kind.id)}(${declared}) {
  ${kind.id}(filter: $filter, orderBy: $orderBy, asOf: $asOf) { nodes { id displayName ${spreads} withheld { field reason } } }
}
${texts.replaceAll(/withheld\s*\{[^}]*\}/g, '')}`;
}

export type MoneySum = { currency: string; count: number | null; sum: string | null };
export type Counted = { totalCount: number | null; aggregate?: { count: number | null; money?: MoneySum[] | null } | null };
export type Totals = { found: Counted | null };

/** How many there are, and what their amounts come to. */
export function totalsOf(kind: Kind) {
  const money = kind.money ? `aggregate { count money: ${kind.money} { currency count sum } }` : '';
  return compose<Totals, Asked>(`query ${capital(kind.id)}Totals($filter: ${kind.type}Filter, $asOf: DateTime) {
  found: ${kind.id}(first: 1, filter: $filter, asOf: $asOf) { totalCount ${money} }
}`);
}

export type Explained = { condition: string; alone: number | null; without?: number | null }[];

/** How many each condition leaves alone and, where it is asked which one excluded all, how many there are without it. */
export function explainedOf(kind: Kind) {
  return compose<{ found: { explain: Explained } | null }, Asked & { empty: boolean }>(`query ${capital(kind.id)}Explained($filter: ${kind.type}Filter, $asOf: DateTime, $empty: Boolean!) {
  found: ${kind.id}(first: 1, filter: $filter, asOf: $asOf) { explain { condition alone without @include(if: $empty) } }
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

/** How many meet one condition alone, or within the period of a list. */
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
