import type { ReactNode } from 'react';
import { useAsOf } from '../../route';
import { Name, whyWithheld, Withheld, type WithheldField } from '../../ui/values';
import { ago, count, dayShort } from '../../ui/words';
import type { Row } from './kind';

type Held = { withheld?: readonly WithheldField[] | null };

/** What an edge or a computed field says; where the purpose keeps it back, why. What is asked under an alias may be told by it. */
export function Edge<Value>({ of, field, alias = field, value, none = 'none', short, children }: {
  of: Held;
  field: string;
  alias?: string;
  value: Value | null | undefined;
  none?: ReactNode;
  short?: boolean;
  children: (value: Value) => ReactNode;
}) {
  if (value === null || value === undefined) {
    const why = whyWithheld(of, alias) ?? whyWithheld(of, field);
    return why ? <Withheld why={why} short={short} /> : <span className="faint">{none}</span>;
  }
  return <>{children(value)}</>;
}

/** How many an edge leads to. */
export const Count = ({ of, field, alias, value }: { of: Row; field: string; alias?: string; value: { totalCount: number | null } | null }) => (
  <Edge of={of} field={field} alias={alias} value={value?.totalCount} none="not known" short>
    {(n) => count(n)}
  </Edge>
);

type Named = { id: string; displayName: string | null } & Held;

/** A node in a cell: its name leads to it. */
export const Node = ({ of }: { of: Named }) => <Name of={of} look="plain list-link" />;

/** Several nodes after each other, and how many more there are. */
export function Nodes({ of, field, value, none }: { of: Row; field: string; value: { totalCount: number | null; nodes: readonly Named[] } | null; none: string }) {
  return (
    <Edge of={of} field={field} value={value} none={none}>
      {({ nodes, totalCount }) =>
        nodes.length === 0 ? (
          <span className="faint">{none}</span>
        ) : (
          <>
            {nodes.map((node, index) => (
              <span key={node.id}>
                {index > 0 && ', '}
                <Node of={node} />
              </span>
            ))}
            {totalCount !== null && totalCount > nodes.length && <span className="faint"> and {count(totalCount - nodes.length)} more</span>}
          </>
        )
      }
    </Edge>
  );
}

/** A moment by how long before the as-of day it was, its day behind it. */
export function Ago({ at }: { at: string }) {
  const asOf = useAsOf();
  return (
    <time className="nowrap" dateTime={at}>
      {ago(at, asOf ? Date.parse(asOf) : undefined)} <span className="faint">{dayShort(at)}</span>
    </time>
  );
}

/** Filled: the customer began it. Hollow: we did. Dashed: neither. */
export function Began({ origin }: { origin: string | null }) {
  const who = origin === 'CUSTOMER' ? 'The customer began it' : origin === 'BUSINESS' ? 'We began it' : origin === 'ENVIRONMENT' ? 'Nobody of us began it' : undefined;
  if (!who) return null;
  return (
    <svg className={`began ${origin?.toLowerCase()}`} width="9" height="9" viewBox="0 0 9 9" role="img" aria-label={who}>
      <title>{who}</title>
      <circle cx="4.5" cy="4.5" r="3.5" />
    </svg>
  );
}
