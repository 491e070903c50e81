package resolvers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
)

// Misfits finds the first variable that gqlparser lets pass and GraphQL does not: a text for a number, a number for a text, and a value of
// an enumeration in other letters.
func Misfits(schema *ast.Schema, p *graphql.RawParams, op *graphql.OperationContext) gqlerror.List {
	for _, def := range op.Operation.VariableDefinitions {
		value, given := p.Variables[def.Variable]
		if !given {
			continue
		}
		if path, misfit := misfit(schema, def.Type, value, ast.Path{ast.PathName(def.Variable)}); misfit {
			v := valueAt(schema, def.Type, value, path[1:])
			return gqlerror.List{Mistake(string(graph.BadInput), def.Position, "%s", misfitting(schema, path, v))}
		}
	}
	return nil
}

// misfitting says what a value must be, and what it is.
func misfitting(schema *ast.Schema, path ast.Path, v found) string {
	at := "variable $" + path.String()
	if name, is := v.value.(string); is && schema.Types[v.typ.Name()].Kind == ast.Enum {
		return fmt.Sprintf("%s must be one of %s's values, which %.40q is not%s", at, v.typ.Name(), name, orElse(name, valueNames(schema.Types[v.typ.Name()])))
	}
	return fmt.Sprintf("%s must be %s, not %s", at, needed(schema, v.typ), told(v.value))
}

// misfit is the path to the first part of a value that is not of its type.
func misfit(schema *ast.Schema, typ *ast.Type, value any, path ast.Path) (ast.Path, bool) {
	path = path[:len(path):len(path)]
	if value == nil {
		return nil, false
	}
	if typ.Elem != nil {
		list, is := value.([]any)
		if !is { // one stands for a list of one
			return misfit(schema, typ.Elem, value, path)
		}
		for i, v := range list {
			if at, bad := misfit(schema, typ.Elem, v, append(path, ast.PathIndex(i))); bad {
				return at, true
			}
		}
		return nil, false
	}
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	_, isBool := value.(bool)
	bad := false
	switch def := schema.Types[typ.NamedType]; {
	case def.Kind == ast.InputObject:
		object, _ := value.(map[string]any)
		for _, f := range def.Fields { // in one order
			if at, bad := misfit(schema, f.Type, object[f.Name], append(path, ast.PathName(f.Name))); bad {
				return at, true
			}
		}
	case def.Kind == ast.Enum:
		bad = isText && !slices.ContainsFunc(def.EnumValues, func(v *ast.EnumValueDefinition) bool { return v.Name == text })
	case typ.NamedType == "Int", typ.NamedType == "Float":
		bad = isText || isBool
	case typ.NamedType == "ID":
		bad = isNumber && strings.ContainsAny(string(number), ".eE")
	case typ.NamedType == "String":
		bad = isNumber || isBool
	}
	return path, bad
}
