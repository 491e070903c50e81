package resolvers

import (
	"context"
	"fmt"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers/gql"
)

const longestKey = 200

func badKey(key string) *gql.UserError {
	if key == "" || len(key) > longestKey {
		return invalid("input.key", "a key has from 1 to %d bytes", longestKey)
	}
	return nil
}

func invalid(field, format string, args ...any) *gql.UserError {
	return &gql.UserError{Code: "INVALID", Field: field, Message: fmt.Sprintf(format, args...)}
}

func keyUsed() *gql.UserError {
	return &gql.UserError{Code: "CONFLICT", Field: "input.key", Message: "the key was used for another change"}
}

// notFound is of what is not there and of what is withheld: nobody can tell the two apart.
func notFound(field string) *gql.UserError {
	return &gql.UserError{Code: "NOT_FOUND", Field: field, Message: "there is no such thing that the purpose may see"}
}

// inputOf is the argument of the mutation that is being resolved.
func inputOf(ctx context.Context) map[string]any {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	input, _ := args["input"].(map[string]any)
	return input
}

// A payload is what came of a change: the nodes that were changed, or why nothing was.
type payload struct {
	nodes      map[string]func(*writer) bool // writes each, by its name in the answer
	Export     *gql.SubjectExport
	UserErrors []*gql.UserError
}

var payloadType = reflect.TypeFor[payload]()

// failed is the payload of a change that was not made.
func failed(wrong ...*gql.UserError) *payload { return &payload{UserErrors: wrong} }

// payload reads what the selection asks of the nodes that are given by the payload's fields, by one fetch, as any other read
// does.
func (r *Resolver) payload(ctx context.Context, ids map[string]string) (*payload, error) {
	op, o := graphql.GetOperationContext(ctx), operationOf(ctx)
	w := &writer{Resolver: r, o: o, op: op, ctx: ctx, path: []step{{name: graphql.GetFieldContext(ctx).Field.Alias}}}
	p := w.planner()
	f := &graph.Fetch{Now: o.now}
	lists := map[string]*graph.List{} // by field: aliases of one meet in it
	var fields []graphql.CollectedField
	for _, field := range p.collect(graphql.GetFieldContext(ctx).Field.Selections) {
		id := ids[field.Name]
		if id == "" {
			continue
		}
		p.path = []string{field.Name}
		fields = append(fields, field)
		if l := lists[field.Name]; l != nil {
			p.fill(l.Nodes[0], field.Selections)
			continue
		}
		w.note(o.viewer.Single(r.Catalog.KindOf(id)), ast.PathName(field.Alias))
		for _, l := range p.byIDs(field, []string{id}).Lists {
			lists[field.Name] = l
			f.Lists = append(f.Lists, l)
		}
	}
	o.takeNotes(w.notes)
	out := &payload{nodes: map[string]func(*writer) bool{}}
	if p.err != nil || len(f.Lists) == 0 {
		return out, p.err
	}
	b, err := w.read(p, f)
	if err != nil {
		return nil, err
	}
	for _, field := range fields {
		if planned := lists[field.Name]; planned != nil {
			l, res := b.answer(planned)
			n := b.nodes(planned.Nodes, l.Nodes, field.Selections)
			out.nodes[field.Alias] = func(to *writer) bool {
				to.small = b.small
				return len(res.Rows) > 0 && n.write(to, &res.Rows[0])
			}
		}
	}
	return out, nil
}
