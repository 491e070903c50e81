package resolvers

import (
	"cmp"
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/resolvers/bind"
)

// needed finds the rows of an edge that a computed field needs, which were read along with its node. Not ok: the field, or
// what it needs, is withheld.
func (r *Resolver) needed(ctx context.Context, owner *model.Node, field, edge string) (rows []graph.Row, ok bool) {
	c, o := owner.Row.Sel.Kind.Computed, operationOf(ctx)
	i := slices.IndexFunc(c, func(c *graph.Computed) bool { return c.Name == field })
	state := o.viewer.State(owner.Row, o.now)
	if o.note(graphql.GetPath(ctx), cmp.Or(state.Computed(c[i]), state.Edge(owner.Row.Sel.Kind.Edge(edge)))) {
		return nil, false
	}
	vars := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	op := r.needsContext(c[i], vars)
	for _, f := range graphql.CollectFields(op, needsSelection(op.Operation), r.satisfy[owner.Row.Sel.Kind]) {
		if f.Name == edge {
			if _, res := read(owner.Row, edgeKey(edge, f.ArgumentMap(vars))); res != nil {
				return res.Rows, true
			}
		}
	}
	return nil, true
}

// Contact sums up the newest interactions, which come newest first.
func (r resolveCustomer) Contact(ctx context.Context, n *model.Customer) (*bind.Contact, error) {
	rows, ok := r.needed(ctx, &n.Node, "contact", "interactions")
	if !ok {
		return nil, nil
	}
	c := &bind.Contact{Count: int64(len(rows))}
	var gaps []int64
	var later *graph.Time
	for i := range rows {
		in := r.node(ctx, &rows[i]).(*model.Interaction)
		if i == 0 {
			c.Last = &bind.LastContact{At: in.At, Channel: in.Channel, Direction: direction(in.Origin)}
		}
		if in.At == nil {
			continue
		}
		if later != nil {
			gaps = append(gaps, int64(*later-*in.At))
		}
		later = in.At
	}
	if len(gaps) > 0 {
		m := median(gaps) / 1e6
		c.MedianGap = &m
	}
	return c, nil
}

func direction(origin *string) *string {
	if origin == nil {
		return nil
	}
	d := map[string]string{"CUSTOMER": "INBOUND", "BUSINESS": "OUTBOUND"}[*origin]
	return &d
}

// median is the middle of the values, or the mean of the two middles.
func median(v []int64) float64 {
	slices.Sort(v)
	mid := len(v) / 2
	if len(v)%2 == 1 {
		return float64(v[mid])
	}
	return float64(v[mid-1])/2 + float64(v[mid])/2
}
