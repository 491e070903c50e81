import { count, percent } from '../../ui/words';
import { activityName } from './names';
import { Number } from './Number';
import { endWord } from './StepsLedger';
import { TooFew } from './use-journey';
import type { Drills } from './steps-behind';
import type { Grid } from './steps-model';

/** The same as the picture: each place with what became of its cases, and where most of them went. */
export function StepsTable({ grid, drills, goals }: { grid: Grid; drills: Drills; goals: readonly string[] }) {
  return (
    <div className="steps-list">
      {grid.levels.map((places, level) => {
        const ledger = grid.ledgers[level];
        return (
          <section key={level}>
            <h3 className="steps-level">
              Step {level + 1} <span className="n">{ledger.entered === null ? '' : `${count(ledger.entered)} entered`}</span>
            </h3>
            <table className="table cards">
              <caption className="sr">What became of those who came to step {level + 1}, by activity</caption>
              <thead>
                <tr>
                  <th scope="col">Activity</th>
                  <th scope="col" className="num">Entered</th>
                  <th scope="col" className="num">Of all</th>
                  <th scope="col" className="num">Continued</th>
                  {goals.length > 0 && <th scope="col" className="num">Ended well</th>}
                  <th scope="col" className="num">{endWord(goals)}</th>
                  <th scope="col" className="num">Open</th>
                  <th scope="col" className="num">Other</th>
                  <th scope="col">Went on to</th>
                </tr>
              </thead>
              <tbody>
                {places.map((place) => {
                  const next = grid.links.filter((link) => link.source === place.key).sort((a, b) => b.cases - a.cases);
                  const name = activityName(place.activity);
                  const cell = (status: 'CONTINUED' | 'DROPPED' | 'OPEN' | 'REACHED', n: number, word: string) => (
                    n === 0 && place.balance.other > 0 ? <TooFew /> : <Number n={n} drill={drills.place(place, status)} open={drills.open} of={`${word} at ${name}, step ${level + 1}`} />
                  );
                  return (
                    <tr key={place.key} className={place.activity === null ? 'rest' : undefined}>
                      <td className="strong">
                        <span>{name}</span>
                      </td>
                      <td className="num strong">
                        <span>
                          <Number n={place.cases} drill={drills.place(place)} open={drills.open} of={`came to ${name}, step ${level + 1}`} />
                        </span>
                      </td>
                      <td className="num" data-word="of all"><span>{percent(place.cases / Math.max(1, grid.cases), 1)}</span></td>
                      <td className="num" data-word="continued"><span>{cell('CONTINUED', place.balance.continued, 'continued')}</span></td>
                      {goals.length > 0 && <td className="num" data-word="ended well"><span>{goals.includes(place.activity ?? '') ? cell('REACHED', place.balance.reached, 'ended well') : count(place.balance.reached)}</span></td>}
                      <td className={goals.length > 0 ? 'num risk' : 'num'} data-word={endWord(goals).toLowerCase()}><span>{cell('DROPPED', place.balance.dropped, endWord(goals).toLowerCase())}</span></td>
                      <td className="num" data-word="open"><span>{cell('OPEN', place.balance.open, 'open')}</span></td>
                      <td className="num" data-word="other"><span>{count(place.balance.other)}</span></td>
                      <td className="wide soft">
                        <span>
                          {next.map((link, index) => (
                            <span key={link.target}>
                              {index > 0 && ', '}
                              {activityName(link.to)} <Number n={link.cases} drill={drills.link(link)} open={drills.open} of={`went on from ${name} to ${activityName(link.to)}`} />
                            </span>
                          ))}
                        </span>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
            <p className="pad xs soft steps-sum">
              {ledger.entered === null ? 'Of too few people to be told.' : <LedgerLine grid={grid} level={level} drills={drills} goals={goals} />}
            </p>
          </section>
        );
      })}
    </div>
  );
}

function LedgerLine({ grid, level, drills, goals }: { grid: Grid; level: number; drills: Drills; goals: readonly string[] }) {
  const ledger = grid.ledgers[level];
  const terms = [
    ['continued', 'CONTINUED', ledger.continued],
    ...(goals.length > 0 ? [['ended well', 'REACHED', ledger.reached] as const] : []),
    [endWord(goals).toLowerCase(), 'DROPPED', ledger.dropped],
    ['open', 'OPEN', ledger.open],
    ['other', 'OTHER', ledger.other],
    ['filtered', 'FILTERED', ledger.filtered],
  ] as const;
  return (
    <>
      <span className="strong">{count(ledger.entered ?? 0)}</span> entered ={' '}
      {terms.map(([word, status, n], index) => (
        <span key={word} className={word === 'dropped' ? 'risk' : undefined}>
          {index > 0 && ' + '}
          {n === null ? <TooFew /> : <Number n={n} drill={drills.level(level, status)} open={drills.open} of={`${word} at step ${level + 1}`} />} {word}
        </span>
      ))}
    </>
  );
}
