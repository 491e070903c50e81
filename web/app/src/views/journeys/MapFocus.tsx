import { Box, Fact, Facts } from '../../ui/values';
import { count, duration, percent } from '../../ui/words';
import type { Drill } from './Behind';
import { balanceOf, edgeKey, weight, type Edge, type MapTold } from './map-model';
import { activityName, OPEN } from './names';
import { Number } from './Number';
import { TooFew } from './use-journey';

/** The line or card in focus: its numbers, who is behind them, and the balance of all that leaves where it begins. */
export function MapFocus({ map, focused, open }: { map: MapTold; focused: string | null; open: (drill: Drill) => void }) {
  const edge = map.edges.find((one) => edgeKey(one) === focused);
  const activity = map.activities.find((one) => one.activity === (edge?.from ?? focused));
  return (
    <Box title="In focus" n={edge ? `${activityName(edge.from)} to ${activityName(edge.to)}` : activity ? activityName(activity.activity) : 'a line or a card of the map'}>
      {!edge && !activity && <p className="pad sm soft">A line or a card in focus says here how many went along it, how long that took, and what else they did. Arrows follow the lines.</p>}
      {edge && (
        <div className="pad">
          <Facts>
            <Fact word="Cases"><span className="strong"><Number n={edge.cases} drill={drillOf(edge)} open={open} of={`went from ${activityName(edge.from)} to ${activityName(edge.to)}`} /></span></Fact>
            <Fact word="People">{count(edge.persons)}</Fact>
            <Fact word="Times">{edge.events === null ? <TooFew /> : count(edge.events)}</Fact>
            <Fact word="Median">{edge.median === null ? <span className="faint">no time</span> : duration(edge.median)}</Fact>
            <Fact word="9 of 10 within">{edge.p90 === null ? <span className="faint">no time</span> : duration(edge.p90)}</Fact>
          </Facts>
        </div>
      )}
      {activity && <Leaves map={map} activity={activity} chosen={edge} open={open} />}
    </Box>
  );
}

export const drillOf = (edge: Edge): Drill => ({ title: `${activityName(edge.from)} › ${activityName(edge.to)}`, behind: { edge: { from: edge.from, to: edge.to } } });

function Leaves({ map, activity, chosen, open }: { map: MapTold; activity: MapTold['activities'][number]; chosen: Edge | undefined; open: (drill: Drill) => void }) {
  const leaving = map.edges.filter((edge) => edge.from === activity.activity).sort((a, b) => weight(b) - weight(a));
  const untold = balanceOf(map, activity)?.untold ?? 0;
  return (
    <table className="table map-leaves">
      <caption className="map-caption">What directly follows {activityName(activity.activity)}</caption>
      <thead>
        <tr>
          <th scope="col">Next</th>
          <th scope="col" className="num">Times</th>
          <th scope="col" className="num">Of all</th>
          <th scope="col" className="num">Cases</th>
        </tr>
      </thead>
      <tbody>
        {leaving.map((edge) => (
          <tr key={edge.to} aria-current={edge === chosen ? 'true' : undefined}>
            <td>{edge.to === OPEN ? <span className="faint">nothing yet: still open</span> : activityName(edge.to)}</td>
            <td className="num">{edge.events === null ? <TooFew /> : count(edge.events)}</td>
            <td className="num">{edge.share === null ? <TooFew /> : percent(edge.share, 1)}</td>
            <td className="num"><Number n={edge.cases} drill={drillOf(edge)} open={open} of={`went from ${activityName(edge.from)} to ${activityName(edge.to)}`} /></td>
          </tr>
        ))}
        {untold > 0 && (
          <tr className="rest">
            <td><span>not told apart</span></td>
            <td className="num"><span>{count(untold)}</span></td>
            <td className="num"><span>{percent(untold / Math.max(1, activity.events ?? 0), 1)}</span></td>
            <td />
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <td>Came and left</td>
          <td className="num strong">{activity.events === null ? <TooFew /> : count(activity.events)}</td>
          <td />
          <td className="num"><Number n={activity.cases} drill={{ title: activityName(activity.activity), behind: { activity: activity.activity } }} open={open} of={`have ${activityName(activity.activity)}`} /></td>
        </tr>
      </tfoot>
    </table>
  );
}
