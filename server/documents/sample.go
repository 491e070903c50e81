package documents

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// A sampler makes up values of variables, that are planned for as others would be.
type sampler struct {
	schema *ast.Schema
	// prefix is what ids of a type begin with, as cus_; prefixOf what a given id begins with. Empty: nothing that is known.
	prefix, prefixOf func(string) string
}

// samples are values for an operation's variables, where nobody has said any: with what may be left out, by two words and lists of
// two, and by one; and without. Conditions and orders that may be left out are: they take more forms than can be thought of.
func (s sampler) samples(doc *ast.QueryDocument, op *ast.OperationDefinition) []map[string]any {
	if len(op.VariableDefinitions) == 0 {
		return []map[string]any{{}}
	}
	var out []map[string]any
	for _, c := range []struct {
		optional bool
		items    int
	}{{true, 2}, {true, 1}, {false, 2}} {
		values := s.sample(doc, op, c.optional, c.items)
		if !slices.ContainsFunc(out, func(known map[string]any) bool { return written(known) == written(values) }) {
			out = append(out, values)
		}
	}
	return out
}

// sample are values with what may be left out, or without, and lists of so many.
func (s sampler) sample(doc *ast.QueryDocument, op *ast.OperationDefinition, optional bool, items int) map[string]any {
	ids, cursors := s.ids(doc, op), cursors(doc, op)
	values := map[string]any{}
	for _, v := range op.VariableDefinitions {
		base := s.schema.Types[v.Type.Name()]
		switch {
		case !v.Type.NonNull && (!optional || base.Kind == ast.InputObject || cursors[v.Variable]):
		case v.Type.NonNull && v.DefaultValue != nil && !optional:
		default:
			values[v.Variable] = s.some(v.Type, ids[v.Variable], items)
		}
	}
	return values
}

// written is a value as JSON, which is the same for equal ones.
func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts, numbers and lists of them
	}
	return string(b)
}

// some is a value of a type.
func (s sampler) some(t *ast.Type, prefix string, items int) any {
	if t.Elem != nil {
		list := make([]any, items)
		for i := range list {
			list[i] = s.some(t.Elem, prefix, items)
		}
		return list
	}
	def := s.schema.Types[t.Name()]
	switch def.Kind {
	case ast.Enum:
		return def.EnumValues[0].Name
	case ast.InputObject:
		object := map[string]any{}
		for i, f := range def.Fields {
			oneOf := def.Directives.ForName("oneOf") != nil
			if f.Type.NonNull && f.DefaultValue == nil || oneOf && i == 0 {
				object[f.Name] = s.some(f.Type, "", items)
			}
		}
		return object
	}
	if def.Name == "String" && items > 1 {
		return words
	}
	return scalar(def.Name, prefix)
}

// words is a text that is searched for otherwise than one word.
const words = "x x"

// scalar is a value of a scalar type.
func scalar(name, prefix string) any {
	switch name {
	case "Int":
		return 1
	case "Float":
		return 1.0
	case "Boolean":
		return true
	case "Date":
		return "2000-01-01"
	case "DateTime":
		return "2000-01-01T00:00:00Z"
	case "Decimal":
		return "1"
	}
	return prefix + "x"
}

// like is a value that is planned for as the given one, and has nothing of it but what the schema has words for: which fields, which
// values of enums, true and false, whether a text is empty, one word or more, the order of how many there are, and of which kind an id is.
func (s sampler) like(t *ast.Type, v any) any {
	if v == nil {
		return nil
	}
	if t.Elem != nil {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		out := make([]any, likeLength(len(list)))
		for i := range out {
			out[i] = s.like(t.Elem, list[i])
		}
		return out
	}
	def := s.schema.Types[t.Name()]
	switch def.Kind {
	case ast.Enum:
		if name, ok := v.(string); ok && def.EnumValues.ForName(name) != nil {
			return name
		}
		return nil
	case ast.InputObject:
		out := map[string]any{}
		given, _ := v.(map[string]any)
		for _, f := range def.Fields {
			if value, ok := given[f.Name]; ok {
				out[f.Name] = s.like(f.Type, value)
			}
		}
		return out
	}
	switch v := v.(type) {
	case bool:
		return v
	case string:
		prefix := ""
		if def.Name == "ID" {
			prefix = s.prefixOf(v)
		}
		switch {
		case v == "" && (def.Name == "String" || def.Name == "ID"):
			return v
		case def.Name == "String" && len(strings.Fields(v)) > 1:
			return words
		}
		return scalar(def.Name, prefix)
	}
	return scalar(def.Name, "")
}

// likeLength is the length of a list that is planned for as another.
func likeLength(n int) int {
	switch {
	case n < 2:
		return n
	case n <= 10:
		return 2
	case n <= 100:
		return 11
	case n <= 1000:
		return 101
	}
	return 1001
}

// ids says what the ids begin with that are given as arguments: as those of the kind that they name.
func (s sampler) ids(doc *ast.QueryDocument, op *ast.OperationDefinition) map[string]string {
	out := map[string]string{}
	parts{document: doc, field: func(f *ast.Field) {
		for _, a := range f.Arguments {
			if a.Value.Kind == ast.Variable && (a.Name == "id" || a.Name == "ids") && f.Definition != nil {
				out[a.Value.Raw] = s.prefixBelow(doc, f)
			}
		}
	}}.walk(op)
	return out
}

// prefixBelow is what ids of a field's type begin with, or of the first kind that is selected of an interface.
func (s sampler) prefixBelow(doc *ast.QueryDocument, f *ast.Field) string {
	if p := s.prefix(f.Definition.Type.Name()); p != "" {
		return p
	}
	for _, sel := range f.SelectionSet {
		on := ""
		switch sel := sel.(type) {
		case *ast.InlineFragment:
			on = sel.TypeCondition
		case *ast.FragmentSpread:
			if fragment := doc.Fragments.ForName(sel.Name); fragment != nil {
				on = fragment.TypeCondition
			}
		}
		if p := s.prefix(on); p != "" {
			return p
		}
	}
	return ""
}

// cursors are the variables that are cursors: one that is made up is refused.
func cursors(doc *ast.QueryDocument, op *ast.OperationDefinition) map[string]bool {
	out := map[string]bool{}
	parts{document: doc, value: func(in string, v *ast.Value) {
		if v.Kind == ast.Variable && (in == "after" || in == "before") {
			out[v.Raw] = true
		}
	}}.walk(op)
	return out
}

// A Question is what may be asked: a document with one operation, variables that nobody has said, and what for.
type Question struct {
	Text      string
	Variables map[string]any
	Purpose   string // empty: for any
}

// A Book says what may be asked. Prefix is what ids of a type begin with, as cus_, and PrefixOf what an id begins with; empty where it
// is of nothing that is known.
type Book struct {
	Schema           *ast.Schema
	Prefix, PrefixOf func(string) string
}

func (b Book) sampler() sampler { return sampler{b.Schema, b.Prefix, b.PrefixOf} }

// Of are the questions of a document: of each of its queries, by variables that stand for those of others. What changes something is
// not among them.
func (b Book) Of(d *Document) []Question { return b.of(d, b.sampler().samples) }

// Least are those of a document without what may be left out: what is asked before anybody has chosen anything.
func (b Book) Least(d *Document) []Question {
	return b.of(d, func(doc *ast.QueryDocument, op *ast.OperationDefinition) []map[string]any {
		return []map[string]any{b.sampler().sample(doc, op, false, 2)}
	})
}

func (b Book) of(d *Document, samples func(*ast.QueryDocument, *ast.OperationDefinition) []map[string]any) (all []Question) {
	for _, op := range d.doc.Operations {
		if op.Operation != ast.Query {
			continue
		}
		purpose, text := PurposeOf(op), alone(d.doc, op)
		for _, v := range samples(d.doc, op) {
			all = append(all, Question{text, v, purpose})
		}
	}
	return all
}

// Like are the questions of a document that somebody has written with variables to try it by.
func (b Book) Like(text string, variables map[string]any) (all []Question, err error) {
	doc, err := parsed(b.Schema, text, 0)
	if err != nil {
		return nil, err
	}
	for _, op := range doc.Operations {
		if op.Operation == ast.Query {
			all = append(all, Question{alone(doc, op), b.like(op, variables), PurposeOf(op)})
		}
	}
	return all, nil
}

// like are values that are planned for as those of an operation's variables.
func (b Book) like(op *ast.OperationDefinition, variables map[string]any) map[string]any {
	out := map[string]any{}
	for _, v := range op.VariableDefinitions {
		if value, ok := variables[v.Variable]; ok {
			out[v.Variable] = b.sampler().like(v.Type, value)
		}
	}
	return out
}

// PurposeOf is what an operation says that it is for; empty: nothing.
func PurposeOf(op *ast.OperationDefinition) string {
	if d := op.Directives.ForName("purpose"); d != nil {
		if is := d.Arguments.ForName("is"); is != nil && is.Value.Kind == ast.EnumValue {
			return is.Value.Raw
		}
	}
	return ""
}
