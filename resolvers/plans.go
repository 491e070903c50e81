package resolvers

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

const (
	keptPlans = 500
	// longestPlan is how many bytes a plan's name may have for it to be kept: the values of variables are part of it.
	longestPlan = 4 << 10
)

// A plan is what a root field asks, and how its answer is written. Nothing in it changes but that it is bound, once.
type plan struct {
	operation *ast.OperationDefinition
	policy    *policy.Policy
	lists     []*graph.List // without the ids that are asked for; copies of them are guarded
	planner   *planner      // until it is bound
	once      sync.Once
	told      []string // the numbers of persons that it tells
	tree      any      // how the answer is written
}

// plans are those that are kept. A plan follows from the document, the root field, the policy in force, the purpose, and what
// variables say but for ids: all these are its name. What roles a caller has decides whether it may ask, and nothing of what.
type plans struct {
	kept *lru.LRU[*plan]
	once *lru.LRU[struct{}] // asked once: most are never asked again, and are not to take the place of others
	ids  *lru.LRU[*idVariables]
}

func newPlans() plans {
	return plans{lru.New[*plan](keptPlans), lru.New[struct{}](8 * keptPlans), lru.New[*idVariables](keptPlans)}
}

func (p plans) get(name string, op *ast.OperationDefinition, in *policy.Policy) *plan {
	// A name has addresses in it. While a plan is kept, nothing else can have those that it holds.
	if known, ok := p.kept.Get(context.Background(), name); ok && known.operation == op && known.policy == in {
		return known
	}
	return nil
}

func (p plans) add(name string, to *plan) {
	if len(name) > longestPlan {
		return
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	mark := string(binary.BigEndian.AppendUint64(nil, h.Sum64()))
	if _, asked := p.once.Get(context.Background(), mark); asked {
		p.kept.Add(context.Background(), name, to)
	} else {
		p.once.Add(context.Background(), mark, struct{}{})
	}
}

// plan finds, or makes, the plan of a root field. shape is what the values of ids decide of it.
func (r *Resolver) plan(op *graphql.OperationContext, o *operation, f graphql.CollectedField, shape string, make func(*planner) []*graph.List) (*plan, error) {
	in := o.viewer.Policy
	name := fmt.Sprintf("%p %p %s %s %s %s", op.Operation, in, o.viewer.Purpose, f.Alias, shape, o.variables)
	if known := r.plans.get(name, op.Operation, in); known != nil {
		return known, nil
	}
	p := r.planner(op, o)
	lists := make(p)
	if p.err != nil {
		return nil, p.err
	}
	made := &plan{operation: op.Operation, policy: in, lists: lists, planner: p}
	r.plans.add(name, made)
	return made, nil
}

// fetch is what the plan asks, for a guard to rewrite.
func (p *plan) fetch(now graph.Time) *graph.Fetch {
	f := &graph.Fetch{Now: now}
	for _, l := range p.lists {
		f.Lists = append(f.Lists, l.Copy())
	}
	return f
}

// bindTo finds out how the answer to a plan is written, from the first one that is read. How the guard rewrites a plan follows from the
// plan, so that it stands the same way in all that are read after.
func bindTo[T any](w *writer, p *plan, r *policy.Reading, bind func(b *binder, planned, guarded []*graph.List) T) T {
	w.small = r.Small
	p.once.Do(func() {
		guarded := make([]*graph.List, len(p.lists))
		for i, l := range p.lists {
			guarded[i] = listOf(r.Asked, l.Key)
		}
		p.told = p.planner.told(p.lists, guarded)
		p.tree = bind(&binder{p.planner, r.Partial}, p.lists, guarded)
		p.planner = nil // it holds a request
	})
	w.o.record.Count(p.told)
	return p.tree.(T)
}

// listOf finds a list by its key, nil where there is none.
func listOf(lists []*graph.List, key string) *graph.List {
	if i := slices.IndexFunc(lists, func(l *graph.List) bool { return l.Key == key }); i >= 0 {
		return lists[i]
	}
	return nil
}

// told are the numbers that lists were asked for, as far as the guard has left them.
func (p *planner) told(planned, guarded []*graph.List) (numbers []string) {
	for _, l := range planned {
		left := listOf(guarded, l.Key)
		if left == nil {
			continue
		}
		numbers = append(numbers, p.numbers[l]...)
		for i, sel := range l.Nodes {
			numbers = append(numbers, p.told(sel.Lists, left.Nodes[i].Lists)...)
		}
	}
	return numbers
}

// idVariables are those of an operation that are the id, or the ids, of root fields and nothing else.
type idVariables struct {
	operation *ast.OperationDefinition
	names     map[string]bool
}

// variables writes down what the variables say of an operation's plans. Of ids that is only whether they are given.
func (r *Resolver) variables(op *graphql.OperationContext) string {
	if len(op.Variables) == 0 {
		return ""
	}
	name := fmt.Sprintf("%p", op.Operation)
	known, ok := r.plans.ids.Get(context.Background(), name)
	if !ok || known.operation != op.Operation {
		known = &idVariables{op.Operation, r.idsOf(op)}
		r.plans.ids.Add(context.Background(), name, known)
	}
	say := map[string]any{}
	for name, v := range op.Variables {
		if !known.names[name] || v == nil {
			say[name] = v
		}
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
					if root && a.Value.Kind == ast.Variable && (a.Name == "id" || a.Name == "ids") {
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
