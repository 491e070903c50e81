package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// marking are the categories, besides one, of what marks a node of the kind as changed.
func marking(k *graph.Kind, besides graph.Category) (out []graph.Category) {
	add := func(c graph.Category) {
		if c != besides && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, p := range k.Properties {
		if p.Given() {
			add(p.Category)
		}
	}
	for _, e := range k.Edges {
		if k.Marks(e) {
			add(e.Category)
		}
	}
	return out
}

// edgeCategories sees to it that a relationship's properties disclose nothing of the node they are asked from that the
// relationship itself, or the node's existence, does not.
func (b *builder) edgeCategories(k *graph.Kind) {
	if !k.OfPersons() {
		return
	}
	for _, e := range k.Edges {
		for _, p := range e.Rel.Shown() {
			b.must(p.Category == graph.CategoryCompany || p.Category == e.Category || p.Category == k.Existence,
				"%s leads along %s, whose property %s is %s: it is to be of the edge's category, %s", e, e.Rel.Type, p.Name, p.Category, e.Category)
			for _, c := range p.Also {
				b.must(slices.Contains(e.Also, c), "%s leads along %s, whose property %s is %s, too: so is the edge to be", e, e.Rel.Type, p.Name, c)
			}
		}
	}
}

func category(f *ast.FieldDefinition) graph.Category {
	if d := f.Directives.ForName("category"); d != nil {
		return graph.Category(arg(d, "is"))
	}
	return ""
}

// also are the further categories of what is to be seen where all may be.
func also(f *ast.FieldDefinition) (out []graph.Category) {
	if d := f.Directives.ForName("category"); d != nil {
		for _, c := range list(d, "also") {
			out = append(out, graph.Category(c))
		}
	}
	return out
}
