package resolvers

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

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
	load   *loaders.Edges // of nodes that came without their edges

	mu        sync.RWMutex
	keys      map[*ast.Field]string        // edge key by the selected field
	lists     map[*graph.List]*layout      // how a list's answer is shown
	group     map[*ast.Field]*groupsLayout // by the selected field groups
	wanted    map[*graph.Selection]bool    // whose nodes say what is withheld of them
	partial   policy.Partial               // of whose nodes something may be withheld
	small     map[*graph.ListResult]bool   // behind which too few persons stand
	withheld  []withheld
	disclosed policy.Disclosed
	numbers   map[*graph.List][]string // fields that tell of persons in numbers
	counted   []string                 // of these, those that were answered
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
	o := &operation{
		store: r.Store, settle: r.Settle, now: graph.At(r.Now()), viewer: viewer, asker: asker,
		keys: map[*ast.Field]string{}, lists: map[*graph.List]*layout{}, group: map[*ast.Field]*groupsLayout{},
		wanted: map[*graph.Selection]bool{}, partial: policy.Partial{}, small: map[*graph.ListResult]bool{}, disclosed: policy.Disclosed{},
		numbers: map[*graph.List][]string{},
	}
	if viewer.Groups() {
		o.hidden = r.Key.Pseudonyms(string(viewer.Purpose))
	}
	o.load = &loaders.Edges{Read: o.read, Now: o.now}
	return o
}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// read is the one way to the store: what comes back is what the purpose may see.
func (o *operation) read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
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
	for sel := range partial {
		o.partial[sel] = true
	}
	for list := range o.viewer.Small(f.Lists, res.Lists) {
		o.small[list] = true
	}
	o.disclosed.Add(f.Lists, res.Lists)
	o.count(f.Lists)
	return res, nil
}

// count notes the numbers that lists were asked for.
func (o *operation) count(lists []*graph.List) {
	for _, l := range lists {
		o.counted = append(o.counted, o.numbers[l]...)
		for _, sel := range l.Nodes {
			o.count(sel.Lists)
		}
	}
}

// noteSmall notes that too few persons stand behind the list that is being resolved, if they are.
func (o *operation) noteSmall(ctx context.Context, l *graph.List, res *graph.ListResult) bool {
	o.mu.RLock()
	small := o.small[res]
	o.mu.RUnlock()
	if !small {
		return false
	}
	c := graph.CategoryIdentity
	if l.Edge != nil {
		c = l.Edge.Category
	} else if e := l.Nodes[0].Kind.Existence; e != "" {
		c = e
	}
	return o.note(graphql.GetPath(ctx), &policy.Withheld{Reason: policy.SmallGroup, Category: c})
}

// asksForDisclosures reports whether receipts of earlier answers are wanted.
func asksForDisclosures(l *graph.List) bool {
	return slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool {
		return sel.Kind.Name == "Disclosure" || slices.ContainsFunc(sel.Lists, asksForDisclosures)
	})
}

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
	for sel := range p.wanted {
		o.wanted[sel] = true
	}
	maps.Copy(o.numbers, p.numbers)
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

func (o *operation) wants(sel *graph.Selection) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.wanted[sel]
}

func (o *operation) mayWithhold(sel *graph.Selection) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.partial[sel]
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
