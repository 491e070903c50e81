package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/loaders"
)

// joins finds the root fields that ask the same of single ids, by their names in the answer: these are read together.
func (r *Resolver) joins(op *graphql.OperationContext, o *operation, fields []graphql.CollectedField) map[string]*loaders.Joined[*reading] {
	if len(fields) < 2 {
		return nil
	}
	alike := map[string][]graphql.CollectedField{}
	var order []string
	for _, f := range fields {
		if form := r.rootOf(f.Definition).form; form != rootOne && form != rootNode || f.ArgumentMap(op.Variables)["id"] == nil {
			continue
		}
		s := signature{variables: op.Variables}
		s.WriteString(f.Name)
		s.set(f.Selections)
		if alike[s.String()] == nil {
			order = append(order, s.String())
		}
		alike[s.String()] = append(alike[s.String()], f)
	}
	out := map[string]*loaders.Joined[*reading]{}
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

// join reads what several root fields ask, by what is planned for the first of them, which is the same for all but for the ids.
func (r *Resolver) join(op *graphql.OperationContext, o *operation, fields []graphql.CollectedField) *loaders.Joined[*reading] {
	first, root := fields[0], r.rootOf(fields[0].Definition)
	ids := map[string]bool{}
	for _, f := range fields {
		id := o.hidden.Resolve(text(f.ArgumentMap(op.Variables)["id"]))
		if k := r.Catalog.KindOf(id); k != nil && (root.kind == nil || k == root.kind) && o.viewer.Single(k) == nil {
			ids[id] = true
		}
	}
	return loaders.Join(min(len(ids), maxPage), func(ctx context.Context, ids []string) (*reading, error) {
		p := r.planner(op, o)
		ids = slices.Sorted(slices.Values(ids)) // they come in any order
		var f *graph.Fetch
		if root.form == rootNode {
			f = p.byIDs(first, ids)
		} else {
			f = p.identifiedBy(first, root.kind, ids...)
		}
		if p.err != nil {
			return nil, p.err
		}
		res, err := o.read(ctx, f)
		if err == nil {
			o.count(p.told(f.Lists))
		}
		return res, err
	})
}

// load reads what was planned of one id, together with others that are asked the same.
func (w *writer) load(f graphql.CollectedField, p *planner, fetch *graph.Fetch) (*bound, error) {
	j := w.o.joins[f.Alias]
	if j == nil {
		return w.read(p, fetch)
	}
	r, err := j.Load(w.ctx, fetch.Lists[0].IDs[0])
	if err != nil {
		return nil, err
	}
	return w.bind(p, r), nil
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
