import { failed, Withheld, whyWithheld, type WithheldField } from './values';
import { counted, type Why } from './words';

type Row<Field extends string> = { withheld?: readonly WithheldField[] | null } & { readonly [field in Field]?: unknown };

/**
 * What of some rows is in no sum: those that have no amount and, apart from them, those whose amount is withheld, by its reason. All rows of
 * the sum are to be there: of one that nobody has read, its reason is not known. A line of its own is there only where something stands in it.
 */
export function InNoSum<Field extends string>({ of, field, word, line }: { of: readonly Row<Field>[]; field: Field; word: string; line?: string }) {
  let none = 0;
  const kept = new Map<string, { why: Why; n: number }>();
  for (const row of of) {
    if (row[field] !== null && row[field] !== undefined) continue;
    const why = whyWithheld(row, field);
    if (!why) none++;
    else kept.set(why.reason, { why: why.reason === 'FAILED' ? failed : { ...why, since: null }, n: (kept.get(why.reason)?.n ?? 0) + 1 });
  }
  if (none === 0 && kept.size === 0) return null;
  const told = (
    <>
      {none > 0 && <span className="faint">{counted(none, word)} without an amount</span>}
      {[...kept].map(([reason, { why, n }]) => (
        <span key={reason}>
          <span className="faint">{counted(n, word)}</span> <Withheld why={why} />
        </span>
      ))}
    </>
  );
  return line ? <p className={line}>{told}</p> : told;
}
