package graphtest

import (
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// woven are the places that an edge's strands lead to, each once for its time and kind.
func (r *reading) woven(from place, e *graph.Edge) []place {
	var out []place
	for _, s := range e.Strands {
		ends := []place{from}
		for _, h := range s.Hops {
			var next []place
			for _, p := range ends {
				if r.truth(h.When, p) != yes {
					continue
				}
				for _, q := range r.reach(p, h.Edge) {
					if q.kind == h.To && r.truth(h.Filter, q) == yes {
						next = append(next, q)
					}
				}
			}
			ends = next
		}
		for _, p := range ends {
			at := r.value(s.At, p, s.OnEdge)
			same := func(o place) bool {
				return o.ID == p.ID && o.via.Key == s.Kind && o.via.Values[graph.EntryAt] == at
			}
			if at != nil && !slices.ContainsFunc(out, same) {
				via := &edge{rel: e.Rel, Edge: write.Edge{Key: s.Kind, Values: graph.Values{graph.EntryAt: at, graph.EntryKind: s.Kind}}}
				out = append(out, place{node: p.node, via: via})
			}
		}
	}
	return out
}
