import { AndMore, None, Part, TodaysValue } from '../../ui/Part';
import { Box, Name } from '../../ui/values';
import { words } from '../../ui/words';
import type { Account } from './queries';

/** Where the company is. */
export function Places({ of, asOf }: { of: Account; asOf: string | undefined }) {
  return (
    <Box title="Places" n={of.locations?.totalCount} more={<TodaysValue asOf={asOf} />}>
      <Part of={of} field="locations">
        {({ nodes, totalCount }) =>
          nodes.length === 0 ? (
            <None>None that is known.</None>
          ) : (
            <>
              <ul className="list">
                {nodes.map((place) => (
                  <li key={place.id}>
                    <span className="list-top">
                      <Name of={place} none="A place" />
                      <span className="when">{place.locationKind && words(place.locationKind)}</span>
                    </span>
                  </li>
                ))}
              </ul>
              <AndMore of={totalCount} shown={nodes.length} word="place" />
            </>
          )
        }
      </Part>
    </Box>
  );
}
