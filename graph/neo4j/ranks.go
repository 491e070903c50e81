package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// ranksLock is the node that says in which order the values of enumerations are of which nodes have the places: for each property, by its
// path, all of them.
const ranksLock = "ranks"

// keepRanks gives all nodes the places that their values of enumerations have in the schema, where the database has those of another schema
// or none. It is done again from the start where it is broken off.
func (s *Store) keepRanks(ctx context.Context, p *progress) error {
	kept, err := s.noted(ctx, ranksLock)
	if err != nil {
		return err
	}
	other := map[string]any{} // nil: what has no places any more is written without them
	for path := range kept {
		other[path] = nil
	}
	delete(other, "id")
	for _, k := range s.catalog.Kinds {
		for _, of := range k.Properties {
			if !of.Ranked() {
				continue
			}
			delete(other, of.Path())
			if was, _ := kept[of.Path()].([]any); slices.Equal(was, graph.Each(of.Values)) {
				continue
			}
			if p.empty {
				other[of.Path()] = of.Values
				continue
			}
			if err := s.keepRanksOf(ctx, p, k, of); err != nil {
				return err
			}
			if err := s.note(ctx, ranksLock, map[string]any{of.Path(): of.Values}); err != nil {
				return err
			}
		}
	}
	if len(other) == 0 {
		return nil
	}
	return s.note(ctx, ranksLock, other)
}

// keepRanksOf goes through a kind, some nodes at a time.
func (s *Store) keepRanksOf(ctx context.Context, p *progress, k *graph.Kind, of *graph.Property) error {
	text := fmt.Sprintf(`MATCH (n:%[1]s) USING INDEX n:%[1]s(id)
  WHERE n.id > $p.after
WITH n ORDER BY n.id LIMIT $p.limit
CALL (n) {
  WITH n WHERE n.%[2]s IS NOT NULL OR n.%[3]s IS NOT NULL
  SET n.%[3]s = $p.places[n.%[2]s]
}
RETURN count(n), max(n.id)`, name(k.Label), name(of.Name), name(of.Rank()))
	return s.inParts(ctx, p, "the store puts values in the order of the schema", of, text, map[string]any{"after": "", "places": places(of)})
}
