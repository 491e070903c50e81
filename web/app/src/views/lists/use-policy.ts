import type { Category, Purpose, Reason } from '../../api/graphql';
import { useAnswer, type Answer } from '../../api/use-answer';
import { useViewer } from '../../frame/viewer';
import { compose, refusalOf } from './document';
import type { Column, Definition, Kind } from './kind';

export type Why = { reason: Reason; purpose: Purpose; category: Category; since: null };
/** The policy of a kind's fields for the purpose in force. */
export type PolicyOf = { denied: (on: string) => Why | undefined; category: (on: string) => Category | undefined } & Partial<Pick<Answer<unknown>, 'error' | 'retry'>>;
type Policy = { category: Category; rules: { purpose: Purpose; basis: string }[] };

const aliasOf = (on: string) => on.replace('.', '_');

const fieldsOf = (kind: Kind) => [...new Set([...kind.columns, ...kind.conditions].map((one) => one.on))];

/** What the policy says of a kind's columns and conditions. */
export function policiesOf(kind: Kind) {
  const parts = fieldsOf(kind).map((on) => `${aliasOf(on)}: fieldPolicy(type: "${on.split('.')[0]}", field: "${on.split('.')[1]}") { category rules { purpose basis } }`);
  return compose<Record<string, Policy | null>, object>(`query ${kind.type}Policies { ${parts.join(' ')} }`);
}

/** What the purpose may not use of a kind's columns and conditions, by its policy. Undefined while it is asked. */
export function usePolicy(kind: Kind): PolicyOf | undefined {
  const { purpose } = useViewer();
  const answer = useAnswer(policiesOf(kind), {}, { pause: !purpose });
  if (!purpose || answer.waiting) return undefined;
  const of = (on: string) => answer.data?.[aliasOf(on)] ?? undefined;
  return {
    error: answer.error,
    retry: answer.retry,
    category: (on) => of(on)?.category,
    denied: (on) => {
      const policy = of(on);
      const denied = policy?.rules.some((rule) => rule.purpose === purpose && rule.basis === 'DENY');
      return policy && denied ? { reason: 'NOT_FOR_PURPOSE', purpose, category: policy.category, since: null } : undefined;
    },
  };
}

/** A condition that hardly leaves anything out, to find out whether it is taken. */
const sample = (definition: Definition) => definition.filter(definition.type === 'count' ? { gte: 1 } : definition.type === 'time' ? { olderThan: 'P1D' } : { in: [`${definition.id}`] });

const throughOf = (kind: Kind) => ({ conditions: kind.conditions.filter((one) => one.through), columns: kind.columns.filter((one) => one.through && one.sort) });

/** Whether conditions and orders over an edge are taken: each is asked for unless a variable leaves it out. */
export function takesOf(kind: Kind) {
  const { conditions, columns } = throughOf(kind);
  const tried = [
    ...conditions.map(({ id }) => ({ name: `if_${id}`, argument: 'filter', type: `${kind.type}Filter` })),
    ...columns.map(({ id }) => ({ name: `by_${id}`, argument: 'orderBy', type: `[${kind.type}Sort!]` })),
  ];
  const declared = tried.map(({ name, type }) => `$${name}: ${type}, $ask_${name}: Boolean = true`);
  const parts = tried.map(({ name, argument }) => `${name}: ${kind.id}(first: 1, ${argument}: $${name}) @include(if: $ask_${name}) { pageInfo { hasNextPage } }`);
  return compose<Record<string, unknown>, object>(`query ${kind.type}Takes(${declared.join(', ')}) { ${parts.join(' ')} }`);
}

/**
 * Whether conditions and orders over an edge are taken: that depends on who stands behind it, and the server alone can tell. What
 * it refuses is given with its reason.
 */
export function useThrough(kind: Kind, { denied, category }: PolicyOf, { pause }: { pause: boolean }) {
  const { purpose } = useViewer();
  const { conditions, columns } = throughOf(kind);
  const variables: Record<string, unknown> = {};
  const ask = (name: string, { on }: { on: string }, value: () => unknown) => {
    if (denied(on)) variables[`ask_${name}`] = false;
    else variables[name] = value();
  };
  for (const one of conditions) ask(`if_${one.id}`, one, () => sample(one));
  for (const one of columns) ask(`by_${one.id}`, one, () => [one.sort?.('DESC', 'EUR') ?? {}]);
  const answer = useAnswer(takesOf(kind), variables, { pause: pause || [...conditions, ...columns].every((one) => denied(one.on)) });
  const why = (alias: string, on: string): Why | undefined => {
    const refusal = refusalOf(alias, answer.data, answer.error, answer.extensions.withheld ?? []);
    const of = category(on);
    return refusal && purpose && of ? { reason: refusal.reason, purpose, category: of, since: null } : undefined;
  };
  return {
    condition: (one: Definition) => denied(one.on) ?? (one.through ? why(`if_${one.id}`, one.on) : undefined),
    order: (one: Column) => denied(one.on) ?? (one.through ? why(`by_${one.id}`, one.on) : undefined),
  };
}
