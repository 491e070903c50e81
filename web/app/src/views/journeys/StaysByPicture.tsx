import { duration } from '../../ui/words';
import { activityName } from './names';
import type { Row, Stay } from './StaysByBox';

/** What is told of how long stays last. */
export const measures = { survival: 'With open ones', median: 'Median', p90: '9 of 10 within' } as const;
export type Measure = keyof typeof measures;

const known = (stay: Stay) => [stay.stays, stay.forward, stay.back, stay.open].every((one) => one?.entries != null);

/** How long, in words; undefined: of too few people to be told. */
export function said(stay: Stay, measure: Measure): string | undefined {
  const seconds = stay[measure];
  if (seconds !== null) return duration(seconds);
  if (!known(stay)) return undefined;
  return stay.stays?.entries === 0 ? 'no stay' : measure === 'survival' ? 'more than half go on' : 'no time yet';
}

const names = 150;
const least = 130;
const pitch = 30;
const head = 30;
const bar = 14;

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A bar for each value and stage, as long as stays last, all on one scale; dotted where that is not known yet. */
export function StaysByPicture({ rows, measure, room }: { rows: readonly Row[]; measure: Measure; room: number }) {
  const stages = rows[0]?.stages ?? [];
  const column = Math.max(least, Math.floor((room - names) / Math.max(1, stages.length)));
  const longest = Math.max(1, ...rows.flatMap((row) => row.stages.map((stay) => stay[measure] ?? 0)));
  const wide = column - 62;
  const width = names + column * stages.length;
  const height = head + pitch * rows.length;
  return (
    <svg className="stays" width={width} height={height} role="img" tabIndex={width > room ? 0 : undefined} aria-label={`How long cases stay in ${stages.length} stages, of ${rows.length} values: ${measures[measure].toLowerCase()}; the list says each`}>
      {stages.map((stage, index) => (
        <g key={index} transform={`translate(${names + index * column})`}>
          <text y="14" className="t-strong">{short(stage.activities.map(activityName).join(' or '), Math.floor(column / 7))}</text>
          <path d={`M0.5 ${head - 6}V${height}`} className="stays-axis" />
        </g>
      ))}
      {rows.map((row, at) => (
        <g key={row.name} transform={`translate(0 ${head + at * pitch})`}>
          <text y={bar}>{short(row.name, 22)}</text>
          {row.stages.map((stay, index) => {
            const seconds = stay[measure];
            const long = seconds === null ? 0 : Math.max(1.5, (wide * seconds) / longest);
            const endless = measure === 'survival' && seconds === null && known(stay) && stay.stays?.entries !== 0;
            return (
              <g key={index} transform={`translate(${names + index * column})`}>
                {seconds !== null && <rect x="1" y="2" width={long} height={bar} className="stays-bar" />}
                {endless && <rect x="1.5" y="2.5" width={wide} height={bar - 1} className="stays-endless" />}
                <text x={(endless ? wide : long) + 7} y={bar} className={seconds === null ? undefined : 't-strong'}>
                  {seconds !== null ? duration(seconds) : endless ? 'go on' : known(stay) ? 'none' : 'too few'}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
