import { useRef } from 'react';
import { SavePicture } from '../../ui/SavePicture';
import { Empty } from '../../ui/states';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { duration, percent } from '../../ui/words';
import { TooFew } from './use-journey';
import { useWidth } from './use-size';

type Point = { within: number; share: number };

const height = 168;
const top = 22;
const foot = 22;

/** Which share of all that entered took all steps within how long, as steps or as the list of their corners. */
export function FunnelCurve({ curve, median }: { curve: readonly Point[] | null; median: number | null }) {
  const { list } = useTwin();
  const [box, room] = useWidth<HTMLDivElement>();
  const picture = useRef<HTMLDivElement>(null);
  const drawn = curve !== null && curve.length > 0;
  return (
    <Box
      title="How long all steps took"
      n="Kaplan–Meier: who has time left counts until now"
      more={
        drawn && (
          <>
            {!list && <SavePicture of={picture} name="journeys-funnel-curve" />}
            <TwinButton />
          </>
        )
      }
    >
      <div ref={box} className="steps-measure" />
      {curve === null ? (
        <p className="pad sm">
          <TooFew />
        </p>
      ) : !drawn ? (
        <Empty>None took all steps yet.</Empty>
      ) : list ? (
        <Corners curve={curve} median={median} />
      ) : (
        room > 0 && (
          <div ref={picture} className="pad picture">
            <Steps curve={curve} median={median} room={room - 32} />
          </div>
        )
      )}
    </Box>
  );
}

const half = (median: number) => `half of those who took all: by ${duration(median)}`;

/** Flat until some take the last step, then up: no line between two corners says more than is known. */
function Steps({ curve, median, room }: { curve: readonly Point[]; median: number | null; room: number }) {
  const last = curve[curve.length - 1];
  const x = (within: number) => (room * within) / Math.max(1, last.within);
  const y = (share: number) => height - foot - ((height - foot - top) * share) / Math.max(last.share, 1e-9);
  const path = curve.map(({ within, share }) => `H${x(within).toFixed(1)}V${y(share).toFixed(1)}`).join('');
  return (
    <svg className="curve" width={room} height={height} role="img" aria-label={`${percent(last.share, 1)} took all steps within ${duration(last.within)}; the list says each point`}>
      <path className="curve-ground" d={`M0 ${height - foot}${path}V${height - foot}z`} />
      <path className="curve-axis" d={`M0 ${height - foot + 0.5}H${room}`} />
      {median !== null && median <= last.within && (
        <>
          <path className="curve-half" d={`M${x(median).toFixed(1)} ${top}V${height - foot}`} />
          <text x={Math.min(x(median) + 6, room - 200)} y={height - foot - 8} className="halo">
            {half(median)}
          </text>
        </>
      )}
      <path className="curve-line" d={`M0 ${height - foot}${path}`} />
      <text x={room} y={top - 8} textAnchor="end" className="curve-last">
        {percent(last.share, 1)}
      </text>
      <text y={height - 5}>the entry</text>
      <text x={room} y={height - 5} textAnchor="end">
        {duration(last.within)}
      </text>
    </svg>
  );
}

function Corners({ curve, median }: { curve: readonly Point[]; median: number | null }) {
  return (
    <>
      <table className="table">
        <caption className="sr">Which share took all steps within how long after the entry</caption>
        <thead>
          <tr>
            <th scope="col">Within</th>
            <th scope="col" className="num">
              Took all steps
            </th>
          </tr>
        </thead>
        <tbody>
          {curve.map(({ within, share }) => (
            <tr key={within}>
              <td>{duration(within)}</td>
              <td className="num">{percent(share, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {median !== null && <p className="pad sm soft">Median, {half(median)}.</p>}
    </>
  );
}
