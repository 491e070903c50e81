package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// subjectsKey is of a list that is asked for only to know whom a node is about.
const subjectsKey = "\x00subjects"

// maxSubjects is of how many persons an answer that is about all of them leaves a receipt.
const maxSubjects = 200

// subjects has a fetch bring the persons whom nodes are about, unless they are known otherwise: a node that a person's edge
// led to is about her, and those that are asked for anyway need not be asked for twice.
func (g *guard) subjects(l *graph.List, sel *graph.Selection, met need) {
	if backTo(l.Edge, sel.Kind) {
		return
	}
	asked := sel.Lists
	for _, w := range sel.Kind.Ways {
		if len(w.Hops) > 0 && !slices.ContainsFunc(asked, func(b *graph.List) bool { return b.Edge == w.Hops[0].Edge && whole(b) }) {
			sel.Lists = append(sel.Lists, g.along(w.Hops, met))
		}
	}
}

// whole reports whether a list brings all that its edge leads to.
func whole(l *graph.List) bool {
	return l.Rows && l.When == nil && l.Filter == nil && l.Page.After == nil && l.Page.Before == nil && (l.Edge.Single() || l.Page.Limit >= maxSubjects)
}

// along is a list of those to whom hops lead.
func (g *guard) along(hops []graph.Hop, met need) *graph.List {
	e, to := hops[0].Edge.To(hops[0].To), &graph.Selection{Kind: hops[0].To}
	rows, then := g.arrive(e, e.Targets, met)
	if len(hops) > 1 {
		to.Lists = []*graph.List{g.along(hops[1:], then[to.Kind])}
	}
	return &graph.List{Key: subjectsKey, Edge: e, Nodes: []*graph.Selection{to}, Filter: rows, Rows: true, Page: graph.Page{Limit: maxSubjects}}
}

// About are the persons whom a row is about that was read below nodes which are about nobody, as far as the viewer may see that it is. They are
// to be counted behind what many rows come to, and nothing is to be told of one of them.
func About(r *graph.Row) []string { return who(nil, r, "") }

// who are the persons whom a row is about.
func who(l *graph.List, r *graph.Row, owner string) (ids []string) {
	if owner != "" && backTo(l.Edge, r.Sel.Kind) {
		return []string{owner}
	}
	for _, w := range r.Sel.Kind.Ways {
		ids = append(ids, led(r, w.Hops)...)
	}
	return ids
}

// led are those whom hops lead to from a row.
func led(r *graph.Row, hops []graph.Hop) (ids []string) {
	if len(hops) == 0 {
		return []string{r.ID}
	}
	h := hops[0]
	for b, to := range r.Below() {
		if b.Edge.Rel == h.Edge.Rel && b.Edge.Out == h.Edge.Out && to.Sel.Kind == h.To {
			ids = append(ids, led(to, hops[1:])...)
		}
	}
	return ids
}
