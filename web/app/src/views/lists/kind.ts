import type { ReactNode } from 'react';
import type { DocumentDecoration } from 'gql.tada';
import type { WithheldField } from '../../ui/values';
import type { ResultOf } from '../../api/graphql';
import type { Condition } from './conditions';

/** A row of a list: what is asked of every node; a column adds what it shows. */
export type Row = {
  id: string;
  displayName: string | null;
  withheld: readonly WithheldField[];
  /** What is worked out by itself is there. */
  apart?: boolean;
};

export type Way = 'ASC' | 'DESC';

export type Column = {
  id: string;
  word: string;
  /** The field whose policy decides whether the column may be used, as Deal.stage. */
  on: string;
  /** A fragment with what the column shows. */
  select?: unknown;
  /** A fragment with what takes long to be worked out: it is asked for by itself, of those rows in view that need it. */
  apart?: { select: unknown; of: (row: never) => boolean };
  cell: (row: never) => ReactNode;
  /** Its share of the width. */
  width: number;
  num?: boolean;
  /** On a phone the value takes a whole line. */
  wide?: boolean;
  /** What the server sorts by; with a currency where the column holds amounts. */
  sort?: (way: Way, currency: string) => object;
  /** Amounts are sorted inside one currency. */
  money?: boolean;
  /** It tells of days, so that an order runs from old to new. */
  dated?: boolean;
  /** Sorting goes over an edge: whether the purpose may is found out by asking. */
  through?: boolean;
  /** It keeps no history: on another day it still shows today's value. */
  today?: boolean;
};

/** A column whose cell knows what its fragment holds. */
export function column<Fragment extends DocumentDecoration<object, object> = never, Apart extends DocumentDecoration<object, object> = never>(
  given: Omit<Column, 'select' | 'apart' | 'cell'> & {
    select?: Fragment;
    apart?: { select: Apart; of: (row: Told<Fragment>) => boolean };
    cell: (row: Row & Told<Fragment> & Partial<Told<Apart>>) => ReactNode;
  },
): Column {
  return given as Column;
}

type Told<Fragment> = [Fragment] extends [never] ? object : Fragment extends DocumentDecoration<object, object> ? ResultOf<Fragment> : never;

export type ConditionType = 'enum' | 'time' | 'day' | 'money' | 'number' | 'count' | 'me' | 'node' | 'text';

/** What can be said of a node to leave some out; the filter is made of the relation and its value. */
export type Definition<Filter extends object = object> = {
  id: string;
  word: string;
  /** The field whose policy decides whether it may be filtered by. */
  on: string;
  type: ConditionType;
  /** The values of an enum, in the order in which they are told. */
  values?: readonly string[];
  /** What is counted. */
  unit?: string;
  /** Days that lie ahead make sense. */
  ahead?: boolean;
  /** That nothing is known can be asked for. */
  none?: boolean;
  /** It goes over an edge: whether the purpose may is found out by asking. */
  through?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the relation's own filter, whose type the condition's type decides
  filter: (inner: any) => Filter;
};

/** By what rows are counted above the list; choosing a group adds a condition. */
export type Dimension = { by: string; key: string; word: string; condition: string };

/** A kind of list: all that the engine has to know of it. */
export type Kind = {
  id: string;
  type: string;
  word: string;
  one: string;
  many: string;
  /** The first column is always there. */
  columns: readonly Column[];
  shown: readonly string[];
  sort: { of: string; way: Way };
  conditions: readonly Definition[];
  /** What a kind of very many opens with, and is counted within: who takes it away asks for counts. */
  opens?: Condition;
  dimensions: readonly Dimension[];
  /** The amount that is summed up, each currency apart. */
  money?: string;
};
