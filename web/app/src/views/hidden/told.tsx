import { Field, type WithheldField } from '../../ui/values';
import { day, duration, time, words } from '../../ui/words';

type Event = {
  at: string | null;
  endedAt: string | null;
  control: 'OURS' | 'CUSTOMERS' | 'NEITHER' | null;
  notifiedAt: string | null;
  hiddenEventKind: string | null;
  withheld: readonly WithheldField[];
};

/** In whose hands it was. */
export const controls = { OURS: 'Ours to prevent', CUSTOMERS: 'The customer’s to prevent', NEITHER: 'Nobody’s to prevent' } as const;

export const kindName = (kind: string) => words(kind);

const between = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

/** When it was: a point, or from its beginning to its end and how long that is. */
export function When({ of }: { of: Event }) {
  return (
    <>
      <Field of={of} field="at">
        {(at) => (
          <time dateTime={at}>
            {day(at)}, {time(at)}
          </time>
        )}
      </Field>
      {of.at && of.endedAt && (
        <>
          {' '}
          to{' '}
          <time dateTime={of.endedAt}>
            {day(of.at) === day(of.endedAt) ? '' : `${day(of.endedAt)}, `}
            {time(of.endedAt)}
          </time>
        </>
      )}
    </>
  );
}

/** How long it lasted; what has no end still holds. */
export function HowLong({ of }: { of: Event }) {
  if (of.at && of.endedAt) return <>{duration(between(of.at, of.endedAt))}</>;
  return <Field of={of} field="endedAt" none="still holds" />;
}

/** Whether those whom it reached were told, and how long before or after. */
export function Told({ of }: { of: Event }) {
  return (
    <Field of={of} field="notifiedAt" none={<span className="gap">Nobody was told</span>}>
      {(told) => {
        if (!of.at) return <>Told on {day(told)}</>;
        const late = between(of.at, told);
        return <>{late === 0 ? 'Told when it began' : late < 0 ? `Told ${duration(-late)} before` : `Told ${duration(late)} later`}</>;
      }}
    </Field>
  );
}
