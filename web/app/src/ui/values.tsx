import type { ReactNode } from 'react';
import type { Failed } from '../api/failures';
import type { Category, Purpose, Reason } from '../api/graphql';
import { hrefOf } from '../route';
import { Icon, type IconName } from './Icon';
import { amount, day, initials, reasonInPlace, reasonSentence, type Why } from './words';

/** Why a field of a node is not told: it is withheld, as the node tells it, or went wrong. */
export type WithheldField = { field: string; reason: Reason; purpose: Purpose; category: Category; since: string | null } | Failed;

/** What stands in the place of what could not be told. */
export const failed = { reason: 'FAILED' } as const;

/** What stands in the place of a withheld value: a bar whose length tells nothing, and the reason in words. What went wrong is words alone. */
export function Withheld({ why, name, short }: { why: Why; name?: string; short?: boolean }) {
  return (
    <span className="withheld" data-reason={why.reason} title={reasonSentence(why, name)}>
      {short && why.reason !== 'FAILED' ? <span className="sr">{reasonInPlace(why)}</span> : reasonInPlace(why)}
    </span>
  );
}

/** Why a field of a node is withheld; undefined where it is not. */
export const whyWithheld = (node: { withheld?: readonly WithheldField[] | null }, field: string) =>
  node.withheld?.find((one) => one.field === field);

/**
 * A field of a node: what it says, or why it is withheld, or a word where nothing is known. The three never look alike.
 */
export function Field<Node extends { withheld?: readonly WithheldField[] | null }, Name extends keyof Node & string>({
  of,
  field,
  none = 'not known',
  name,
  children,
}: {
  of: Node;
  field: Name;
  none?: ReactNode;
  name?: string;
  children?: (value: NonNullable<Node[Name]>) => ReactNode;
}) {
  const value = of[field];
  if (value !== null && value !== undefined) return <>{children ? children(value as NonNullable<Node[Name]>) : <bdi>{String(value)}</bdi>}</>;
  const why = whyWithheld(of, field);
  return why ? <Withheld why={why} name={name} /> : <span className="faint">{none}</span>;
}

/** What a node is called, or why that is withheld, as a link to its page. */
export function Name({ of, look = 'name', className = '', none = 'without a name' }: { of: { id: string; displayName: string | null; withheld?: readonly WithheldField[] | null }; look?: string; className?: string; none?: string }) {
  const why = whyWithheld(of, 'displayName') ?? whyWithheld(of, 'name');
  return (
    <a className={`${look} ${className}`} href={hrefOf(of.id)} title={of.displayName ?? undefined}>
      {of.displayName === null ? why ? <Withheld why={why} /> : none : <bdi>{of.displayName}</bdi>}
    </a>
  );
}

/** An exact amount, its currency behind it, with a space for who copies it or has it read out. Money at risk is marked. */
export function Money({ of, risk }: { of: { amount: string; currency: string }; risk?: boolean }) {
  return (
    <span className={risk ? 'money at-risk' : 'money'}>
      {amount(of.amount)}
      {' '}
      <span className="currency">{of.currency}</span>
    </span>
  );
}

export const Day = ({ at }: { at: string }) => <time dateTime={at}>{day(at)}</time>;

type Tone = 'warning' | 'risk' | 'gap' | 'good' | 'judge' | 'supporter' | 'neutral' | 'opponent' | 'unknown' | 'hidden';

/** A mark with its word. */
export function Chip({ tone, icon, children, title }: { tone?: Tone; icon?: IconName; children: ReactNode; title?: string }) {
  return (
    <span className={`chip ${tone ?? ''}`} title={title}>
      {icon && <Icon name={icon} small />}
      <span>{children}</span>
    </span>
  );
}

/** The letters of a name; our own people have corners. */
export function Avatar({ name, ours }: { name: string | null; ours?: boolean }) {
  return (
    <span className={ours ? 'avatar ours' : 'avatar'} aria-hidden="true">
      {name ? initials(name) : '·'}
    </span>
  );
}

/** A part of a page with a title, and how many it holds. */
export function Box({ title, n, more, children, className, id }: { title?: ReactNode; n?: ReactNode; more?: ReactNode; children: ReactNode; className?: string; id?: string }) {
  return (
    <section className={`box ${className ?? ''}`} id={id}>
      {title !== undefined && (
        <header className="box-head">
          <h2>{title}</h2>
          {n !== undefined && n !== null && <span className="n">{n}</span>}
          {more && <span className="more">{more}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

/** The title of a page: where it stands, what it is called, what it is, and what can be done. */
export function Title({ crumb, children, sub, actions }: { crumb?: ReactNode; children: ReactNode; sub?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="title">
      <div>
        {crumb && <p className="crumb">{crumb}</p>}
        <h1 tabIndex={-1}>{children}</h1>
        {sub && <p className="sub">{sub}</p>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

/** Words and values under each other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ word, children }: { word: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}
