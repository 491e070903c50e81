import { useId, type InputHTMLAttributes } from 'react';
import { dayLong, time as clock } from './words';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'value' | 'onChange'> & { value: string; onChange: (value: string) => void; time?: boolean };

/**
 * Where a day is written, or with `time` a moment of UTC, and below it that in the page's own words: a browser draws the field in its language, where 3/4
 * may be March or April.
 */
export function WhenInput({ value, onChange, time, max = '9999-12-31', 'aria-describedby': wrong, ...input }: Props) {
  const id = useId();
  const at = new Date(time ? `${value}Z` : value);
  return (
    <>
      <input className="input" {...input} type={time ? 'datetime-local' : 'date'} max={max} aria-describedby={[id, wrong].filter(Boolean).join(' ')} value={value} onChange={(event) => onChange(event.target.value)} />
      <span className="hint" id={id}>
        {Number.isNaN(at.getTime()) ? '' : time ? `${dayLong(at)}, ${clock(at)} UTC` : dayLong(at)}
      </span>
    </>
  );
}

/** That with a word above. */
export function Day({ word, ...input }: Props & { word: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{word}</label>
      <WhenInput id={id} {...input} />
    </div>
  );
}
