package sdl

import "github.com/kithgraph/kith/graph"

// bare sees to it that what is kept by its two nodes alone has nothing else to be kept.
func (b *builder) bare(k *graph.Kind) {
	for _, e := range k.Edges {
		if e.Rel.Bare {
			b.must(len(e.Rel.Properties) == 0 && !e.One && e.Union == "" && len(e.Rel.Pairs) == 1,
				"%s: what is bare has no properties, and leads from nodes of one type to several of another one", e)
		}
	}
}
