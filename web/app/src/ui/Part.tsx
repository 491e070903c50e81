import './people.css';
import type { ReactNode } from 'react';
import { Withheld, whyWithheld, type WithheldField } from './values';
import { reasonSentence } from './words';

/**
 * The content of a box that stands or falls with one field of a node. Where the field is withheld, the reason stands in place of
 * the content; where there is nothing, a word does.
 */
export function Part<Node extends { withheld?: readonly WithheldField[] | null }, Name extends keyof Node & string>({
  of,
  field,
  children,
}: {
  of: Node;
  field: Name;
  children: (value: NonNullable<Node[Name]>) => ReactNode;
}) {
  const value = of[field];
  if (value !== null && value !== undefined) return <>{children(value as NonNullable<Node[Name]>)}</>;
  const why = whyWithheld(of, field);
  return (
    <div className="pad sm">
      {why ? (
        <>
          <Withheld why={why} />
          <p className="soft">{reasonSentence(why)}</p>
        </>
      ) : (
        <span className="faint">not known</span>
      )}
    </div>
  );
}

/** A line that says that there is none, in a box. */
export const None = ({ children }: { children: ReactNode }) => <p className="pad sm faint">{children}</p>;

/** How many more there are than are shown. */
export const AndMore = ({ of, shown, word, words }: { of: number | null | undefined; shown: number; word: string; words?: string }) =>
  of && of > shown ? <p className="pad sm soft">{`and ${of - shown} more ${of - shown === 1 ? word : (words ?? `${word}s`)}`}</p> : null;

/** What the word says of a value without history while another day is chosen. */
export const TodaysValue = ({ asOf }: { asOf: string | undefined }) => (asOf ? <span className="faint xs"> today’s value</span> : null);
