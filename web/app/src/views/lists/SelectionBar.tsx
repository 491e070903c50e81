import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { currentSession } from '../../api/session';
import { toast } from '../../frame/toast';
import { useViewer } from '../../frame/viewer';
import { count, counted } from '../../ui/words';
import { exportText } from './document';
import { saveCsv } from './export';
import type { Kind } from './kind';
import type { RowsAsked } from './pager';
import type { Selection } from './selection';

type Save = { kind: Kind; asked: RowsAsked; total: number | null };

/** How many rows are chosen, and what can be done with them. */
export function SelectionBar({ selection, ...save }: Save & { selection: Selection }) {
  const n = selection.ids === null ? save.total : selection.ids.size;
  if (n === 0) return null;
  return (
    <div className="selection-bar">
      <span role="status">
        <span className="strong">{selection.ids === null ? `All ${n === null ? '' : count(n)}` : count(n ?? 0)} chosen</span>
        {selection.ids !== null && save.total !== null && <span className="soft"> of {count(save.total)}</span>}
      </span>
      <ExportButton {...save} ids={selection.ids} word="CSV of those chosen" small />
      {selection.ids !== null && (
        <Button className="btn small" onPress={selection.all}>
          Choose all{save.total !== null && ` ${count(save.total)}`}
        </Button>
      )}
      <Button className="btn small" onPress={selection.clear}>
        Clear
      </Button>
    </div>
  );
}

/** Why no more rows came than these. A browser does not show trailers, in which the server says that it broke off. */
const why = (rows: number) => (rows >= 10_000 ? 'the server gives no more at a time.' : 'the others are gone by now, or the server broke off. Save it once more.');

/** Saves rows as CSV, with the columns that are shown and in the order in which they stand. */
export function ExportButton({ kind, asked, total, ids, word, small }: Save & { ids: ReadonlySet<string> | null; word: string; small?: boolean }) {
  const { purpose } = useViewer();
  const [rows, progress] = useState<number | null>(null);
  if (!purpose) return null;

  async function save() {
    const { caller } = currentSession();
    // What came of it is nobody else's to read.
    const tell = (text: string) => currentSession().caller === caller && toast(text);
    progress(0);
    const expected = ids === null ? total : ids.size;
    try {
      const filter = ids === null ? asked.filter : { id: { in: [...ids] } };
      const file = `${kind.id}-${(asked.asOf ?? new Date().toISOString()).slice(0, 10)}.csv`;
      const n = await saveCsv({ query: exportText(kind), variables: { ...asked, filter }, purpose: purpose!, file, progress });
      tell(expected !== null && n < expected ? `${count(n)} of ${counted(expected, kind.one, kind.many)} are in ${file}: ${why(n)}` : `${counted(n, kind.one, kind.many)} saved as ${file}`);
    } catch (error) {
      tell(`Nothing was saved. ${error instanceof Error ? error.message : 'The server broke off.'}`);
    } finally {
      progress(null);
    }
  }

  return (
    <Button className={small ? 'btn small' : 'btn'} isDisabled={rows !== null || total === 0} onPress={() => void save()}>
      {rows === null ? word : `${count(rows)} rows`}
    </Button>
  );
}
