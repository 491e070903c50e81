package neo4j

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/kithgraph/kith/graph"
)

// ranksLock is the node that says in which order the values of enumerations are of which nodes have the places: for each property, by its
// path, all of them.
const ranksLock = "ranks"

// keepRanks gives all nodes the places that their values of enumerations have in the schema, where the database has those of another schema
// or none. It is done again from the start where it is broken off.
func (s *Store) keepRanks(ctx context.Context, p *progress) error {
	row, err := s.ask(ctx, Statement{"OPTIONAL MATCH (l:KithLock {id: $id}) RETURN properties(l)", map[string]any{"id": ranksLock}})
	if err != nil {
		return err
	}
	kept, _ := row[0].(map[string]any)
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
			if was, _ := kept[of.Path()].([]any); same(was, of.Values) {
				continue
			}
			if p.empty {
				other[of.Path()] = of.Values
				continue
			}
			if err := s.keepRanksOf(ctx, p, k, of); err != nil {
				return err
			}
			if err := s.noteRanks(ctx, map[string]any{of.Path(): of.Values}); err != nil {
				return err
			}
		}
	}
	if len(other) == 0 {
		return nil
	}
	return s.noteRanks(ctx, other)
}

func same(kept []any, values []string) bool {
	if len(kept) != len(values) {
		return false
	}
	for i, v := range values {
		if kept[i] != v {
			return false
		}
	}
	return true
}

func (s *Store) noteRanks(ctx context.Context, of map[string]any) error {
	return s.within(ctx, func(t transaction) error {
		return t.run(ctx, "MERGE (l:KithLock {id: $p.id}) SET l += $p.of", map[string]any{"id": ranksLock, "of": of})
	})
}

// keepRanksOf goes through a kind, some nodes at a time.
func (s *Store) keepRanksOf(ctx context.Context, p *progress, k *graph.Kind, of *graph.Property) error {
	places := map[string]any{}
	for i, v := range of.Values {
		places[v] = int64(i)
	}
	text := fmt.Sprintf(`MATCH (n:%[1]s) USING INDEX n:%[1]s(id)
  WHERE n.id > $p.after
WITH n ORDER BY n.id LIMIT $p.limit
CALL (n) {
  WITH n WHERE n.%[2]s IS NOT NULL OR n.%[3]s IS NOT NULL
  SET n.%[3]s = $p.places[n.%[2]s]
}
RETURN count(n), max(n.id)`, name(k.Label), name(of.Name), name(of.Rank()))
	after := ""
	for seen, more := int64(0), true; more; {
		p.say(ctx, "the store puts values in the order of the schema", slog.String("of", of.Path()), slog.Int64("seen", seen))
		err := s.within(ctx, func(t transaction) error {
			return t.collect(ctx, text, map[string]any{"after": after, "limit": int64(maxRows), "places": places}, func(row []any) {
				found, _ := row[0].(int64)
				seen, more = seen+found, found == maxRows
				after, _ = row[1].(string)
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
