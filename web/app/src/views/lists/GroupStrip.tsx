import { useAnswer } from '../../api/use-answer';
import { Fault, faultOf } from '../../ui/states';
import { Money, Withheld } from '../../ui/values';
import { count, words } from '../../ui/words';
import { groupsOf } from './document';
import { definitionOf, filterOfAll, type Condition } from './conditions';
import type { Kind } from './kind';
import type { ListState } from './state';

/**
 * How many rows there are of each stage or kind, and what they come to. A group is counted without the condition that it sets, so
 * that the others do not vanish once it is chosen.
 */
export function GroupStrip({ kind, state, told, pause }: { kind: Kind; state: ListState; told: { me?: string; today: string }; pause: boolean }) {
  const { by, conditions, asOf } = state;
  const others = conditions.filter((one) => one.of !== by.condition);
  const own = conditions.find((one) => one.of === by.condition);
  const answer = useAnswer(groupsOf(kind, by), { filter: filterOfAll(others, kind, told), asOf }, { pause });
  const fault = faultOf(answer);
  const groups = pause ? undefined : answer.data?.found?.groups;
  const kept = answer.extensions.withheld?.find((one) => one.path[0] === 'found' && one.path.length <= 2);
  const keptOther = answer.extensions.withheld?.find((one) => one.path.includes('other'));
  const order = definitionOf(kind, { of: by.condition, op: 'in', values: [] }).values ?? [];
  const place = (value: string | null) => (value === null ? order.length : order.indexOf(value));
  const rows = [...(groups?.rows ?? [])].sort((a, b) => place(a.key[by.key]) - place(b.key[by.key]));

  const includes = (condition: Condition | undefined, value: string) => condition?.op === 'in' && condition.values.includes(value);

  function toggle(value: string) {
    const values = own?.op === 'in' ? own.values : [];
    const next = values.includes(value) ? values.filter((one) => one !== value) : order.filter((one) => one === value || values.includes(one));
    state.setConditions(next.length === 0 ? others : own ? conditions.map((one) => (one === own ? { ...own, op: 'in' as const, values: next } : one)) : [...conditions, { of: by.condition, op: 'in' as const, values: next }]);
  }

  return (
    <section className="group-strip" aria-label={`By ${by.word.toLowerCase()}`}>
      {kind.dimensions.length > 1 && (
        <div className="options" role="group" aria-label="Count by">
          {kind.dimensions.map((one) => (
            <button key={one.by} type="button" aria-pressed={one === by} onClick={() => state.setBy(one.by)}>
              {one.word}
            </button>
          ))}
        </div>
      )}
      {fault && <Fault error={fault} retry={answer.retry} />}
      {kept && !groups && <Withheld why={kept} />}
      {(answer.waiting || rows.length > 0 || groups?.other) && (
      <div className="group-cells" aria-busy={answer.waiting}>
        {rows.map((group) => {
          const value = group.key[by.key];
          const body = (
            <>
              <span className="k">{value === null ? 'not known' : words(value)}</span>
              <span className="v">{group.count === null ? keptOther ? <Withheld why={keptOther} short /> : '' : count(group.count)}</span>
              {group.aggregate?.money?.map((one) => one.sum !== null && <Money key={one.currency} of={{ amount: one.sum, currency: one.currency }} />)}
            </>
          );
          return value === null ? (
            <div key="none" className="group">
              {body}
            </div>
          ) : (
            <button key={value} type="button" className="group" aria-pressed={includes(own, value)} onClick={() => toggle(value)}>
              {body}
            </button>
          );
        })}
        {groups?.other && (
          <div className="group rest">
            <span className="k">not told apart</span>
            <span className="v">{groups.other.count === null ? keptOther ? <Withheld why={keptOther} short /> : '' : count(groups.other.count)}</span>
            {keptOther && <Withheld why={keptOther} />}
          </div>
        )}
      </div>
      )}
    </section>
  );
}
