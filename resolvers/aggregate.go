package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/resolvers/bind"
)

// layout says how the answer to a list is shown.
type layout struct {
	mark      uint64 // fingerprint of its cursors
	total     *tally
	aggregate *aggregate
}

// tally is the place of one of a list's tallies.
type tally struct {
	*graph.Tally
	index int
}

// aggregate says which measures of which tallies a selection of an aggregate shows.
type aggregate struct {
	own    *tally
	fields []measured
	over   map[string]*aggregate // by edge key
}

type measured struct {
	name    string
	prop    *graph.Property
	measure int
}

// groupsLayout is an aggregate by groups.
type groupsLayout struct {
	*aggregate
	keys  []sdl.GroupName
	first int
}

func (p *planner) layout(l *graph.List) *layout {
	if p.lists[l] == nil {
		p.lists[l] = &layout{}
	}
	return p.lists[l]
}

// whole is the tally of a list's rows without groups, which totalCount and aggregate share.
func (p *planner) whole(l *graph.List) *tally {
	y := p.layout(l)
	if y.total != nil {
		return y.total
	}
	if y.aggregate != nil {
		return y.aggregate.own
	}
	return addTally(l, &graph.Tally{})
}

func addTally(l *graph.List, t *graph.Tally) *tally {
	l.Tallies = append(l.Tallies, t)
	return &tally{t, len(l.Tallies) - 1}
}

func (p *planner) aggregate(l *graph.List, f graphql.CollectedField) {
	y := p.layout(l)
	if y.aggregate == nil {
		y.aggregate = &aggregate{own: p.whole(l), over: map[string]*aggregate{}}
	}
	p.measures(l, y.aggregate, f)
}

// measures adds what a selection of an aggregate asks for.
func (p *planner) measures(l *graph.List, a *aggregate, f graphql.CollectedField) {
	kind, rel := l.Nodes[0].Kind, relOf(l.Edge)
	for _, g := range p.collect(f.Selections) {
		if e := kind.Edge(g.Name); e != nil {
			if p.viewer.Total(e) != nil {
				continue // there is nothing to add up; noteMeasures says why
			}
			args := g.ArgumentMap(p.op.Variables)
			key := edgeKey(e.Name, args)
			if a.over[key] == nil {
				w, where := p.walker(), strings.Join(append(slices.Clone(p.path), f.Name, e.Name), ".")
				over := &graph.Over{Edge: e, Filter: w.both(w.target(e, args["filter"], where+".filter"), w.properties(e.Rel, args["edge"], where+".edge"))}
				a.over[key] = &aggregate{own: addTally(l, &graph.Tally{By: a.own.By, Over: over})}
			}
			for _, h := range p.collect(g.Selections) {
				a.over[key].measure(p.viewer, e.Target(), e.Rel, h.Name)
			}
			continue
		}
		a.measure(p.viewer, kind, rel, g.Name)
	}
}

// relOf is the relationship that a list's rows are reached by, nil at a root.
func relOf(e *graph.Edge) *graph.Rel {
	if e == nil {
		return nil
	}
	return e.Rel
}

// measure adds a property of the node, or of the relationship that leads to it.
func (a *aggregate) measure(v *policy.Viewer, k *graph.Kind, r *graph.Rel, name string) {
	if slices.ContainsFunc(a.fields, func(m measured) bool { return m.name == name }) {
		return
	}
	m := graph.Measure{Ref: graph.Ref{Prop: k.Property(name)}}
	if m.Ref.Prop == nil && r != nil {
		m.Ref.Prop, m.OnEdge = r.Property(name), true
	}
	if m.Ref.Prop == nil || v.Property(m.Ref.Prop) != nil {
		return // count, __typename, or what is not for the purpose
	}
	a.own.Measures = append(a.own.Measures, m)
	a.fields = append(a.fields, measured{name, m.Ref.Prop, len(a.own.Measures) - 1})
}

// groupBy plans a selection of groups.
func (p *planner) groupBy(l *graph.List, f graphql.CollectedField) {
	args := f.ArgumentMap(p.op.Variables)
	g := &groupsLayout{aggregate: &aggregate{over: map[string]*aggregate{}}, first: defaultPage}
	if n, ok := p.count(args, "first", f.Name); ok {
		g.first = n
	}
	names := sdl.GroupKeys(l.Nodes[0].Kind, relOf(l.Edge))
	var by []graph.GroupKey
	for _, v := range elements(args["by"]) {
		i := slices.IndexFunc(names, func(n sdl.GroupName) bool { return n.Enum == text(v) })
		n := names[i] // the parser has checked it
		if slices.ContainsFunc(g.keys, func(k sdl.GroupName) bool { return k.Name == n.Name }) {
			p.fail("%s.by: %s is given twice", f.Name, n.Enum)
		}
		g.keys = append(g.keys, n)
		by = append(by, graph.GroupKey{Ref: graph.Ref{Prop: n.Prop}, OnEdge: n.OnEdge, Cut: n.Cut, Edge: n.Edge})
	}
	if len(by) == 0 {
		p.fail("%s.by: at least one key is to be given", f.Name)
	}
	g.own = addTally(l, &graph.Tally{By: by})
	for _, h := range p.collect(f.Selections) {
		for _, i := range p.collect(h.Selections) { // of rows and of other
			if i.Name == "aggregate" {
				p.measures(l, g.aggregate, i)
			}
		}
	}
	p.groups[f.Field] = g
}

// show builds what an aggregate's selection reads. of finds the group that a tally has for it, nil where there is none.
func (a *aggregate) show(of func(*tally) (*graph.Group, error)) (map[string]any, error) {
	g, err := of(a.own)
	if err != nil {
		return nil, err
	}
	if g == nil {
		g = &graph.Group{Measures: make([][]graph.Summary, len(a.own.Measures))}
	}
	out := map[string]any{"count": g.Count}
	for _, m := range a.fields {
		out[m.name] = bind.Summarise(m.prop.Type, g.Measures[m.measure])
	}
	for name, sub := range a.over {
		if out[name], err = sub.show(of); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nested is the aggregate of the edge that is being resolved within an aggregate.
func nested(ctx context.Context, a map[string]any) map[string]any {
	f := graphql.GetFieldContext(ctx).Field
	m, _ := a[edgeKey(f.Name, f.ArgumentMap(graphql.GetOperationContext(ctx).Variables))].(map[string]any)
	return m
}

// wholeOf finds the one group of tallies without keys.
func wholeOf(res *graph.ListResult) func(*tally) (*graph.Group, error) {
	return func(t *tally) (*graph.Group, error) {
		groups, err := graph.Groups(t.Tally, res.Tallies[t.index])
		if err != nil || len(groups) == 0 {
			return nil, err
		}
		return &groups[0], nil
	}
}

// grouped answers the field groups.
func (r *Resolver) grouped(ctx context.Context, l *graph.List, res *graph.ListResult) (*bind.Groups, error) {
	g, err := groupsOf(ctx, l, res)
	if err == nil {
		r.noteGroups(ctx, l, g)
	}
	return g, err
}

func categoryOf(k graph.GroupKey) graph.Category {
	if k.Edge != nil {
		return k.Edge.Category
	}
	return k.Ref.Prop.Category
}

func groupsOf(ctx context.Context, l *graph.List, res *graph.ListResult) (*bind.Groups, error) {
	o := operationOf(ctx)
	y := o.groups(graphql.GetFieldContext(ctx).Field.Field)
	all := map[*tally][]graph.Group{}
	read := func(t *tally) ([]graph.Group, error) {
		if _, ok := all[t]; !ok {
			groups, err := graph.Groups(t.Tally, res.Tallies[t.index])
			if err != nil {
				return nil, err
			}
			all[t] = groups
		}
		return all[t], nil
	}
	rows, err := read(y.own)
	if err != nil {
		return nil, err
	}
	out := &bind.Groups{Rows: []*bind.Group{}}
	shown, small, err := o.viewer.Shown(l, res, y.own.Tally, rows, y.first)
	if err != nil {
		return nil, err
	}
	for _, row := range shown {
		same := func(g graph.Group) bool { return graph.CompareKeys(g.Keys, row.Keys) == 0 }
		sums, err := y.show(func(t *tally) (*graph.Group, error) {
			groups, err := read(t)
			if i := slices.IndexFunc(groups, same); i >= 0 {
				return &groups[i], err
			}
			return nil, err
		})
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, &bind.Group{Key: y.key(row.Keys, o.hidden), Count: &row.Count, Aggregate: sums})
	}
	if len(shown) == len(rows) {
		return out, nil
	}
	if small {
		o.note(append(graphql.GetPath(ctx), ast.PathName("other")), &policy.Withheld{Reason: policy.SmallGroup, Category: categoryOf(y.own.By[0])})
	}
	isShown := func(g graph.Group) bool {
		return slices.ContainsFunc(shown, func(r graph.Group) bool { return graph.CompareKeys(g.Keys, r.Keys) == 0 })
	}
	sums, err := y.show(func(t *tally) (*graph.Group, error) {
		groups, err := read(t)
		if err != nil {
			return nil, err
		}
		sum, err := graph.Fold(slices.DeleteFunc(slices.Clone(groups), isShown))
		if sum.Measures == nil {
			return nil, err
		}
		return &sum, err
	})
	if err != nil {
		return nil, err
	}
	folded, count := int64(len(rows)-len(shown)), sums["count"].(int64)
	out.Other = &bind.OtherGroups{Groups: &folded, Count: &count, Aggregate: sums}
	return out, nil
}

// key is a group's key by field.
func (g *groupsLayout) key(keys []any, hidden *secret.Pseudonyms) map[string]any {
	out := map[string]any{}
	for i, k := range g.keys {
		switch v := keys[i].(type) {
		case nil:
		case int64: // a time, cut
			out[k.Name] = graph.Date(v)
		case string:
			if k.Edge != nil {
				v = hidden.ID(v)
			}
			out[k.Name] = v
		default:
			out[k.Name] = v
		}
	}
	return out
}
