package neo4j

import (
	"context"
	"fmt"
	"maps"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// once reports whether the folded key of a text that is its own is not kept beside it, where it would take as much room again. An index would
// miss it.
func once(p *graph.Property) bool { return p.Type == graph.String && !p.Indexed && !p.Folds() }

// columns are those of values as the database keeps them.
func columns(props []*graph.Property, v graph.Values) map[string]any {
	out := flat(write.Columns(props, v))
	for _, p := range props {
		if x, given := out[p.Name]; given && once(p) && out[p.Folded()] == x {
			out[p.Folded()] = nil
		}
	}
	return out
}

// stands is the expression of a column of a property as it is now.
func stands(p *graph.Property, column, on string) string {
	if once(p) && column == p.Folded() {
		return "coalesce(" + on + name(column) + ", " + on + name(p.Name) + ")"
	}
	return on + name(column)
}

// besideLock is the node that says of which properties all that follows from values is kept beside them, by their paths.
const besideLock = "folded"

// keepBeside keeps what follows from values and was not kept when nodes were written: folded keys of texts that an index has now, and what
// settles moments beside versions.
func (s *Store) keepBeside(ctx context.Context, p *progress) error {
	kept, err := s.noted(ctx, besideLock)
	if err != nil {
		return err
	}
	want := map[string]any{}
	keep := func(props []*graph.Property, pattern string) error {
		for _, of := range props {
			if of.Type != graph.String && of.Type != graph.Versions || once(of) {
				continue
			}
			if want[of.Path()] = true; p.empty || kept[of.Path()] != nil {
				continue
			}
			if err := s.keepBesideOf(ctx, p, of, pattern); err != nil {
				return err
			}
		}
		return nil
	}
	for _, k := range s.catalog.Kinds {
		if err := keep(k.Properties, "(n:"+name(k.Label)+")"); err != nil {
			return err
		}
	}
	for _, r := range s.catalog.Rels {
		if err := keep(r.Properties, "()-[n:"+name(r.Type)+"]->()"); err != nil {
			return err
		}
	}
	delete(kept, "id")
	if maps.Equal(kept, want) {
		return nil
	}
	want["id"] = besideLock
	return s.within(ctx, func(t transaction) error {
		return t.run(ctx, "MERGE (l:KithLock {id: $p.id}) SET l = $p.of", map[string]any{"id": besideLock, "of": want})
	})
}

func (s *Store) keepBesideOf(ctx context.Context, p *progress, of *graph.Property, pattern string) error {
	from, missing, set := name(of.Name), name(of.Folded()), fmt.Sprintf("n.%s = n.%s", name(of.Folded()), name(of.Name))
	if of.Type == graph.Versions {
		from, missing, set = versionColumns[0], graph.LastFrom, setSettled
	}
	text := fmt.Sprintf("MATCH %s WHERE n.%s IS NOT NULL AND n.%s IS NULL WITH n LIMIT $p.limit SET %s RETURN count(*)", pattern, from, missing, set)
	return s.inParts(ctx, p, "the store puts beside values what follows from them", of, text, map[string]any{})
}
