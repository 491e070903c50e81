import { useRef, type KeyboardEvent } from 'react';
import { count, duration, percent } from '../../ui/words';
import { Skeleton } from '../../ui/states';
import { Zoom } from '../../ui/Zoom';
import { useMapLayout } from './map-large';
import type { Card, MapLayout } from './map-layout';
import { stillOpen, type Drawn, type Edge, type MapTold } from './map-model';
import { activityName, END, START } from './names';

export const measures = { median: 'Median', p90: '9 of 10 within', persons: 'People' } as const;
export type Measure = keyof typeof measures;

/** What stands below the number of an edge. */
const measured = (edge: Edge, measure: Measure) => (measure === 'persons' ? count(edge.persons) : edge[measure] === null ? '' : duration(edge[measure]));

const edgeText = ({ from, to, cases, events, median }: Edge) =>
  `${activityName(from)} to ${activityName(to)}: ${count(cases)} cases${events === null ? '' : `, ${count(events)} times`}${median === null ? '' : `, median ${duration(median)}`}`;

type Props = { map: MapTold; drawn: Drawn; measure: Measure; cases: number; focused: string | null; focus: (key: string) => void };

/** The map, once it is known where all of it stands. */
export function MapPicture(props: Props) {
  const layout = useMapLayout(props.drawn);
  return layout ? <Shown {...props} layout={layout} /> : <Skeleton rows={14} />;
}

/** Which activity directly follows which. One mark has the focus; arrows go from a card along its widest line, and from a line to its ends. */
function Shown({ map, drawn, layout, measure, cases, focused, focus }: Props & { layout: MapLayout }) {
  const marks = useRef(new Map<string, SVGGElement>());
  const keep = (key: string) => (mark: SVGGElement | null) => {
    if (mark) marks.current.set(key, mark);
    else marks.current.delete(key);
  };
  const keys = [...layout.lines.map((line) => line.key), ...layout.cards.map((card) => card.name)];
  const entry = focused && keys.includes(focused) ? focused : keys[0];
  const chosen = drawn.edges.find((edge) => `${edge.from}|${edge.to}` === focused);

  const start = layout.cards.find((card) => card.name === START);

  const widest = (edges: readonly Edge[]) => [...edges].sort((a, b) => b.cases - a.cases)[0];
  const beside = (edges: readonly Edge[], edge: Edge, by: number) => {
    const row = [...edges].sort((a, b) => b.cases - a.cases);
    return row[(row.indexOf(edge) + by + row.length) % row.length];
  };
  const moveTo = (event: KeyboardEvent, next: string | undefined) => {
    if (!next) return;
    event.preventDefault();
    marks.current.get(next)?.focus();
  };
  const fromCard = (event: KeyboardEvent, card: Card) => {
    const key = event.key;
    const edge = key === 'ArrowDown' || key === 'ArrowRight' ? widest(drawn.edges.filter((one) => one.from === card.name)) : key === 'ArrowUp' || key === 'ArrowLeft' ? widest(drawn.edges.filter((one) => one.to === card.name)) : undefined;
    moveTo(event, edge && `${edge.from}|${edge.to}`);
  };
  const fromLine = (event: KeyboardEvent, edge: Edge) => {
    const row = drawn.edges.filter((one) => one.from === edge.from);
    const key = event.key;
    if (key === 'ArrowDown') moveTo(event, edge.to);
    if (key === 'ArrowUp') moveTo(event, edge.from);
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const next = beside(row, edge, key === 'ArrowRight' ? 1 : -1);
      moveTo(event, `${next.from}|${next.to}`);
    }
  };

  return (
    // A map that is wider than its place begins in its middle, where most come from.
    <Zoom className="map-picture" middle={start ? start.x + start.width / 2 : layout.width / 2}>
      <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label="Which activity directly follows which; the list says the same">
        {layout.lines.map((line) => (
          <g
            key={line.key}
            ref={keep(line.key)}
            className="map-line"
            data-end={line.edge.from === START || line.edge.to === END || undefined}
            data-chosen={line.key === focused || undefined}
            role="button"
            tabIndex={line.key === entry ? 0 : -1}
            aria-pressed={line.key === focused}
            aria-label={edgeText(line.edge)}
            onFocus={() => focus(line.key)}
            onClick={() => focus(line.key)}
            onKeyDown={(event) => fromLine(event, line.edge)}
          >
            <path d={line.path} className="map-hit" />
            <path d={line.path} className="map-halo" strokeWidth={line.width + 5} />
            <path d={line.path} className="map-stroke" strokeWidth={line.width} />
            <path d={line.head} className="map-head" />
          </g>
        ))}
        {layout.cards.map((card) => {
          const activity = map.activities.find((one) => one.activity === card.name);
          const bar = card.width - 20;
          const open = activity ? stillOpen(map, activity) : 0;
          const share = activity ? activity.cases / Math.max(1, cases) : 0;
          const hollow = activity ? Math.min(share, open / Math.max(1, cases)) : 0;
          return (
            <g
              key={card.name}
              ref={keep(card.name)}
              className="map-card"
              data-end={!activity || undefined}
              data-chosen={card.name === focused || card.name === chosen?.from || card.name === chosen?.to || undefined}
              role="button"
              tabIndex={card.name === entry ? 0 : -1}
              aria-pressed={card.name === focused}
              aria-label={activity ? `${activityName(card.name)}: ${count(activity.cases)} cases, ${activity.events === null ? '' : `${count(activity.events)} times, `}${percent(share)} of all cases, ${count(open)} still open` : activityName(card.name)}
              onFocus={() => focus(card.name)}
              onClick={() => focus(card.name)}
              onKeyDown={(event) => fromCard(event, card)}
            >
              <rect x={card.x} y={card.y} width={card.width} height={card.height} rx={activity ? 6 : 13} className="map-ground" />
              {activity && (
                <>
                  <rect x={card.x + 10} y={card.y + card.height - 8} width={bar} height="3" className="map-track" />
                  <rect x={card.x + 10} y={card.y + card.height - 8} width={bar * (share - hollow)} height="3" className="map-share" />
                  <rect x={card.x + 10.5 + bar * (share - hollow)} y={card.y + card.height - 7.5} width={Math.max(0, bar * hollow - 1)} height="2" className="map-open" />
                </>
              )}
            </g>
          );
        })}
        <g className="map-words" aria-hidden="true">
          {layout.cards.map((card) => {
            const activity = map.activities.find((one) => one.activity === card.name);
            const name = activityName(card.name);
            return activity ? (
              <g key={card.name}>
                <text x={card.x + 10} y={card.y + 17} className="step-name">
                  {name.length > 23 ? `${name.slice(0, 22)}…` : name}
                </text>
                <text x={card.x + 10} y={card.y + 32}>
                  {count(activity.cases)} cases{activity.events !== null && `, ${count(activity.events)} ×`}
                </text>
              </g>
            ) : (
              <text key={card.name} x={card.x + card.width / 2} y={card.y + 17} textAnchor="middle">
                {name}
              </text>
            );
          })}
          {layout.lines.map((line) => {
            const below = measured(line.edge, measure);
            return (
              <text key={line.key} x={line.label.x} y={line.label.y - (below ? 2 : -4)} textAnchor="middle" className="halo">
                <tspan className="map-n">{count(line.edge.cases)}</tspan>
                {below && (
                  <tspan x={line.label.x} dy="14">
                    {below}
                  </tspan>
                )}
              </text>
            );
          })}
        </g>
      </svg>
    </Zoom>
  );
}
