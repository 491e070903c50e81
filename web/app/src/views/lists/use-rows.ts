import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import type { Page } from './document';
import { Pager, type RowsAsked } from './pager';

/** The rows that are asked for; while others come, those before stay, and `renewing` says so. Null asks for nothing. */
export function useRows(query: TadaDocumentNode<Page, object>, asked: RowsAsked | null): { rows: Pager | undefined; renewing: boolean } {
  const client = useClient();
  const text = JSON.stringify(asked);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- text says all that is asked
  const pager = useMemo(() => (asked ? new Pager(client, query, asked) : undefined), [client, query, text]);
  useSyncExternalStore(pager?.subscribe ?? never, pager?.snapshot ?? zero);
  useEffect(() => pager?.start(), [pager]);
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
