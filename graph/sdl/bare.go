package sdl

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// bare sees to it that what is kept by its two nodes alone has nothing else to be kept, and finds by what it is newest.
func (b *builder) bare(k *graph.Kind, d *ast.Definition) {
	for _, e := range k.Edges {
		if !e.Rel.Bare {
			continue
		}
		b.must(len(e.Rel.Properties) == 0 && !e.One && e.Union == "" && len(e.Rel.Pairs) == 1 && !e.Out,
			"%s: what is bare has no properties, and leads from nodes of one type to several of another one, of which the field is", e)
		at := e.Targets[0].Property(arg(d.Fields.ForName(e.Name).Directives.ForName("relationship"), "bare"))
		b.must(at != nil && at.Type == graph.Instant, "%s: bare names an instant of %s", e, e.Targets[0])
		e.Rel.Newest = at
	}
}
