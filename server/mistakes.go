package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/kithgraph/kith/graph"
)

// explained says of a request that is no operation what is wrong, where gqlgen names no operation, no variable or no value. What is
// wrong with the document itself gqlparser has told well.
func explained(schema *ast.Schema, p *graphql.RawParams, op *graphql.OperationContext, errs gqlerror.List) gqlerror.List {
	switch {
	case op.Doc == nil && len(errs) == 1 && errs[0].Message == "no operation provided":
		return gqlerror.List{mistake(errcode.ValidationFailed, gqlerror.Location{Line: 1, Column: 1}, "the document has no operation")}
	case op.Doc != nil && op.Operation == nil:
		return gqlerror.List{noOperation(op.Doc.Operations, p.OperationName)}
	case op.Operation != nil && len(errs) == 1 && len(errs[0].Path) > 1 && errs[0].Path[0] == ast.PathName("variable"):
		return gqlerror.List{unfit(schema, op.Operation, p.Variables, errs[0])}
	}
	return errs
}

// mistake is an error of a request that is answered by no data, so that there is no path to it.
func mistake(code string, at gqlerror.Location, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Locations: []gqlerror.Location{at}, Extensions: map[string]any{"code": code}}
}

func locationOf(p *ast.Position) gqlerror.Location {
	return gqlerror.Location{Line: p.Line, Column: p.Column}
}

// noOperation says which operations there are, where a request names none of them.
func noOperation(have ast.OperationList, name string) *gqlerror.Error {
	names := make([]string, len(have))
	for i, o := range have {
		names[i] = o.Name
	}
	message := fmt.Sprintf("the document has %d operations, and operationName is to name one of %s", len(have), core.QuotedOrList(names...))
	switch {
	case name != "" && len(have) == 1 && names[0] == "":
		message = fmt.Sprintf("the document has no operation %.40q: its only one has no name, and operationName is not needed", name)
	case name != "":
		message = fmt.Sprintf("the document has no operation %.40q; it has %s", name, core.QuotedOrList(names...))
	}
	err := mistake(string(graph.BadInput), locationOf(have[0].Position), "%s", message)
	for _, o := range have[1:min(len(have), mostErrors)] {
		err.Locations = append(err.Locations, locationOf(o.Position))
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
		message = fmt.Sprintf("%s: there is no field %.40q on %s%s", at, v.unknown, v.of.Name, orElse(v.unknown, fieldsOf(v.of)))
	case err.Message == "must be defined":
		message = fmt.Sprintf("%s must be defined: its type is %s", at, v.typ)
	case v.value == nil:
		message = fmt.Sprintf("%s must not be null: its type is %s", at, v.typ)
	default:
		message = fmt.Sprintf("%s must be %s, not %s", at, needed(schema, v.typ), told(v.value))
		if name, is := v.value.(string); is && schema.Types[v.typ.Name()].Kind == ast.Enum {
			message = fmt.Sprintf("%s must be one of %s's values, which %.40q is not%s", at, v.typ.Name(), name, orElse(name, valuesOf(schema.Types[v.typ.Name()])))
		}
	}
	return mistake(string(graph.BadInput), locationOf(def.Position), "%s", message)
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

func fieldsOf(def *ast.Definition) (names []string) {
	for _, f := range def.Fields {
		names = append(names, f.Name)
	}
	return names
}

func valuesOf(def *ast.Definition) (names []string) {
	for _, v := range def.EnumValues {
		names = append(names, v.Name)
	}
	return names
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

// types are JSON's, as encoding/json calls them, in words.
var types = map[string]string{"string": "a text", "number": "a number", "bool": "true or false", "array": "a list", "object": "an object"}

// notAnObject says what is wrong with a text that is to be one JSON object, and where, without a word of it.
func notAnObject(what string, text []byte, err error) string {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	var more *behind
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return what + " is empty, where one JSON object is needed"
	case errors.As(err, &wrong) && wrong.Field != "":
		field, _, _ := strings.Cut(wrong.Field, ".")
		kind := "string"
		if field == "variables" || field == "extensions" {
			kind = "object"
		}
		return fmt.Sprintf("%s is to be %s, not %s", field, types[kind], types[wrong.Value])
	case errors.As(err, &wrong):
		return fmt.Sprintf("%s is not one JSON object, but %s", what, types[wrong.Value])
	case errors.As(err, &more):
		return fmt.Sprintf("%s is not one JSON object: something stands behind it, %s", what, place(text, more.at))
	case errors.As(err, &syntax):
		return fmt.Sprintf("%s is not one JSON object: what stands %s cannot stand there", what, place(text, syntax.Offset-1))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("%s is not one JSON object: it ends too early, %s", what, place(text, int64(len(text))))
	}
	return what + " is not one JSON object"
}

// place says where a byte is, by characters.
func place(text []byte, at int64) string {
	before := text[:max(0, min(at, int64(len(text))))]
	line := 1 + bytes.Count(before, []byte("\n"))
	return fmt.Sprintf("at line %d, column %d", line, 1+utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]))
}

// behind is what stands behind a JSON value.
type behind struct{ at int64 }

func (*behind) Error() string { return "more than one JSON value" }
