package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/loaders"
)

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
