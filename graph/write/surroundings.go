package write

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// pageSize is how many of what a person's relationships lead to are read, and changed, at a time.
const pageSize = 1000

// surroundings ask for all that is about a person, by the catalog's ways: from her along all relationships, and further from what is
// about her. The person is the fetch's asker.
type surroundings struct {
	*applier
	lost   func(graph.Category) bool // whether nothing of it is kept
	shared map[*graph.Kind]*graph.Filter
}

// hers asks for the person, and for all that she is led to.
func (s *surroundings) hers(k *graph.Kind) *graph.Selection {
	sel := whole(k)
	for _, way := range s.ways(k) {
		sel.Lists = append(sel.Lists, s.around(way))
	}
	return sel
}

// Conditions that are asked of what is about her.
const (
	isShared = iota // it is about others, too
	isOrphan        // all by which it is about her is removed
)

// about asks for a node that is about her: for all there is of it, and of what is about her by it.
func (s *surroundings) about(k *graph.Kind) *graph.Selection {
	sel := whole(k)
	sel.Asks = []*graph.Filter{isShared: s.others(k), isOrphan: s.orphan(k)}
	for _, way := range s.ways(k) {
		if slices.ContainsFunc(way.Targets, func(to *graph.Kind) bool { return to.About(way) }) {
			sel.Lists = append(sel.Lists, s.around(way))
		}
	}
	return sel
}

// around is a list of what a relationship leads to, of which is asked what is about her.
func (s *surroundings) around(way *graph.Edge) *graph.List {
	l := along(way, pageSize, bare(way)...)
	l.HasNext = true
	for i, to := range way.Targets {
		if to.About(way) {
			l.Nodes[i] = s.about(to)
		}
	}
	return l
}

// linksOf asks for a node's relationships.
func (s *surroundings) linksOf(k *graph.Kind) *graph.Selection {
	sel := &graph.Selection{Kind: k}
	for _, way := range s.ways(k) {
		l := along(way, pageSize, bare(way)...)
		l.HasNext = true
		sel.Lists = append(sel.Lists, l)
	}
	return sel
}

// isAsker is the condition on a person that she is the one.
func isAsker() *graph.Filter {
	return &graph.Filter{Test: &graph.Test{ID: true, Op: graph.Eq, Value: graph.GivenAsker}}
}

// hersBy is the condition on a node that it is she, or is about her, and one that holds of it then.
func (s *surroundings) hersBy(k *graph.Kind, and func(*graph.Kind) *graph.Filter) *graph.Filter {
	if k.Person {
		return isAsker()
	}
	f := &graph.Filter{Or: []*graph.Filter{}}
	for _, h := range firstHops(k) {
		f.Or = append(f.Or, &graph.Filter{Some: &graph.Quantified{Edge: h.Edge.To(h.To).Ever(), Filter: s.hersBy(h.To, and)}})
	}
	return &graph.Filter{And: []*graph.Filter{f, and(k)}}
}

// orphan is the condition on a node that is about her that neither she nor anything that is kept is what it is about her by.
func (s *surroundings) orphan(k *graph.Kind) *graph.Filter {
	if !slices.ContainsFunc(k.Ways, func(w graph.Way) bool { return len(w.Hops) > 1 }) {
		return &graph.Filter{Or: []*graph.Filter{}} // she is
	}
	kept := &graph.Filter{Or: []*graph.Filter{}}
	for _, h := range firstHops(k) {
		by := s.hersBy(h.To, s.stays)
		kept.Or = append(kept.Or, &graph.Filter{Some: &graph.Quantified{Edge: h.Edge.To(h.To).Ever(), Filter: by}})
	}
	return &graph.Filter{Fails: kept}
}

// stays is the condition on a node that is about her that it is kept.
func (s *surroundings) stays(k *graph.Kind) *graph.Filter {
	if s.lost(k.Existence) {
		return s.others(k)
	}
	return &graph.Filter{Or: []*graph.Filter{s.others(k), {Fails: s.orphan(k)}}}
}

// others is the condition on a node that it is about somebody else than her, too, who was not erased, or about what is not personal, or
// belongs to a company. That our own people took part makes it no less hers.
func (s *surroundings) others(k *graph.Kind) *graph.Filter {
	if s.shared[k] != nil {
		return s.shared[k]
	}
	f := &graph.Filter{Or: []*graph.Filter{}}
	add := func(e *graph.Edge, of *graph.Filter) {
		f.Or = append(f.Or, &graph.Filter{Some: &graph.Quantified{Edge: e.Ever(), Filter: of}})
	}
	for _, e := range k.Edges {
		if !slices.Contains(k.Subjects, e) {
			if e.Category == graph.CategoryCompany && e.Stored() {
				add(e, nil)
			}
			continue
		}
		for _, to := range e.Targets {
			switch {
			case to.Person:
				there := &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: to.Property(graph.ErasedAt)}, Op: graph.IsNull}}
				add(e.To(to), &graph.Filter{And: []*graph.Filter{{Not: isAsker()}, there}})
			case to.OfPersons():
				add(e.To(to), s.others(to))
			case to.Existence != graph.CategoryWorkforce:
				add(e.To(to), nil)
			}
		}
	}
	s.shared[k] = f
	return f
}
