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
		case f.Name == "distinct":
			for _, g := range schema.Types[strings.TrimSuffix(d.Name, "Aggregate")].Fields {
				if of := sdl.Constant(g.Name); strings.HasSuffix(g.Type.Name(), "Connection") && schema.Types["CountedEdge"].EnumValues.ForName(of) != nil {
					b.WriteString(" distinct(of: " + of + ")")
					break
				}
			}
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
				if by := keysOfGroups(schema, arg.Type.Name()); len(by) > 0 {
					b.WriteString(", " + arg.Name + ": [" + by[0])
					if len(by) > 1 {
						b.WriteString(", " + by[len(by)-1])
					}
					b.WriteString("]")
				}
			}
			b.WriteString(") " + selection(schema, t, depth-1))
		case f.Name == "tie":
			b.WriteString(" tie(with: \"cus_none\") " + selection(schema, t, depth-1))
		case f.Arguments.ForName("first") != nil:
			b.WriteString(" " + f.Name + "(first: 2) " + selection(schema, t, depth-1))
		default:
			b.WriteString(" " + f.Name + " " + selection(schema, t, depth-1))
		}
	}
	return b.String() + " }"
}

// keysOfGroups are what groups may have in common but for ranges, which other arguments are to cut; none of what is no such enumeration.
func keysOfGroups(schema *ast.Schema, enum string) (out []string) {
	name, is := strings.CutSuffix(enum, "GroupBy")
	if !is {
		return nil
	}
	ranges := map[string]bool{}
	var look func(d *ast.Definition, prefix string)
	look = func(d *ast.Definition, prefix string) {
		for _, f := range d.Fields {
			at, t := prefix+sdl.Constant(f.Name), schema.Types[f.Type.Name()]
			if ranges[at] = t.Name == "NumberKey" || t.Name == "MoneyKey"; t.Kind == ast.Object && strings.HasSuffix(t.Name, "Key") && !ranges[at] && t.Name != "TimeKey" && t.Name != "DateKey" {
				look(t, at+"_")
			}
		}
	}
	if key := schema.Types[name+"GroupKey"]; key != nil {
		look(key, "")
	}
	for _, v := range schema.Types[enum].EnumValues {
		if !ranges[v.Name] {
			out = append(out, v.Name)
		}
	}
	return out
}
