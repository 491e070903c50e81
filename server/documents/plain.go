package documents

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// alone is a document's text with one operation and what it needs.
func alone(doc *ast.QueryDocument, op *ast.OperationDefinition) string {
	one := &ast.QueryDocument{Operations: ast.OperationList{op}}
	var add func(set ast.SelectionSet)
	add = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				add(s.SelectionSet)
			case *ast.InlineFragment:
				add(s.SelectionSet)
			case *ast.FragmentSpread:
				if f := doc.Fragments.ForName(s.Name); one.Fragments.ForName(s.Name) == nil && f != nil {
					one.Fragments = append(one.Fragments, f)
					add(f.SelectionSet)
				}
			}
		}
	}
	add(op.SelectionSet)
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithCompacted()).FormatQueryDocument(one)
	return b.String()
}

// parts are the places of a document that say something.
type parts struct {
	field    func(*ast.Field)
	spread   func(*ast.FragmentSpread)
	value    func(in string, v *ast.Value) // of an argument of this name, and what is within it
	document *ast.QueryDocument
}

// walk calls the functions for an operation and the fragments of its document.
func (p parts) walk(op *ast.OperationDefinition) {
	for _, v := range op.VariableDefinitions {
		p.values("", v.DefaultValue)
		p.directives(v.Directives)
	}
	p.directives(op.Directives)
	p.set(op.SelectionSet)
	for _, f := range p.document.Fragments {
		p.directives(f.Directives)
		p.set(f.SelectionSet)
	}
}

func (p parts) set(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if p.field != nil {
				p.field(s)
			}
			for _, a := range s.Arguments {
				p.values(a.Name, a.Value)
			}
			p.directives(s.Directives)
			p.set(s.SelectionSet)
		case *ast.InlineFragment:
			p.directives(s.Directives)
			p.set(s.SelectionSet)
		case *ast.FragmentSpread:
			if p.spread != nil {
				p.spread(s)
			}
			p.directives(s.Directives)
		}
	}
}

func (p parts) directives(all ast.DirectiveList) {
	for _, d := range all {
		for _, a := range d.Arguments {
			p.values("", a.Value)
		}
	}
}

func (p parts) values(in string, v *ast.Value) {
	if v == nil || p.value == nil {
		return
	}
	p.value(in, v)
	for _, c := range v.Children {
		p.values("", c.Value)
	}
}

// hasValues reports whether an operation holds texts or numbers, which may be about somebody. Words of the schema are none, nor is how
// many rows a page has.
func hasValues(doc *ast.QueryDocument, op *ast.OperationDefinition) (has bool) {
	parts{document: doc, value: func(in string, v *ast.Value) {
		switch v.Kind {
		case ast.StringValue, ast.BlockValue, ast.FloatValue:
			has = true
		case ast.IntValue:
			has = has || in != "first" && in != "last"
		}
	}}.walk(op)
	return has
}

// anonymous is the text of an operation in words of the schema alone: names that its author has given are numbered.
func anonymous(doc *ast.QueryDocument, op *ast.OperationDefinition, schema *ast.Schema) (text string, variables map[string]string, err error) {
	doc, err = parsed(schema, alone(doc, op), 0)
	if err != nil {
		return "", nil, err
	}
	op = doc.Operations[0]
	op.Name = ""
	numbered := func(prefix string) func(string) string {
		known := []string{}
		return func(name string) string {
			if !slices.Contains(known, name) {
				known = append(known, name)
			}
			return fmt.Sprintf("%s%d", prefix, slices.Index(known, name)+1)
		}
	}
	alias, fragment, variable := numbered("a"), numbered("F"), numbered("v")
	variables = map[string]string{}
	for _, v := range op.VariableDefinitions {
		variables[v.Variable] = variable(v.Variable)
		v.Variable = variables[v.Variable]
	}
	parts{document: doc,
		field: func(f *ast.Field) {
			if f.Alias != f.Name {
				f.Alias = alias(f.Alias)
			}
		},
		spread: func(s *ast.FragmentSpread) { s.Name = fragment(s.Name) },
		value: func(_ string, v *ast.Value) {
			if v.Kind == ast.Variable {
				v.Raw = variables[v.Raw]
			}
		}}.walk(op)
	for _, f := range doc.Fragments {
		f.Name = fragment(f.Name)
	}
	return alone(doc, op), variables, nil
}
