import { day } from '../../ui/words';
import type { Week } from './weeks';

const height = 300;
/** Where the means stand, and their difference. */
const means = { top: 40, foot: 170 };
const gaps = { top: 206, foot: 272 };

type Number = (n: number, plus?: string) => string;

/** Values from the least to the greatest, zero among them, on a strip of the picture. */
function scaleOf(values: readonly (number | null)[], { top, foot }: { top: number; foot: number }) {
  const known = values.filter((one): one is number => one !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  return { low, high, y: (n: number) => foot - ((foot - top) * (n - low)) / (high - low || 1) };
}

type Seen = { x: (week: number) => number; wide: number; weeks: readonly Week[] };

/** Two lines, of those whom it reached and of who are like them, and below them by how much they differ. Each week has its point in its middle. */
export function WeeksPicture({ weeks, count, at, room, word, said }: { weeks: readonly Week[]; count: number; at: string; room: number; word: string; said: Number }) {
  const wide = room / count;
  const seen: Seen = { wide, weeks, x: (week) => (week + count / 2 + 0.5) * wide };
  const level = scaleOf(weeks.flatMap(({ of }) => [of.exposed, of.matched]), means);
  const gap = scaleOf(weeks.flatMap(({ of }) => [of.difference, of.low, of.high]), gaps);
  const widest = weeks.reduce<Week | null>((most, one) => (one.of.difference !== null && Math.abs(one.of.difference) > Math.abs(most?.of.difference ?? 0) ? one : most), null);
  return (
    <svg className="weeks-picture" width={room} height={height} role="img" aria-label={`${word}, week by week, of those whom it reached and of others who are like them, and their difference; the list says each week`}>
      {level.high > 0 && <path className="weeks-most" d={`M0 ${means.top}H${room}`} />}
      <path className="weeks-axis" d={`M0 ${level.y(0)}H${room}M0 ${gap.y(0)}H${room}`} />
      <path className="weeks-event" d={`M${room / 2} 22V${gaps.foot + 6}`} />
      <path className="weeks-diamond" d={`M${room / 2} 4l6 6-6 6-6-6z`} />
      <text x={room / 2 - 12} y="14" textAnchor="end" className="weeks-when">
        {day(at)}
      </text>
      <Bands {...seen} y={gap.y} />
      <Line {...seen} of="matched" y={level.y} />
      <Line {...seen} of="exposed" y={level.y} />
      <Line {...seen} of="difference" y={gap.y} />
      {level.high > 0 && <text y={means.top - 6} className="halo">{said(level.high)}</text>}
      {level.low < 0 && <text y={means.foot + 14} className="halo">{said(level.low)}</text>}
      <text y={gaps.top - 12} className="t-strong">Difference</text>
      {widest && (
        <text x={Math.min(Math.max(seen.x(widest.week) + 8, 0), room - 44)} y={gap.y(widest.of.difference ?? 0) + ((widest.of.difference ?? 0) < 0 ? 16 : -8)} className="t-strong halo">
          {said(widest.of.difference ?? 0, '+')}
        </text>
      )}
      <text y={height - 5}>{count / 2} weeks before</text>
      <text x={room} y={height - 5} textAnchor="end">{count / 2} after</text>
    </svg>
  );
}

/** A line through what is known: it ends where that is not, and a week alone is a point. */
function Line({ x, weeks, y, of }: Seen & { y: (n: number) => number; of: 'exposed' | 'matched' | 'difference' }) {
  const known = weeks.flatMap((one) => (one.of[of] === null ? [] : [{ week: one.week, n: one.of[of] }]));
  const joins = known.map(({ week }, i) => i > 0 && known[i - 1].week === week - 1);
  const path = known.map(({ week, n }, i) => `${joins[i] ? 'L' : 'M'}${x(week).toFixed(1)} ${y(n).toFixed(1)}`).join('');
  return (
    <>
      <path className={`weeks-${of}`} d={path} />
      {known.map(({ week, n }, i) => !joins[i] && !joins[i + 1] && <circle key={week} cx={x(week)} cy={y(n)} r="2.5" className={`weeks-${of}-point`} />)}
    </>
  );
}

function Bands({ x, wide, weeks, y }: Seen & { y: (n: number) => number }) {
  return weeks.map(({ week, of: { low, high } }) =>
    low === null || high === null ? null : <rect key={week} className="weeks-band" x={x(week) - wide / 2} width={wide} y={y(high)} height={Math.max(1, y(low) - y(high))} />,
  );
}
