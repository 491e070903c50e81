package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Keys of what is counted only to know how many persons stand behind a list, or behind what its filter leaves out.
const (
	personsKey = "\x00persons"
	restKey    = "\x00rest"
)

// count has a list of persons, or about some, count them: in all, in each group, and, in a list beside it, among the rows
// that its filter leaves out. rows is the condition on all rows, whatever the filter, which is asked for.
func (g *guard) count(l *graph.List, rows, filter *graph.Filter) *graph.List {
	if g.fewest() == 0 || l.Identified() || l.Key == subjectsKey || !slices.ContainsFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind.OfPersons() }) {
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

// personsOf count the persons behind a list, or behind its groups, whom its nodes are or lead to; see countable. Among nodes of
// several kinds, each is counted as one.
func personsOf(l *graph.List, by []graph.GroupKey) (out []*graph.Tally) {
	k := l.Nodes[0].Kind
	if k.Person || len(l.Nodes) > 1 {
		return []*graph.Tally{{Key: personsKey, By: by, Distinct: true}}
	}
	for _, w := range k.Ways {
		if len(w.Hops) == 1 {
			out = append(out, &graph.Tally{Key: personsKey, By: by, Distinct: true, Over: &graph.Over{Edge: w.Hops[0].Edge.To(w.Person)}})
		}
	}
	return out
}

// small finds the lists behind which, or behind what their filters leave out, too few persons stand.
func (l *Lens) small(lists []*graph.List, results []graph.ListResult, found map[*graph.ListResult]bool) {
	for i, list := range lists {
		if in, counted := behind(list, &results[i]); counted {
			rest, filtered := int64(0), false
			if j := slices.IndexFunc(lists, func(o *graph.List) bool { return o.Key == list.Key+restKey }); j >= 0 {
				rest, _ = behind(lists[j], &results[j])
				filtered = true
			}
			// What nobody stands behind, within or without, tells of nobody: the orders of a company. What is one person's
			// tells of her, though there be nothing.
			alone := list.Edge != nil && list.Edge.Owner.OfPersons()
			if alone || in+rest > 0 && (in < l.fewest() || filtered && rest < l.fewest()) {
				found[&results[i]] = true
			}
		}
		for j := range results[i].Rows {
			row := &results[i].Rows[j]
			l.small(row.Sel.Lists, row.Lists, found)
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

// Shown are the groups that are shown by themselves, of those that a tally of the list has and that come first; all others are
// folded into one. Where persons stand behind the list, at least five do behind each group that is shown, behind the rows outside of
// it, and behind what is folded. small: more is folded than was asked for.
func (l *Lens) Shown(list *graph.List, res *graph.ListResult, t *graph.Tally, groups []graph.Group, first int) (shown []graph.Group, small bool, err error) {
	asked := min(len(groups), first)
	all, counted := behind(list, res)
	if l.fewest() == 0 || !counted || all == 0 {
		return groups[:asked], false, nil
	}
	persons, err := personsIn(list, res, t.By, groups)
	if err != nil {
		return nil, false, err
	}
	// least is how many stand behind several groups at least. Who is in one of several groups only may be added up.
	disjoint := len(list.Nodes) == 1 && list.Nodes[0].Kind.Person && !slices.ContainsFunc(t.By, func(k graph.GroupKey) bool { return k.OnEdge })
	least := func(in func(i int) bool) (n int64) {
		for i, of := range persons {
			switch {
			case !in(i):
			case disjoint:
				n += of
			default:
				n = max(n, of)
			}
		}
		return n
	}
	alone := make([]bool, len(groups))
	for i := range asked {
		alone[i] = persons[i] >= l.fewest() && least(func(j int) bool { return j != i }) >= l.fewest()
	}
	folded := func(i int) bool { return !alone[i] }
	for n := least(folded); n > 0 && n < l.fewest(); n = least(folded) {
		fold := -1
		for i := range groups {
			if alone[i] && (fold < 0 || persons[i] <= persons[fold]) {
				fold = i
			}
		}
		if fold < 0 {
			break // these are all: five stand behind the whole list
		}
		alone[fold] = false
	}
	for i, g := range groups {
		if alone[i] {
			shown = append(shown, g)
		}
	}
	return shown, len(shown) < asked, nil
}

// personsIn is how many persons stand behind each group, of several ways to be about somebody the one with most.
func personsIn(l *graph.List, res *graph.ListResult, by []graph.GroupKey, groups []graph.Group) ([]int64, error) {
	persons := make([]int64, len(groups))
	for i, t := range l.Tallies {
		if t.Key != personsKey || len(t.By) != len(by) || &t.By[0] != &by[0] {
			continue
		}
		counted, err := graph.Groups(t, res.Tallies[i])
		if err != nil {
			return nil, err
		}
		for _, c := range counted {
			if j := slices.IndexFunc(groups, func(g graph.Group) bool { return graph.CompareKeys(g.Keys, c.Keys) == 0 }); j >= 0 {
				persons[j] = max(persons[j], c.Count)
			}
		}
	}
	return persons, nil
}
