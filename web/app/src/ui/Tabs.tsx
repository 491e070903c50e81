import type { ReactNode } from 'react';
import { useShortcuts } from '../frame/shortcuts';
import { currentRoute, href, useRoute } from '../route';

export type Tab = { id: string; word: string; n?: number | null; view: () => ReactNode };

/** Tabs that stand in the address: the first one if it says none. `[` and `]` go to the one before and behind. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const { path, params } = useRoute();
  const at = Math.max(0, tabs.findIndex((tab) => tab.id === params.tab));
  const to = (index: number) => href(path, { ...params, tab: index === 0 ? null : tabs[index].id });
  const move = (by: number) => {
    const next = (at + by + tabs.length) % tabs.length;
    if (currentRoute().path.join() === path.join()) location.hash = to(next);
  };
  useShortcuts({ '[': () => move(-1), ']': () => move(1) });
  return (
    <>
      <nav className="tabs" aria-label={label}>
        {tabs.map((tab, index) => (
          <a key={tab.id} className="tab" href={to(index)} aria-current={index === at ? 'page' : undefined}>
            {tab.word}
            {tab.n !== undefined && tab.n !== null && <span className="n">{tab.n}</span>}
          </a>
        ))}
      </nav>
      {tabs[at].view()}
    </>
  );
}
