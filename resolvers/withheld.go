package resolvers

import (
	"cmp"
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers/bind"
)

// withheld is an entry of extensions.withheld.
type withheld struct {
	Path     ast.Path       `json:"path"`
	Reason   policy.Reason  `json:"reason"`
	Purpose  graph.Purpose  `json:"purpose"`
	Category graph.Category `json:"category"`
	Since    *string        `json:"since"`
}

// note adds an entry, if there is a reason for one.
func (o *operation) note(path ast.Path, w *policy.Withheld) bool {
	if w == nil {
		return false
	}
	e := withheld{Path: slices.Clone(path), Reason: w.Reason, Purpose: o.viewer.Purpose, Category: w.Category}
	if w.Since != nil {
		since := w.Since.String()
		e.Since = &since
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.withheld = append(o.withheld, e)
	return true
}

// entries are in the order of their paths: root fields run side by side, and leave them in any order.
func (o *operation) entries() []withheld {
	o.mu.Lock()
	defer o.mu.Unlock()
	slices.SortStableFunc(o.withheld, func(a, b withheld) int { return slices.CompareFunc(a.Path, b.Path, compareSteps) })
	return o.withheld
}

func compareSteps(a, b ast.PathElement) int {
	i, aIsIndex := a.(ast.PathIndex)
	j, bIsIndex := b.(ast.PathIndex)
	switch {
	case aIsIndex && bIsIndex:
		return cmp.Compare(i, j)
	case aIsIndex:
		return -1
	case bIsIndex:
		return 1
	}
	return cmp.Compare(a.(ast.PathName), b.(ast.PathName))
}

// withheldOf are all fields that are withheld of a node.
func (o *operation) withheldOf(row *graph.Row) []*model.Withheld {
	out := []*model.Withheld{}
	add := func(field string, w *policy.Withheld) {
		if w != nil {
			out = append(out, &model.Withheld{Field: field, Category: string(w.Category), Reason: string(w.Reason), Purpose: string(o.viewer.Purpose), Since: w.Since})
		}
	}
	state := o.viewer.State(row, o.now)
	for _, p := range row.Sel.Kind.Shown() {
		add(p.Name, state.Property(p))
	}
	for _, e := range row.Sel.Kind.Edges {
		add(e.Name, state.Edge(e))
	}
	if e := row.Sel.Kind.Timeline; e != nil {
		add(e.Name, state.Edge(e))
	}
	for _, c := range row.Sel.Kind.Computed {
		add(c.Name, state.Computed(c))
	}
	return out
}

// withheldEdge notes that the edge that is being resolved is withheld of its owner, if it is.
func (r *Resolver) withheldEdge(ctx context.Context, owner *model.Node) bool {
	o := operationOf(ctx)
	kind := owner.Row.Sel.Kind
	w := o.viewer.State(owner.Row, o.now).Edge(kind.Edge(graphql.GetFieldContext(ctx).Field.Name))
	return w != nil && o.note(graphql.GetPath(ctx), w)
}

// noteRow notes which of a node's selected properties are withheld. Edges, and computed fields, do so themselves.
func (r *Resolver) noteRow(ctx context.Context, path ast.Path, row *graph.Row, set ast.SelectionSet) {
	o := operationOf(ctx)
	if !o.mayWithhold(row.Sel) {
		return
	}
	state := o.viewer.State(row, o.now)
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), set, r.satisfy[row.Sel.Kind]) {
		if p := row.Sel.Kind.Property(f.Name); p != nil && !p.Hidden {
			if w := state.Property(p); w != nil {
				o.note(append(slices.Clone(path), ast.PathName(f.Alias)), w)
			}
		}
	}
}

// noteConnection notes what is withheld of the connection that is being resolved: of its nodes, and of its aggregates.
func (r *Resolver) noteConnection(ctx context.Context, l *graph.List, res *graph.ListResult) {
	o, op := operationOf(ctx), graphql.GetOperationContext(ctx)
	nodes := slices.ContainsFunc(res.Rows, func(row graph.Row) bool { return o.mayWithhold(row.Sel) })
	var path ast.Path
	under := func(steps ...ast.PathElement) ast.Path {
		if path == nil {
			path = graphql.GetPath(ctx)
		}
		return append(slices.Clone(path), steps...)
	}
	for _, f := range graphql.CollectFields(op, graphql.GetFieldContext(ctx).Field.Selections, nil) {
		switch {
		case f.Name == "aggregate":
			r.noteMeasures(ctx, l.Nodes[0].Kind, relOf(l.Edge), f.Selections, func() ast.Path { return under(ast.PathName(f.Alias)) })
		case f.Name == "edges" && nodes:
			for _, g := range graphql.CollectFields(op, f.Selections, nil) {
				if g.Name != "node" {
					continue
				}
				for i := range res.Rows {
					if o.mayWithhold(res.Rows[i].Sel) {
						r.noteRow(ctx, under(ast.PathName(f.Alias), ast.PathIndex(i), ast.PathName(g.Alias)), &res.Rows[i], g.Selections)
					}
				}
			}
		}
	}
}

// noteMeasures notes which parts of an aggregate the purpose denies.
func (r *Resolver) noteMeasures(ctx context.Context, k *graph.Kind, rel *graph.Rel, set ast.SelectionSet, path func() ast.Path) {
	o := operationOf(ctx)
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), set, nil) {
		at := func() ast.Path { return append(path(), ast.PathName(f.Alias)) }
		p := k.Property(f.Name)
		if p == nil && rel != nil {
			p = rel.Property(f.Name)
		}
		if e := k.Edge(f.Name); e != nil {
			if w := o.viewer.Total(e); w != nil {
				o.note(at(), w)
			} else {
				r.noteMeasures(ctx, e.Target(), e.Rel, f.Selections, at)
			}
		} else if p != nil {
			if w := o.viewer.Property(p); w != nil {
				o.note(at(), w)
			}
		}
	}
}

// noteGroups notes which parts of the groups' aggregates the purpose denies.
func (r *Resolver) noteGroups(ctx context.Context, l *graph.List, g *bind.Groups) {
	op, path := graphql.GetOperationContext(ctx), graphql.GetPath(ctx)
	each := func(set ast.SelectionSet, steps ...ast.PathElement) {
		for _, f := range graphql.CollectFields(op, set, nil) {
			if f.Name == "aggregate" {
				r.noteMeasures(ctx, l.Nodes[0].Kind, relOf(l.Edge), f.Selections, func() ast.Path {
					return append(append(slices.Clone(path), steps...), ast.PathName(f.Alias))
				})
			}
		}
	}
	for _, f := range graphql.CollectFields(op, graphql.GetFieldContext(ctx).Field.Selections, nil) {
		switch {
		case f.Name == "rows":
			for i := range g.Rows {
				each(f.Selections, ast.PathName(f.Alias), ast.PathIndex(i))
			}
		case f.Name == "other" && g.Other != nil:
			each(f.Selections, ast.PathName(f.Alias))
		}
	}
}
