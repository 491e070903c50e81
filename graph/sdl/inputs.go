package sdl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// inputs extends the inputs with @sets by a field for each property of the type that a caller may set, described as there.
// Fields that the input has are its own.
func (d *deriver) inputs() string {
	var b strings.Builder
	for _, in := range d.doc.Definitions {
		dir := in.Directives.ForName("sets")
		if dir == nil {
			continue
		}
		t := d.doc.Definitions.ForName(arg(dir, "type"))
		var lines []string
		props, _ := propertiesOf(d.cat, t.Name)
		for _, p := range props {
			if p.Given() && p.Format != graph.FormatAttribute && in.Fields.ForName(p.Field()) == nil && !slices.Contains(list(dir, "except"), p.Field()) {
				lines = append(lines, described(t.Fields.ForName(p.Field())))
			}
		}
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\nextend input %s {\n%s}\n", in.Name, strings.Join(lines, ""))
		}
	}
	return b.String()
}

// Sets are the fields of an input that are now, and those that get a number, where they are not given.
func Sets(in *ast.Definition) (now, numbered []string) {
	if dir := in.Directives.ForName("sets"); dir != nil {
		return list(dir, "now"), list(dir, "numbered")
	}
	return nil, nil
}

// Required are the fields of a kind that a new node of it needs: inputs that make one have to be given them.
func Required(s *ast.Schema, k *graph.Kind) (out []string) {
	for _, in := range s.Types {
		dir := in.Directives.ForName("sets")
		if dir == nil || arg(dir, "type") != k.Name || in.Fields.ForName(lower(k.Name)) != nil { // that changes one
			continue
		}
		for _, f := range in.Fields {
			if f.Type.NonNull && k.Field(f.Name) != nil {
				graph.AddOnce(&out, f.Name)
			}
		}
	}
	return out
}

// propertiesOf are those of a type of nodes, or of one of a relationship's properties. Not known: it is neither.
func propertiesOf(cat *graph.Catalog, typ string) (props []*graph.Property, known bool) {
	if k := cat.Kind(typ); k != nil {
		return k.Properties, true
	}
	if r := graph.First(cat.Rels, func(r *graph.Rel) bool { return r.Name == typ }); r != nil {
		return r.Properties, true
	}
	return nil, false
}

func described(f *ast.FieldDefinition) string {
	typ := f.Type.String()
	if typ == "Money" {
		typ = "MoneyInput"
	}
	line := fmt.Sprintf("  %s: %s\n", f.Name, typ)
	if f.Description != "" {
		line = fmt.Sprintf("  %q\n", f.Description) + line
	}
	return line
}

// checkSets sees to it that inputs with @sets name what there is.
func (b *builder) checkSets() {
	for _, in := range b.doc.Definitions {
		dir := in.Directives.ForName("sets")
		if dir == nil {
			continue
		}
		name := arg(dir, "type")
		props, known := propertiesOf(b.cat, name)
		b.must(known, "%s sets %q, which is neither a type with @node nor one of a relationship's properties", in.Name, name)
		for _, argument := range []string{"except", "now", "numbered"} {
			for _, e := range list(dir, argument) {
				b.must(slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Field() == e }), "%s: %s names %q, which is not a property of %s", in.Name, argument, e, name)
			}
		}
	}
}
