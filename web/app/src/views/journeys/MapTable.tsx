import { Box } from '../../ui/values';
import { count, counted, duration, percent } from '../../ui/words';
import type { Drill } from './Behind';
import { drillOf } from './MapFocus';
import { balanceOf, edgeKey, type Drawn, type MapTold } from './map-model';
import { activityName } from './names';
import { Number } from './Number';
import { TooFew } from './use-journey';

/** The same as the map: its lines, and what is hidden of it, exactly. */
export function MapTable({ drawn, focused, open }: { drawn: Drawn; focused: string | null; open: (drill: Drill) => void }) {
  const { hidden } = drawn;
  return (
    <table className="table cards map-table">
      <caption className="sr">What directly follows what, as the map draws it</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" className="num">Cases</th>
          <th scope="col" className="num">People</th>
          <th scope="col" className="num">Times</th>
          <th scope="col" className="num">Median</th>
          <th scope="col" className="num">9 of 10</th>
          <th scope="col" className="num">Of what leaves</th>
        </tr>
      </thead>
      <tbody>
        {drawn.edges.map((edge) => (
          <tr key={edgeKey(edge)} aria-current={edgeKey(edge) === focused ? 'true' : undefined}>
            <td>{activityName(edge.from)}</td>
            <td className="strong wide">{activityName(edge.to)}</td>
            <td className="num strong" data-word="cases"><Number n={edge.cases} drill={drillOf(edge)} open={open} of={`went from ${activityName(edge.from)} to ${activityName(edge.to)}`} /></td>
            <td className="num" data-word="people">{count(edge.persons)}</td>
            <td className="num" data-word="times">{edge.events === null ? <TooFew /> : count(edge.events)}</td>
            <td className="num" data-word="median">{edge.median === null ? <span className="faint">no time</span> : duration(edge.median)}</td>
            <td className="num" data-word="9 of 10">{edge.p90 === null ? <span className="faint">no time</span> : duration(edge.p90)}</td>
            <td className="num" data-word="of what leaves">{edge.share === null ? <TooFew /> : percent(edge.share, 1)}</td>
          </tr>
        ))}
        {hidden.edges > 0 && (
          <tr className="rest">
            <td colSpan={2}><span>{counted(hidden.edges, 'hidden edge')}</span></td>
            <td colSpan={2} />
            <td className="num" data-word="times"><span>{hidden.events === null ? <TooFew /> : count(hidden.events)}</span></td>
            <td colSpan={3} />
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** What became of every event of each activity: came = on + ended + open + not told apart. */
export function ActivityBalances({ map, drawn, cases }: { map: MapTold; drawn: Drawn; cases: number }) {
  return (
    <Box title="Balance of each activity" n="cases, and times: came = on + ended + open + not told apart">
      <table className="table cards map-balances">
        <caption className="sr">What became of every event of each activity that is drawn</caption>
        <thead>
          <tr>
            <th scope="col">Activity</th>
            <th scope="col" className="num">Cases</th>
            <th scope="col" className="num">Of all</th>
            <th scope="col" className="num">Came</th>
            <th scope="col" className="num">On</th>
            <th scope="col" className="num">Ended</th>
            <th scope="col" className="num">Open</th>
            <th scope="col" className="num">Not told apart</th>
          </tr>
        </thead>
        <tbody>
          {drawn.activities.map((activity) => {
            const balance = balanceOf(map, activity);
            return (
              <tr key={activity.activity}>
                <td>{activityName(activity.activity)}</td>
                <td className="num" data-word="cases">{count(activity.cases)}</td>
                <td className="num" data-word="of all">{percent(activity.cases / Math.max(1, cases))}</td>
                <td className="num strong" data-word="came">{balance === null ? <TooFew /> : count(balance.came)}</td>
                <td className="num" data-word="on">{balance === null ? <TooFew /> : count(balance.on)}</td>
                <td className="num" data-word="ended">{balance === null ? <TooFew /> : count(balance.ended)}</td>
                <td className="num" data-word="open">{balance === null ? <TooFew /> : count(balance.open)}</td>
                <td className="num" data-word="not told apart">{balance === null ? <TooFew /> : count(balance.untold)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Box>
  );
}
