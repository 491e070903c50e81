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

// Disclosed are the persons whom an answer is about, and the categories of what it holds of them.
type Disclosed map[string][]graph.Category

// Add takes in what a read answered.
func (d Disclosed) Add(lists []*graph.List, results []graph.ListResult) { d.lists(lists, results, "") }

func (d Disclosed) lists(lists []*graph.List, results []graph.ListResult, owner string) {
	for i, l := range lists {
		for j := range results[i].Rows {
			d.row(l, &results[i].Rows[j], owner)
		}
	}
}

func (d Disclosed) row(l *graph.List, r *graph.Row, owner string) {
	k := r.Sel.Kind
	held := d.held(l, r)
	for _, id := range who(l, r, owner) {
		d.Note(id, held)
	}
	next := ""
	if k.Person {
		next = r.ID
	}
	d.lists(r.Sel.Lists, r.Lists, next)
}

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
	for i, b := range r.Sel.Lists {
		for j := range r.Lists[i].Rows {
			if to := &r.Lists[i].Rows[j]; b.Edge.Rel == h.Edge.Rel && b.Edge.Out == h.Edge.Out && to.Sel.Kind == h.To {
				ids = append(ids, led(to, hops[1:])...)
			}
		}
	}
	return ids
}

// held are the categories of what a row holds. A person whose node alone came is disclosed by what led to her.
func (d Disclosed) held(l *graph.List, r *graph.Row) []graph.Category {
	var out []graph.Category
	add := func(c graph.Category) {
		if c != "" && c != graph.CategoryCompany && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if l.Key == subjectsKey {
		return nil
	}
	add(r.Sel.Kind.Existence)
	if l.Edge != nil {
		add(l.Edge.Category)
	}
	for i, ref := range r.Sel.Props {
		if !ref.Prop.Hidden && r.Props[i] != nil {
			add(ref.Prop.Category)
		}
	}
	for _, f := range r.Found { // though the value itself may not be in the answer
		add(f.Prop.Category)
	}
	for i, ref := range l.Props {
		if r.Edge[i] != nil {
			add(ref.Prop.Category)
		}
	}
	if len(out) == 0 && r.Sel.Kind.Person {
		add(graph.CategoryIdentity) // that there is such a person
	}
	return out
}

// Note takes in that categories of a person's data are in an answer.
func (d Disclosed) Note(id string, held []graph.Category) {
	known := d[id]
	for _, c := range held {
		if !slices.Contains(known, c) {
			known = append(known, c)
		}
	}
	if len(known) > 0 {
		d[id] = known
	}
}
