package resolvers

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/loaders"
)

const (
	keptPlans = 500
	// longestPlan is how many bytes a plan's name may have for it to be kept: the values of variables are part of it.
	longestPlan = 4 << 10
)

// A plan is what a root field asks, and how its answer is written. Nothing in it changes but that it is bound, once, and that those who
// read it keep what they make of it.
type plan struct {
	lists   []*graph.List // without the ids that are asked for
	place   bool          // whether the feed's is asked, too
	memo    graph.Memo
	planner *planner // until it is bound
	once    sync.Once
	tree    any // how the answer is written
}

// A planName is all that a plan follows from: the operation, the root field, the policy in force, the purpose, what variables say but for
// ids, and what the values of ids decide, its shape. What roles a caller has decides whether it may ask, and nothing of what.
type planName struct {
	operation               *ast.OperationDefinition
	policy                  *policy.Policy
	purpose                 graph.Purpose
	field, shape, variables string
}

// plans are those that are kept.
type plans struct {
	kept *lru.Cache[planName, *plan]
	once *lru.Cache[uint64, struct{}] // asked once: most are never asked again, and are not to take the place of others
	seed maphash.Seed
	ids  *lru.Cache[*ast.OperationDefinition, map[string]bool]
}

func newPlans() plans {
	return plans{kept[planName, *plan](keptPlans), kept[uint64, struct{}](8 * keptPlans), maphash.MakeSeed(), kept[*ast.OperationDefinition, map[string]bool](keptPlans)}
}

func kept[K comparable, V any](n int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](n)
	if err != nil {
		panic(err) // n is a size
	}
	return c
}

func (p plans) add(name planName, to *plan) {
	if len(name.shape)+len(name.variables) > longestPlan {
		return
	}
	if asked, _ := p.once.ContainsOrAdd(maphash.Comparable(p.seed, name), struct{}{}); asked {
		p.kept.Add(name, to)
	}
}

// plan finds, or makes, the plan of a root field.
func (r *Resolver) plan(op *graphql.OperationContext, o *operation, f graphql.CollectedField, shape string, make func(*planner) []*graph.List) (*plan, error) {
	name := planName{op.Operation, o.viewer.Policy, o.viewer.Purpose, f.Alias, shape, o.variables}
	if known, ok := r.plans.kept.Get(name); ok {
		return known, nil
	}
	p := r.planner(op, o)
	lists := make(p)
	if p.err != nil {
		return nil, p.err
	}
	p.then(lists)
	made := p.planned(lists)
	r.plans.add(name, made)
	return made, nil
}

// planned is the plan of lists that were made, when all is known that rests on them.
func (p *planner) planned(lists []*graph.List) *plan {
	return &plan{lists: lists, place: p.place, planner: p}
}

// fetch is what the plan asks, with the roots named list by list, if they are.
func (p *plan) fetch(now graph.Time, named ...name) *graph.Fetch {
	f := &graph.Fetch{Now: now, Lists: p.lists, Place: p.place, Memo: &p.memo, MostBrought: graph.MostBrought}
	if len(named) > 0 {
		f.Lists = make([]*graph.List, len(named))
	}
	for i, n := range named {
		root := *p.lists[i]
		root.IDs, root.External = n.ids, n.external
		f.Lists[i] = &root
	}
	return f
}

// bindTo finds out how the answer to a plan is written, from the first one that is read. How the guard rewrites a plan follows from the
// plan, so that it stands the same way in all that are read after.
func bindTo[T any](w *writer, p *plan, r *policy.Reading, bind func(b *binder, planned, guarded []*graph.List) T) T {
	w.reads(p, r)
	p.once.Do(func() {
		guarded := graph.Map(p.lists, func(l *graph.List) *graph.List { return listOf(r.Asked, l.Key) })
		p.tree = bind(&binder{planner: p.planner, partial: r.Partial}, p.lists, guarded)
		p.planner = nil // it holds a request
	})
	return p.tree.(T)
}

// reads has what is written next be of what was read for a plan.
func (w *writer) reads(p *plan, r *policy.Reading) {
	w.small, w.feedPlace = r.Small, nil
	if p.place {
		w.feedPlace = &r.Place
	}
}

// listOf finds a list by its key, nil where there is none.
func listOf(lists []*graph.List, key string) *graph.List {
	return graph.First(lists, func(l *graph.List) bool { return l.Key == key })
}

// variables writes down what the variables say of an operation's plans. Of those that are the id, or the ids, of root fields and nothing
// else that is only whether they are given.
func (r *Resolver) variables(op *graphql.OperationContext) string {
	ids, ok := r.plans.ids.Get(op.Operation)
	if !ok {
		ids = r.idsOf(op)
		r.plans.ids.Add(op.Operation, ids)
	}
	say := map[string]any{}
	for name, v := range op.Variables {
		if !ids[name] || v == nil {
			say[name] = v
		}
	}
	if len(say) == 0 {
		return ""
	}
	b, err := json.Marshal(say) // with sorted keys
	if err != nil {             // they come from JSON, or from literals
		panic(err)
	}
	return string(b)
}

// idsOf finds the variables that are ids of root fields, and stand nowhere else.
func (r *Resolver) idsOf(op *graphql.OperationContext) map[string]bool {
	ids, others := map[string]bool{}, map[string]bool{}
	seen := map[string]bool{}
	var value func(*ast.Value)
	value = func(v *ast.Value) {
		if v.Kind == ast.Variable {
			others[v.Raw] = true
		}
		for _, c := range v.Children {
			value(c.Value)
		}
	}
	directives := func(all ast.DirectiveList) {
		for _, d := range all {
			for _, a := range d.Arguments {
				value(a.Value)
			}
		}
	}
	var set func(set ast.SelectionSet)
	set = func(all ast.SelectionSet) {
		for _, s := range all {
			switch s := s.(type) {
			case *ast.Field:
				directives(s.Directives)
				root := s.ObjectDefinition == r.Schema.Query && r.rootOf(s.Definition).byIDs()
				for _, a := range s.Arguments {
					if root && a.Value.Kind == ast.Variable && s.Definition.Arguments.ForName(a.Name).Type.Name() == "ID" {
						ids[a.Value.Raw] = true
					} else {
						value(a.Value)
					}
				}
				set(s.SelectionSet)
			case *ast.InlineFragment:
				directives(s.Directives)
				set(s.SelectionSet)
			case *ast.FragmentSpread:
				directives(s.Directives)
				if !seen[s.Name] {
					seen[s.Name] = true
					set(s.Definition.SelectionSet)
				}
			}
		}
	}
	set(op.Operation.SelectionSet)
	for name := range others {
		delete(ids, name)
	}
	return ids
}

// joins finds the root fields that ask the same of single ids, by their names in the answer: these are read together.
func (r *Resolver) joins(op *graphql.OperationContext, o *operation, fields []graphql.CollectedField) map[string]*loaders.Joined[*policy.Reading] {
	if len(fields) < 2 {
		return nil
	}
	alike := map[string][]graphql.CollectedField{}
	var order []string
	for _, f := range fields {
		args := f.ArgumentMap(op.Variables)
		if form := r.rootOf(f.Definition).form; form != rootOne && form != rootNode || args["id"] == nil {
			continue
		}
		delete(args, "id")
		s := signature{variables: op.Variables}
		s.WriteString(edgeKey(f.Name, args))
		s.set(f.Selections)
		if alike[s.String()] == nil {
			order = append(order, s.String())
		}
		alike[s.String()] = append(alike[s.String()], f)
	}
	out := map[string]*loaders.Joined[*policy.Reading]{}
	for _, sig := range order {
		if len(alike[sig]) > 1 {
			j := r.join(op, o, alike[sig])
			for _, f := range alike[sig] {
				out[f.Alias] = j
			}
		}
	}
	return out
}

// join reads, when the first is answered, what several root fields ask, by what is planned for the first of them, which is the same for all but for the ids.
func (r *Resolver) join(op *graphql.OperationContext, o *operation, fields []graphql.CollectedField) *loaders.Joined[*policy.Reading] {
	first, root := fields[0], r.rootOf(fields[0].Definition)
	var ids []string
	for _, f := range fields {
		id := o.hidden.Resolve(text(f.ArgumentMap(op.Variables)["id"]))
		if k := r.Catalog.KindOf(id); k != nil && (root.kind == nil || k == root.kind) && o.viewer.Single(k) == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return loaders.Join(ids, r.MaxPage, func(ctx context.Context, ids []string) (*policy.Reading, error) {
		if root.form == rootNode {
			_, f, err := r.planIDs(op, o, first, ids)
			if err != nil {
				return nil, err
			}
			return o.Read(ctx, f)
		}
		who := &name{ids: ids}
		p, err := r.planOne(op, o, first, root.kind, who)
		if err != nil {
			return nil, err
		}
		return o.Read(ctx, p.fetch(o.now, *who))
	})
}

// load reads what is asked of one id, together with others that are asked the same.
func (w *writer) load(f graphql.CollectedField, fetch *graph.Fetch) (*policy.Reading, error) {
	if j := w.o.joins[f.Alias]; j != nil {
		return j.Load(w.ctx, fetch.Lists[0].IDs[0])
	}
	return w.o.Read(w.ctx, fetch)
}

// A signature is what a selection asks, in words: selections with one signature are planned alike. What variables say stands in it.
type signature struct {
	strings.Builder
	variables map[string]any
}

func (s *signature) set(set ast.SelectionSet) {
	s.WriteByte('{')
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			s.directives(sel.Directives)
			s.WriteString(sel.Alias + ":" + edgeKey(sel.Name, sel.ArgumentMap(s.variables)))
			s.set(sel.SelectionSet)
		case *ast.InlineFragment:
			s.directives(sel.Directives)
			s.WriteString("... on " + sel.TypeCondition)
			s.set(sel.SelectionSet)
		case *ast.FragmentSpread: // it is the same wherever it stands in an operation
			s.directives(sel.Directives)
			s.WriteString("..." + sel.Name)
		}
		s.WriteByte(' ')
	}
	s.WriteByte('}')
}

func (s *signature) directives(all ast.DirectiveList) {
	for _, d := range all {
		s.WriteString(edgeKey("@"+d.Name, d.ArgumentMap(s.variables)))
	}
}
