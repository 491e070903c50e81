package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Strand says why a strand of a timeline is withheld from the purpose, whomever it is about, or nil.
func (l *Lens) Strand(s graph.Strand) *Withheld {
	for _, h := range s.Hops {
		if w := l.Edge(h.Edge); w != nil {
			return w
		}
		if w := l.Kind(h.To); w != nil {
			return w
		}
	}
	return l.Property(s.At.Prop)
}

// Strand says why a strand of the node's timeline is withheld, or nil.
func (s State) Strand(t graph.Strand) *Withheld {
	if w := s.lens.Strand(t); w != nil {
		return w
	}
	return s.Edge(t.Hops[0].Edge)
}

// timeline guards a list of strands: each hop like an edge, and the time like a property. Strands that the purpose denies are taken
// out. Nothing is known of a node but what is known whichever strand leads to it.
func (g *guard) timeline(l *graph.List, met need, a *asked) {
	reached := known{}
	strands := []graph.Strand{}
	for _, s := range l.Edge.Strands {
		end, ok := g.strand(&s, met)
		if !ok {
			continue
		}
		strands = append(strands, s)
		to := s.Hops[len(s.Hops)-1].To
		if before, known := reached[to]; known {
			end &= before
		}
		reached[to] = end
	}
	l.Edge = l.Edge.Of(strands)
	g.list(l, nil, reached, a)
}

// strand guards one strand, and gives what is known at its end.
func (g *guard) strand(s *graph.Strand, met need) (need, bool) {
	s.Hops = slices.Clone(s.Hops)
	for i := range s.Hops {
		h := &s.Hops[i]
		leave, then, ok := g.leave(h.Edge, met)
		if !ok || g.Kind(h.To) != nil {
			return met, false
		}
		rows, there := g.arrive(h.Edge, []*graph.Kind{h.To}, then)
		h.When, h.Filter, met = and(h.When, leave), and(h.Filter, rows), there[h.To]
	}
	if g.property(s.At.Prop).need == never {
		return met, false
	}
	last := s.Hops[len(s.Hops)-1]
	if s.OnEdge {
		s.At.When = and(s.At.When, g.onEdge(s.At.Prop, place{edge: last.Edge, kinds: []*graph.Kind{last.To}, met: known{last.To: met}}))
	} else {
		s.At.When = and(s.At.When, g.onKind(last.To, s.At.Prop, met))
	}
	return met, true
}

// backTo reports whether an edge leads from a person to nodes of a kind by what says that they are about her.
func backTo(e *graph.Edge, k *graph.Kind) bool {
	if e == nil || !e.Owner.Person {
		return false
	}
	if e.Strands == nil {
		return k.About(e)
	}
	return !slices.ContainsFunc(e.Strands, func(s graph.Strand) bool {
		return s.Hops[len(s.Hops)-1].To == k && (len(s.Hops) > 1 || !backTo(s.Hops[0].Edge, k))
	})
}
