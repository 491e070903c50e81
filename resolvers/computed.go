package resolvers

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// A computation is how a computed field follows from what was read along with its node.
type computation struct {
	typ reflect.Type
	of  func(*writer, tree) (any, error)
	// compares: what it is compared with is read first.
	compares bool
}

func computing[T any](of func(*writer, tree) *T) computation {
	return reading(func(w *writer, t tree) (*T, error) { return of(w, t), nil })
}

// reading is a computation that reads further.
func reading[T any](of func(*writer, tree) (*T, error)) computation {
	return computation{typ: reflect.TypeFor[T](), of: func(w *writer, t tree) (any, error) { return of(w, t) }}
}

// against is a computation of what is compared with the company's own decided deals.
func against(c computation) computation {
	c.compares = true
	return c
}

// A need says where what a computed field needs stands in what is read of its node.
type need struct {
	key   string           // of the list among those of the node above
	edge  string           // along which it is read; empty of the node itself
	below map[string]*need // by the name of the field
	then  *graph.Moment    // as of which it is read; nil: as it is
	args  map[string]any   // of the computed field
	shown []string         // of the computed field, the names of what is asked for within it
}

// needOf reads a selection that a computed field needs.
func needOf(op *graphql.OperationContext, set ast.SelectionSet, n *need) *need {
	for _, s := range set {
		f, isField := s.(*ast.Field)
		switch {
		case !isField:
			needOf(op, s.(*ast.InlineFragment).SelectionSet, n)
		case slices.Contains([]string{"edges", "nodes", "node"}, f.Name):
			needOf(op, f.SelectionSet, n)
		case f.Definition.Directives.ForName("relationship") != nil:
			if n.below[f.Name] == nil {
				n.below[f.Name] = &need{edgeKeyThen(f.Name, f.ArgumentMap(op.Variables), n.then), f.Name, map[string]*need{}, n.then, n.args, n.shown}
			}
			needOf(op, f.SelectionSet, n.below[f.Name])
		}
	}
	return n
}

// path are the needs along some edges. Not ok: another field of the same type goes there, and this one does not.
func (n *need) path(edges []string) (out []*need, ok bool) {
	for _, edge := range edges {
		if n = n.below[edge]; n == nil {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

// nodesAt are the selections of what a need leads to along some edges; none where the guard has taken out what leads there.
func (n *need) nodesAt(sels []*graph.Selection, edges []string) []*graph.Selection {
	along, ok := n.path(edges)
	if !ok {
		return nil
	}
	for _, n := range along {
		var next []*graph.Selection
		for _, sel := range sels {
			if l := listOf(sel.Lists, n.key); l != nil {
				next = append(next, l.Nodes...)
			}
		}
		sels = next
	}
	return sels
}

// computed plans what a computed field needs, with the field's arguments as variables, and what is selected of the nodes that it shows.
func (p *planner) computed(sel *graph.Selection, c *graph.Computed, f graphql.CollectedField) {
	if p.viewer.Computed(c) != nil {
		return
	}
	p.path = append(p.path, f.Name)
	if computedFields[sel.Kind.Name+"."+c.Name].compares {
		_, claims := compares(p.collect(f.Selections))
		p.place = p.place || claims
	}
	then := p.asked(f)
	p.during(then, func() {
		asker, set := p.op, needsSelection(p.needs[c])
		args, shown := variablesOf(f.ArgumentMap(asker.Variables), then), []string(nil)
		for _, within := range p.collect(f.Selections) {
			shown = append(shown, within.Name)
		}
		p.op = &graphql.OperationContext{Operation: p.needs[c], Variables: args}
		n := needOf(p.op, set, &need{below: map[string]*need{}, then: then, args: args, shown: shown})
		p.needed[asOf(f.Field, then)] = n
		p.fill(sel, set)
		p.meetings([]*graph.Selection{sel}, n)
		p.op = asker
		p.shows(sel, n, f)
	})
	p.path = p.path[:len(p.path)-1]
}

// shows plans what is selected of nodes that are found among what a computed field needs.
func (p *planner) shows(sel *graph.Selection, n *need, f graphql.CollectedField) {
	for _, g := range p.collect(f.Selections, f.Definition.Type.Name()) {
		p.path = append(p.path, g.Name)
		found := sdl.Found(g.Definition)
		for _, edges := range found {
			for _, to := range n.nodesAt([]*graph.Selection{sel}, edges) {
				if k := p.Catalog.Kind(g.Definition.Type.Name()); k == nil || k == to.Kind {
					p.fill(to, g.Selections)
				}
			}
		}
		if found == nil && len(g.Selections) > 0 {
			p.shows(sel, n, g)
		}
		p.path = p.path[:len(p.path)-1]
	}
}

// variablesOf are those of what a computed field needs: its own arguments and, as until, the moment as of which it is asked, the earlier
// of its times; where that is now, the end of all times.
func variablesOf(args map[string]any, then *graph.Moment) map[string]any {
	until := graph.LastInstant
	if then != nil {
		until = min(*cmp.Or(then.At, &until), *cmp.Or(then.Known, &until))
	}
	args[sdl.Until] = until.String()
	return args
}

// needsSelection is what stands within `node(id: "") { ... }`.
func needsSelection(op *ast.OperationDefinition) ast.SelectionSet {
	return op.SelectionSet[0].(*ast.Field).SelectionSet
}

// A shown node is one that a computed field shows: along which of the ways it was found by which the schema finds it, and what was read of
// it. Without a row it is null.
type shown struct {
	way string
	row *graph.Row
}

var shownType = reflect.TypeFor[shown]()

// sources are the selections of the nodes that are found along a way, as planned and as the guard has left them.
type sources struct{ planned, guarded []*graph.Selection }

// computed binds a field that is worked out from what was read along with its node.
func (b *binder) computed(planned, sel *graph.Selection, c *graph.Computed, f graphql.CollectedField) field[*graph.Row] {
	n := b.needed[asOf(f.Field, b.asked(f))]
	if n == nil {
		return denied[*graph.Row](f, b.viewer.Computed(c))
	}
	var edges []*graph.Edge
	for _, below := range n.below {
		edges = append(edges, sel.Kind.Edge(below.edge))
	}
	slices.SortFunc(edges, func(a, b *graph.Edge) int { return slices.Index(sel.Kind.Edges, a) - slices.Index(sel.Kind.Edges, b) })
	compute := computedFields[sel.Kind.Name+"."+c.Name]
	outer := b.place
	b.place = func(edges []string) sources {
		return sources{n.nodesAt([]*graph.Selection{planned}, edges), n.nodesAt([]*graph.Selection{sel}, edges)}
	}
	write := b.plain(reflect.PointerTo(compute.typ), f.Definition.Type, f.Selections)
	b.place = outer
	compare := func(*writer) error { return nil }
	if compute.compares {
		compare = b.compares(f)
	}
	return fieldOf(f, func(w *writer, row *graph.Row) bool {
		if w.withheldComputed(row, c, edges) {
			return false
		}
		if err := compare(w); err != nil {
			return w.fail(f.Field, err)
		}
		v, err := compute.of(w, tree{row: row, need: n})
		if err != nil {
			return w.fail(f.Field, err)
		}
		return write(w, reflect.ValueOf(v))
	})
}

// shownBy are the sources of the nodes that a field of a computed one shows, by the ways; none: it shows no nodes.
func (b *binder) shownBy(f graphql.CollectedField) map[string]sources {
	out := map[string]sources{}
	k := b.Catalog.Kind(f.Definition.Type.Name())
	for _, edges := range sdl.Found(f.Definition) {
		at, of := b.place(edges), sources{}
		for _, sel := range at.guarded {
			if k != nil && k != sel.Kind {
				continue
			}
			i := slices.IndexFunc(at.planned, func(p *graph.Selection) bool { return p.Kind == sel.Kind })
			of.planned, of.guarded = append(of.planned, at.planned[i]), append(of.guarded, sel)
		}
		out[strings.Join(edges, ".")] = of
	}
	return out
}

// found binds what is selected of nodes that a computed field shows.
func (b *binder) found(set ast.SelectionSet) func(*writer, reflect.Value) bool {
	at := make(map[string]nodes, len(b.sources))
	for way, s := range b.sources {
		at[way] = b.nodes(s.planned, s.guarded, set)
	}
	return func(w *writer, v reflect.Value) bool {
		f := v.Interface().(shown)
		return f.row != nil && at[f.way].write(w, f.row)
	}
}

// A tree is a node that was read for a computed field, and what was read below it.
type tree struct {
	row   *graph.Row
	along []graph.Ref // properties of the relationship that led to it
	need  *need
}

// value is that of a property of the node, nil where there is none.
func (t tree) value(name string) any { return t.row.ByName(name) }

// edge is the value of a property of the relationship that led to the node, nil where there is none.
func (t tree) edge(name string) any {
	if i := slices.IndexFunc(t.along, func(r graph.Ref) bool { return r.Prop.Name == name }); i >= 0 {
		return t.row.Edge[i]
	}
	return nil
}

// versions are those of a tracked property that were in force up to a moment, the last one first, and whether there are any at all. The
// needs ask for its history.
func (t tree) versions(name string, at, known graph.Time) (out []graph.Version, kept bool) {
	all, _ := t.row.Value(t.row.Sel.Kind.Property(name).Versions).([]graph.Version)
	for _, v := range all {
		kept = kept || v.Prop == name
		if v.Prop == name && v.From <= at && v.Known <= known && known < v.Until {
			out = append(out, v)
		}
	}
	return out, kept
}

// instant is the value of a property that is one, or another where there is none.
func (t tree) instant(name string, none graph.Time) graph.Time { return timeOr(t.value(name), none) }

// timeOr is a value that is an instant, or another where it is missing.
func timeOr(v any, none graph.Time) graph.Time {
	if at, ok := v.(int64); ok {
		return graph.Time(at)
	}
	return none
}

// all are the nodes that an edge leads to.
func (t tree) all(edge string) []tree {
	nodes, _ := t.page(edge)
	return nodes
}

// page are the nodes that an edge leads to, and whether there are more. The needs ask for that.
func (t tree) page(edge string) (out []tree, more bool) {
	n := t.need.below[edge]
	if n == nil { // another field that is worked out of the like needs it
		return nil, false
	}
	i := slices.IndexFunc(t.row.Sel.Lists, func(l *graph.List) bool { return l.Key == n.key })
	if i < 0 { // the guard has taken it out
		return nil, false
	}
	res := &t.row.Lists[i]
	out = make([]tree, len(res.Rows))
	for j := range res.Rows {
		out[j] = tree{&res.Rows[j], t.row.Sel.Lists[i].Props, n}
	}
	return out, res.HasNext
}
