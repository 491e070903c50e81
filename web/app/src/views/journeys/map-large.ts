import { useEffect, useMemo, useState } from 'react';
import { NotLoaded } from '../../ui/Boundary';
import { layOutMap, type MapLayout } from './map-layout';
import type { Drawn } from './map-model';

/** Above so many activities Graphviz stands them: it is faster then, and its lines cross less. */
const large = 50;

async function standLarge(drawn: Drawn): Promise<MapLayout> {
  const { layOutLarge } = await import('./map-graphviz').catch((error: Error) => {
    throw new NotLoaded(error.message);
  });
  return layOutLarge(drawn);
}

/** Where cards and lines stand; null while that is worked out. */
export function useMapLayout(drawn: Drawn): MapLayout | null {
  const many = drawn.activities.length > large;
  const small = useMemo(() => (many ? null : layOutMap(drawn)), [drawn, many]);
  const [told, tell] = useState<{ of: Drawn; layout: MapLayout } | null>(null);
  useEffect(() => {
    if (!many) return;
    let gone = false;
    standLarge(drawn).then(
      (layout) => gone || tell({ of: drawn, layout }),
      (error: Error) => {
        if (gone) return;
        tell(() => {
          throw error; // the page's boundary says so
        });
      },
    );
    return () => {
      gone = true;
    };
  }, [drawn, many]);
  return small ?? (told?.of === drawn ? told.layout : null);
}
