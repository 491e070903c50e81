package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// terms are conditions that all are to be met: places among those that are asked of a kind.
type terms struct {
	never bool
	all   []int
}

// A telling is what of the feed a purpose is told, by which conditions.
type telling struct {
	kinds map[*graph.Kind]*toldKind
	ends  map[end][]toldEdge
}

type toldKind struct {
	there    terms // under which a node stands in lists
	also     bool  // not by whom it is about alone
	props    map[*graph.Property]terms
	about    map[*graph.Kind]terms // by kind of what a node led to, under which that one permits that it is there
	standing []string              // properties that decide what may be seen
	list     *graph.List           // that asks for all conditions, of nodes that are yet to be named
	memo     graph.Memo
}

// An end is that of a relationship from a node of a kind to one of another.
type end struct {
	rel      *graph.Rel
	out      bool
	kind, to *graph.Kind
}

// A toldEdge is a field by which that is told.
type toldEdge struct {
	*graph.Edge
	here, there terms // on the node, and on what the edge leads to
	props       map[string]terms
}

// telling is worked out when it is asked for first.
func (l *Lens) telling() *telling {
	g, t := &guard{Lens: l}, &telling{kinds: map[*graph.Kind]*toldKind{}, ends: map[end][]toldEdge{}}
	asks := map[*graph.Kind][]*graph.Filter{}
	ask := func(k *graph.Kind, f *graph.Filter) (of terms) {
		for _, part := range l.parts(f) {
			if part == nobody {
				return terms{never: true}
			}
			if !slices.Contains(asks[k], part) {
				asks[k] = append(asks[k], part)
			}
			of.all = append(of.all, slices.Index(asks[k], part))
		}
		return of
	}
	for _, k := range l.catalog.Kinds {
		r := l.kinds[k]
		there, met := l.listed(k)
		if r.root != nil {
			there = nobody
		}
		told := &toldKind{there: ask(k, there), also: r.also != nil, props: map[*graph.Property]terms{}, about: map[*graph.Kind]terms{}, standing: l.decides(k)}
		t.kinds[k] = told
		for _, p := range k.Shown() {
			told.props[p] = ask(k, g.onKind(k, p, met))
		}
		if k.Further != nil {
			told.props[k.Further] = ask(k, g.onKind(k, k.Further, met))
		}
		for _, w := range k.Ways {
			if len(w.Hops) > 0 {
				to := w.Hops[0].To
				f, _ := l.permit(to, k.Existence, free)
				told.about[to] = ask(to, f)
			}
		}
		for _, e := range k.Edges {
			if !e.Stored() {
				continue
			}
			leave, then, ok := g.leave(e, met)
			for _, to := range e.Targets {
				if !ok || l.edge(e).single != nil || l.Kind(to) != nil {
					continue
				}
				rows, far := g.arriveAt(e, to, then)
				of := toldEdge{Edge: e, here: ask(k, leave), there: ask(to, rows), props: map[string]terms{}}
				for _, p := range e.Rel.Properties {
					if !p.Hidden && l.tie(e, p) == nil {
						of.props[p.Name] = ask(to, g.onEdge(p, place{edge: e, kinds: []*graph.Kind{to}, met: known{to: far}}))
					}
				}
				at := end{e.Rel, e.Out, k, to}
				t.ends[at] = append(t.ends[at], of)
			}
		}
	}
	for _, k := range l.catalog.Kinds {
		sel := &graph.Selection{Kind: k, Asks: asks[k]}
		list := &graph.List{Key: k.Name, IDs: []string{}, Rows: true, Nodes: []*graph.Selection{sel}}
		_, met := l.existence(k)
		if g.subjects(list, sel, met); k.Person {
			sel.Lists = nil
		}
		t.kinds[k].list = list
	}
	return t
}

// parts takes a condition apart into those that are asked for themselves, so that they are few.
func (l *Lens) parts(f *graph.Filter) (parts []*graph.Filter) {
	switch {
	case f == nil:
		return nil
	case f.And == nil || l.own(f):
		return []*graph.Filter{f}
	}
	for _, part := range f.And {
		parts = append(parts, l.parts(part)...)
	}
	return parts
}

// own reports whether a condition is one of the lens's.
func (l *Lens) own(f *graph.Filter) bool {
	for _, c := range l.conds {
		if c == f {
			return true
		}
	}
	return false
}

// decides are the hidden properties of a kind that decide what may be seen of a node for the purpose, and why something is withheld.
func (l *Lens) decides(k *graph.Kind) (names []string) {
	if k.Property(graph.ErasedAt) != nil {
		names = append(names, graph.ErasedAt)
	}
	if !k.Person {
		return names
	}
	if l.some(contract, either) {
		names = append(names, graph.Party)
	}
	if l.restricts() {
		names = append(names, graph.RestrictedAt)
	}
	if l.some(interest, either, consent) {
		names = append(names, graph.ObjectedAt(l.Purpose))
	}
	if l.some(consent) {
		names = append(names, graph.ConsentUntil(l.Purpose), graph.WithdrawnAt(l.Purpose))
	}
	return names
}
