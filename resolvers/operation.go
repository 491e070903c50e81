package resolvers

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/loaders"
)

// operation is what the root fields of one GraphQL operation share. They run side by side.
type operation struct {
	store  graph.Store
	settle func(context.Context) error
	now    graph.Time
	viewer *policy.Viewer
	hidden *secret.Pseudonyms // that ids are shown as; nil: as they are
	asker  Request
	joins  map[string]*loaders.Joined[*reading] // of root fields, by their names in the answer
	// variables is what they say of plans.
	variables string

	mu        sync.Mutex
	withheld  []withheld
	disclosed policy.Disclosed
	counted   []string // fields that tell of persons in numbers, and were answered
}

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
		if entries := o.entries(); len(entries) > 0 {
			if res.Extensions == nil {
				res.Extensions = map[string]any{}
			}
			res.Extensions["withheld"] = entries
		}
		if err := r.receipt(ctx, op, o); err != nil {
			return refused(err)(ctx)
		}
		return res
	}
}

func (r *Resolver) begin(viewer *policy.Viewer, asker Request) *operation {
	o := &operation{store: r.Store, settle: r.Settle, now: graph.At(r.Now()), viewer: viewer, asker: asker, disclosed: policy.Disclosed{}}
	if viewer.Groups() {
		o.hidden = r.Key.Pseudonyms(string(viewer.Purpose))
	}
	return o
}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// A reading is what was read, and what of it is withheld.
type reading struct {
	*graph.Result
	lists   []*graph.List              // what was asked, as the guard has left it
	partial policy.Partial             // of whose nodes something may be withheld
	small   map[*graph.ListResult]bool // behind which too few persons stand
}

// answer is what was read of a planned list.
func (r *reading) answer(planned *graph.List) *graph.ListResult {
	return &r.Lists[slices.IndexFunc(r.lists, func(l *graph.List) bool { return l.Key == planned.Key })]
}

// read is the one way to the store: what comes back is what the purpose may see.
func (o *operation) read(ctx context.Context, f *graph.Fetch) (*reading, error) {
	partial, err := o.viewer.Guard(f)
	if err != nil {
		return nil, err
	}
	if o.settle != nil && slices.ContainsFunc(f.Lists, asksForDisclosures) {
		if err := o.settle(ctx); err != nil {
			return nil, err
		}
	}
	res, err := o.store.Read(ctx, f)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.disclosed.Add(f.Lists, res.Lists)
	return &reading{res, f.Lists, partial, o.viewer.Small(f.Lists, res.Lists)}, nil
}

// count notes which numbers were told.
func (o *operation) count(numbers []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.counted = append(o.counted, numbers...)
}

// asksForDisclosures reports whether receipts of earlier answers are wanted.
func asksForDisclosures(l *graph.List) bool {
	return slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool {
		return sel.Kind.Name == "Disclosure" || slices.ContainsFunc(sel.Lists, asksForDisclosures)
	})
}

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
