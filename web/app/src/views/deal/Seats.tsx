import { Icon } from '../../ui/Icon';
import { Box, Name } from '../../ui/values';
import { count, counted, percent, words } from '../../ui/words';
import type { Committee, Coverage, Seat, Without } from './queries';
import { coverageWords, seatWords } from './words';

const order: Seat['state'][] = ['GAP', 'COMPLETE', 'CANNOT_BE_JUDGED', 'NOT_EXPECTED'];

/** The seats of the committee: each kind of absence has its own form and its own word. */
export function Seats({ committee, after }: { committee: Committee; after: Without | undefined }) {
  const seats = [...committee.seats].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const shown = seats.filter((seat) => seat.state !== 'NOT_EXPECTED');
  const others = seats.filter((seat) => seat.state === 'NOT_EXPECTED');
  const coverage = new Map(committee.coverage?.map((one) => [one.role, one]));
  return (
    <section aria-label="Seats">
      <h2 className="sr">Seats</h2>
      <ul className="seats">
        {shown.map((seat) => (
          <SeatBox key={seat.role} seat={seat} coverage={coverage.get(seat.role)} falls={seat.state === 'COMPLETE' ? after?.seats.find((one) => one.role === seat.role)?.state : undefined} />
        ))}
        {others.length > 0 && (
          <li className="seat not-expected" data-absence="NOT_EXPECTED">
            <p className="seat-role">{others.map((seat) => words(seat.role)).join(', ')}</p>
            <p className="seat-state">
              <Icon name="minus" /> Not expected
            </p>
          </li>
        )}
      </ul>
    </section>
  );
}

function SeatBox({ seat, coverage, falls }: { seat: Seat; coverage?: Coverage; falls?: Seat['state'] }) {
  const state = seatWords[seat.state];
  const fallen = falls !== undefined && falls !== 'COMPLETE';
  return (
    <li className={`seat ${seat.state.toLowerCase().replaceAll('_', '-')} ${fallen ? 'out' : ''}`} data-absence={seat.state}>
      <p className="seat-role">{words(seat.role)}</p>
      {seat.state === 'GAP' && (
        <>
          <p className="seat-who">Nobody whom you may see</p>
          {coverage && <Shares of={coverage} />}
        </>
      )}
      {seat.state === 'COMPLETE' &&
        seat.holders.map((one) => (
          <p className="seat-who" key={one.id}>
            <Name of={one} className={fallen ? 'struck' : ''} />
          </p>
        ))}
      {seat.state === 'CANNOT_BE_JUDGED' && (
        <p>
          <span>n {counted(seat.n, 'claim')} in force</span>
        </p>
      )}
      <p className="seat-state">
        <Icon name={fallen ? 'minus' : state.icon} /> <span>{fallen ? `Falls: ${seatWords[falls].word.toLowerCase()}` : state.word}</span>
      </p>
    </li>
  );
}

/** How many of the won and of the lost deals had the role, each with its interval of 95 %. */
function Shares({ of }: { of: Coverage }) {
  return (
    <>
      <Intervals of={of} />
      <p className="xs">
        In {share(of.won)} of {count(of.won.n)} won {interval(of.won)}, {share(of.lost)} of {count(of.lost.n)} lost {interval(of.lost)}
        {of.state === 'NOT_SUPPORTED' && ': not shown to matter'}
        {of.state === 'INSUFFICIENT_DATA' && ': 30 of each are needed'}
      </p>
    </>
  );
}

const share = ({ with: had, n }: Coverage['won']) => (n === 0 ? 'none' : percent(had / n));
const interval = ({ low, high, n }: Coverage['won']) => (n === 0 ? '' : `[${Math.round(low * 100)}–${Math.round(high * 100)}]`);

/** The two intervals on one line from 0 to 1; hollow where no difference is shown. */
function Intervals({ of }: { of: Coverage }) {
  const shown = of.won.low > of.lost.high || of.lost.low > of.won.high;
  const pc = (at: number) => `${(at * 100).toFixed(1)}%`;
  const line = (side: Coverage['won'], y: number, name: string) =>
    side.n > 0 && (
      <g className={`${name} ${shown ? 'shown' : ''}`}>
        <line x1={pc(side.low)} x2={pc(side.high)} y1={y} y2={y} />
        <circle cx={pc(side.with / side.n)} cy={y} r="4" />
      </g>
    );
  return (
    <div className="intervals">
      <span>
        won
        <br />
        lost
      </span>
      <svg width="100%" height="34" role="img" aria-label={`Had by ${share(of.won)} of won deals ${interval(of.won)} and by ${share(of.lost)} of lost ones ${interval(of.lost)}`}>
        <line x1="0" x2="100%" y1="33.5" y2="33.5" className="axis" />
        {line(of.won, 8, 'won')}
        {line(of.lost, 24, 'lost')}
      </svg>
    </div>
  );
}

/** Each role, and whether won deals had it more often than lost ones: the numbers behind the seats. */
export function CoverageTable({ committee }: { committee: Committee }) {
  if (!committee.coverage) {
    return (
      <Box title="What won and lost deals had">
        <p className="pad soft sm">Deals are withheld, so nothing can be compared.</p>
      </Box>
    );
  }
  const [first] = committee.coverage;
  return (
    <details className="box fold">
      <summary className="box-head">
        <h2>What won and lost deals had</h2>
        {first && (
          <span className="n">
            {count(first.won.n)} won, {count(first.lost.n)} lost
          </span>
        )}
      </summary>
      <table className="table cards">
        <caption className="sr">Roles in won and lost deals, with the intervals of 95 %</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col" className="num">
              Won deals that had it
            </th>
            <th scope="col" className="num">
              Lost deals that had it
            </th>
            <th scope="col">Won and lost, 0 to 100 %</th>
            <th scope="col">So</th>
          </tr>
        </thead>
        <tbody>
          {committee.coverage.map((one) => (
            <tr key={one.role}>
              <td className="wide">{words(one.role)}</td>
              <td className="num" data-word="Won">
                {count(one.won.with)} of {count(one.won.n)}, {share(one.won)} {interval(one.won)}
              </td>
              <td className="num" data-word="Lost">
                {count(one.lost.with)} of {count(one.lost.n)}, {share(one.lost)} {interval(one.lost)}
              </td>
              <td className="wide intervals-cell">
                <Intervals of={one} />
              </td>
              <td className="wide">{coverageWords[one.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pad sm soft text">Only what was claimed 14 days or more before the outcome counts. A difference is shown where the intervals lie apart; its points are filled then.</p>
    </details>
  );
}
