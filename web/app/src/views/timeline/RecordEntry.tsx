import type { ReactNode } from 'react';
import { hrefOf, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Field, Money, Name, Withheld, whyWithheld, type WithheldField } from '../../ui/values';
import { day, duration, instrumentWord, percent, words } from '../../ui/words';
import { kinds, type InteractionNode } from './kinds';
import type { HiddenNode } from './HiddenEntry';
import type { Edge, EntryNode } from './query';

type RecordNode = Exclude<EntryNode, InteractionNode | HiddenNode>;
type Party = { id: string; displayName: string | null; withheld: readonly WithheldField[] } | null;

/** Who did it, or that somebody did whom this page is about or nobody may see. */
const Who = ({ of }: { of: Party }) => (of ? <Name of={of} /> : <>A customer</>);

const NowOrThen = () => (useAsOf() ? 'then' : 'now');

/** What a record is called, as a link to where it is told in full. */
function Called({ of }: { of: { id: string; displayName: string | null; withheld: readonly WithheldField[] } }) {
  const why = whyWithheld(of, 'displayName');
  return (
    <a className="link" href={hrefOf(of.id)}>
      {of.displayName === null ? why ? <Withheld why={why} /> : 'without a name' : <bdi>{of.displayName}</bdi>}
    </a>
  );
}

function told(edge: Edge, of: RecordNode): { head: ReactNode; by?: ReactNode; text?: ReactNode } {
  switch (of.__typename) {
    case 'Order':
      return {
        head: <><Who of={of.placedBy} /> ordered <Called of={of} /></>,
        by: <><Field of={of} field="total" none="no amount">{(total) => <Money of={total} />}</Field>, <Field of={of} field="orderStatus" none="status not known">{(status) => words(status).toLowerCase()}</Field></>,
      };
    case 'Return':
      return {
        head: <><Who of={of.sentBy} /> sent back <Called of={of} /></>,
        by: <><Field of={of} field="returned" none="reason not known">{(reason) => words(reason).toLowerCase()}</Field>, <Field of={of} field="returnStatus" none="status not known">{(status) => words(status).toLowerCase()}</Field></>,
      };
    case 'Case': {
      const took = of.openedAt && of.resolvedAt ? (Date.parse(of.resolvedAt) - Date.parse(of.openedAt)) / 1000 : null;
      return {
        head: <><Who of={of.party} /> opened case <Called of={of} /></>,
        by: <>severity <Field of={of} field="severity">{(severity) => severity.toLowerCase()}</Field>, {took !== null ? `resolved after ${duration(took)}` : <Field of={of} field="status">{(status) => status.toLowerCase()}</Field>}</>,
        text: <Field of={of} field="subject" none="" />,
      };
    }
    case 'Deal':
      return {
        head: <>We opened the deal <Called of={of} /></>,
        by: <><Field of={of} field="amount" none="no amount yet">{(sum) => <Money of={sum} />}</Field>, <NowOrThen /> <Field of={of} field="stage">{(stage) => words(stage).toLowerCase()}</Field>{of.closedAt && `, closed ${day(of.closedAt)}`}</>,
      };
    case 'SubscriptionContract':
      return {
        head: <><Who of={of.heldBy} /> took a contract: <Called of={of} /></>,
        by: <><Field of={of} field="recurringAmount" none="no amount">{(sum) => <><Money of={sum} />{of.interval && ` each ${of.interval.toLowerCase()}`}</>}</Field>{of.quantity !== null && `, quantity ${of.quantity}`}{of.endsAt && `, until ${day(of.endsAt)}`}</>,
      };
    case 'Feedback':
      return {
        head: <><Who of={of.givenBy} /> gave feedback: <Field of={of} field="score" none="no score">{(score) => <span className="strong">{score}</span>}</Field></>,
        by: <Field of={of} field="instrument">{instrumentWord}</Field>,
        text: <>{of.question !== null && <span className="soft" dir="auto">{of.question}</span>} {whyWithheld(of, 'text') ? <Withheld why={whyWithheld(of, 'text')!} /> : of.text !== null && <bdi>“{of.text}”</bdi>}</>,
      };
    case 'Campaign':
      return edge.properties.kind === 'CAMPAIGN_RESPONSE'
        ? { head: <>Response to the campaign <Called of={of} /></> }
        : { head: <>We sent the campaign <Called of={of} /></>, by: <Field of={of} field="campaignKind">{(kind) => words(kind).toLowerCase()}</Field> };
    case 'Claim':
      return {
        head: <>{of.assertedBy ? <Name of={of.assertedBy} /> : whyWithheld(of, 'assertedBy') ? <Withheld why={whyWithheld(of, 'assertedBy')!} /> : 'A rule'} claimed that <Who of={of.customer} /> is <Field of={of} field="role" none="in a role">{(role) => <span className="strong">{words(role).toLowerCase()}</span>}</Field></>,
        by: <><Field of={of} field="stance" none="no stance">{(stance) => words(stance).toLowerCase()}</Field>, <Field of={of} field="confidence" none="how sure is not known">{(sure) => `${percent(sure)} sure`}</Field></>,
      };
    default:
      return of satisfies never;
  }
}

/** Something that is kept as a record: an order, a case, a deal, a claim and the like. */
export function RecordEntry({ edge, of }: { edge: Edge; of: RecordNode }) {
  const { head, by, text } = told(edge, of);
  return (
    <>
      <p className="entry-head">
        <Icon name={edge.properties.kind ? kinds[edge.properties.kind].icon : 'file'} />
        <span>{head}</span>
        {by && <span className="entry-by">{by}</span>}
      </p>
      {text && (
        <p className="entry-text" dir="auto">
          {text}
        </p>
      )}
    </>
  );
}
