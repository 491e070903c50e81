import type { Extensions } from '../../api/answers';
import { Box } from '../../ui/values';
import { words } from '../../ui/words';
import type { Told } from './Aftermath';
import { covariates, signed } from './measures';
import { NoNumber } from './untold';

/** How alike the two groups were before it, measure by measure, before matching and after. */
export function Alike({ balance, word, accounts, extensions }: { balance: Told['balance']; word: string; accounts: boolean; extensions: Extensions }) {
  const most = Math.max(0.4, ...balance.flatMap(({ before, after }) => [Math.abs(before ?? 0), Math.abs(after ?? 0)]));
  const x = (n: number) => `${4 + (92 * Math.abs(n)) / most}%`;
  const number = (n: number | null) => (n === null ? <NoNumber extensions={extensions} field="aftermath" /> : signed(n, 2));
  return (
    <Box title="How alike the two groups are">
      <table className="table alike">
        <caption className="sr">By how many standard deviations the means of the two groups differ, in the {word} before</caption>
        <thead>
          <tr>
            <th scope="col">In the {word} before</th>
            <th scope="col" className="num">All</th>
            <th scope="col" className="num">Matched</th>
          </tr>
        </thead>
        <tbody>
          {balance.map(({ measure, before, after }) => (
            <tr key={measure}>
              <th scope="row">
                {covariates[measure] ?? words(measure)}
                <svg width="100%" height="12" aria-hidden="true">
                  <line x1="0" x2="100%" y1="6" y2="6" className="alike-axis" />
                  <line x1={x(0.1)} x2={x(0.1)} y1="0" y2="12" className="alike-bound" />
                  {before !== null && <circle cx={x(before)} cy="6" r="4" className="alike-before" />}
                  {after !== null && <circle cx={x(after)} cy="6" r="4" className="alike-after" />}
                </svg>
              </th>
              <td className="num soft">{number(before)}</td>
              <td className="num">{number(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="key pad">
        <span><svg width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="4" className="alike-before" /></svg> all {accounts ? 'companies' : 'customers'}</span>
        <span><svg width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="4" className="alike-after" /></svg> {accounts ? 'those that' : 'those who'} are matched</span>
        <span>Means differ by so many standard deviations. Dashed: 0.1, beyond which no difference is told.</span>
      </p>
    </Box>
  );
}
