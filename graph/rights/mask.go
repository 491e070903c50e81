package rights

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// masked stands in texts for the names of persons whom an export is not about.
const masked = "[somebody else]"

// others are the names of those who are in a record beside her, and the parts of them that are not hers, too.
func (x *exporter) others(row *graph.Row) *fold.Names {
	var names []string
	for _, to := range row.Below() {
		if to.ID == x.customer || !named(to.Sel.Kind) {
			continue
		}
		for _, name := range rowNames(to) {
			names = append(names, name)
			for _, w := range strings.Fields(name) {
				if len([]rune(w)) > 2 && !x.own[fold.Key(w)] {
					names = append(names, w)
				}
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // whole names before their parts
	return fold.NewNames(names)
}

// rowNames are the names, the addresses and the numbers of a person or of an employee.
func rowNames(row *graph.Row) (names []string) {
	for i, ref := range row.Sel.Props {
		name, is := row.Props[i].(string)
		switch ref.Prop.Category {
		case graph.CategoryIdentity, graph.CategoryContact, graph.CategoryWorkforce:
			if is && !ref.Prop.Hidden && ref.Prop.Type == graph.String {
				names = append(names, name)
			}
		}
	}
	return names
}

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
