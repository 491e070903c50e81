package sdl

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

const historyOf = `"What its tracked values were, in the order of time. Each is withheld as the value is, and where the node cannot be asked for by itself."
history("Only these; all if not given." properties: [TrackedProperty!], "Also what was recorded and superseded later." superseded: Boolean = false, "The first so many; 20 if not given." first: Int, "Behind this cursor." after: String): History
`

// histories names the properties that have one.
func (d *deriver) histories() {
	var values []field
	for _, k := range d.cat.Kinds {
		for _, p := range graph.TrackedOf(k.Properties) {
			name := Constant(p.Field())
			if !slices.ContainsFunc(values, func(f field) bool { return f.line == name }) {
				values = append(values, field{d.of(k.Name, p.Field()), name})
			}
		}
	}
	d.def("enum", "TrackedProperty", "A property whose history is kept.", "", values...)
}

// tracked says what is kept of the values that a property had.
func (b *builder) tracked(p *graph.Property, f *ast.FieldDefinition) {
	d := f.Directives.ForName("tracked")
	if d == nil {
		return
	}
	p.Tracking = graph.Dated
	if arg(d, "dated") == "false" {
		p.Tracking = graph.Corrected
	}
	b.must(p.Type != graph.Strings && p.Type != graph.Bool && p.Given(), "%s.%s: what is tracked is a text, an enumeration, a number, an amount or a time that is given", p.Owner, f.Name)
}

// track has versions be kept of what is tracked among the properties of a type. Of a relationship these are corrections: it has a valid
// time of its own.
func (b *builder) track(owner string, props []*graph.Property) []*graph.Property {
	tracked := graph.TrackedOf(props)
	b.must(len(tracked) == 0 || slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Name == graph.RecordedAt }),
		"%s has tracked properties and no %s: nothing tells since when the values are known that have no versions yet", owner, graph.RecordedAt)
	b.must(b.cat.Kind(owner) != nil || !slices.ContainsFunc(tracked, func(p *graph.Property) bool { return p.Tracking == graph.Dated }),
		"%s: what is tracked of a relationship is not dated, but for its valid time", owner)
	return graph.Track(props)
}
