package rights

import (
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// WantNames has a selection of a person bring what Names takes.
func WantNames(sel *graph.Selection) {
	sel.Props = append(sel.Props, graph.Refs(sel.Kind.Names()...)...)
}

// Names are the names, addresses and numbers of a person that are hardly anybody else's, of a row with what WantNames asks: by them she is
// looked for in copies outside the store.
func Names(row *graph.Row) (names []string) {
	for i, v := range row.Props {
		p := row.Sel.Props[i].Prop
		if name, ok := v.(string); ok && fold.Distinct(name, p.Category == graph.CategoryContact, slices.Contains(row.Sel.Kind.Display, p)) {
			names = append(names, name)
		}
	}
	return names
}
