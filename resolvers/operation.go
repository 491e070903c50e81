package resolvers

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/loaders"
)

// operation is what the root fields of one GraphQL operation share. They run side by side.
type operation struct {
	policy.Reader               // notes what it reads, where receipts are left
	aside         policy.Reader // does not: what it reads is told of one person, and noted by hand
	record        policy.Record
	notes         *policy.Record // what is noted for the receipt; nil: none is left
	now           graph.Time
	viewer        *policy.Viewer
	hidden        *secret.Pseudonyms // that ids are shown as; nil: as they are
	asker         Request
	joins         map[string]*loaders.Joined[*policy.Reading] // of root fields, by their names in the answer
	// variables is what they say of plans.
	variables string

	*extent

	mu       sync.Mutex
	withheld []*withheld
}

// An extent is how much of an answer was written.
type extent struct{ fields, bytes atomic.Int64 }

type operationKey struct{}

// Operation is the middleware that every operation runs under: it settles for which purpose the operation is, and the time
// that the whole of it reads at; it tells what was withheld, and leaves a receipt of what was not.
func (r *Resolver) Operation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	asker := requestOf(ctx)
	viewer, err := r.viewer(op, asker)
	if err != nil {
		return refused(err)
	}
	o := r.begin(viewer, asker)
	ctx = context.WithValue(ctx, operationKey{}, o)
	handle := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		res := handle(ctx)
		if res == nil {
			return nil
		}
		left, err := r.receipt(ctx, op, o)
		if err != nil {
			return refused(err)(ctx)
		}
		add := func(name string, v any) {
			if res.Extensions == nil {
				res.Extensions = map[string]any{}
			}
			res.Extensions[name] = v
		}
		if entries := o.entries(); len(entries) > 0 {
			add("withheld", entries)
		}
		if left != nil {
			add("receipt", left)
		}
		return res
	}
}

func (r *Resolver) begin(viewer *policy.Viewer, asker Request) *operation {
	o := &operation{aside: r.Reader(viewer), now: graph.At(r.Now()), viewer: viewer, asker: asker, extent: &extent{}}
	o.record.Mark = r.mark
	if r.Settle != nil {
		o.aside = policy.Settled(o.aside, r.Settle)
	}
	o.Reader = o.aside
	if r.Receipts != nil {
		o.notes = &o.record
		o.Reader = o.record.Of(o.aside)
	}
	if viewer.Pseudonymous() {
		o.hidden = r.Key.Pseudonyms(string(viewer.Purpose))
	}
	return o
}

// seenBy is the operation for another viewer. What that one reads is noted as the operation's.
func (r *Resolver) seenBy(o *operation, v *policy.Viewer) *operation {
	as := r.begin(v, o.asker)
	as.now, as.Reader, as.notes, as.extent = o.now, o.record.Of(as.aside), &o.record, o.extent
	return as
}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// edgeKey is the field's name and its arguments in canonical form: JSON with sorted keys.
func edgeKey(name string, args map[string]any) string {
	for k, v := range args {
		if v == nil {
			delete(args, k)
		}
	}
	if len(args) == 0 {
		return name
	}
	b, err := json.Marshal(args)
	if err != nil { // arguments come from JSON or from literals
		panic(err)
	}
	return name + string(b)
}
