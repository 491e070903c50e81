package resolvers

import (
	"context"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers/gql"
)

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

// payload reads what the selection asks of the nodes that are given by the payload's fields, by one fetch, as any other read
// of an operation does: as that of who asks or, where less is to be seen, of another viewer.
func (r *Resolver) payload(ctx context.Context, as *operation, ids map[string]string) (*payload, error) {
	op, o := graphql.GetOperationContext(ctx), operationOf(ctx)
	w := &writer{Resolver: r, o: o, op: op, ctx: ctx, path: []step{{name: graphql.GetFieldContext(ctx).Field.Alias}}}
	p := r.planner(op, as)
	var all []*graph.List
	lists := map[string]*graph.List{} // by field: aliases of one meet in it
	var fields []graphql.CollectedField
	for _, f := range p.collect(graphql.GetFieldContext(ctx).Field.Selections) {
		id := ids[f.Name]
		if id == "" {
			continue
		}
		k := r.Catalog.KindOf(id)
		p.path = []string{f.Name}
		if l := lists[f.Name]; l != nil {
			p.fill(l.Nodes[0], f.Selections)
		} else if !w.note(as.viewer.Single(k), ast.PathName(f.Alias)) {
			l := p.ofKind(f, k)
			l.IDs = []string{id}
			lists[f.Name], all = l, append(all, l)
		} else {
			continue
		}
		fields = append(fields, f)
	}
	o.takeNotes(w.notes)
	out := &payload{}
	if p.err != nil || len(all) == 0 {
		return out, p.err
	}
	made := p.planned(all)
	read, err := as.Read(ctx, made.fetch(o.now))
	if err != nil {
		return nil, err
	}
	out.nodes = bindTo(w, made, read, func(b *binder, planned, guarded []*graph.List) map[string]func(*writer) bool {
		nodes := map[string]func(*writer) bool{}
		for _, f := range fields {
			l := lists[f.Name]
			n, rows := b.nodes(l.Nodes, listOf(guarded, l.Key).Nodes, f.Selections), read.Answer(l).Rows
			nodes[f.Alias] = func(to *writer) bool {
				to.reads(made, read)
				to.o = as
				defer func() { to.o = o }()
				return len(rows) > 0 && n.write(to, &rows[0])
			}
		}
		return nodes
	})
	return out, nil
}
