package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Unsearched says what a search of these kinds leaves out, a reason for each category; refused: it finds nothing at all. Where
// the purpose is to learn about groups, no person is looked for, nor what is about one.
func (l *Lens) Unsearched(kinds []*graph.Kind) (out []Withheld, refused bool) {
	note := func(w *Withheld) {
		if w != nil && !slices.Contains(out, *w) {
			out = append(out, *w)
		}
	}
	searched := false
	for _, k := range kinds {
		if w := l.Single(k); w != nil {
			note(w)
			refused = refused || l.kinds[k].refuses
		}
		for _, p := range k.Searched() {
			w := l.Property(p)
			note(w)
			searched = searched || w == nil && l.Single(k) == nil
		}
	}
	return out, refused || !searched
}

// search guards what a search looks into, and the names that its rows are ordered by: values that may not be seen are not there.
// Nodes whose existence is withheld are not found.
func (g *guard) search(l *graph.List) {
	met := known{}
	rows, all := &graph.Filter{Or: []*graph.Filter{}}, true
	for _, sel := range l.Nodes {
		k := sel.Kind
		var there *graph.Filter
		if g.Single(k) != nil {
			there = nobody
		} else {
			there, met[k] = g.listed(k)
		}
		rows.Or = append(rows.Or, &graph.Filter{Kind: k, Of: there})
		all = all && there == nil
	}
	if all {
		rows = nil
	}
	a, s := g.asksRoot(l), l.Search
	s.In, s.By = g.searched(s.In, l, met), g.searched(s.By, l, met)
	g.list(l, rows, met, a)
}

// searched are the mentions that the purpose does not deny, with their conditions, which those of one kind and one need share.
func (g *guard) searched(refs []graph.Ref, l *graph.List, met known) []graph.Ref {
	var out []graph.Ref
	for _, r := range refs {
		i := slices.IndexFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind.Name == r.Prop.Owner })
		k := l.Nodes[i].Kind
		cond, ok := g.permitNeed(k, g.property(r.Prop).need, r.Prop.Category == graph.CategoryContent, met[k])
		if !ok {
			continue
		}
		r.When = and(r.When, cond)
		out = append(out, r)
	}
	return out
}
