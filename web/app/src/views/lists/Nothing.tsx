import { Button } from 'react-aria-components/Button';
import { failed, Withheld } from '../../ui/values';
import { count } from '../../ui/words';
import { definitionOf, type Condition } from './conditions';
import { Sentence } from './Sentence';
import type { Explained } from './document';
import type { Kind } from './kind';

/**
 * When nothing is left: how many meet each condition alone and how many without it, so that the one that excluded all has a name.
 * What is not explained, or not yet, is not told; what could not be is said so.
 */
export function Nothing({ kind, conditions, explain, unexplained, all, nameOf, take }: { kind: Kind; conditions: readonly Condition[]; explain: Explained | undefined; unexplained: boolean; all: number | null; nameOf: (id: string) => string; take: (condition: Condition) => void }) {
  if (conditions.length === 0) return <p className="empty">There are no {kind.many} that you may see.</p>;
  const rows = conditions.map((condition, index) => ({ condition, explained: explain?.find((one) => one.condition === `filter.and[${index}]`) }));
  const culprits = rows.filter(({ explained }) => (explained?.without ?? 0) > 0);
  const [first] = culprits;
  const known = rows.every(({ explained }) => typeof explained?.without === 'number');
  const culprit = known && culprits.length === 1 ? first : undefined;
  const told = (n: number | null | undefined) => (n !== null && n !== undefined ? count(n) : unexplained ? <Withheld why={failed} /> : '');
  const most = Math.max(1, all ?? 0, ...rows.map(({ explained }) => explained?.alone ?? 0));
  return (
    <section className="nothing">
      <header>
        <h2>{culprit ? `“${definitionOf(kind, culprit.condition).word}” excludes all ${kind.many}` : `No ${kind.one} meets ${conditions.length === 1 ? 'this condition' : conditions.length === 2 ? 'both conditions' : `all ${conditions.length} conditions`}`}</h2>
        {(known || first) && (
          <p className="soft">
            {culprit
              ? `Without it ${count(culprit.explained?.without ?? 0)} match.${conditions.length > 1 ? ' Taking any other one away leaves none.' : ''}`
              : first
                ? 'Any of those marked, taken away, leaves some.'
                : conditions.length === 1
                  ? 'Taking it away leaves none.'
                  : 'Taking any one of them away leaves none.'}
          </p>
        )}
      </header>
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col" className="num">
              Alone
            </th>
            <td className="bar-cell" aria-hidden="true" />
            <th scope="col" className="num">
              Without it
            </th>
            <th scope="col">
              <span className="sr">Take away</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ condition, explained }, index) => (
            <tr key={`${condition.of} ${condition.op} ${index}`} className={(explained?.without ?? 0) > 0 ? 'culprit' : undefined}>
              <td className="wide">
                <Sentence kind={kind} condition={condition} nameOf={nameOf} />
              </td>
              <td className="num" data-word="Alone">
                {told(explained?.alone)}
              </td>
              <td className="bar-cell" aria-hidden="true">
                <svg width="100%" height="8">
                  <rect className="ground" width="100%" height="8" />
                  <rect className="part" width={`${((explained?.alone ?? 0) / most) * 100}%`} height="8" />
                </svg>
              </td>
              <td className="num" data-word="Without it">
                {told(explained?.without)}
              </td>
              <td>
                <Button className="btn small" onPress={() => take(condition)}>
                  Take it away
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
