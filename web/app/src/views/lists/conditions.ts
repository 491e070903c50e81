import { isDay } from '../../route';
import { amount, count, day, words } from '../../ui/words';
import type { Definition, Kind } from './kind';

export type Op = 'in' | 'notIn' | 'within' | 'olderThan' | 'next' | 'between' | 'gte' | 'lte' | 'none' | 'me' | 'contains';

/** One condition: which it is, how it relates, and its values as they stand in a link. */
export type Condition = { of: string; op: Op; values: readonly string[] };

const span$ = /^P[1-9]\d{0,4}[DWMY]$/;
const number$ = /^-?\d{1,15}(\.\d{1,10})?$/;

/** How a condition of a type can relate. */
export function opsOf(definition: Definition): Op[] {
  const none: Op[] = definition.none ? ['none'] : [];
  switch (definition.type) {
    case 'enum':
    case 'node':
      return ['in', 'notIn', ...none];
    case 'time':
      return ['olderThan', 'within', 'between', ...none];
    case 'day':
      return definition.ahead ? ['next', 'olderThan', 'within', 'between', ...none] : ['olderThan', 'within', 'between', ...none];
    case 'money':
    case 'number':
    case 'count':
      return ['gte', 'lte', ...none];
    case 'me':
      return ['me'];
    case 'text':
      return ['contains'];
  }
}

/** Whether a condition says something that its definition understands. */
export function isSound({ op, values }: Condition, definition: Definition): boolean {
  if (!opsOf(definition).includes(op)) return false;
  const [first = '', second = ''] = values;
  switch (op) {
    case 'none':
    case 'me':
      return values.length === 0;
    case 'in':
    case 'notIn':
      return values.length > 0 && values.every((value) => (definition.values ? definition.values.includes(value) : /^[\w-]{3,200}$/.test(value)));
    case 'within':
    case 'olderThan':
    case 'next':
      return span$.test(first);
    case 'between':
      return (first !== '' || second !== '') && [first, second].every((value) => value === '' || isDay(value)) && (first === '' || second === '' || first <= second);
    case 'gte':
    case 'lte':
      if (definition.type === 'money') return number$.test(first) && /^[A-Z]{3}$/.test(second);
      return definition.type === 'count' ? /^\d{1,9}$/.test(first) : number$.test(first);
    case 'contains':
      return first.trim() !== '';
  }
}

/** Conditions as they stand in a link. A text that was searched for is not told there. */
export function write(conditions: readonly Condition[]): string | null {
  return conditions.filter((one) => one.op !== 'contains').map((one) => `${one.of}.${one.op}.${one.values.join(',')}`).join(';') || null;
}

/** Reads the conditions of a link; what is not understood is counted, not guessed. */
export function read(text: string | undefined, kind: Kind): { conditions: Condition[]; unread: number } {
  const parts = (text ?? '').split(';').filter(Boolean);
  const conditions = parts.flatMap((part) => {
    const [, of, op, values] = /^(\w+)\.(\w+)\.(.*)$/.exec(part) ?? [];
    const condition = { of, op: op as Op, values: values ? values.split(',') : [] };
    const definition = kind.conditions.find((one) => one.id === of);
    return definition && definition.type !== 'text' && isSound(condition, definition) ? [condition] : [];
  });
  return { conditions, unread: parts.length - conditions.length };
}

const shift = (from: string, span: string) => {
  const at = new Date(from);
  const n = Number(span.slice(1, -1));
  const unit = span.at(-1);
  if (unit === 'D' || unit === 'W') at.setUTCDate(at.getUTCDate() + n * (unit === 'W' ? 7 : 1));
  else if (unit === 'M') at.setUTCMonth(at.getUTCMonth() + n);
  else at.setUTCFullYear(at.getUTCFullYear() + n);
  return at.toISOString().slice(0, 10);
};

/** What a condition asks of the server. Days ahead count from the day as of which the page asks. */
function inner({ op, values }: Condition, definition: Definition, told: { me?: string; today: string }): object {
  const [first = '', second = ''] = values;
  switch (op) {
    case 'in':
    case 'notIn':
      return { [op]: values };
    case 'within':
    case 'olderThan':
      return { [op]: first };
    case 'next':
      return { gte: told.today, lte: shift(told.today, first) };
    case 'between': {
      const bounds = { ...(first && { gte: first }), ...(second && { lte: second }) };
      if (definition.type === 'day') return bounds;
      return { ...(first && { gte: `${first}T00:00:00Z` }), ...(second && { lte: `${second}T23:59:59.999Z` }) };
    }
    case 'gte':
    case 'lte':
      return { [op]: definition.type === 'money' ? { amount: first, currency: second } : Number(first) };
    case 'none':
      return { isNull: true };
    case 'me':
      return { eq: told.me };
    case 'contains':
      return { caseInsensitive: { contains: first } };
  }
}

export const definitionOf = (kind: Kind, condition: Condition): Definition => {
  const found = kind.conditions.find((one) => one.id === condition.of);
  if (!found) throw new Error(`${kind.id} have no condition ${condition.of}`);
  return found;
};

export function filterOf(condition: Condition, kind: Kind, told: { me?: string; today: string }): object {
  const definition = definitionOf(kind, condition);
  return definition.filter(inner(condition, definition, told));
}

/** All of them, in their order: the server explains them by it. */
export const filterOfAll = (conditions: readonly Condition[], kind: Kind, told: { me?: string; today: string }) =>
  conditions.length === 0 ? undefined : { and: conditions.map((one) => filterOf(one, kind, told)) };

export const opWords: Record<Op, string> = {
  in: 'is',
  notIn: 'is not',
  within: 'in the last',
  olderThan: 'longer ago than',
  next: 'in the next',
  between: 'from … to',
  gte: 'at least',
  lte: 'at most',
  none: 'is not known',
  me: 'is',
  contains: 'contains',
};

const units: Record<string, string> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

export function spanWords(span: string): string {
  const n = Number(span.slice(1, -1));
  return `${count(n)} ${units[span.at(-1) ?? 'D']}${n === 1 ? '' : 's'}`;
}

/** A condition as a relation and a value. Names of nodes are told by whoever has asked for them. */
export function sentence({ op, values }: Condition, definition: Definition, name: (id: string) => string): { relation: string; value: string } {
  const [first = '', second = ''] = values;
  switch (op) {
    case 'in':
    case 'notIn': {
      const told = values.map(definition.type === 'node' ? name : words);
      return { relation: opWords[op], value: told.length > 1 ? `${told.slice(0, -1).join(', ')} ${op === 'in' ? 'or' : 'nor'} ${told.at(-1)}` : (told[0] ?? '') };
    }
    case 'within':
    case 'olderThan':
    case 'next':
      return { relation: opWords[op], value: spanWords(first) };
    case 'between':
      if (first && second) return { relation: 'from', value: `${day(first)} to ${day(second)}` };
      return first ? { relation: 'since', value: day(first) } : { relation: 'until', value: day(second) };
    case 'gte':
    case 'lte':
      return { relation: opWords[op], value: definition.type === 'money' ? `${amount(first)} ${second}` : [first, Number(first) === 1 ? definition.unit?.replace(/s$/, '').replace('people', 'person') : definition.unit].filter(Boolean).join(' ') };
    case 'none':
      return { relation: opWords.none, value: '' };
    case 'me':
      return { relation: 'is', value: 'you' };
    case 'contains':
      return { relation: 'contains', value: `“${first}”` };
  }
}
