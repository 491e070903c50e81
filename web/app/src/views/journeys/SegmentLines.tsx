import { count, percent } from '../../ui/words';
import { activityName } from './names';
import { SegmentMark } from './SegmentChoice';
import type { Drill } from './Behind';
import { Number } from './Number';
import type { Line, SideDrill } from './SegmentsTab';

export const verdictOf = ({ p, adjusted }: Pick<Line, 'p' | 'adjusted'>) => (adjusted < 0.05 ? 'differs' : p < 0.05 ? 'alone it would differ' : 'no difference shown');

const points = (share: number) => (Math.abs(share) < 0.0005 ? '0.0' : `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`);
const bound = (share: number) => points(share).replace('+', '');
const probability = (p: number) => (p < 0.001 ? 'below 0.001' : p.toFixed(3));

/** How large an effect is in words, by the usual bounds of Cohen's h. */
function sizeOf(effect: number): string {
  const h = Math.abs(effect);
  return h < 0.2 ? 'less than small' : h < 0.5 ? 'small' : h < 0.8 ? 'medium' : 'large';
}

/** Line by line: both shares with their n, the difference with its interval, the effect and p. The list says the same without pictures. */
export function SegmentLines({ lines, list, drill, open }: { lines: readonly Line[]; list: boolean; drill: SideDrill; open: (drill: Drill) => void }) {
  const reach = Math.max(0.05, ...lines.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  return (
    <table className="table cards segment-lines" data-list={list ? '' : undefined}>
      <caption className="sr">Shares of A and of B, their difference in points with its interval of 95 %, the effect, and p after Holm’s correction</caption>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col" className="num"><SegmentMark letter="A" /> A</th>
          <th scope="col" className="num"><SegmentMark letter="B" /> B</th>
          {!list && <th scope="col" className="segment-bars">A over B</th>}
          <th scope="col" className="num">A − B, points</th>
          {!list && (
            <th scope="col" className="segment-interval">
              <span className="segment-ends"><span>more in B</span> <span>more in A</span></span>
            </th>
          )}
          <th scope="col" className="num">Effect h</th>
          <th scope="col" className="num">p after Holm</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const verdict = verdictOf(line);
          const differs = verdict === 'differs';
          return (
            <tr key={line.activities.join('|')} className={differs ? undefined : 'segment-unsure'}>
              <th scope="row" className="segment-word">
                <Ways line={line} />
              </th>
              <td className="num" data-word="A">
                {percent(line.a.share, 1)}
                <Of side="a" line={line} drill={drill} open={open} />
              </td>
              <td className="num" data-word="B">
                {percent(line.b.share, 1)}
                <Of side="b" line={line} drill={drill} open={open} />
              </td>
              {!list && (
                <td className="segment-bars">
                  <svg width="100%" height="18" aria-hidden="true">
                    <rect y="1" width={`${line.a.share * 100}%`} height="7" className="segment-mark" />
                    <rect y="10.5" width={`${line.b.share * 100}%`} height="6" className="segment-mark" data-hollow="" />
                  </svg>
                </td>
              )}
              <td className="num" data-word="A − B">
                <span className={differs ? 'strong' : 'soft'}>{points(line.difference)}</span>
                <span className="second">{bound(line.low)} to {bound(line.high)}</span>
              </td>
              {!list && (
                <td className="segment-interval wide">
                  <Interval line={line} reach={reach} hollow={!differs} verdict={verdict} />
                </td>
              )}
              <td className="num" data-word="effect h">
                {line.effect < 0 ? '−' : ''}{Math.abs(line.effect).toFixed(2)}
                <span className="second">{sizeOf(line.effect)}</span>
              </td>
              <td className="num" data-word="p after Holm">
                {probability(line.adjusted)}
                <span className="second">{verdict}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** How many of a segment; the number opens who. */
function Of({ side, line, drill, open }: { side: 'a' | 'b'; line: Line; drill: SideDrill; open: (drill: Drill) => void }) {
  const { cases, of } = line[side];
  return (
    <span className="second">
      <Number n={cases} drill={drill(side, line)} open={open} of={`of ${side.toUpperCase()}: ${line.activities.map(activityName).join(', ')}`} /> of {count(of)}
    </span>
  );
}

function Ways({ line }: { line: Line }) {
  if (line.activities.length === 1) return <bdi>{activityName(line.activities[0])}</bdi>;
  return (
    <ol className="way">
      {line.activities.map((activity, index) => (
        <li key={index}>
          <bdi>{activityName(activity)}</bdi>
        </li>
      ))}
    </ol>
  );
}

function Interval({ line, reach, hollow, verdict }: { line: Line; reach: number; hollow: boolean; verdict: string }) {
  const at = (share: number) => `${50 + (46 * share) / reach}%`;
  const mark = hollow ? '' : undefined;
  return (
    <svg width="100%" height="18" role="img" aria-label={`${points(line.difference)} points, from ${bound(line.low)} to ${bound(line.high)}: ${verdict}`}>
      <line x1="50%" x2="50%" y1="0" y2="18" className="segment-zero" />
      <line x1={at(line.low)} x2={at(line.high)} y1="9" y2="9" className="segment-span" data-hollow={mark} />
      <circle cx={at(line.difference)} cy="9" r="4.5" className="segment-point" data-hollow={mark} />
    </svg>
  );
}
