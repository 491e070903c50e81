import { count, dayShort } from '../../ui/words';
import { outcomeOf } from '../hidden/measures';
import type { Mean, Of, Period, Point } from './FeltTab';

const height = 240;
const top = 24;
const foot = 190;
const side = 34;
/** How wide a point with its words is. */
const words = 46;

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const monthOfYear = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });

/** How many periods a day lies behind the beginning of time. */
function ordinal(by: Period, value: string): number {
  const at = new Date(value);
  return by === 'MONTH' ? 12 * at.getUTCFullYear() + at.getUTCMonth() : Math.round(at.getTime() / (7 * 86_400_000));
}

/**
 * Where periods stand, from 0, and in how many places. One that is not told, as no case begins in it or it is told with others, has its room, unless most
 * are not: then the told ones stand side by side.
 */
function placesOf(by: Period, points: readonly Point[]): { places: readonly number[]; most: number; gaps: readonly number[] } {
  const ordinals = points.map(({ value }) => ordinal(by, value));
  const span = ordinals[ordinals.length - 1] - ordinals[0] + 1;
  if (span <= 3 * points.length) return { places: ordinals.map((one) => one - ordinals[0]), most: span, gaps: [] };
  return { places: ordinals.map((_, index) => index), most: points.length, gaps: ordinals.flatMap((one, index) => (index > 0 && one - ordinals[index - 1] > 1 ? [index] : [])) };
}

/** The mean of each period on the whole scale, with its interval, beside the mean of all. Hollow is what has no interval; an upright line stands for periods that are left out. What is wider than its place is scrolled by keys. */
export function FeltPicture({ points, all, by, of, room }: { points: readonly Point[]; all: Mean; by: Period; of: Of; room: number }) {
  const { said } = outcomeOf(of);
  const [least, most] = of === 'SENTIMENT' ? [-1, 1] : [0, 1];
  const { places, most: many, gaps } = placesOf(by, points);
  const width = Math.max(room, side + words * many);
  const step = (width - side) / many;
  const x = (place: number) => side + place * step;
  const y = (n: number) => foot - ((foot - top) * (Math.min(most, Math.max(least, n)) - least)) / (most - least);
  const name = (value: string) => (by === 'MONTH' ? (gaps.length > 0 ? monthOfYear : month).format(new Date(value)) : dayShort(value));
  return (
    <svg className="felt-picture" width={width} height={height} role="img" tabIndex={width > room ? 0 : undefined} aria-label={`${outcomeOf(of).word}, by the ${by.toLowerCase()} in which cases begin${gaps.length > 0 ? '; upright lines stand for periods that are left out' : ''}; the list says each`}>
      {[least, (least + most) / 2, most].map((n) => (
        <g key={n}>
          <path className="felt-axis" d={`M${side} ${y(n)}H${width}`} />
          {n !== (least + most) / 2 && <text x={side - 8} y={y(n) + 4} textAnchor="end">{String(n).replace('-', '−')}</text>}
        </g>
      ))}
      {all.mean !== null && <path className="felt-all" d={`M${side} ${y(all.mean)}H${width}`} />}
      {gaps.map((place) => (
        <path key={place} className="felt-all felt-gap" d={`M${x(place)} ${top}V${foot + 8}`} />
      ))}
      {points.map(({ value, mean }, index) => (
        <g key={value} transform={`translate(${x(places[index] + 0.5)})`}>
          {mean.low !== null && mean.high !== null && <path className="felt-span" d={`M0 ${y(mean.low)}V${y(mean.high)}`} />}
          {mean.mean !== null && (
            <>
              <circle cy={y(mean.mean)} r="4.5" className="felt-point" data-hollow={mean.low === null ? '' : undefined} />
              <text x="8" y={y(mean.mean) + 4} className="t-strong halo">{said(mean.mean)}</text>
            </>
          )}
          <text y={foot + 20} textAnchor="middle">{name(value)}</text>
          <text y={foot + 36} textAnchor="middle" className="felt-n">n {count(mean.answered)}</text>
        </g>
      ))}
    </svg>
  );
}
