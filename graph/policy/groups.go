package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Fewest persons that a group may have under ANALYSIS, and that may be left outside of it.
const fewest = 5

// groups reports whether the purpose is to learn about groups, and never about persons.
func (v *Viewer) groups() bool { return v.Purpose == graph.Analysis }

// ofPersons reports whether nodes of a kind are persons, or about some.
func ofPersons(k *graph.Kind) bool { return k.Person || len(k.Subjects) > 0 }

// Single says why a node of a kind is withheld when it is asked for by itself, or nil.
func (v *Viewer) Single(k *graph.Kind) *Withheld {
	if w := v.Kind(k); w != nil {
		return w
	}
	if v.groups() && ofPersons(k) {
		return &Withheld{Reason: SmallGroup, Category: existenceOf(k)}
	}
	return nil
}

// countable is the condition that all persons whom a node is about are led to by its own edges. Those whom only something
// between tells of are not counted, so that nobody could say whether they are too few.
func countable(k *graph.Kind) *graph.Filter {
	var none []*graph.Filter
	for _, e := range k.Subjects {
		for _, to := range e.Targets {
			if aboutPersons(to) {
				none = append(none, graph.None(&graph.Quantified{Edge: e, Filter: &graph.Filter{Kind: to, Of: somebody(to, anything)}}))
			}
		}
	}
	return and(none...)
}

// anything is what everybody meets.
func anything(*graph.Kind) *graph.Filter { return nil }

func existenceOf(k *graph.Kind) graph.Category {
	if k.Existence != "" {
		return k.Existence
	}
	return graph.CategoryIdentity
}

// single says why what a to-one edge leads to is withheld, or nil.
func (v *Viewer) single(e *graph.Edge) *Withheld {
	if v.groups() && e.One && slices.ContainsFunc(e.Targets, ofPersons) {
		return &Withheld{Reason: SmallGroup, Category: e.Category}
	}
	return nil
}

// Total says why what an edge leads to is not added up over the nodes it leads from, or nil: nobody could say how many
// persons stand behind the sum.
func (v *Viewer) Total(e *graph.Edge) *Withheld {
	if w := v.Edge(e); w != nil {
		return w
	}
	if v.singlesOut(e) {
		return &Withheld{Reason: SmallGroup, Category: e.Category}
	}
	return nil
}

// singlesOut reports whether an edge leads from what is not about persons to what is: a condition on it, or an order by it,
// would tell of single persons in a list that is not one of persons.
func (v *Viewer) singlesOut(e *graph.Edge) bool {
	return v.groups() && !ofPersons(e.Owner) && slices.ContainsFunc(e.Targets, ofPersons)
}

// Keys of what is counted only to know how many persons stand behind a list, or behind what its filter leaves out.
const (
	personsKey = "\x00persons"
	restKey    = "\x00rest"
)

// count has a list of persons, or about some, count them: in all, in each group, and, in a list beside it, among the rows
// that its filter leaves out. rows is the condition on all rows, whatever the filter, which is asked for.
func (g *guard) count(l *graph.List, rows, filter *graph.Filter) *graph.List {
	if !g.groups() || l.Identified() || l.Key == subjectsKey || !slices.ContainsFunc(l.Nodes, func(s *graph.Selection) bool { return ofPersons(s.Kind) }) {
		return nil
	}
	for _, t := range slices.Clone(l.Tallies) {
		if len(t.By) > 0 {
			l.Tallies = append(l.Tallies, personsOf(l, t.By)...)
		}
	}
	l.Tallies = append(l.Tallies, personsOf(l, nil)...)
	if filter == nil {
		return nil
	}
	rest := &graph.List{Key: l.Key + restKey, Edge: l.Edge, When: l.When, Filter: and(rows, &graph.Filter{Fails: filter}), Page: graph.Page{Limit: 1}}
	for _, sel := range l.Nodes {
		rest.Nodes = append(rest.Nodes, &graph.Selection{Kind: sel.Kind})
	}
	rest.Tallies = personsOf(rest, nil)
	return rest
}

// personsOf count the persons behind a list, or behind its groups. Among nodes of several kinds, each is counted as one.
func personsOf(l *graph.List, by []graph.GroupKey) []*graph.Tally {
	k := l.Nodes[0].Kind
	if k.Person || len(l.Nodes) > 1 {
		return []*graph.Tally{{Key: personsKey, By: by, Distinct: true}}
	}
	var out []*graph.Tally
	for _, e := range k.Subjects {
		out = append(out, &graph.Tally{Key: personsKey, By: by, Distinct: true, Over: &graph.Over{Edge: e, Filter: persons(e, false, anything)}})
	}
	return out
}

// Small finds the lists behind which, or behind what their filters leave out, too few persons stand.
func (v *Viewer) Small(lists []*graph.List, results []graph.ListResult) map[*graph.ListResult]bool {
	small := map[*graph.ListResult]bool{}
	if v.groups() {
		find(lists, results, small)
	}
	return small
}

func find(lists []*graph.List, results []graph.ListResult, small map[*graph.ListResult]bool) {
	for i, l := range lists {
		if in, counted := behind(l, &results[i]); counted {
			rest, filtered := int64(0), false
			if j := slices.IndexFunc(lists, func(o *graph.List) bool { return o.Key == l.Key+restKey }); j >= 0 {
				rest, _ = behind(lists[j], &results[j])
				filtered = true
			}
			// What nobody stands behind, within or without, tells of nobody: the orders of a company. What is one person's
			// tells of her, though there be nothing.
			alone := l.Edge != nil && ofPersons(l.Edge.Owner)
			if alone || in+rest > 0 && (in < fewest || filtered && rest < fewest) {
				small[&results[i]] = true
			}
		}
		for j := range results[i].Rows {
			row := &results[i].Rows[j]
			find(row.Sel.Lists, row.Lists, small)
		}
	}
}

// behind is how many persons stand behind a list, of several ways to be about somebody the one with most.
func behind(l *graph.List, res *graph.ListResult) (n int64, counted bool) {
	for i, t := range l.Tallies {
		if t.Key == personsKey && len(t.By) == 0 {
			counted = true
			for _, row := range res.Tallies[i] {
				n = max(n, row.Count)
			}
		}
	}
	return n, counted
}

// SmallGroups reports whether too few persons stand behind one of the groups by these keys, or outside of it.
func (v *Viewer) SmallGroups(l *graph.List, res *graph.ListResult, by []graph.GroupKey) bool {
	all, counted := behind(l, res)
	if !v.groups() || !counted || all == 0 {
		return false
	}
	same := func(t *graph.Tally) bool {
		return t.Key == personsKey && len(by) > 0 && len(t.By) == len(by) && &t.By[0] == &by[0]
	}
	for i, t := range l.Tallies {
		if !same(t) {
			continue
		}
		for _, row := range res.Tallies[i] {
			if row.Count < fewest || all-row.Count < fewest {
				return true
			}
		}
	}
	return false
}
