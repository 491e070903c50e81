package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// An inheriting keeps whom nodes are about by what they belong to (Kind.Inherits): a note in somebody's case is about her, whether she took
// part or not. Who takes part herself is not kept a second time.
type inheriting struct {
	*applier
	kinds  []*graph.Kind   // that inherit
	about  []*graph.Edge   // from what they belong to, to persons
	heirs  map[string]bool // ids of nodes that belong to others now, or in which others take part
	owners map[string]bool // ids of what is about others now
	gone   map[string]bool // ids of nodes that are removed
	again  bool            // who was erased inherits, too: what has come is to be erased with the rest
}

func inheritedSubjects(a *applier) derivation {
	h := &inheriting{applier: a, heirs: map[string]bool{}, owners: map[string]bool{}, gone: map[string]bool{}}
	a.inherits = h
	for _, k := range a.cat.Kinds {
		if len(k.Inherits) == 0 {
			continue
		}
		h.kinds = append(h.kinds, k)
		for _, by := range k.Inherits {
			for _, of := range by.Targets {
				for _, hop := range firstHops(of) {
					graph.AddOnce(&h.about, hop.Edge)
				}
			}
		}
	}
	return h
}

func (h *inheriting) touch(c Change) {
	switch {
	case c.Kind != nil && c.NewNode == nil:
		h.gone[c.OldNode.ID] = true
	case c.Rel != nil && c.OldEdge == nil:
		h.moved(c.Rel, *c.NewEdge)
	case c.Rel != nil && c.NewEdge == nil:
		h.moved(c.Rel, *c.OldEdge)
	}
}

// moved notes whom a relationship that comes or goes is about.
func (h *inheriting) moved(r *graph.Rel, s Edge) {
	for _, k := range h.kinds {
		// In what is new nobody took part before, and who is erased inherits nothing.
		if heir, person, ok := h.leads(k.Subjects[0], r, s); ok && h.cat.KindOf(person).Person && !h.created[heir] && !h.erased(person) {
			h.heirs[heir] = true
		}
		for _, by := range k.Inherits {
			if heir, owner, ok := h.leads(by, r, s); ok && h.cat.KindOf(owner).OfPersons() {
				h.heirs[heir] = true
			}
		}
	}
	for _, e := range h.about {
		if owner, person, ok := h.leads(e, r, s); ok && h.cat.KindOf(person).Person && !h.created[owner] {
			h.owners[owner] = true
		}
	}
}

// erased reports whether a person was erased, or is to be.
func (h *inheriting) erased(person string) bool {
	return h.erasedOf[person] != nil || slices.ContainsFunc(h.batch.Erase, func(e graph.Erasure) bool { return e.Person == person })
}

// settle asks for the heirs with those who take part in them, and whom they inherit.
func (h *inheriting) settle() (look []*graph.List, then func([]graph.ListResult)) {
	maps.DeleteFunc(h.heirs, func(id string, _ bool) bool { return h.gone[id] })
	maps.DeleteFunc(h.owners, func(id string, _ bool) bool { return h.gone[id] })
	for _, k := range h.kinds {
		if ids := h.of(h.heirs, k); len(ids) > 0 {
			look = append(look, byID(inheritance(k), ids...))
		}
		for _, by := range k.Inherits {
			for _, owner := range by.Targets {
				if ids := h.of(h.owners, owner); len(ids) > 0 {
					look = append(look, byID(&graph.Selection{Kind: owner, Lists: []*graph.List{along(back(by, owner), all, inheritance(k))}}, ids...))
				}
			}
		}
	}
	clear(h.heirs)
	clear(h.owners)
	return look, func(res []graph.ListResult) {
		seen := map[string]bool{}
		for _, l := range res {
			h.inherit(l.Rows, seen)
		}
	}
}

// inheritErased has erasures find what came to belong to those whom they are of.
func (a *applier) inheritErased(ctx context.Context) error {
	if len(a.batch.Erase)+len(a.again) == 0 {
		return nil
	}
	a.inherits.again = true
	defer func() { a.inherits.again = false }()
	return a.settleOf(ctx, a.inherits)
}

// of are those ids that are of a kind, in order.
func (h *inheriting) of(ids map[string]bool, k *graph.Kind) []string {
	return graph.Where(slices.Sorted(maps.Keys(ids)), func(id string) bool { return h.cat.KindOf(id) == k })
}

// back is the way back along an edge from one of the kinds that it leads to, whether a field of the schema goes it or not.
func back(e *graph.Edge, from *graph.Kind) *graph.Edge {
	return &graph.Edge{Name: e.Name + " back", Owner: from, Rel: e.Rel, Out: !e.Out, Targets: []*graph.Kind{e.Owner}, History: true}
}

// inheritance asks of a node who takes part, and then by each edge that it inherits by whom that is about.
func inheritance(k *graph.Kind) *graph.Selection {
	sel := &graph.Selection{Kind: k}
	list := func(e *graph.Edge, to func(*graph.Kind) *graph.Selection) {
		var sels []*graph.Selection
		every := *e
		every.Targets = slices.DeleteFunc(slices.Clone(e.Targets), func(t *graph.Kind) bool { return !t.OfPersons() })
		for _, t := range every.Targets {
			sels = append(sels, to(t))
		}
		sel.Lists = append(sel.Lists, along(&every, all, sels...))
	}
	list(k.Subjects[0], persons)
	for _, by := range k.Inherits {
		list(by, persons)
	}
	return sel
}

// inherit brings the subjects of heirs among rows, and below them, up to date.
func (h *inheriting) inherit(rows []graph.Row, seen map[string]bool) {
	for i := range rows {
		switch r := &rows[i]; {
		case len(r.Sel.Kind.Inherits) == 0:
			for _, l := range r.Lists {
				h.inherit(l.Rows, seen)
			}
		case !seen[r.ID]:
			seen[r.ID] = true
			h.bringUp(r)
		}
	}
}

// bringUp has a node be about those whom it inherits, and who take no part in it, in the role of RoleSubject.
func (h *inheriting) bringUp(r *graph.Row) {
	l, edge := r.Sel.Lists[0], r.Sel.Kind.Subjects[0]
	kept, takes := map[string]Edge{}, map[string]bool{}
	for i := range r.Lists[0].Rows {
		row := &r.Lists[0].Rows[i]
		if e := edgeOf(l, r.ID, row); e.Values[graph.RoleProperty] == graph.RoleSubject {
			kept[row.ID] = e
		} else {
			takes[row.ID] = true
		}
	}
	inherits := map[string]bool{}
	for by, owner := range r.Below() {
		if by == l { // those who take part
			continue
		}
		for _, person := range owner.Below() {
			_, stays := kept[person.ID]
			if there := nodeOf(person).Values[graph.ErasedAt] == nil; !takes[person.ID] && (there || stays || h.again) {
				inherits[person.ID] = true
			}
		}
	}
	for _, person := range slices.Sorted(maps.Keys(kept)) {
		if !inherits[person] {
			h.dropEdge(edge.Rel, kept[person])
		}
	}
	for _, person := range slices.Sorted(maps.Keys(inherits)) {
		if _, there := kept[person]; !there {
			e := Edge{Key: graph.BareKey(r.ID, person) + "|" + graph.RoleSubject, From: r.ID, To: person, Values: graph.Values{graph.RoleProperty: graph.RoleSubject}}
			if !edge.Out {
				e.From, e.To = e.To, e.From
			}
			h.addEdge(edge.Rel, e)
		}
	}
}
