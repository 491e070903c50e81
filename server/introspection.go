package server

import (
	"maps"
	"slices"

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
func partsOf(schema *ast.Schema, of any, field string) []any {
	switch of := of.(type) {
	case *ast.Schema:
		switch field {
		case "types":
			return parts(slices.Collect(maps.Values(schema.Types)))
		case "queryType":
			return parts([]*ast.Definition{schema.Query})
		case "mutationType":
			return parts([]*ast.Definition{schema.Mutation})
		case "subscriptionType":
			return parts([]*ast.Definition{schema.Subscription})
		case "directives":
			return parts(slices.Collect(maps.Values(schema.Directives)))
		}
	case *ast.Definition:
		switch {
		case field == "fields" && of.Kind != ast.InputObject, field == "inputFields" && of.Kind == ast.InputObject:
			return parts(of.Fields)
		case field == "enumValues":
			return parts(of.EnumValues)
		case field == "interfaces":
			var all []*ast.Definition
			for _, name := range of.Interfaces {
				all = append(all, schema.Types[name])
			}
			return parts(all)
		case field == "possibleTypes" && of.Kind != ast.Object:
			return parts(schema.PossibleTypes[of.Name])
		}
	case *ast.FieldDefinition:
		switch field {
		case "args":
			return parts(of.Arguments)
		case "type":
			return []any{typeOf(schema, of.Type)}
		}
	case *ast.ArgumentDefinition:
		if field == "type" {
			return []any{typeOf(schema, of.Type)}
		}
	case *ast.DirectiveDefinition:
		if field == "args" {
			return parts(of.Arguments)
		}
	case *ast.Type: // one that may not be null, or a list
		if field == "ofType" && of.NonNull {
			return []any{withoutNonNull(schema, of)}
		} else if field == "ofType" {
			return []any{typeOf(schema, of.Elem)}
		}
	case wrapping:
		if field == "ofType" {
			return []any{typeOf(schema, of.Elem)}
		}
	}
	return nil
}

// parts are those of a list that are there.
func parts[T any](list []*T) (out []any) {
	for _, part := range list {
		if part != nil {
			out = append(out, part)
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
