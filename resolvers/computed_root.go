package resolvers

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// A rootComputation is how a field of Query follows from nodes which its arguments name.
type rootComputation struct {
	computation
	most int // rows that may be asked for
}

// computed answers a field of Query that is worked out of nodes which its arguments name, read by one fetch.
func (w *writer) computed(f graphql.CollectedField) (bool, error) {
	if w.note(w.o.viewer.Computed(sdl.Computed(f.Definition))) {
		return false, nil
	}
	names, kinds, err := w.namedBy(f)
	if err != nil {
		return false, err
	}
	shape := make([]string, len(names))
	for i, n := range names {
		if n != nil && n.ids == nil {
			shape[i] = "external" // the guard looks at it otherwise
		}
	}
	p, err := w.plan(w.op, w.o, f, strings.Join(shape, ","), func(p *planner) []*graph.List { return p.computedRoot(f) })
	if err != nil {
		return false, err
	}
	var who []name
	for i, k := range kinds {
		if w.note(w.o.viewer.Single(k)) || slices.ContainsFunc(p.lists[i].Nodes[0].Lists, func(l *graph.List) bool { return w.note(w.o.viewer.Edge(l.Edge)) }) {
			return false, nil
		}
		if names[i] != nil {
			who = append(who, *names[i])
		}
	}
	if len(who) < len(names) { // an id of another kind
		return false, nil
	}
	r, err := w.read(p.fetch(w.o.now, who...))
	if err != nil {
		return false, err
	}
	c := computedRoots[f.Name]
	if c.compares {
		if err := w.compare(false); err != nil {
			return false, err
		}
	}
	type bound struct {
		need  *need
		write func(*writer, reflect.Value) bool
	}
	b := bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) bound {
		n := b.needed[f.Field]
		b.place = func(edges []string) sources {
			return sources{n.nodesAt([]*graph.Selection{{Lists: planned}}, edges), n.nodesAt([]*graph.Selection{{Lists: guarded}}, edges)}
		}
		return bound{n, b.plain(reflect.PointerTo(c.typ), f.Definition.Type, f.Selections)}
	})
	root := &graph.Row{Sel: &graph.Selection{Lists: r.Asked}, Lists: r.Lists}
	need := *b.need
	need.args = f.ArgumentMap(w.op.Variables)
	v, err := c.of(w, tree{row: root, need: &need})
	if err != nil {
		return false, err
	}
	return b.write(w, reflect.ValueOf(v)), nil
}

// namedBy reads which nodes the arguments of a computed field of Query name, in the order in which its needs ask for them: by ids or,
// where an employee is not named, the one who asks. Nil: an id of another kind, which names nothing.
func (w *writer) namedBy(f graphql.CollectedField) (names []*name, kinds []*graph.Kind, err error) {
	args := f.ArgumentMap(w.op.Variables)
	for _, g := range w.rootNeeds[f.Name].SelectionSet {
		g := g.(*ast.Field)
		k, arg := w.Catalog.Kind(g.Definition.Type.Name()), g.Arguments.ForName("id").Value.Raw
		var who *name
		switch id := w.o.hidden.Resolve(text(args[arg])); {
		case args[arg] == nil && k == w.Catalog.Kind(w.Schema.Types[viewerType].Fields.ForName(employeeField).Type.Name()):
			if who, err = w.o.asker.employee(k); err == nil && who == nil {
				err = graph.Invalid("%s.%s: is to be the id of an employee, since the token names none", f.Name, arg)
			}
			if err != nil {
				return nil, nil, err
			}
		case w.Catalog.KindOf(id) == k:
			who = &name{ids: []string{id}}
		}
		names, kinds = append(names, who), append(kinds, k)
	}
	return names, kinds, nil
}

// computedRoot plans what a computed field of Query needs, a list for each node that its arguments name, and what is selected of the
// nodes that it shows.
func (p *planner) computedRoot(f graphql.CollectedField) []*graph.List {
	asker, op := p.op, p.rootNeeds[f.Name]
	p.path = []string{f.Name}
	args := f.ArgumentMap(asker.Variables)
	maps.DeleteFunc(args, func(_ string, v any) bool { return v == nil }) // as if it was not given
	if n, ok := p.count(args, "first", f.Name); ok && n > computedRoots[f.Name].most {
		p.fail("%s: first is from 1 to %d, not %d", f.Name, computedRoots[f.Name].most, n)
	}
	root := &graph.Selection{}
	p.op = &graphql.OperationContext{Operation: op, Variables: variablesOf(args, nil)}
	n := &need{below: map[string]*need{}}
	for _, g := range op.SelectionSet {
		g := g.(*ast.Field)
		l := &graph.List{Key: g.Alias, Rows: true, Nodes: []*graph.Selection{{Kind: p.Catalog.Kind(g.Definition.Type.Name())}}}
		p.fill(l.Nodes[0], g.SelectionSet)
		root.Lists = append(root.Lists, l)
		n.below[g.Alias] = needOf(p.op, g.SelectionSet, &need{key: g.Alias, below: map[string]*need{}})
	}
	p.op = asker
	p.needed[f.Field] = n
	p.shows(root, n, f)
	return root.Lists
}
