import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, type ReactNode } from 'react';
import type { Extensions } from '../../api/answers';
import { useAnswer, type Answer } from '../../api/use-answer';
import { Icon } from '../../ui/Icon';
import { Await, codeOf, Skeleton } from '../../ui/states';
import { Withheld } from '../../ui/values';
import { reasonSentence } from '../../ui/words';
import { useViewer } from '../../frame/viewer';

/** An answer about journeys; while events are read it says how far that is, and is asked again every second. */
export type JourneyAnswer<Data> = Answer<Data> & { reading: string | null };

export function useJourney<Data, Variables extends object>(query: TadaDocumentNode<Data, Variables>, variables: Variables, options: { pause?: boolean } = {}): JourneyAnswer<Data> {
  const answer = useAnswer(query, variables, options);
  const { error, retry } = answer;
  const reading = error && codeOf(error) === 'UNAVAILABLE' ? (error.graphQLErrors[0]?.message ?? '') : null;
  useEffect(() => {
    if (reading === null) return;
    const timer = setTimeout(retry, 1000);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- each refusal is an error of its own
  }, [error]);
  return { ...answer, reading };
}

/** The answer without what was read for other variables: for what is drawn, or opened, by those that are chosen now. */
export const anew = <Data,>(answer: JourneyAnswer<Data>): JourneyAnswer<Data> => (answer.renewing ? { ...answer, data: undefined, waiting: true } : answer);

/** Draws an answer about journeys, or how far events are read. */
export function AwaitJourney<Data>({ answer, rows, children }: { answer: JourneyAnswer<Data>; rows?: number; children: (data: Data) => ReactNode }) {
  if (answer.reading === null) return <Await answer={answer} rows={rows}>{children}</Await>;
  return (
    <>
      <p className="notice reading" role="status">
        <Icon name="clock" />
        <span>
          <span className="strong">Events are being read.</span> The first question of a purpose takes some seconds; it is asked again every second. <span className="soft">{answer.reading}</span>
        </span>
      </p>
      <Skeleton rows={rows} />
    </>
  );
}

/** Why a part of an answer is not told, by the name of its last field. */
export const whyMissing = (extensions: Extensions, field: string) => extensions.withheld?.find((one) => one.path[one.path.length - 1] === field) ?? extensions.withheld?.find((one) => one.path.includes(field));

/** What stands where a part of the answer is not told. */
export function NotTold({ extensions, field }: { extensions: Extensions; field: string }) {
  const why = whyMissing(extensions, field);
  return (
    <div className="empty">
      {why ? (
        <>
          <Withheld why={why} />
          <p>{reasonSentence(why)}</p>
        </>
      ) : (
        <p>The server tells nothing here.</p>
      )}
    </div>
  );
}

/** What stands in the place of a number of a funnel that is null: so the schema says that too few stand behind it. */
export function TooFew({ said = false }: { said?: boolean }) {
  const { purpose } = useViewer();
  return purpose ? <Withheld why={{ reason: 'SMALL_GROUP', purpose, category: 'BEHAVIOUR', since: null }} short={!said} /> : null;
}
