import { useEffect, useMemo, useState } from 'react';
import { NotLoaded } from '../../ui/Boundary';
import { layOutMap, type MapLayout } from './map-layout';
import type { Drawn } from './map-model';

/**
 * Above so many activities Graphviz stands them, as its lines cross less. Both Graphviz and dagre hold the page up while they work, Graphviz above so many
 * edges far longer: there it is dagre.
 */
const large = { activities: 50, edges: 250 };
/** How many milliseconds a large map is left as it is before a layout begins: each step of a slider asks for another one. */
const rest = 200;

async function standLarge(drawn: Drawn): Promise<MapLayout> {
  if (drawn.edges.length > large.edges) return layOutMap(drawn);
  const { layOutLarge } = await import('./map-graphviz').catch((error: Error) => {
    throw new NotLoaded(error.message);
  });
  return layOutLarge(drawn);
}

/** Where cards and lines stand; null while that is worked out. */
export function useMapLayout(drawn: Drawn): MapLayout | null {
  const many = drawn.activities.length > large.activities || drawn.edges.length > large.edges;
  const small = useMemo(() => (many ? null : layOutMap(drawn)), [drawn, many]);
  const [told, tell] = useState<{ of: Drawn; layout: MapLayout } | null>(null);
  useEffect(() => {
    if (!many) return;
    let gone = false;
    const begin = () =>
      standLarge(drawn).then(
        (layout) => gone || tell({ of: drawn, layout }),
        (error: Error) => {
          if (gone) return;
          tell(() => {
            throw error; // the page's boundary says so
          });
        },
      );
    const timer = setTimeout(begin, rest);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [drawn, many]);
  return small ?? (told?.of === drawn ? told.layout : null);
}
