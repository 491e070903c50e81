package e2e

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// selection writes a selection of everything a type has, so many edges deep, in pages of two.
func selection(schema *ast.Schema, d *ast.Definition, depth int) string {
	var b strings.Builder
	b.WriteString("{ __typename")
	if d.IsAbstractType() {
		for _, k := range schema.GetPossibleTypes(d) {
			b.WriteString(" ... on " + k.Name + " { id }")
		}
	}
	for _, f := range d.Fields {
		t := schema.Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case f.Name == "percentile":
			b.WriteString(" percentile(of: 0.9)")
		case f.Name == "duration" && f.Arguments.ForName("from") != nil:
			var times []string
			for _, key := range schema.Types[strings.TrimSuffix(f.Arguments.ForName("from").Type.Name(), "By")+"Key"].Fields {
				if key.Type.Name() == "TimeKey" && key.Name != graph.UpdatedAt && key.Name != graph.RecordedAt {
					times = append(times, sdl.Constant(key.Name))
				}
			}
			b.WriteString(" duration(from: " + times[0] + ", to: " + times[1] + ") { count median }")
		case t.IsLeafType():
			b.WriteString(" " + f.Name)
		case depth == 0:
		case f.Name == "groups":
			b.WriteString(" groups(first: 2")
			for _, arg := range f.Arguments {
				if by := schema.Types[arg.Type.Name()].EnumValues; arg.Type.Elem != nil {
					b.WriteString(", " + arg.Name + ": [" + by[0].Name)
					if len(by) > 1 {
						b.WriteString(", " + by[len(by)-1].Name)
					}
					b.WriteString("]")
				}
			}
			b.WriteString(") " + selection(schema, t, depth-1))
		case f.Arguments.ForName("first") != nil:
			b.WriteString(" " + f.Name + "(first: 2) " + selection(schema, t, depth-1))
		default:
			b.WriteString(" " + f.Name + " " + selection(schema, t, depth-1))
		}
	}
	return b.String() + " }"
}
