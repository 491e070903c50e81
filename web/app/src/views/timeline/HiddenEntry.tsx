import { hrefOf } from '../../route';
import { Field, Name, Withheld, whyWithheld } from '../../ui/values';
import { counted, day, duration, words } from '../../ui/words';
import type { EntryNode } from './query';

export type HiddenNode = Extract<EntryNode, { __typename: 'HiddenEvent' }>;

const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

const could: Record<NonNullable<HiddenNode['control']>, string> = {
  OURS: 'Ours to prevent',
  CUSTOMERS: 'Theirs to prevent',
  NEITHER: 'Nobody could prevent it',
};

type Reached = NonNullable<HiddenNode['affected']>['nodes'][number];

const things: Record<Reached['__typename'], string> = { Account: 'company', Location: 'place', SubscriptionContract: 'contract', Product: 'product', Customer: 'person' };
const many: Record<string, string | undefined> = { company: 'companies' };

/** What it reached, those of one kind and name together. */
function together(nodes: readonly Reached[]): (readonly Reached[])[] {
  const groups = new Map<string, Reached[]>();
  for (const node of nodes) {
    const key = node.displayName === null ? node.id : `${node.__typename} ${node.displayName}`;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()];
}

/** Several of one name: each is led to by what tells it from the others, the day when it began and, where that is none or no other, its number. */
function Alike({ of }: { of: readonly Reached[] }) {
  const thing = things[of[0].__typename];
  const name = of[0].displayName;
  const days = of.map((node) => (node.__typename === 'SubscriptionContract' && node.from ? `since ${day(node.from)}` : ''));
  return (
    <>
      {counted(of.length, thing, many[thing])} <bdi>{name}</bdi> (
      {of.map(({ id }, index) => {
        const since = days[index];
        const alone = since && days.indexOf(since) === days.lastIndexOf(since);
        const apart = alone ? since : `${since && `${since}, `}${index + 1} of ${of.length}`;
        return (
          <span key={id}>
            {index > 0 && ', '}
            <a className="link" href={hrefOf(id)} aria-label={`${thing} ${name}, ${apart}`}>
              {apart}
            </a>
          </span>
        );
      })}
      )
    </>
  );
}

function told(of: HiddenNode): string {
  if (!of.began || !of.notifiedAt) return 'They were not told';
  const after = seconds(of.began, of.notifiedAt);
  if (after === 0) return 'They were told at once';
  return after < 0 ? `They were told ${duration(-after)} before` : `They were told after ${duration(after)}`;
}

/** What happened to somebody without contact: how it got there, how long it lasted, who could have prevented it, whether they were told. */
export function HiddenEntry({ of }: { of: HiddenNode }) {
  const reached = of.affected?.nodes ?? [];
  const more = (of.affected?.totalCount ?? reached.length) - reached.length;
  const whyReached = whyWithheld(of, 'affected');
  const whyTold = whyWithheld(of, 'notifiedAt');
  return (
    <>
      <p className="entry-head">
        <Field of={of} field="description" none={of.hiddenEventKind ? words(of.hiddenEventKind) : 'It has no description'} />
      </p>
      {whyWithheld(of, 'description') && of.hiddenEventKind && <p>{words(of.hiddenEventKind)}</p>}
      {whyReached ? (
        <p className="entry-facts">
          What it reached <Withheld why={whyReached} />
        </p>
      ) : (
        reached.length > 0 && (
          <p>
            It came by{' '}
            {together(reached).map((alike, index) => (
              <span key={alike[0].id}>
                {index > 0 && ', '}
                {alike.length === 1 ? (
                  <>
                    the {things[alike[0].__typename]} <Name of={alike[0]} />
                  </>
                ) : (
                  <Alike of={alike} />
                )}
              </span>
            ))}
            {more > 0 && ` and ${counted(more, 'other')}`}
          </p>
        )
      )}
      {(of.valueBefore !== null || of.valueAfter !== null) && (
        <p className="entry-meta">
          Before: <bdi>{of.valueBefore ?? 'not known'}</bdi>. After: <bdi>{of.valueAfter ?? 'not known'}</bdi>
        </p>
      )}
      <p className="entry-meta">
        {whyWithheld(of, 'endedAt') ? <Withheld why={whyWithheld(of, 'endedAt')!} /> : of.began && of.endedAt ? `Lasted ${duration(seconds(of.began, of.endedAt))}` : 'Without an end'}
        {' · '}
        <Field of={of} field="control" none="Who could have prevented it is not known">
          {(control) => could[control]}
        </Field>
        {' · '}
        {whyTold ? (
          <>
            Whether they were told <Withheld why={whyTold} />
          </>
        ) : (
          told(of)
        )}
        {' · '}
        <a className="link" href={hrefOf(of.id)}>
          Exposure and aftermath
        </a>
      </p>
    </>
  );
}
