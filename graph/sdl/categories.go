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

// tie adds to the properties of ties those that keep them exact, and sees to it that those are there that are kept.
func (b *builder) tie(r *graph.Rel) {
	b.must(r.Name == graph.TieType, "%s is kept by stores: its properties are %s", r.Type, graph.TieType)
	for name, t := range map[string]graph.Type{graph.TieIn: graph.Float, graph.TieOut: graph.Float, graph.TieN: graph.Int, graph.TieLastIn: graph.Instant, graph.TieLastOut: graph.Instant, graph.TieAsOf: graph.Instant} {
		p := r.Property(name)
		b.must(p != nil && p.Type == t, "%s has no property %s of the type that stores keep in it", graph.TieType, name)
	}
	r.Properties = append(r.Properties, graph.TieProperties()...)
}

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
