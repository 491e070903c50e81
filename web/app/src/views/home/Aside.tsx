import { hrefOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Box, Field, Name, Withheld } from '../../ui/values';
import { ago, amount, dayShort, time, words, type Why } from '../../ui/words';
import { contact } from '../timeline/kinds';
import type { OpenDeal, Talk } from './query';

/** Conversations of the last 30 days in which the customer spoke last. */
export function waiting(talks: readonly Talk[]): readonly Talk[] {
  const answered = new Set<string>();
  const open: Talk[] = [];
  for (const talk of talks) {
    const with_ = (talk.customers?.nodes ?? []).map(({ id }) => id);
    // Newest first: what stands before it for the same customer came later.
    if (talk.origin === 'CUSTOMER' && with_.length > 0 && !with_.some((id) => answered.has(id))) open.push(talk);
    for (const id of with_) answered.add(id);
  }
  return open;
}

const Untold = ({ why }: { why: Why }) => (
  <p className="empty">
    <Withheld why={why} />
  </p>
);

export function NeedsAnswer({ talks, untold }: { talks: readonly Talk[]; untold: Why | undefined }) {
  return (
    <Box title="Needs an answer" n={untold ? undefined : talks.length}>
      {untold ? (
        <Untold why={untold} />
      ) : talks.length === 0 ? (
        <p className="empty">You had the last word in every conversation of the last 30 days.</p>
      ) : (
        <ul className="list">
          {talks.slice(0, 6).map((talk) => (
            <li key={talk.id}>
              <span className="list-top">
                <Icon name={contact[talk.kind ?? 'OTHER'].icon} />
                {talk.customers?.nodes[0] && <Name of={talk.customers.nodes[0]} />}
                <span className="when">{talk.at && ago(talk.at)}</span>
              </span>
              <a href={hrefOf(talk.id)} dir="auto">
                <Field of={talk} field="subject" none={talk.kind ? words(talk.kind) : 'contact'} />
              </a>
            </li>
          ))}
        </ul>
      )}
      {talks.length > 6 && <p className="pad xs soft">{talks.length - 6} more, longer ago</p>}
    </Box>
  );
}

type Change = NonNullable<OpenDeal['history']>['nodes'][number] & { deal: OpenDeal };

/** What happened to the deals since yesterday began, the newest first. */
export function changesSinceYesterday(deals: readonly OpenDeal[]): readonly Change[] {
  const today = new Date();
  const since = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - 1);
  return deals
    .flatMap((deal) => (deal.history?.nodes ?? []).map((change) => ({ ...change, deal })))
    .filter((change) => change.from !== null && change.at !== null && Date.parse(change.at) >= since)
    .sort((a, b) => Date.parse(b.at!) - Date.parse(a.at!));
}

function said({ property }: Change, value: string | null): string {
  if (value === null) return 'nothing';
  if (property === 'EXPECTED_CLOSE') return dayShort(value);
  if (property === 'AMOUNT') return amount(value);
  return /^[A-Z_]+$/.test(value) ? words(value) : value;
}

export function SinceYesterday({ changes, untold }: { changes: readonly Change[]; untold: Why | undefined }) {
  return (
    <Box title="Since yesterday" n={untold ? undefined : changes.length}>
      {untold ? (
        <Untold why={untold} />
      ) : changes.length === 0 ? (
        <p className="empty">Nothing was changed about these deals.</p>
      ) : (
        <ul className="list">
          {changes.map((change, i) => (
            <li key={i}>
              <span className="list-top soft xs">
                {words(change.property)}
                <span className="when">{[change.actor ?? change.source, time(change.at!)].filter(Boolean).join(', ')}</span>
              </span>
              <Name of={change.deal} />
              <span>
                <span className="was">{said(change, change.from)}</span> {said(change, change.to)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
