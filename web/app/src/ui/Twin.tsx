import { useSyncExternalStore } from 'react';
import { useShortcuts } from '../frame/shortcuts';
import { changeParams, useRoute } from '../route';
import { Icon } from './Icon';

const narrow = matchMedia('(max-width: 1010px)');

/** Whether the window is too narrow for the rail beside the page, as a phone's is. */
export const useNarrow = () =>
  useSyncExternalStore(
    (tell) => {
      narrow.addEventListener('change', tell);
      return () => narrow.removeEventListener('change', tell);
    },
    () => narrow.matches,
  );

/**
 * Whether the page shows its pictures or their lists, which hold the same facts. The choice stands in the address; without one a
 * narrow window shows the list.
 */
export function useTwin(): { list: boolean; toggle: () => void } {
  const { view } = useRoute().params;
  const small = useNarrow();
  const list = view === 'list' || (view !== 'picture' && small);
  return { list, toggle: () => changeParams({ view: list ? 'picture' : 'list' }, { replace: true }) };
}

/** V shows the other of the two, anywhere on the page. It is listened for once, by the page. */
export function useTwinKey() {
  const { toggle } = useTwin();
  useShortcuts({ v: toggle });
}

/** The button that shows the other of the two. */
export function TwinButton() {
  const { list, toggle } = useTwin();
  return (
    <button type="button" className="btn bare small" onClick={toggle} aria-keyshortcuts="v">
      <Icon name={list ? 'image' : 'table'} small />
      {list ? 'As a picture' : 'As a list'}
    </button>
  );
}
