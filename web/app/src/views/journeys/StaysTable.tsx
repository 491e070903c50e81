import { count, duration, percent } from '../../ui/words';
import type { Stay } from './AgainTab';
import { activityName } from './names';
import { TooFew } from './use-journey';

const ways = [
  ['forward', 'on'],
  ['skipped', 'skipped ahead'],
  ['back', 'back'],
  ['exited', 'left'],
  ['ended', 'ended'],
  ['open', 'open'],
] as const;

/** Stays in each stage: each ends in exactly one way, so that the ways come to all stays. */
export function StaysTable({ stays }: { stays: readonly Stay[] }) {
  // A time that is null beside counts that are not told is not told, either.
  const time = (stay: Stay, seconds: number | null, none: string) =>
    seconds !== null ? duration(seconds) : stay.stays === null || ways.some(([field]) => stay[field] === null) ? <TooFew /> : <span className="faint">{none}</span>;
  return (
    <>
      <table className="table cards">
        <caption className="sr">Stages in their order: stays, how they ended, and how long they lasted</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col" className="num">Stays</th>
            {ways.map(([field, word]) => (
              <th key={field} scope="col" className="num">{word === 'open' ? '+ still open' : field === 'forward' ? `= ${word}` : `+ ${word}`}</th>
            ))}
            <th scope="col" className="num">Came back</th>
            <th scope="col" className="num">Median</th>
            <th scope="col" className="num">9 of 10 within</th>
            <th scope="col" className="num">With open ones</th>
          </tr>
        </thead>
        <tbody>
          {stays.map((stay) => {
            const all = stay.stays?.entries ?? null;
            return (
              <tr key={stay.activities.join('|')}>
                <th scope="row"><bdi>{stay.activities.map(activityName).join(' or ')}</bdi></th>
                <td className="num strong" data-word="stays">{all === null ? <TooFew /> : count(all)}</td>
                {ways.map(([field, word]) => {
                  const n = stay[field]?.entries ?? null;
                  return (
                    <td key={field} className={field === 'back' && n ? 'num risk' : 'num'} data-word={word}>
                      {n === null ? <TooFew /> : count(n)}
                      {field === 'back' && n !== null && all !== null && n > 0 && <span className="second">{percent(n / all, 1)}</span>}
                    </td>
                  );
                })}
                <td className="num" data-word="came back">{stay.again?.entries == null ? <TooFew /> : count(stay.again.entries)}</td>
                <td className="num" data-word="median">{time(stay, stay.median, 'no time')}</td>
                <td className="num" data-word="9 of 10 within">{time(stay, stay.p90, 'no time')}</td>
                <td className="num" data-word="with open ones">{time(stay, stay.survival, 'more than half go on')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="pad sm soft">
        Stays are counted: a case that comes back has several. Median and 9 of 10 are of stays that went to another stage or left, and too short where many are open; “with open ones” counts those, too (Kaplan and Meier).
      </p>
    </>
  );
}
