import { useMemo, useRef, useState } from 'react';
import { graphql } from '../../api/graphql';
import { changeParams, useRoute } from '../../route';
import { SavePicture } from '../../ui/SavePicture';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box } from '../../ui/values';
import { count, counted } from '../../ui/words';
import { drawn as drawnOf, type MapTold } from './map-model';
import { MapFocus } from './MapFocus';
import { MapPicture, measures, type Measure } from './MapPicture';
import { ActivityBalances, MapTable } from './MapTable';
import { activityName } from './names';
import type { TabProps } from './tab';
import { AwaitJourney, NotTold, useJourney } from './use-journey';

const MapQuery = graphql(`
  query JourneyMap($definition: JourneyDefinition!) {
    journeys(definition: $definition) {
      cases
      map(first: 200) {
        activities { activity events cases persons }
        edges { from to events cases persons share median p90 }
        other { activities edges events }
      }
    }
  }
`);

/** Which activity directly follows which: as much of it as two sliders let through, and the exact rest in words. */
export function MapTab({ input, open }: TabProps) {
  const answer = useJourney(MapQuery, { definition: input });
  return (
    <AwaitJourney answer={answer} rows={14}>
      {({ journeys }) => (journeys?.map ? <Shown map={journeys.map} cases={journeys.cases ?? 0} open={open} /> : <div className="box"><NotTold extensions={answer.extensions} field="map" /></div>)}
    </AwaitJourney>
  );
}

const between = (text: string | undefined, least: number, most: number, otherwise: number) => {
  const n = text === undefined ? NaN : globalThis.Number(text);
  return Number.isInteger(n) ? Math.min(most, Math.max(least, n)) : otherwise;
};

function Shown({ map, cases, open }: { map: MapTold; cases: number; open: TabProps['open'] }) {
  const { params } = useRoute();
  const all = map.activities.length;
  const acts = between(params.acts, 1, all, Math.min(all, 12));
  const paths = between(params.paths, 5, 100, 80);
  const measure: Measure = params.measure === 'p90' || params.measure === 'persons' ? params.measure : 'median';
  const [focused, focus] = useState<string | null>(params.edge ?? null);
  const { list } = useTwin();
  const picture = useRef<HTMLDivElement>(null);
  const drawn = useMemo(() => drawnOf(map, acts, paths / 100), [map, acts, paths]);
  const { hidden } = drawn;
  const slide = (change: Record<string, string>) => changeParams(change, { replace: true });
  const choose = (key: string) => {
    focus(key);
    if (key.includes('|')) changeParams({ edge: key }, { replace: true });
  };
  return (
    <>
      <Box
        title="Map"
        n="what directly follows what: cases and time"
        more={
          <>
            {!list && <SavePicture of={picture} name="journeys-map" />}
            <TwinButton />
          </>
        }
        className="map"
      >
        <div className="map-sliders pad">
          <label className="field">
            <span className="map-slider-words">
              Activities <span className="strong">{count(acts)} of {count(all)}</span>
            </span>
            <input className="slider" type="range" min={1} max={Math.max(1, all)} value={acts} onChange={(event) => slide({ acts: event.target.value })} />
          </label>
          <label className="field">
            <span className="map-slider-words">
              Edges <span className="strong">at least {paths} % of times</span>
            </span>
            <input className="slider" type="range" min={5} max={100} step={5} value={paths} onChange={(event) => slide({ paths: event.target.value })} />
          </label>
          <div className="options" role="group" aria-label="Below the number of an edge">
            {(Object.keys(measures) as Measure[]).map((one) => (
              <button key={one} type="button" aria-pressed={one === measure} onClick={() => slide({ measure: one })}>
                {measures[one]}
              </button>
            ))}
          </div>
        </div>
        {list ? <MapTable drawn={drawn} focused={focused} open={open} /> : (
          <div ref={picture}>
            <MapPicture map={map} drawn={drawn} measure={measure} cases={cases} focused={focused} focus={choose} />
          </div>
        )}
        <p className="pad sm map-hidden">
          <span>
            {hidden.activities === 0 && hidden.edges === 0
              ? 'Nothing is hidden.'
              : `Hidden: ${hidden.activities > 0 ? `${counted(hidden.activities, 'activity', 'activities')}${hidden.activityEvents ? ` with ${counted(hidden.activityEvents, 'event')}` : ''}${hidden.names.length > 0 && hidden.names.length <= 6 ? ` (${hidden.names.map(activityName).join(', ')})` : ''}, and ` : ''}${counted(hidden.edges, 'edge')}${hidden.events === null ? '' : `, used ${count(hidden.events)} times`}.`}
          </span>
        </p>
        <p className="pad key steps-key">
          <span>Width is cases; a case that goes twice counts once. × counts every time.</span>
          <span>The bar of a card is its share of all cases, hollow where they are still open.</span>
        </p>
      </Box>
      <MapFocus map={map} focused={focused} open={open} />
      <ActivityBalances map={map} drawn={drawn} cases={cases} />
    </>
  );
}
