import type { Category, Purpose, Reason } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { useViewer } from '../../frame/viewer';
import { compose, refusalOf } from './document';
import type { Column, Definition, Kind } from './kind';

export type Why = { reason: Reason; purpose: Purpose; category: Category; since: null };
/** The policy of a kind's fields for the purpose in force. */
export type PolicyOf = { denied: (on: string) => Why | undefined; category: (on: string) => Category | undefined };
type Policy = { category: Category; rules: { purpose: Purpose; basis: string }[] };

const aliasOf = (on: string) => on.replace('.', '_');

/** What the purpose may not use of a kind's columns and conditions, by its policy. Undefined while it is asked. */
export function usePolicy(kind: Kind): PolicyOf | undefined {
  const { purpose } = useViewer();
  const fields = [...new Set([...kind.columns, ...kind.conditions].map((one) => one.on))];
  const parts = fields.map((on) => `${aliasOf(on)}: fieldPolicy(type: "${on.split('.')[0]}", field: "${on.split('.')[1]}") { category rules { purpose basis } }`);
  const answer = useAnswer(compose<Record<string, Policy | null>, object>(`query ${kind.type}Policies { ${parts.join(' ')} }`), {}, { pause: !purpose });
  if (!purpose || answer.waiting) return undefined;
  const of = (on: string) => answer.data?.[aliasOf(on)] ?? undefined;
  return {
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

/**
 * Whether conditions and orders over an edge are taken: that depends on who stands behind it, and the server alone can tell. What
 * it refuses is given with its reason.
 */
export function useThrough(kind: Kind, { denied, category }: PolicyOf, { pause }: { pause: boolean }) {
  const { purpose } = useViewer();
  const conditions = kind.conditions.filter((one) => one.through && !denied(one.on));
  const columns = kind.columns.filter((one) => one.through && one.sort && !denied(one.on));
  const variables: Record<string, object> = {};
  for (const one of conditions) variables[`if_${one.id}`] = sample(one);
  for (const one of columns) variables[`by_${one.id}`] = [one.sort?.('DESC', 'EUR') ?? {}];
  const declared = Object.keys(variables).map((name) => `$${name}: ${name.startsWith('if_') ? `${kind.type}Filter` : `[${kind.type}Sort!]`}`);
  const parts = Object.keys(variables).map((name) => `${name}: ${kind.id}(first: 1, ${name.startsWith('if_') ? 'filter' : 'orderBy'}: $${name}) { pageInfo { hasNextPage } }`);
  const answer = useAnswer(compose<Record<string, unknown>, object>(`query ${kind.type}Takes(${declared.join(', ') || '$none: Int'}) { ${parts.join(' ') || '__typename'} }`), variables, {
    pause: pause || parts.length === 0,
  });
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
