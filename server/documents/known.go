package documents

import (
	"github.com/vektah/gqlparser/v2/ast"
)

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
