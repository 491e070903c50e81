/** A choice among values, its word above it. */
export function Choice({ word, value, options, choose, wide }: { word: string; value: string; options: readonly (readonly [value: string, word: string])[]; choose: (value: string) => void; wide?: boolean }) {
  return (
    <label className={wide ? 'field wide' : 'field'}>
      {word}
      <select className="input" value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
