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
	d := on.ForName("category")
	if d == nil || d.Arguments.ForName("only") == nil {
		return nil
	}
	var out graph.Only
	for _, v := range d.Arguments.ForName("only").Value.Children {
		out = append(out, graph.Purpose(v.Value.Raw))
	}
	return out
}
