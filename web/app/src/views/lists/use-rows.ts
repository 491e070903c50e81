import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import type { Column, Kind } from './kind';
import { Pager, type RowsAsked } from './pager';

/** The rows that are asked for; while others come, those before stay, and `renewing` says so. Null asks for nothing. The total is counted beside. */
export function useRows(kind: Kind, asked: RowsAsked | null, apart: Column | undefined, total: number | null | undefined): { rows: Pager | undefined; renewing: boolean } {
  const client = useClient();
  const text = JSON.stringify(asked);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- text says all that is asked
  const pager = useMemo(() => (asked ? new Pager(client, kind, asked, apart) : undefined), [client, kind, text, apart]);
  useSyncExternalStore(pager?.subscribe ?? never, pager?.snapshot ?? zero);
  useEffect(() => pager?.start(), [pager]);
  useEffect(() => pager?.tell(total), [pager, total]);
  const before = useRef<Pager>(undefined);
  const settled = pager?.ready || pager?.error || pager?.withheld;
  useEffect(() => {
    if (settled) before.current = pager;
  }, [pager, settled]);
  const shown = settled ? pager : (before.current ?? pager);
  return { rows: shown, renewing: shown !== pager };
}

const never = () => () => {};
const zero = () => 0;
