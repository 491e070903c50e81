package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// subjectsKey is of a list that is asked for only to know whom a node is about.
const subjectsKey = "\x00subjects"

// subjects has a fetch bring the persons whom nodes are about, unless they are known otherwise: a node that a person's edge
// led to is about her, and those that are asked for anyway need not be asked for twice.
func (g *guard) subjects(l *graph.List, sel *graph.Selection, met need) {
	if backTo(l.Edge, sel.Kind) {
		return
	}
	for _, e := range sel.Kind.Subjects {
		if slices.ContainsFunc(sel.Lists, func(b *graph.List) bool { return b.Edge == e && b.Rows && b.Filter == nil }) {
			continue
		}
		for _, k := range e.Targets {
			if !k.OfPersons() {
				continue
			}
			rows, then := g.arrive(e, []*graph.Kind{k}, met)
			b := &graph.List{Key: subjectsKey, Edge: e, Nodes: []*graph.Selection{{Kind: k}}, Filter: rows, Rows: true, Page: graph.Page{Limit: 200}}
			g.subjects(b, b.Nodes[0], then[k])
			sel.Lists = append(sel.Lists, b)
		}
	}
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
func who(l *graph.List, r *graph.Row, owner string) []string {
	k := r.Sel.Kind
	switch {
	case k.Person:
		return []string{r.ID}
	case len(k.Subjects) == 0:
		return nil
	case owner != "" && backTo(l.Edge, k):
		return []string{owner}
	}
	var ids []string
	for i, b := range r.Sel.Lists {
		if !slices.Contains(k.Subjects, b.Edge) {
			continue
		}
		for j := range r.Lists[i].Rows {
			ids = append(ids, who(b, &r.Lists[i].Rows[j], "")...)
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
