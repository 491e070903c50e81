package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// sorted reads by what a property's values are put in order.
func (b *builder) sorted(p *graph.Property, f *ast.FieldDefinition) {
	dir := f.Directives.ForName("sorted")
	if dir == nil {
		return
	}
	text := f.Type.Elem == nil && f.Type.Name() == "String"
	if arg(dir, "by") == "FOLDED" {
		p.Fold = fold.Key
	}
	b.must(text || arg(dir, "by") == "", "%s.%s: only a text is sorted by its code points, or by what is left of it when it is folded", p.Owner, f.Name)
}

// within finds by what further property values of a kind are put in order that are alike.
func (b *builder) within(k *graph.Kind, p *graph.Property, d *ast.Definition) {
	f := d.Fields.ForName(p.Field())
	if p.Hidden || f == nil || f.Directives.ForName("sorted") == nil {
		return
	}
	name := arg(f.Directives.ForName("sorted"), "then")
	if name == "" {
		return
	}
	p.Within = k.Field(name)
	ok := p.Within != nil && p.Within != p && p.Within.Ordered() && p.Within.Type != graph.Amount
	b.must(ok && p.Type == graph.Instant, "%s: instants alone are sorted further, by another property that is no amount; then names %q", p.Path(), name)
	b.must(!ok || p.Within.Category == p.Category && slices.Equal(p.Within.Only, p.Only), "%s: then names %q, which is not withheld together with it", p.Path(), name)
}

// searched reads by what of a text a search finds it.
func searched(f *ast.FieldDefinition) graph.Searching {
	switch d := f.Directives.ForName("search"); {
	case d == nil:
		return graph.NotSearched
	case arg(d, "number") == "true":
		return graph.ByNumber
	}
	return graph.ByWords
}
