import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { changeParams, useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { count, day, dayShort, words } from '../../ui/words';
import { Await } from '../../ui/states';
import { ChangesQuery, type Change } from './queries';

const dayLength = 86_400_000;
const toDay = (number: number) => new Date(number * dayLength).toISOString().slice(0, 10);
const toNumber = (at: string) => Math.floor(Date.parse(at) / dayLength);

const marks: Record<Change['code'], { word: string; kind: 'join' | 'change' | 'dark' | 'back' | 'left' }> = {
  JOINED: { word: 'joined', kind: 'join' },
  CHANGED_ROLE: { word: 'changed role', kind: 'change' },
  CHANGED_STANCE: { word: 'changed stance', kind: 'change' },
  WENT_DARK: { word: 'went dark', kind: 'dark' },
  CAME_BACK: { word: 'came back', kind: 'back' },
  LEFT: { word: 'left', kind: 'left' },
  DROPPED: { word: 'is claimed no more', kind: 'left' },
};

const told = (one: Change) =>
  `${one.customer.displayName ?? 'Somebody'} ${marks[one.code].word}${one.code === 'CHANGED_ROLE' || one.code === 'CHANGED_STANCE' ? `: ${[one.from, one.code === 'CHANGED_ROLE' ? one.role : one.stance].map((part) => (part ? words(part).toLowerCase() : 'unknown')).join(' to ')}` : one.code === 'JOINED' ? `: ${words(one.role).toLowerCase()}` : ''}`;

/** Takes the committee to another day, from change to change; Replay goes through them all. */
export function Slider({ id }: { id: string }) {
  const answer = useAnswer(ChangesQuery, { id });
  return (
    <Await answer={answer} rows={1}>
      {({ deal }) => {
        const changes = (deal?.committee?.changes ?? []).filter((one) => one.at !== null) as (Change & { at: string })[];
        return changes.length > 0 ? <Line changes={changes} opened={deal?.openedAt ?? null} /> : null;
      }}
    </Await>
  );
}

function Line({ changes, opened }: { changes: readonly (Change & { at: string })[]; opened: string | null }) {
  const { asOf } = useRoute().params;
  const today = toNumber(new Date().toISOString());
  // As of a day before it was opened there is no deal: what was said of its committee before that stands on its first day.
  const begun = opened ? toNumber(opened) : -Infinity;
  const dayOf = (one: { at: string }) => Math.max(begun, toNumber(one.at));
  const stops = useMemo(() => [...new Set([...changes.map(dayOf), today])].sort((a, b) => a - b), [changes, begun, today]);
  const first = opened ? begun : stops[0];
  const chosen = asOf ? Math.min(today, Math.max(first, toNumber(asOf))) : today;
  const [dragged, drag] = useState<number | null>(null);
  const at = dragged ?? chosen;
  const input = useRef<HTMLInputElement>(null);

  const show = (number: number) => changeParams({ asOf: number >= today ? null : toDay(number) }, { replace: true });
  const { playing, play } = useReplay(stops, show, input);

  // Dragging asks for a day only once it rests on it.
  useEffect(() => {
    if (dragged === null) return;
    const timer = setTimeout(() => {
      show(dragged);
      drag(null);
    }, 150);
    return () => clearTimeout(timer);
  }, [dragged]);

  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = event.shiftKey ? at + by : by === 1 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at);
    if (next !== undefined) show(Math.min(today, Math.max(first, next)));
  };

  const pc = (number: number) => `${(((number - first) / Math.max(1, today - first)) * 100).toFixed(2)}%`;
  const here = changes.filter((one) => dayOf(one) === at);
  const latest = changes.findLast((one) => dayOf(one) <= at);
  const said = here.length > 0 ? here : latest ? [latest] : [];
  return (
    <section className="box slider-box" aria-label="Committee as of">
      <p className="sm">
        <span className="faint">Committee as of</span> <span className="strong">{at === today ? 'today' : day(toDay(at))}</span>
      </p>
      <div className="slider-line">
        <svg width="100%" height="30" aria-hidden="true">
          <line x1="0" x2="100%" y1="16" y2="16" className="slider-track" />
          {changes.map((one, i) => (
            <svg key={i} x={pc(dayOf(one))} y="0" width="1" height="30" overflow="visible" className={`mark ${marks[one.code].kind}`}>
              <Mark kind={marks[one.code].kind} />
            </svg>
          ))}
        </svg>
        <input
          ref={input}
          type="range"
          className="slider-input"
          aria-label="Day: arrows go from change to change, with Shift by day"
          min={first}
          max={today}
          value={at}
          aria-valuetext={`${at === today ? 'today' : day(toDay(at))}${here.length > 0 ? `: ${shortly(here)}` : ''}`}
          onChange={(event) => drag(Number(event.target.value))}
          onKeyDown={onKey}
        />
      </div>
      <Button className="btn small" onPress={play}>
        <Icon name="retry" small />
        {playing ? 'Stop' : 'Replay'}
      </Button>
      <p className="slider-said sm" role="status">
        {latest ? (
          <>
            <span className="faint">{dayShort(latest.at)}</span> <bdi>{shortly(said)}</bdi>
          </>
        ) : (
          <span className="faint">Nothing is claimed yet.</span>
        )}
      </p>
      {said.length > most && (
        <details className="fold slider-all sm">
          <summary>All {count(said.length)} changes of this day</summary>
          <ul>
            {said.map((one, i) => (
              <li key={i}>
                <bdi>{told(one)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="key">
        {(['join', 'change', 'dark', 'back', 'left'] as const)
          .filter((kind) => changes.some((one) => marks[one.code].kind === kind))
          .map((kind) => (
            <span key={kind}>
              <svg width="12" height="12" viewBox="-6 10 12 12" className={`mark ${kind}`} aria-hidden="true">
                <Mark kind={kind} />
              </svg>
              {{ join: 'joined', change: 'changed role or stance', dark: 'went dark', back: 'came back', left: 'left or claimed no more' }[kind]}
            </span>
          ))}
      </p>
    </section>
  );
}

/** So many changes of one day are said in a line; all of them stand below it. */
const most = 4;

const shortly = (all: readonly Change[]) => (all.length > most ? `${all.slice(0, most - 1).map(told).join(', ')} and ${count(all.length - most + 1)} other changes` : all.map(told).join(', '));

function Mark({ kind }: { kind: 'join' | 'change' | 'dark' | 'back' | 'left' }) {
  switch (kind) {
    case 'join':
      return <path d="M0 11v10M-5 16h10" />;
    case 'change':
      return <rect x="-4" y="12" width="8" height="8" />;
    case 'dark':
    case 'back':
      return <circle cy="16" r="4" />;
    case 'left':
      return <path d="M-4 12l8 8M4 12l-8 8" />;
  }
}

/**
 * Goes from change to change, two a second, until a key is pressed or today is reached. Where less motion is wanted it only goes
 * to the first change and gives the slider the focus: each step is then a key.
 */
function useReplay(stops: readonly number[], show: (stop: number) => void, input: React.RefObject<HTMLInputElement | null>) {
  const [step, set] = useState<number | null>(null);
  const playing = step !== null;
  useEffect(() => {
    if (step === null) return;
    show(stops[step]);
    if (step === stops.length - 1) return set(null);
    const timer = setTimeout(() => set(step + 1), 500);
    return () => clearTimeout(timer);
  }, [step]);
  useEffect(() => {
    if (!playing) return;
    const stop = () => set(null);
    addEventListener('keydown', stop);
    return () => removeEventListener('keydown', stop);
  }, [playing]);
  return {
    playing,
    play: () => {
      if (playing) return set(null);
      if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return set(0);
      show(stops[0]);
      input.current?.focus();
    },
  };
}
