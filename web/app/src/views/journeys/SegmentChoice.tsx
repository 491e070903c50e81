import { useId } from 'react';
import { Icon } from '../../ui/Icon';
import { Fault } from '../../ui/states';
import { count } from '../../ui/words';
import { Choice } from '../../ui/Choice';
import { splits, type useSegments } from './segment';
import { caseWords } from './names';
import type { Drill } from './Behind';
import type { Whose } from './definition';
import { Number } from './Number';
import type { SideDrill } from './SegmentsTab';

type Props = { whose: Whose; segments: ReturnType<typeof useSegments>; counted: { a: number; b: number; both: number } | null; cases: number | null; drill: SideDrill; open: (drill: Drill) => void };

/** Who is in A and who is in B, and that they come to all. */
export function SegmentChoice({ whose, segments, counted, cases, drill, open }: Props) {
  const { split, a, b, write, swap, choose, read, partly } = segments;
  const neither = counted && cases !== null ? cases - counted.a - counted.b - counted.both : null;
  const balance: [string, number | null, Drill | null][] = [
    ['In A alone', counted?.a ?? null, drill('a', null)],
    ['In B alone', counted?.b ?? null, drill('b', null)],
    ['In both, left out', counted?.both ?? null, null],
    ['In neither', neither !== null && neither >= 0 ? neither : null, null],
  ];
  return (
    <section className="box segment-pair" aria-label="Segments">
      <h2 className="sr">Segments</h2>
      <div className="pad segment-split">
        <Choice word="Told apart by" value={split.id} options={splits[whose].map((one) => [one.id, one.word])} choose={choose} />
        <button type="button" className="btn small" onClick={swap}>
          <Icon name="swap" small />
          Swap A and B
        </button>
      </div>
      {read?.error && <Fault error={read.error} retry={read.retry} />}
      <div className="segment-sides">
        <Side letter="A" segments={segments} chosen={a.values} word={a.word} n={counted?.a ?? null} write={(values) => write({ a: values })} />
        <Side letter="B" segments={segments} chosen={b.values} word={b.word} n={counted?.b ?? null} write={(values) => write({ b: values })} />
        <dl className="segment-balance">
          {balance.map(([word, n, who]) =>
            n === null ? null : (
              <div key={word}>
                <dt>{word}</dt>
                <dd>
                  <Number n={n} drill={who} open={open} of={`cases: ${word}`} />
                </dd>
              </div>
            ),
          )}
          {cases !== null && (
            <div className="segment-sum">
              <dt>All {caseWords[whose][1]}</dt>
              <dd>{count(cases)}</dd>
            </div>
          )}
        </dl>
      </div>
      {partly && <p className="pad xs soft">Industries to choose from are those of the first 200 companies.</p>}
    </section>
  );
}

/** Filled is A, hollow is B, wherever they are drawn. */
export const SegmentMark = ({ letter }: { letter: 'A' | 'B' }) => (
  <svg width="14" height="10" aria-hidden="true">
    <rect x="0.5" y="0.5" width="13" height="9" className="segment-mark" data-hollow={letter === 'B' ? '' : undefined} />
  </svg>
);

function Side({ letter, segments, chosen, word, n, write }: { letter: 'A' | 'B'; segments: ReturnType<typeof useSegments>; chosen: readonly string[]; word: string; n: number | null; write: (values: string[]) => void }) {
  const id = useId();
  return (
    <div className="segment-side">
      <h3 id={id}>
        <SegmentMark letter={letter} />
        <span>
          {letter}, <bdi>{word || 'nothing chosen'}</bdi>
        </span>
        {n !== null && <span className="segment-n">n {count(n)}</span>}
      </h3>
      <div className="chips" role="group" aria-labelledby={id}>
        {segments.values.map(([value, text]) => {
          const pressed = chosen.includes(value);
          return (
            <button key={value} type="button" className="pill" aria-pressed={pressed} onClick={() => write(pressed ? chosen.filter((other) => other !== value) : [...chosen, value])}>
              <bdi>{text}</bdi>
            </button>
          );
        })}
      </div>
    </div>
  );
}
