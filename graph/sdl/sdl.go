// Package sdl reads schema.graphqls: it builds the catalog from its directives and derives what follows from it.
// It alone under graph imports gqlparser.
package sdl

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/kithgraph/kith/graph"
)

// Load builds the catalog and the schema from the text of schema.graphqls. The error says what keeps the program from starting: a
// type or a directive that is wrong, a personal field without category, needs that do not select.
func Load(text string) (*graph.Catalog, *ast.Schema, error) {
	cat, doc, err := Parse(text)
	if err != nil {
		return nil, nil, err
	}
	if err := derive(cat, doc); err != nil {
		return nil, nil, err
	}
	whole, err := parser.ParseSchema(validator.Prelude)
	if err != nil {
		return nil, nil, err
	}
	whole.Merge(doc)
	schema, err := validator.ValidateSchemaDocument(whole)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range inner {
		delete(schema.Directives, name)
	}
	for _, name := range []string{"StandingBy", "RelationshipDirection", "TextFormat", "Sorting"} {
		delete(schema.Types, name)
	}
	for _, k := range cat.Kinds {
		for _, c := range k.Computed {
			if _, err := Needs(schema, k, c.Name); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, f := range schema.Query.Fields {
		if c := Computed(f); c != nil {
			if c.Category == "" {
				return nil, nil, fmt.Errorf("what is computed has a category, and %s of Query has none", f.Name)
			}
			if _, err := Needs(schema, nil, f.Name); err != nil {
				return nil, nil, err
			}
		}
	}
	return cat, schema, nil
}

// inner are directives that are not for clients: they say how something is stored, or are gqlparser's, and nothing does what they say.
var inner = []string{"node", "relationship", "relationshipProperties", "timeline", "computed", "found", "sets", "index", "sorted", "search", "alias", "additive", "groupable", "stamped", "tracked", "byPerson", "range", "past", "format", "follows", "lifecycle", "order", "defer"}

// Print is the whole schema as clients see it: types by name, and descriptions in one line each, as schema.graphqls has them.
func Print(schema *ast.Schema) string {
	shown := *schema
	shown.Types = map[string]*ast.Definition{}
	for name, d := range schema.Types {
		def := *d
		def.Directives, def.Fields = outer(d.Directives), slices.Clone(d.Fields)
		for i, f := range d.Fields {
			field := *f
			field.Directives = outer(f.Directives)
			def.Fields[i] = &field
		}
		shown.Types[name] = &def
	}
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(&shown)
	return block.ReplaceAllString(text.String(), `$1"$2"`)
}

func outer(all ast.DirectiveList) ast.DirectiveList {
	return slices.DeleteFunc(slices.Clone(all), func(d *ast.Directive) bool { return slices.Contains(inner, d.Name) })
}

// block is a description in three lines that needs no more than one.
var block = regexp.MustCompile(`(?m)^( *)"""\n *([^"\\\n]+)\n *"""$`)

// Parse builds the catalog from the text of schema.graphqls alone, before there is a whole schema.
func Parse(text string) (*graph.Catalog, *ast.SchemaDocument, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: "schema.graphqls", Input: text})
	if err != nil {
		return nil, nil, err
	}
	cat, err := build(doc)
	return cat, doc, err
}

// Until is a variable of what any computed field needs: the time as of which it is asked or, where that is now, the end of all times.
const Until = "until"

// Needs parses the selection that a computed field needs, as an operation on one node or, of a field of Query (nil), on the root. Its
// variables are the field's own arguments, and Until.
func Needs(schema *ast.Schema, k *graph.Kind, name string) (*ast.OperationDefinition, error) {
	of := schema.Query
	if k != nil {
		of = schema.Types[k.Name]
	}
	f := of.Fields.ForName(name)
	needs := arg(f.Directives.ForName("computed"), "needs")
	all := slices.Clone(f.Arguments)
	all = append(all, &ast.ArgumentDefinition{Name: Until, Type: ast.NonNullNamedType("DateTime", nil)})
	var vars []string
	for _, a := range all {
		if strings.Contains(needs, "$"+a.Name) {
			vars = append(vars, fmt.Sprintf("$%s: %s", a.Name, a.Type))
		}
	}
	text := fmt.Sprintf(`{ %s }`, needs)
	if k != nil {
		text = fmt.Sprintf(`{ node(id: "") { ... on %s { %s } } }`, k.Name, needs)
	}
	if len(vars) > 0 {
		text = "query(" + strings.Join(vars, ", ") + ") " + text
	}
	doc, errs := gqlparser.LoadQueryWithRules(schema, text, nil)
	if len(errs) > 0 {
		return nil, fmt.Errorf("what %s.%s needs does not select: %w", of.Name, name, errs)
	}
	return doc.Operations[0], nil
}

// Computed is a field that is worked out; nil: it is none.
func Computed(f *ast.FieldDefinition) *graph.Computed {
	if f.Directives.ForName("computed") == nil {
		return nil
	}
	groups := f.Directives.ForName("computed").Arguments.ForName("groups")
	return &graph.Computed{Name: f.Name, Category: category(f), Groups: groups != nil && groups.Value.Raw == "true"}
}

// Found are the ways along edges from the node of a computed field to the nodes that a field of it shows, of none to the node itself; nil:
// it shows none.
func Found(f *ast.FieldDefinition) (out [][]string) {
	d := f.Directives.ForName("found")
	if d == nil {
		return nil
	}
	for _, v := range d.Arguments.ForName("at").Value.Children {
		out = append(out, strings.FieldsFunc(v.Value.Raw, func(r rune) bool { return r == '.' }))
	}
	return out
}
