import type { ReactNode } from 'react';
import { Withheld, whyWithheld, type WithheldField } from '../../ui/values';
import { fieldWord } from './field-words';

/** A field whose value is withheld is not changed unseen: the reason stands in its place. */
export function Seen({ of, field, word = fieldWord(field), children }: { of: { withheld: readonly WithheldField[] }; field: string; word?: string; children: ReactNode }) {
  const why = whyWithheld(of, field);
  if (!why) return children;
  return (
    <div className="field">
      <span className="field-word">{word}</span>
      <span>
        <Withheld why={why} />
      </span>
    </div>
  );
}
