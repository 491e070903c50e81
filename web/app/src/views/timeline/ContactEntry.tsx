import { Icon } from '../../ui/Icon';
import { Field, Name, Withheld, whyWithheld } from '../../ui/values';
import { words } from '../../ui/words';
import { hrefOf } from '../../route';
import { contact, type InteractionNode } from './kinds';

type People = InteractionNode['customers'] | InteractionNode['employees'];

/** Names after each other, and how many more there are whom the reader may see. */
function Names({ of, without }: { of: People; without?: string }) {
  if (!of) return null;
  const shown = of.edges.map((edge) => edge.node).filter((node) => node.id !== without);
  const more = (of.totalCount ?? of.edges.length) - of.edges.length;
  return (
    <>
      {shown.map((node, index) => (
        <span key={node.id}>
          {index > 0 && ', '}
          <Name of={node} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

/** Contact with somebody: who began it, how, with whom of ours, and what was said. */
export function ContactEntry({ of, anchor }: { of: InteractionNode; anchor: string }) {
  const how = of.kind ? contact[of.kind] : null;
  const theirs = of.origin === 'CUSTOMER';
  const customers = of.customers?.edges.map((edge) => edge.node) ?? [];
  const first = of.customers?.edges.find((edge) => edge.properties.role === 'FROM')?.node ?? customers[0];
  const others = customers.filter((node) => node.id !== (theirs ? first?.id : anchor));
  const alone = of.kind === 'PAGE_VIEW' || of.kind === 'PAYMENT' || of.kind === 'MENTION'; // nobody of ours takes part
  const whyEmployees = alone ? undefined : whyWithheld(of, 'employees');
  const whyKind = whyWithheld(of, 'kind');
  const aboutAnchorAlone = !theirs && others.length === 0;
  return (
    <>
      <p className="entry-head">
        <Icon name={how?.icon ?? 'swap'} />
        {how === null ? (
          whyKind ? (
            <>
              Contact <Withheld why={whyKind} />
            </>
          ) : (
            'Contact'
          )
        ) : theirs ? (
          <span>
            {first ? <Name of={first} /> : 'A customer'} {how.theirs}
          </span>
        ) : aboutAnchorAlone ? (
          <span>{customers.length === 0 && of.origin === 'ENVIRONMENT' ? words(of.kind ?? '') : how.alone}</span>
        ) : (
          <span>
            {how.ours} <Names of={of.customers} without={customers.length > 1 ? anchor : undefined} />
          </span>
        )}
        {alone && of.subject !== null && of.text === null && (
          <a className="link entry-by" href={hrefOf(of.id)}>
            <bdi>{of.subject}</bdi>
          </a>
        )}
        <span className="entry-by">
          {whyEmployees ? (
            <>
              {theirs ? 'with' : 'by'} <Withheld why={whyEmployees} />
            </>
          ) : (
            of.employees?.edges.some((edge) => edge.node.id !== anchor) && (
              <>
                {theirs ? 'with ' : ''}
                <Names of={of.employees} without={anchor} />
              </>
            )
          )}
          {theirs && others.length > 0 && (
            <>
              {' '}
              and <Names of={of.customers} without={first?.id} />
            </>
          )}
        </span>
      </p>
      {alone && !whyWithheld(of, 'subject') && of.text === null ? null : <ContactText of={of} />}
    </>
  );
}

/** What it was about and what was said, or why that is withheld. */
export function ContactText({ of }: { of: InteractionNode }) {
  const whySubject = whyWithheld(of, 'subject');
  const whyText = whyWithheld(of, 'text');
  const subject = of.subject !== null && (
    <a className="link" href={hrefOf(of.id)}>
      <bdi>{of.subject}</bdi>
    </a>
  );
  return (
    <>
      {whySubject || whyText ? (
        <p className="entry-facts">
          {subject}
          <span>{of.kind === 'PAGE_VIEW' ? 'Which page' : 'What was said'}</span> <Withheld why={(whyText ?? whySubject)!} />
        </p>
      ) : (
        <>
          {subject && <p className="entry-subject">{subject}</p>}
          {of.text !== null && (
            <p className="entry-text" dir="auto">
              {of.text}
            </p>
          )}
        </>
      )}
      {of.result !== null && (
        <p className="entry-meta">
          Result: <Field of={of} field="result" />
        </p>
      )}
    </>
  );
}
