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
	needs, err := w.neededBy(f)
	if err != nil {
		return false, err
	}
	shape := make([]string, len(needs))
	for i, n := range needs {
		shape[i] = n.field.Alias
		if n.who != nil && n.who.ids == nil {
			shape[i] += " external" // the guard looks at it otherwise
		}
	}
	p, err := w.plan(w.op, w.o, f, strings.Join(shape, ","), func(p *planner) []*graph.List { return p.computedRoot(f, needs) })
	if err != nil {
		return false, err
	}
	var who []name
	for i, n := range needs {
		withheld := w.o.viewer.Root(n.kind)
		if !n.many {
			withheld = w.o.viewer.Single(n.kind)
		}
		if w.note(withheld) || slices.ContainsFunc(p.lists[i].Nodes[0].Lists, func(l *graph.List) bool { return w.note(w.o.viewer.Edge(l.Edge)) }) {
			return false, nil
		}
		if n.who != nil {
			who = append(who, *n.who)
		}
	}
	if len(who) < len(needs) { // an id of another kind
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
		n := b.needed[asOf(f.Field, nil)]
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

// A rootNeed is a list of nodes that a computed field of Query needs: one node that an argument names, or all that its own arguments choose.
type rootNeed struct {
	field *ast.Field
	kind  *graph.Kind
	many  bool
	who   *name // nil: an id of another kind, which names nothing
}

// neededBy reads which lists a computed field of Query needs. One that is called as an argument is needed where that is given; an employee
// who is not named is the one who asks, unless another list was asked for in her place.
func (w *writer) neededBy(f graphql.CollectedField) (out []rootNeed, _ error) {
	args := f.ArgumentMap(w.op.Variables)
	set := w.rootNeeds[f.Name].SelectionSet
	isMany := func(g *ast.Field) bool { return w.rootOf(g.Definition).form == rootMany }
	instead := slices.ContainsFunc(set, func(s ast.Selection) bool { return isMany(s.(*ast.Field)) && args[s.(*ast.Field).Alias] != nil })
	for _, s := range set {
		g := s.(*ast.Field)
		n := rootNeed{field: g, kind: w.rootOf(g.Definition).kind, many: isMany(g), who: &name{}}
		if args[g.Alias] == nil && (instead || n.many && f.Definition.Arguments.ForName(g.Alias) != nil) {
			continue
		}
		if !n.many {
			var err error
			if n.who, err = w.namedBy(f, n.kind, g.Arguments.ForName("id").Value.Raw); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// namedBy reads which node an argument names: by its id or, where an employee is not named, the one who asks.
func (w *writer) namedBy(f graphql.CollectedField, k *graph.Kind, arg string) (*name, error) {
	given := f.ArgumentMap(w.op.Variables)[arg]
	switch id := w.o.hidden.Resolve(text(given)); {
	case given == nil && k == w.Catalog.Kind(w.Schema.Types[viewerType].Fields.ForName(employeeField).Type.Name()):
		who, err := w.o.asker.employee(k)
		if err == nil && who == nil {
			err = graph.Invalid("%s.%s: is to be the id of an employee, since the token names none", f.Name, arg)
		}
		return who, err
	case w.Catalog.KindOf(id) == k:
		return &name{ids: []string{id}}, nil
	}
	return nil, nil
}

// firstOr is how many rows arguments ask for that the plan has looked at, or so many where they do not say.
func firstOr(args map[string]any, usual int) int {
	if first, err := whole(args["first"]); err == nil {
		return int(first)
	}
	return usual
}

// computedRoot plans what a computed field of Query needs, and what is selected of the nodes that it shows.
func (p *planner) computedRoot(f graphql.CollectedField, needs []rootNeed) []*graph.List {
	asker, op := p.op, p.rootNeeds[f.Name]
	p.path = []string{f.Name}
	args := f.ArgumentMap(asker.Variables)
	maps.DeleteFunc(args, func(_ string, v any) bool { return v == nil }) // as if it was not given
	p.upTo(min(p.MaxPage, computedRoots[f.Name].most), args, "first", f.Name)
	if amount, given := args["minAmount"].(map[string]any); given { // the filter that it stands in is none of the asker's
		if _, err := graph.MoneyOf(number(amount["amount"]), text(amount["currency"])); err != nil {
			p.fail("%s.minAmount: %v", f.Name, err)
		}
	}
	if within := args["within"]; within != nil {
		p.walker().ago(within, f.Name+".within", &graph.Property{Type: graph.Instant})
	}
	root := &graph.Selection{}
	p.op = &graphql.OperationContext{Operation: op, Variables: variablesOf(args, nil)}
	n := &need{below: map[string]*need{}}
	for _, r := range needs {
		g := r.field
		l := &graph.List{Key: g.Alias, Rows: true, Nodes: []*graph.Selection{{Kind: r.kind}}}
		if r.many {
			p.arguments(l, graphql.CollectedField{Field: g, Selections: g.SelectionSet})
			p.connection(l, g.SelectionSet)
		} else {
			p.fill(l.Nodes[0], g.SelectionSet)
		}
		root.Lists = append(root.Lists, l)
		n.below[g.Alias] = needOf(p.op, g.SelectionSet, &need{key: g.Alias, below: map[string]*need{}})
	}
	p.meetings([]*graph.Selection{root}, n)
	p.op = asker
	p.needed[asOf(f.Field, nil)] = n
	p.shows(root, n, f)
	return root.Lists
}
