package server

import (
	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// toldPerCost is how much of what introspection tells costs 1: it is no work for the store.
	toldPerCost = 20
	// mostTold is where counting ends, so that it takes little time itself: no limit lets so much through.
	mostTold = 4_000_000
)

// A telling is a part of the schema, and what is asked of it.
type telling struct {
	part any
	set  *ast.Selection
}

// A wrapping is a type as it stands somewhere, without the sign that it may not be null.
type wrapping struct{ *ast.Type }

// introspection is what __schema and __type cost: all that they would tell is counted, without telling it.
func (s scale) introspection(f *ast.Field) int {
	if f.Name == "__schema" {
		return s.tells(s.schema, f.SelectionSet) / toldPerCost
	}
	name, _ := s.arguments(f)["name"].(string)
	if def := s.schema.Types[name]; def != nil {
		return s.tells(def, f.SelectionSet) / toldPerCost
	}
	return 0
}

// tells counts what is told of a part of the schema.
func (s scale) tells(of any, set ast.SelectionSet) (n int) {
	if len(set) == 0 {
		return 0
	}
	key := telling{of, &set[0]}
	if n, known := s.told[key]; known {
		return n
	}
	s.told[key] = mostTold // a fragment that spreads itself is refused elsewhere
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.InlineFragment:
			n += s.tells(of, sel.SelectionSet)
		case *ast.FragmentSpread:
			n += s.tells(of, sel.Definition.SelectionSet)
		case *ast.Field:
			n++
			for _, part := range partsOf(s.schema, of, sel.Name) {
				n += s.tells(part, sel.SelectionSet)
			}
		}
		if n >= mostTold || len(s.told) >= mostTold/20 {
			n = mostTold
			break
		}
	}
	s.told[key] = n
	return n
}

// partsOf are the parts of a part of the schema to which a field of introspection leads, those that are deprecated included.
func partsOf(schema *ast.Schema, of any, field string) (out []any) {
	add := func(def *ast.Definition) {
		if def != nil {
			out = append(out, def)
		}
	}
	switch of := of.(type) {
	case *ast.Schema:
		switch field {
		case "types":
			for _, def := range schema.Types {
				add(def)
			}
		case "queryType":
			add(schema.Query)
		case "mutationType":
			add(schema.Mutation)
		case "subscriptionType":
			add(schema.Subscription)
		case "directives":
			for _, d := range schema.Directives {
				out = append(out, d)
			}
		}
	case *ast.Definition:
		switch {
		case field == "fields" && of.Kind != ast.InputObject, field == "inputFields" && of.Kind == ast.InputObject:
			for _, f := range of.Fields {
				out = append(out, f)
			}
		case field == "enumValues":
			for _, v := range of.EnumValues {
				out = append(out, v)
			}
		case field == "interfaces":
			for _, name := range of.Interfaces {
				add(schema.Types[name])
			}
		case field == "possibleTypes" && of.Kind != ast.Object:
			for _, def := range schema.PossibleTypes[of.Name] {
				add(def)
			}
		}
	case *ast.FieldDefinition:
		switch field {
		case "args":
			for _, a := range of.Arguments {
				out = append(out, a)
			}
		case "type":
			out = append(out, typeOf(schema, of.Type))
		}
	case *ast.ArgumentDefinition:
		if field == "type" {
			out = append(out, typeOf(schema, of.Type))
		}
	case *ast.DirectiveDefinition:
		if field == "args" {
			for _, a := range of.Arguments {
				out = append(out, a)
			}
		}
	case *ast.Type: // one that may not be null, or a list
		if field == "ofType" && of.NonNull {
			out = append(out, withoutNonNull(schema, of))
		} else if field == "ofType" {
			out = append(out, typeOf(schema, of.Elem))
		}
	case wrapping:
		if field == "ofType" {
			out = append(out, typeOf(schema, of.Elem))
		}
	}
	return out
}

// typeOf is what introspection shows of a type where it stands: the type itself, or what wraps it.
func typeOf(schema *ast.Schema, t *ast.Type) any {
	if t.NonNull {
		return t
	}
	return withoutNonNull(schema, t)
}

func withoutNonNull(schema *ast.Schema, t *ast.Type) any {
	switch {
	case t.Elem == nil:
		return schema.Types[t.NamedType]
	case t.NonNull:
		return wrapping{t}
	}
	return t
}
