// Package sdl reads schema.graphqls: it builds the catalog from its directives and writes the types that follow from it.
// It alone under graph imports gqlparser.
package sdl

import (
	"fmt"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/kithgraph/kith/graph"
)

// Load builds the catalog and the schema from the text of schema.graphqls and of what Derive wrote. The error says
// what keeps the program from starting: a type or a directive that is wrong, a personal field without category,
// needs that do not select.
func Load(text, derived string) (*graph.Catalog, *ast.Schema, error) {
	cat, _, err := Parse(text)
	if err != nil {
		return nil, nil, err
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: text}, &ast.Source{Name: "derived.graphqls", Input: derived})
	if err != nil {
		return nil, nil, err
	}
	for _, k := range cat.Kinds {
		for _, c := range k.Computed {
			if _, err := Needs(schema, k, c); err != nil {
				return nil, nil, err
			}
		}
	}
	return cat, schema, nil
}

// Parse builds the catalog from the text of schema.graphqls alone, before there is a whole schema.
func Parse(text string) (*graph.Catalog, *ast.SchemaDocument, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: "schema.graphqls", Input: text})
	if err != nil {
		return nil, nil, err
	}
	cat, err := build(doc)
	return cat, doc, err
}

// Needs parses the selection that a computed field needs, as an operation on one node. The variables are the field's
// own arguments.
func Needs(schema *ast.Schema, k *graph.Kind, c *graph.Computed) (*ast.QueryDocument, error) {
	vars := ""
	for i, a := range schema.Types[k.Name].Fields.ForName(c.Name).Arguments {
		sep := ", "
		if i == 0 {
			sep = "("
		}
		vars += fmt.Sprintf("%s$%s: %s", sep, a.Name, a.Type)
	}
	if vars != "" {
		vars += ")"
	}
	text := fmt.Sprintf(`query%s { node(id: "") { ... on %s { %s } } }`, vars, k.Name, c.Needs)
	doc, errs := gqlparser.LoadQueryWithRules(schema, text, nil)
	if len(errs) > 0 {
		return nil, fmt.Errorf("what %s.%s needs does not select: %w", k.Name, c.Name, errs)
	}
	return doc, nil
}
