import { useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { codeOf } from '../../ui/states';
import { Day } from '../../ui/WhenInput';
import { count, words } from '../../ui/words';
import { filterOf, filterOfAll, isSound, opsOf, opWords, type Condition, type Op } from './conditions';
import { aloneOf } from './document';
import type { Definition, Kind } from './kind';
import { NodePicker } from './NodePicker';

/**
 * Writes one condition, and says how many meet it alone while it is being written. Of a kind of very many it counts within the period
 * in force, and where there is none only once all have been counted.
 */
export function ConditionEditor({ kind, definition, given, currencies, told, asOf, all, period, set }: {
  kind: Kind;
  definition: Definition;
  given?: Condition;
  currencies: readonly string[];
  told: { me?: string; today: string };
  asOf?: string;
  all: number | null;
  period: readonly Condition[];
  set: (condition: Condition) => void;
}) {
  const ops = opsOf(definition);
  const [op, relate] = useState<Op>(given?.op ?? ops[0]);
  const [values, say] = useState<readonly string[]>(given?.values ?? startOf(definition, ops[0], currencies));
  const condition: Condition = { of: definition.id, op, values: op === 'none' || op === 'me' ? [] : values };
  const sound = isSound(condition, definition);
  const within = kind.opens && definition.id !== kind.opens.of ? period : [];
  const unasked = kind.opens !== undefined && definition.id !== kind.opens.of && within.length === 0 && all === null;
  const filter = !sound ? undefined : within.length > 0 ? filterOfAll([...within, condition], kind, told) : filterOf(condition, kind, told);
  const alone = useAnswer(aloneOf(kind), { filter, asOf }, { pause: !sound || unasked || (op === 'contains' && values[0].trim().length < 2) });

  function chooseOp(next: Op) {
    const alike = (one: Op) => (['in', 'notIn'].includes(one) ? 'set' : ['within', 'olderThan', 'next'].includes(one) ? 'span' : one);
    if (alike(next) !== alike(op) && !(['gte', 'lte'].includes(op) && ['gte', 'lte'].includes(next))) say(startOf(definition, next, currencies));
    relate(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (sound) set(condition);
  }

  return (
    <form className="condition-editor" onSubmit={submit}>
      <h3 className="strong">{definition.word}</h3>
      {ops.length > 1 && (
        <div className="options" role="group" aria-label="Relation">
          {ops.map((one) => (
            <button key={one} type="button" aria-pressed={one === op} onClick={() => chooseOp(one)}>
              {opWords[one]}
            </button>
          ))}
        </div>
      )}
      <Value definition={definition} op={op} values={values} say={say} currencies={currencies} />
      {definition.type === 'text' && <p className="hint">A text stays on this page and is not part of the link.</p>}
      {definition.through && <p className="hint">Who may not be seen is not counted.</p>}
      <div className="row">
        <Button type="submit" className="btn primary" isDisabled={!sound}>
          {given ? 'Change' : 'Add'}
        </Button>
        <span className="soft xs" role="status">
          {!sound || unasked ? '' : alone.error ? codeOf(alone.error) === 'PURPOSE_DENIED' ? 'It cannot be asked for this purpose.' : 'How many match it could not be told.' : alone.renewing || alone.waiting ? 'Counting' : alone.data?.found?.totalCount === null || !alone.data?.found ? '' : `${count(alone.data.found.totalCount)}${all ? ` of ${count(all)}` : ''} match it ${within.length > 0 ? 'in the period of the list' : 'alone'}`}
        </span>
      </div>
    </form>
  );
}

function startOf(definition: Definition, op: Op, currencies: readonly string[]): readonly string[] {
  if (op === 'within' || op === 'olderThan' || op === 'next') return ['P14D'];
  if (op === 'between') return ['', ''];
  if (definition.type === 'money') return ['', currencies[0] ?? 'EUR'];
  if (op === 'gte' || op === 'lte') return [definition.type === 'count' ? '1' : ''];
  return op === 'contains' ? [''] : [];
}

type ValueProps = { definition: Definition; op: Op; values: readonly string[]; say: (values: readonly string[]) => void; currencies: readonly string[] };

/** The fields of a value, by the relation. */
function Value({ definition, op, values, say, currencies }: ValueProps) {
  const [first = '', second = ''] = values;
  switch (op) {
    case 'none':
    case 'me':
      return null;
    case 'in':
    case 'notIn':
      if (definition.type === 'node') return <NodePicker ids={values} choose={say} />;
      return (
        <fieldset className="choices">
          <legend className="sr">{definition.word}</legend>
          {definition.values?.map((value, index) => (
            <label key={value} className="check">
              <input
                type="checkbox"
                autoFocus={index === 0}
                checked={values.includes(value)}
                onChange={() => say(definition.values!.filter((one) => (one === value ? !values.includes(one) : values.includes(one))))}
              />
              {words(value)}
            </label>
          ))}
        </fieldset>
      );
    case 'within':
    case 'olderThan':
    case 'next':
      return (
        <div className="two">
          <label className="field">
            <span>How many</span>
            <input className="input" type="number" min="1" max="99999" autoFocus value={first.slice(1, -1)} onChange={(event) => say([`P${event.target.value.replace(/\D/g, '')}${first.at(-1)}`])} />
          </label>
          <label className="field">
            <span>Of</span>
            <select className="input" value={first.at(-1)} onChange={(event) => say([`${first.slice(0, -1)}${event.target.value}`])}>
              <option value="D">days</option>
              <option value="W">weeks</option>
              <option value="M">months</option>
              <option value="Y">years</option>
            </select>
          </label>
        </div>
      );
    case 'between':
      return (
        <div className="two">
          <Day word="From" autoFocus value={first} onChange={(day) => say([day, second])} />
          <Day word="To" value={second} onChange={(day) => say([first, day])} />
        </div>
      );
    case 'gte':
    case 'lte':
      return (
        <div className="two">
          <label className="field">
            <span>{opWords[op] === 'at least' ? 'At least' : 'At most'}</span>
            <input className="input" inputMode="decimal" autoFocus value={first} onChange={(event) => say([event.target.value.replaceAll(/[\s']/g, ''), second].slice(0, values.length))} />
          </label>
          {definition.type === 'money' ? (
            <label className="field">
              <span>Currency</span>
              <select className="input" value={second} onChange={(event) => say([first, event.target.value])}>
                {[...new Set([...currencies, second])].filter(Boolean).map((currency) => (
                  <option key={currency}>{currency}</option>
                ))}
              </select>
            </label>
          ) : (
            definition.unit && <span className="soft sm unit">{definition.unit}</span>
          )}
        </div>
      );
    case 'contains':
      return (
        <label className="field">
          <span>Contains</span>
          <input className="input" dir="auto" autoFocus maxLength={200} value={first} onChange={(event) => say([event.target.value])} />
        </label>
      );
  }
}
