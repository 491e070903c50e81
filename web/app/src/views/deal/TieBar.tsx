const half = 52;

/** What passed lately both ways: what came from them is filled, what went from us is hollow. The longest side of the page sets the scale. */
export function TieBar({ sumIn, sumOut, most, faded }: { sumIn: number; sumOut: number; most: number; faded?: boolean }) {
  const long = (sum: number) => (most > 0 ? Math.max(sum > 0 ? 3 : 0, (sum / most) * (half - 2)) : 0);
  const came = long(sumIn);
  const went = long(sumOut);
  const number = (sum: number) => sum.toFixed(1);
  return (
    <span className={faded ? 'tie faded' : 'tie'}>
      <span className="tie-n">{number(sumIn)}</span>
      <svg width={2 * half} height="12" viewBox={`0 0 ${2 * half} 12`} role="img" aria-label={`They to us ${number(sumIn)}, we to them ${number(sumOut)}`}>
        <path className="tie-axis" d={`M0 6h${2 * half}`} />
        <rect x={half - 1 - came} y="2" width={came} height="8" rx="1" className="tie-in" />
        {went > 0 && <rect x={half + 1.5} y="2.5" width={Math.max(2, went - 1)} height="7" rx="1" className="tie-out" />}
        <path className="tie-middle" d={`M${half} 0v12`} />
      </svg>
      <span className="tie-n">{number(sumOut)}</span>
    </span>
  );
}
