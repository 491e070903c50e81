package resolvers

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/resolvers/bind"
)

// connection shows the answer to a list.
func connection[N model.Any, P any](ctx context.Context, r *Resolver, l *graph.List, res *graph.ListResult) (*bind.Connection[N, P], error) {
	y, hidden := operationOf(ctx).layout(l), operationOf(ctx).hidden
	c := &bind.Connection[N, P]{
		Edges:    make([]*bind.Edge[N, P], len(res.Rows)),
		PageInfo: &bind.PageInfo{HasNextPage: res.HasNext, HasPreviousPage: res.HasPrevious},
		ByField:  func(ctx context.Context) (*bind.Groups, error) { return r.grouped(ctx, l, res) },
	}
	for i := range res.Rows {
		row := &res.Rows[i]
		e := &bind.Edge[N, P]{Node: r.node(ctx, row).(N)}
		if l.Cursors {
			e.Cursor = hidden.Seal(writeCursor(y.mark, row.Keys))
		}
		if l.Edge != nil && l.Edge.Rel.Name != "" {
			e.Properties = r.decoders[l.Edge.Rel.Name].fill(l.Props, row.Edge).(P)
		}
		c.Edges[i] = e
	}
	r.noteConnection(ctx, l, res)
	if n := len(c.Edges); l.Cursors && n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
	}
	if l.Cut {
		c.Cut = &res.Cut
	}
	if y.total != nil {
		g, err := wholeOf(res)(y.total)
		if err != nil {
			return nil, err
		}
		c.TotalCount = new(int64)
		if g != nil {
			c.TotalCount = &g.Count
		}
	}
	if y.aggregate != nil {
		var err error
		if c.Aggregate, err = y.aggregate.show(wholeOf(res)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// loaded finds what was read of the edge that is being resolved, or asks a loader where the node came without it.
func (r *Resolver) loaded(ctx context.Context, owner *model.Node) (*graph.List, *graph.ListResult, error) {
	f := graphql.GetFieldContext(ctx).Field
	key, ok := operationOf(ctx).key(f.Field)
	if !ok {
		key = edgeKey(f.Name, f.ArgumentMap(graphql.GetOperationContext(ctx).Variables))
	}
	if l, res := read(owner.Row, key); l != nil {
		return l, res, nil
	}
	kind := owner.Row.Sel.Kind
	p := r.planner(ctx)
	sel := &graph.Selection{Kind: kind}
	p.edge(sel, kind.Edge(f.Name), f)
	if err := p.failed(); err != nil {
		return nil, nil, err
	}
	// Siblings share the selected field; aliases, which may select otherwise, do not.
	return operationOf(ctx).load.Load(ctx, fmt.Sprintf("%p", f.Field), kind, owner.Row.ID, sel.Lists[0])
}

// read finds a list by its key among those that came with a row.
func read(row *graph.Row, key string) (*graph.List, *graph.ListResult) {
	for i, l := range row.Sel.Lists {
		if l.Key == key {
			return l, &row.Lists[i]
		}
	}
	return nil, nil
}
