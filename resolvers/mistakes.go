package resolvers

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/kithgraph/kith/graph"
)

// Explained says of a request that is no operation what is wrong, where gqlgen names no operation, no variable or no value. What is
// wrong with the document itself gqlparser has told well.
func Explained(schema *ast.Schema, p *graphql.RawParams, op *graphql.OperationContext, errs gqlerror.List) gqlerror.List {
	for _, e := range errs {
		if len(e.Locations) == 0 && e.Extensions["code"] == errcode.ParseFailed { // it is too long
			e.Locations = []gqlerror.Location{{Line: 1, Column: 1}}
		}
	}
	switch {
	case op.Doc == nil && len(errs) == 1 && errs[0].Message == "no operation provided":
		return gqlerror.List{Mistake(errcode.ValidationFailed, &ast.Position{Line: 1, Column: 1}, "the document has no operation")}
	case op.Doc != nil && op.Operation == nil:
		return gqlerror.List{noOperation(op.Doc.Operations, p.OperationName)}
	case op.Operation != nil && len(errs) == 1 && len(errs[0].Path) > 1 && errs[0].Path[0] == ast.PathName("variable"):
		return gqlerror.List{unfit(schema, op.Operation, p.Variables, errs[0])}
	}
	return errs
}

// Mistake is an error of a request that is answered by no data, so that there is no path to it.
func Mistake(code string, at *ast.Position, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Locations: []gqlerror.Location{LocationOf(at)}, Extensions: map[string]any{"code": code}}
}

// LocationOf is a place in a document as errors tell it.
func LocationOf(p *ast.Position) gqlerror.Location {
	return gqlerror.Location{Line: p.Line, Column: p.Column}
}

// mostOperations is how many operations' places are told; there may be hundreds.
const mostOperations = 20

// noOperation says which operations there are, where a request names none of them.
func noOperation(have ast.OperationList, name string) *gqlerror.Error {
	names := graph.Map(have, func(o *ast.OperationDefinition) string { return o.Name })
	message := fmt.Sprintf("the document has %d operations, and operationName is to name one of %s", len(have), core.QuotedOrList(names...))
	switch {
	case name != "" && len(have) == 1 && names[0] == "":
		message = fmt.Sprintf("the document has no operation %.40q: its only one has no name, and operationName is not needed", name)
	case name != "":
		message = fmt.Sprintf("the document has no operation %.40q; it has %s", name, core.QuotedOrList(names...))
	}
	err := Mistake(string(graph.BadInput), have[0].Position, "%s", message)
	for _, o := range have[1:min(len(have), mostOperations)] {
		err.Locations = append(err.Locations, LocationOf(o.Position))
	}
	return err
}

// unfit says which variable, and what of it, does not fit, what it is and what it has to be.
func unfit(schema *ast.Schema, op *ast.OperationDefinition, given map[string]any, err *gqlerror.Error) *gqlerror.Error {
	path := err.Path[1:]
	name, _ := path[0].(ast.PathName)
	def := op.VariableDefinitions.ForName(string(name))
	if def == nil { // gqlparser tells of those that are defined
		return err
	}
	v := valueAt(schema, def.Type, given[string(name)], path[1:])
	at := "variable $" + path.String()
	var message string
	switch {
	case v.unknown != "":
		at = "variable $" + path[:len(path)-1].String()
		message = fmt.Sprintf("%s: there is no field %.40q on %s%s", at, v.unknown, v.of.Name, orElse(v.unknown, namesIn(v.of)))
	case err.Message == "must be defined":
		message = fmt.Sprintf("%s must be defined: its type is %s", at, v.typ)
	case v.value == nil:
		message = fmt.Sprintf("%s must not be null: its type is %s", at, v.typ)
	default:
		message = misfitting(schema, path, v)
	}
	return Mistake(string(graph.BadInput), def.Position, "%s", message)
}

// found is a value in a variable, and what it is to be.
type found struct {
	typ     *ast.Type
	of      *ast.Definition // what has the field
	value   any
	unknown string // the field that there is none of
}

// valueAt goes down a path. A list of one may stand for what is in it.
func valueAt(schema *ast.Schema, typ *ast.Type, value any, path ast.Path) found {
	v := found{typ: typ, value: value}
	for _, step := range path {
		switch step := step.(type) {
		case ast.PathIndex:
			if list, is := v.value.([]any); is {
				v.value = list[step]
			}
			v.typ = v.typ.Elem
		case ast.PathName:
			v.of = schema.Types[v.typ.Name()]
			field := v.of.Fields.ForName(string(step))
			if field == nil {
				v.unknown = string(step)
				return v
			}
			object, _ := v.value.(map[string]any)
			v.typ, v.value = field.Type, object[string(step)]
		}
	}
	return v
}

// namesIn are those of an input's fields, or of an enumeration's values.
func namesIn(def *ast.Definition) (all []string) {
	for _, f := range def.Fields {
		all = append(all, f.Name)
	}
	for _, v := range def.EnumValues {
		all = append(all, v.Name)
	}
	return all
}

// orElse asks for those of some names that are like another.
func orElse(name string, have []string) string {
	if near := core.SuggestionList(name, have); len(near) > 0 {
		return ". Did you mean " + core.QuotedOrList(near...) + "?"
	}
	return ""
}

// needed says in words what a value of a type is.
func needed(schema *ast.Schema, typ *ast.Type) string {
	if typ.Elem != nil {
		return "a list: " + typ.String()
	}
	switch def := schema.Types[typ.NamedType]; {
	case def.Kind == ast.Enum:
		return "one of " + def.Name + "'s values"
	case def.Kind == ast.InputObject:
		return "an object: " + def.Name
	}
	switch typ.NamedType {
	case "Int":
		return "a whole number of 32 bits"
	case "Float":
		return "a number"
	case "Boolean":
		return "true or false"
	case "ID":
		return "an id, which is a text or a whole number"
	}
	return "a text: " + typ.NamedType
}

// told is a value as an error tells it: a number as it was written, and nothing of a text.
func told(v any) string {
	switch v := v.(type) {
	case json.Number:
		return fmt.Sprintf("%.40s", v)
	case bool:
		return fmt.Sprint(v)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return "a text"
}

// Misfits finds the first variable that gqlparser lets pass and GraphQL does not: a text for a number, a number for a text, a value of
// an enumeration in other letters, and a whole number of more than 32 bits.
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
		return fmt.Sprintf("%s must be one of %s's values, which %.40q is not%s", at, v.typ.Name(), name, orElse(name, namesIn(schema.Types[v.typ.Name()])))
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
		bad = isText && def.EnumValues.ForName(text) == nil
	case typ.NamedType == "Int":
		_, err := whole(number)
		bad = isText || isBool || isNumber && err != nil
	case typ.NamedType == "Float":
		bad = isText || isBool
	case typ.NamedType == "ID":
		bad = isNumber && strings.ContainsAny(string(number), ".eE")
	case typ.NamedType == "String":
		bad = isNumber || isBool
	}
	return path, bad
}
