import { Icon } from '../../ui/Icon';
import { TooFew } from './use-journey';
import { Number } from './Number';
import type { Drills } from './steps-behind';
import type { Grid, Ledger } from './steps-model';

type Row = { word: string; field: Exclude<keyof Ledger, 'listed'>; status: Parameters<Drills['level']>[1]; className?: string };

const rows: Row[] = [
  { word: 'Dropped', field: 'dropped', status: 'DROPPED', className: 'drop' },
  { word: 'Entered', field: 'entered', status: null, className: 'entered' },
  { word: 'Continued', field: 'continued', status: 'CONTINUED' },
  { word: 'Ended well', field: 'reached', status: 'REACHED', className: 'reached' },
  { word: 'Open', field: 'open', status: 'OPEN' },
  { word: 'Other', field: 'other', status: 'OTHER', className: 'others' },
  { word: 'Filtered', field: 'filtered', status: 'FILTERED' },
];

/** Where it is not said at what a case should end, an end is no drop-out. */
export const endWord = (goals: readonly string[]) => (goals.length > 0 ? 'Dropped' : 'Ended');

/** What became of all at each step, below its column: entered = continued + ended well + dropped + open + other + filtered. */
export function StepsLedger({ grid, room, drills, goals }: { grid: Grid; room: number; drills: Drills; goals: readonly string[] }) {
  const column = Math.max(168, Math.floor(room / Math.max(1, grid.levels.length)));
  return (
    <div className="picture steps-scroll" role="region" aria-label="Balance of each step" tabIndex={0}>
      <table className="ledger" style={{ width: column * grid.levels.length }}>
        <caption className="sr">What became of all at each step. Entered is the sum of all rows below it and of those who dropped.</caption>
        <colgroup>
          <col className="ledger-words" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Became</span>
            </th>
            {grid.levels.map((_, level) => (
              <th key={level} scope="col">
                <span className="sr">Step {level + 1}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ word: named, field, status, className }) => {
            const word = field === 'dropped' ? endWord(goals) : named;
            return field === 'reached' && goals.length === 0 ? null : (
              <tr key={field} className={field === 'dropped' && goals.length === 0 ? 'drop plain' : className}>
                <th scope="row">
                  <span className="sr">{word}</span>
                </th>
                {grid.ledgers.map((ledger, level) => {
                  const n = ledger[field];
                  return (
                    <td key={level}>
                      <div>
                        {field === 'dropped' && <Icon name="down-tri" small />}
                        {field === 'reached' && <Icon name="check" small />}
                        <span aria-hidden="true">{word}</span>
                        <span className="v">{n === null ? <TooFew /> : <Number n={n} drill={drills.level(level, status)} open={drills.open} of={`${word.toLowerCase()} at step ${level + 1}`} />}</span>
                      </div>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
