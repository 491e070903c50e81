import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Icon, type IconName } from '../../ui/Icon';
import { WhenInput } from '../../ui/WhenInput';
import { words } from '../../ui/words';
import { fieldWord, saidAlone } from './field-words';
import { idOf, useErrorsAt } from './FormFrame';

/** What is wrong at a field, below it. */
export function FieldErrors({ path }: { path: string }) {
  const errors = useErrorsAt(path);
  if (errors.length === 0) return null;
  return (
    <span id={`${idOf(path)}-wrong`} className="stack-2">
      {errors.map((error) => (
        <span className="error" key={error.message}>
          <Icon name="warn" small />
          <span>
            {saidAlone(error.message)} <span className="mono">{error.code}</span>
          </span>
        </span>
      ))}
    </span>
  );
}

type Given = { id: string; className: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

/** A word above, one control, what holds now or what to know, and what is wrong. */
export function FormField({ path, word, aside, hint, children }: { path: string; word?: string; aside?: string; hint?: ReactNode; children: (given: Given) => ReactNode }) {
  const wrong = useErrorsAt(path).length > 0;
  const id = idOf(path);
  return (
    <div className="field">
      <label className="field-word" htmlFor={id}>
        {word ?? fieldWord(path)}
        {aside && <span className="faint"> {aside}</span>}
      </label>
      {children({ id, className: 'input', ...(wrong ? { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` } : {}) })}
      {hint && <span className="hint">{hint}</span>}
      <FieldErrors path={path} />
    </div>
  );
}

type Plain = { path: string; word?: string; aside?: string; hint?: ReactNode; value: string; onChange: (value: string) => void; required?: boolean };

export function TextField({ value, onChange, required, maxLength = 500, list, ...field }: Plain & { maxLength?: number; list?: readonly string[] }) {
  return (
    <FormField {...field}>
      {(given) => (
        <>
          <input {...given} type="text" dir="auto" autoComplete="off" maxLength={maxLength} required={required} value={value} list={list && `${given.id}-list`} onChange={(event) => onChange(event.target.value)} />
          {list && (
            <datalist id={`${given.id}-list`}>
              {list.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </FormField>
  );
}

export function LongText({ value, onChange, required, rows = 4, ...field }: Plain & { rows?: number }) {
  return <FormField {...field}>{(given) => <textarea {...given} dir="auto" rows={rows} maxLength={20_000} required={required} value={value} onChange={(event) => onChange(event.target.value)} />}</FormField>;
}

/** A day, or with `time` a moment; both are in UTC, as all times of the page. */
export function WhenField({ value, onChange, required, time, min, max, ...field }: Plain & { time?: boolean; min?: string; max?: string }) {
  return <FormField {...field}>{(given) => <WhenInput {...given} {...{ value, onChange, required, time, min, max }} />}</FormField>;
}

/** One of many values of an enum. */
export function ChoiceField<Value extends string>({
  value,
  onChange,
  required,
  of,
  none,
  wordOf = words,
  ...field
}: Omit<Plain, 'value' | 'onChange'> & { value: Value | ''; onChange: (value: Value) => void; of: readonly Value[]; none?: string; wordOf?: (value: Value) => string }) {
  return (
    <FormField {...field}>
      {(given) => (
        <select {...given} required={required} value={value} onChange={(event) => onChange(event.target.value as Value)}>
          {none !== undefined && <option value="">{none}</option>}
          {of.map((one) => (
            <option key={one} value={one}>
              {wordOf(one)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}

export type Option<Value> = { value: Value; word: string; icon?: IconName; mark?: 'theirs' | 'ours' };

/** One of few, all in sight. */
export function OptionsField<Value extends string>({
  path,
  word,
  aside,
  hint,
  value,
  onChange,
  options,
}: Omit<Plain, 'value' | 'onChange'> & { value: Value | ''; onChange: (value: Value) => void; options: readonly Option<Value>[] }) {
  return (
    <RadioGroup className="field" id={idOf(path)} value={value || null} onChange={(chosen) => onChange(chosen as Value)} isInvalid={useErrorsAt(path).length > 0} orientation="horizontal">
      <Label className="field-word">
        {word ?? fieldWord(path)}
        {aside && <span className="faint"> {aside}</span>}
      </Label>
      <div className="options form-options">
        {options.map((one) => (
          <Radio key={one.value} value={one.value}>
            {one.icon && <Icon name={one.icon} small />}
            {one.mark && <span className={`form-mark ${one.mark}`} />}
            {one.word}
          </Radio>
        ))}
      </div>
      {hint && <span className="hint">{hint}</span>}
      <FieldErrors path={path} />
    </RadioGroup>
  );
}

export type MoneyDraft = { amount: string; currency: string };

/** An exact amount and its currency. */
export function MoneyField({ path, word, aside, value, onChange, hint }: Omit<Plain, 'value' | 'onChange'> & { value: MoneyDraft; onChange: (value: MoneyDraft) => void }) {
  return (
    <FormField path={path} word={word} aside={aside} hint={hint}>
      {(given) => (
        <span className="form-money">
          <input
            {...given}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            pattern="\d+(\.\d+)?"
            title="Digits, with a point before the cents"
            required={value.currency !== '' && value.amount !== ''}
            value={value.amount}
            onChange={(event) => onChange({ ...value, amount: event.target.value })}
          />
          <input
            className="input"
            type="text"
            aria-label={`Currency of ${(word ?? fieldWord(path)).toLowerCase()}`}
            aria-invalid={given['aria-invalid']}
            autoComplete="off"
            placeholder="EUR"
            maxLength={3}
            pattern="[A-Z]{3}"
            title="Three letters, as EUR"
            required={value.amount !== ''}
            value={value.currency}
            onChange={(event) => onChange({ ...value, currency: event.target.value.toUpperCase() })}
          />
        </span>
      )}
    </FormField>
  );
}

/** What else will change. */
export function WhatFollows({ children }: { children: readonly { icon: IconName; what: ReactNode }[] }) {
  if (children.length === 0) return null;
  return (
    <section className="form-follows" aria-live="polite">
      <h3>What follows</h3>
      <ul>
        {children.map(({ icon, what }, index) => (
          <li key={index}>
            <Icon name={icon} small />
            <span>{what}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
