package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// only has what a kind has, and what leads to it, be for no other purposes than it is.
func (b *builder) only(k *graph.Kind) {
	within := func(what string, o *graph.Only, of *graph.Kind) {
		switch {
		case of.Only == nil:
		case *o == nil:
			*o = of.Only
		default:
			b.must(!slices.ContainsFunc(*o, of.Only.Excludes), "%s is for %v, and %s for %v alone", what, *o, of, of.Only)
		}
	}
	for _, p := range k.Properties {
		within(k.Name+"."+p.Field(), &p.Only, k)
	}
	for _, e := range k.Edges {
		within(e.String(), &e.Only, k)
		if t := e.Target(); t != nil {
			within(e.String(), &e.Only, t)
		}
	}
}

func only(on ast.DirectiveList) graph.Only {
	var out graph.Only
	if d := on.ForName("category"); d != nil {
		for _, purpose := range list(d, "only") {
			out = append(out, graph.Purpose(purpose))
		}
	}
	return out
}
