/** How strong a tie is both ways, against the strongest of those beside it: theirs filled to the left, ours hollow to the right. */
export function TieBar({ sumIn, sumOut, most, theirs = 'They to us', ours = 'we to them' }: { sumIn: number; sumOut: number; most: number; theirs?: string; ours?: string }) {
  const left = most > 0 ? (30 * sumIn) / most : 0;
  const right = most > 0 ? (30 * sumOut) / most : 0;
  return (
    <svg className="tie-bar" width="64" height="12" viewBox="0 0 64 12" role="img" aria-label={`${theirs} ${sumIn.toFixed(1)}, ${ours} ${sumOut.toFixed(1)}`}>
      <path d="M0 6h64" stroke="var(--line-strong)" strokeDasharray="1 3" />
      {left > 0 && <rect x={31.5 - left} y="2" width={left} height="8" rx="1" fill="var(--customer)" />}
      {right > 0 && <rect x="33" y="2.5" width={right} height="7" rx="1" fill="var(--surface)" stroke="var(--business)" />}
      <path d="M32 0v12" stroke="var(--ink-3)" />
    </svg>
  );
}
