package resolvers

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// called binds what a node is called by several properties, or by none. They are withheld together.
func (b *binder) called(n *node, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	parts := sel.Kind.Display
	at := make([]int, len(parts))
	for i, p := range parts {
		at[i] = placeOf(sel.Props, p)
	}
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		var known []string
		for i, p := range parts {
			if at[i] >= 0 {
				if text, ok := bound(row.Sel.Props, at[i], p, row.Props).(string); ok {
					known = append(known, text)
				}
			}
		}
		if len(known) > 0 {
			return w.text(graph.Called(known))
		}
		if n.partial {
			w.note(w.o.stateOf(row).Called())
		}
		return false
	})
}

// externals binds which rows of sources a node came from.
func (b *binder) externals(n *node, sel *graph.Selection, f graphql.CollectedField) field[*graph.Row] {
	key, more := sel.Kind.Key, sel.Kind.Further
	at, further := placeOf(sel.Props, key), placeOf(sel.Props, more)
	fields := bindTable(b, f, externalFields)
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		if withheld := n.partial && w.note(w.o.stateOf(row).Property(key)); withheld || at < 0 {
			return false
		}
		text, _ := bound(row.Sel.Props, at, key, row.Props).(string)
		others, _ := bound(row.Sel.Props, further, more, row.Props).([]string)
		all := graph.Externals(text, others)
		return w.list(len(all), true, func(i int) bool { return fields.write(w, all[i]) })
	})
}

// externalFields are the fields of External.
var externalFields = table[graph.External]{
	"source": func(w *writer, e graph.External) bool { return w.text(e.Source) },
	"id":     func(w *writer, e graph.External) bool { return w.text(e.ID) },
}
