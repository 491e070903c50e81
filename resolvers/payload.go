package resolvers

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
)

const longestKey = 200

func badKey(key string) *model.UserError {
	if key == "" || len(key) > longestKey {
		return invalid("input.key", "a key has from 1 to %d bytes", longestKey)
	}
	return nil
}

func invalid(field, format string, args ...any) *model.UserError {
	return &model.UserError{Code: "INVALID", Field: field, Message: fmt.Sprintf(format, args...)}
}

func keyUsed() *model.UserError {
	return &model.UserError{Code: "CONFLICT", Field: "input.key", Message: "the key was used for another change"}
}

// notFound is of what is not there and of what is withheld: nobody can tell the two apart.
func notFound(field string) *model.UserError {
	return &model.UserError{Code: "NOT_FOUND", Field: field, Message: "there is no such thing that the purpose may see"}
}

// inputOf is the argument of the mutation that is being resolved.
func inputOf(ctx context.Context) map[string]any {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	input, _ := args["input"].(map[string]any)
	return input
}

// payload reads what the selection asks of the nodes that are given by the payload's fields, by one fetch, as any other read
// does.
func (r *Resolver) payload(ctx context.Context, ids map[string]string) (*model.Payload, error) {
	out := &model.Payload{UserErrors: []*model.UserError{}}
	p, o := r.planner(ctx), operationOf(ctx)
	f := &graph.Fetch{Now: o.now}
	var fields []graphql.CollectedField
	lists := map[string]*graph.List{} // by field: aliases of one meet in it
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
		o.note(pathOf(ctx, field), o.viewer.Single(r.Catalog.KindOf(id)))
		for _, l := range p.byIDs(field, []string{id}).Lists {
			lists[field.Name] = l
			f.Lists = append(f.Lists, l)
		}
	}
	if err := p.failed(); err != nil || len(f.Lists) == 0 {
		return out, err
	}
	res, err := o.read(ctx, f)
	if err != nil {
		return nil, err
	}
	for i, l := range f.Lists {
		r.show(ctx, out, fields, l, res.Lists[i].Rows)
	}
	return out, nil
}

// show puts a node into its field of a payload.
func (r *Resolver) show(ctx context.Context, out *model.Payload, fields []graphql.CollectedField, l *graph.List, rows []graph.Row) {
	if len(rows) == 0 {
		return
	}
	for _, field := range fields {
		if field.Name+rows[0].Sel.Kind.Name == l.Key {
			name := strings.ToUpper(field.Name[:1]) + field.Name[1:]
			reflect.ValueOf(out).Elem().FieldByName(name).Set(reflect.ValueOf(r.node(ctx, &rows[0])))
			r.noteRow(ctx, pathOf(ctx, field), &rows[0], field.Selections)
		}
	}
}

func pathOf(ctx context.Context, f graphql.CollectedField) ast.Path {
	return append(graphql.GetPath(ctx), ast.PathName(f.Alias))
}
