package resolvers

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/loaders"
)

// operation is what the root fields of one GraphQL operation share. They run side by side.
type operation struct {
	now  graph.Time
	load *loaders.Edges // of nodes that came without their edges

	mu    sync.RWMutex
	keys  map[*ast.Field]string        // edge key by the selected field
	lists map[*graph.List]*layout      // how a list's answer is shown
	group map[*ast.Field]*groupsLayout // by the selected field groups
}

type operationKey struct{}

// Operation is the middleware that every operation runs under: it fixes the time that the whole operation reads at.
func (r *Resolver) Operation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	return next(r.begin(ctx))
}

func (r *Resolver) begin(ctx context.Context) context.Context {
	now := graph.At(r.now())
	return context.WithValue(ctx, operationKey{}, &operation{
		now: now, load: &loaders.Edges{Store: r.store, Now: now},
		keys: map[*ast.Field]string{}, lists: map[*graph.List]*layout{}, group: map[*ast.Field]*groupsLayout{},
	})
}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// add takes over what planning one root field found.
func (o *operation) add(p *planner) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for f, k := range p.keys {
		o.keys[f] = k
	}
	for l, y := range p.lists {
		o.lists[l] = y
	}
	for f, g := range p.groups {
		o.group[f] = g
	}
}

func (o *operation) key(f *ast.Field) (string, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	k, ok := o.keys[f]
	return k, ok
}

func (o *operation) layout(l *graph.List) *layout {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.lists[l]
}

func (o *operation) groups(f *ast.Field) *groupsLayout {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.group[f]
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
