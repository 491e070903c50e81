import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { count, percent } from '../../ui/words';
import { Zoom } from '../../ui/Zoom';
import { activityName } from './names';
import type { Drills } from './steps-behind';
import { endWord } from './StepsLedger';
import { BAR, layOut, type Drawn } from './steps-layout';
import type { Balance, Grid } from './steps-model';

/** A balance as one line of words. Where links are not told, what is told of each number is named, and the rest together. */
export function balanceText(b: Balance, goals: readonly string[]): string {
  const terms: [number, string][] = [[b.continued, 'continued'], ...(goals.length > 0 ? [[b.reached, 'ended well'] as [number, string]] : []), [b.dropped, endWord(goals).toLowerCase()], [b.open, 'open']];
  const told = b.other > 0 ? terms.filter(([n]) => n > 0) : terms;
  return `${count(b.entered)} entered = ${[...told, [b.other, b.other > 0 ? 'not told apart' : 'other'] as const].map(([n, word]) => `${count(n)} ${word}`).join(' + ')}`;
}

/** Bars and ribbons: as high and as wide as their cases. Arrows follow the ribbons; the line above says what became of the focused bar. */
export function StepsPicture({ grid, room, drills, goals }: { grid: Grid; room: number; drills: Drills; goals: readonly string[] }) {
  const layout = useMemo(() => layOut(grid, room), [grid, room]);
  const [focused, focus] = useState<string | null>(null);
  const marks = useRef(new Map<string, SVGGElement>());
  const first = grid.levels[0]?.[0]?.key ?? null;
  const current = layout.places.find((place) => place.key === focused) ?? null;

  const follow = (event: KeyboardEvent, place: Drawn) => {
    const column = layout.places.filter((one) => one.level === place.level).sort((a, b) => a.y - b.y);
    const at = column.indexOf(place);
    const strongest = (links: typeof grid.links) => [...links].sort((a, b) => b.cases - a.cases)[0];
    const next =
      event.key === 'ArrowDown'
        ? column[at + 1]?.key
        : event.key === 'ArrowUp'
          ? column[at - 1]?.key
          : event.key === 'ArrowRight'
            ? strongest(grid.links.filter((link) => link.source === place.key))?.target
            : event.key === 'ArrowLeft'
              ? strongest(grid.links.filter((link) => link.target === place.key))?.source
              : undefined;
    const drill = event.key === 'Enter' ? drills.place(place) : null;
    if (drill) drills.open(drill);
    if (next) marks.current.get(next)?.focus();
    if (drill || next) event.preventDefault();
  };

  return (
    <>
      <p className="pad xs soft steps-balance" role="status">
        {current ? (
          <>
            <span className="strong">{activityName(current.activity)}</span>, step {current.level + 1}: {balanceText(current.balance, goals)}
          </>
        ) : (
          'A bar in focus says here what became of its cases. Arrows follow the ribbons.'
        )}
      </p>
      <Zoom className="steps-scroll">
        <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label="Steps and what leads from one to the next; the list says the same">
          {grid.levels.map((_, level) => (
            <text key={level} x={level * layout.column} y="14" className="step-number">
              Step {level + 1}
            </text>
          ))}
          {layout.drops.map((drop) => (
            <path key={drop.key} d={drop.path} className={goals.length > 0 ? 'ribbon-drop' : 'ribbon-drop plain'} data-focused={drop.place === focused || undefined} />
          ))}
          {layout.ribbons.map((ribbon) => (
            <path key={ribbon.key} d={ribbon.path} strokeWidth={ribbon.width} className="ribbon" data-focused={ribbon.link.source === focused || ribbon.link.target === focused || undefined}>
              <title>{`${activityName(ribbon.link.from)} to ${activityName(ribbon.link.to)}: ${count(ribbon.link.cases)}`}</title>
            </path>
          ))}
          {layout.stubs.map((stub) => (
            <rect key={stub.key} x={stub.x} y={stub.y} width="16" height={stub.height} className={`stub-${stub.kind}`} />
          ))}
          {layout.places.map((place) => (
            <g
              key={place.key}
              ref={(mark) => {
                if (mark) marks.current.set(place.key, mark);
                else marks.current.delete(place.key);
              }}
              className="step"
              data-other={place.activity === null || undefined}
              role={drills.place(place) ? 'button' : 'img'}
              tabIndex={(focused ?? first) === place.key ? 0 : -1}
              aria-label={`${activityName(place.activity)}, step ${place.level + 1}: ${balanceText(place.balance, goals)}`}
              onFocus={() => focus(place.key)}
              onPointerEnter={() => focus(place.key)}
              onKeyDown={(event) => follow(event, place)}
              onClick={() => {
                const drill = drills.place(place);
                if (drill) drills.open(drill);
              }}
            >
              <rect className="step-focus" x={place.x - 3} y={place.y - 3} width={BAR + 6} height={place.height + 6} rx="3" />
              <rect className="step-bar" x={place.x} y={place.y} width={BAR} height={place.height} />
              <rect className="step-hit" x={place.x + BAR} y={place.y} width={Math.min(120, layout.column - BAR)} height="30" />
            </g>
          ))}
          {layout.places.map((place) => (
            <Label key={place.key} place={place} room={layout.column - BAR - 16} of={grid.cases} />
          ))}
        </svg>
      </Zoom>
    </>
  );
}

/** A name as long as there is room for it; it is whole in the bar's own label and in the list. */
function Label({ place, room, of }: { place: Drawn; room: number; of: number }) {
  const name = activityName(place.activity);
  const most = Math.max(8, Math.floor(room / 6.6));
  return (
    <g className="step-words" aria-hidden="true">
      <text x={place.x + BAR + 7} y={place.y + 11} className="step-name halo">
        {name.length > most ? `${name.slice(0, most - 1)}…` : name}
      </text>
      <text x={place.x + BAR + 7} y={place.y + 26} className="halo">
        {count(place.cases)}
        <tspan className="step-share" dx="5">
          {percent(place.cases / Math.max(1, of), 1)}
        </tspan>
      </text>
    </g>
  );
}
