import type { ReactNode } from 'react';
import { definitionOf, sentence, type Condition } from './conditions';
import type { Kind } from './kind';

/** A condition as a sentence: word, relation, value, and what can be done with it. */
export function Sentence({ kind, condition, nameOf, children }: { kind: Kind; condition: Condition; nameOf: (id: string) => string; children?: ReactNode }) {
  const definition = definitionOf(kind, condition);
  const { relation, value } = sentence(condition, definition, nameOf);
  return (
    <span className="condition">
      <span>{definition.word}</span>
      <span className="relation">{relation}</span>
      {value && (
        <span className="value">
          <bdi>{value}</bdi>
        </span>
      )}
      {children}
    </span>
  );
}
