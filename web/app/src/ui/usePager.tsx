import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from './Icon';

type PageInfo = { hasNextPage: boolean; endCursor: string | null };

/** Pages of a connection by keyset: the cursor to ask after, and what turns the pages; nothing where there is one page. */
export function usePager(): { after: string | null; turns: (info: PageInfo, words?: [string, string]) => ReactNode } {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    after: cursors.at(-1) ?? null,
    turns: ({ hasNextPage, endCursor }, [back, on] = ['Newer', 'Older']) =>
      (cursors.length > 0 || hasNextPage) && (
        <p className="foldable">
          <Button className="btn bare small" isDisabled={cursors.length === 0} onPress={() => setCursors(cursors.slice(0, -1))}>
            {back}
          </Button>
          <Button className="btn bare small" isDisabled={!hasNextPage || endCursor === null} onPress={() => endCursor !== null && setCursors([...cursors, endCursor])}>
            {on}
            <Icon name="right" small />
          </Button>
        </p>
      ),
  };
}
