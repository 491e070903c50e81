package ingest

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A called is a name of a node, as rows give it.
type called struct {
	kind *graph.Kind
	key  string
}

// unites is where the names are kept that a batch of a file gives; nil where none of its rows unites any.
func (p *pass) unites(f File) map[called]bool {
	if !slices.ContainsFunc(f.Nodes, func(n Node) bool { return n.Unite }) {
		return nil
	}
	return map[called]bool{}
}

// apart reports whether a row is to begin a batch, and takes its names in: it unites nodes of which the rows before it tell. Written along with
// them it would have what was said last hold, where in a batch of its own the first one's values do; and batches may end anywhere.
func (p *pass) apart(m *made, seen map[called]bool) bool {
	if seen == nil {
		return false
	}
	var names []called
	again := false
	for _, n := range m.nodes {
		of := []called{{n.Kind, graph.External{Source: p.mapping.Source, ID: n.ID}.Key()}}
		for _, e := range n.Also {
			if e.Source == "" {
				e.Source = p.mapping.Source
			}
			of = append(of, called{n.Kind, e.Key()})
		}
		again = again || n.Unites && len(of) > 1 && slices.ContainsFunc(of, func(c called) bool { return seen[c] })
		names = append(names, of...)
	}
	if again {
		clear(seen)
	}
	for _, c := range names {
		seen[c] = true
	}
	return again
}
