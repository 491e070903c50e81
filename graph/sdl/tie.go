package sdl

import "github.com/kithgraph/kith/graph"

// tie adds to the properties of ties those that keep them exact, and sees to it that those are there that are kept.
func (b *builder) tie(r *graph.Rel) {
	b.must(r.Name == graph.TieType, "%s is kept by stores: its properties are %s", r.Type, graph.TieType)
	for name, t := range map[string]graph.Type{graph.TieIn: graph.Float, graph.TieOut: graph.Float, graph.TieN: graph.Int, graph.TieLastIn: graph.Instant, graph.TieLastOut: graph.Instant, graph.TieAsOf: graph.Instant} {
		p := r.Property(name)
		b.must(p != nil && p.Type == t, "%s has no property %s of the type that stores keep in it", graph.TieType, name)
	}
	r.Properties = append(r.Properties, graph.TieProperties()...)
}
