import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Fault } from '../../ui/states';
import { counted, words } from '../../ui/words';
import { WithoutQuery, type Committee, type Without } from './queries';
import { toggleWithout } from './without';
import { warningWords } from './words';

/** What the committee would be without one of its members; undefined while nobody is left out, or it is being asked. */
export function useWithout(id: string, without: string | undefined): { after: Without | undefined; fault: Parameters<typeof Fault>[0] | undefined } {
  const asOf = useAsOf();
  const answer = useAnswer(WithoutQuery, { id, asOf, without: [without ?? ''] }, { pause: !without });
  return { after: (without && !answer.renewing && answer.data?.deal?.committee) || undefined, fault: without && answer.error ? { error: answer.error, retry: answer.retry } : undefined };
}

/** The seats that somebody has now and nobody would have then. */
export const fallenSeats = (committee: Committee, after: Without) =>
  committee.seats.filter((seat) => seat.state === 'COMPLETE' && after.seats.find((one) => one.role === seat.role)?.state !== 'COMPLETE');

/** The line above a committee from which somebody is left out: what falls, in words and numbers. */
export function WithoutLine({ committee, after, fault, name }: { committee: Committee; after: Without | undefined; fault: Parameters<typeof Fault>[0] | undefined; name: string | null }) {
  if (fault) return <Fault {...fault} />;
  return (
    <section className="box without" aria-label="Without somebody" aria-live="polite">
      <Button className="btn" onPress={() => toggleWithout(null)}>
        <Icon name="minus" />
        Without <bdi className="strong">{name ?? 'this person'}</bdi>
        <Icon name="x" small />
      </Button>
      {after ? <p className="sm">{said(committee, after)}</p> : <p className="sm faint">Asking</p>}
    </section>
  );
}

function said(committee: Committee, after: Without): string {
  const seats = fallenSeats(committee, after).map((one) => words(one.role).toLowerCase());
  const raised = after.warnings
    .filter((one) => one.state === 'RAISED' && !committee.warnings.some((now) => now.code === one.code && now.state === 'RAISED'))
    .map((one) => warningWords[one.code].toLowerCase());
  const threads =
    after.liveThreads === null || committee.liveThreads === null
      ? ''
      : `${counted(after.liveThreads, 'live thread')} of ${committee.liveThreads} ${after.liveThreads === 1 ? 'stays' : 'stay'}. `;
  return `${threads}${seats.length > 0 ? `Nobody would be ${seats.join(' or ')}. ` : 'No seat falls. '}${raised.length > 0 ? `New: ${[...new Set(raised)].join(', ')}.` : ''}`;
}
