package neo4j

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// nodes writes the MATCH of all nodes of a kind that a filter is true of, and of neighbours or edges that the database may start
// from instead. It gives the scope with what is known then.
func (c *compiler) nodes(s scope, filter *graph.Filter, n narrowed) scope {
	own, near := split(filter)
	var edges []*graph.Filter
	if len(near) == 0 && len(n.index) == 0 && !anchored(own) {
		own, edges = begun(own)
	}
	c.line("MATCH (%s)", s.node+s.labels())
	if len(n.index) > 0 {
		c.line("  USING INDEX %s(%s)", s.node+s.labels(), strings.Join(n.index, ", "))
	}
	conds := c.conds(own, s)
	if anchored(own) && !slices.Contains(n.conds, s.node+".id IS NOT NULL") {
		conds = append(conds, s.node+".id IS NOT NULL")
	}
	conds = append(conds, n.conds...)
	past := func(cond string) bool { return strings.Contains(cond, versions(s.node)) }
	if then := graph.Where(conds, past); len(near)+len(edges) > 0 || len(c.lookups(s.node, then)) < 2 { // behind a WITH it would start nowhere else
		c.where(conds)
	} else {
		c.where(graph.Where(conds, func(cond string) bool { return !past(cond) }))
		s.was = c.readOnce(s.node, then, nil)
		c.where(then)
	}
	several := false
	for _, q := range near {
		several = c.neighbour(s, q) || several
	}
	if several {
		c.line("WITH DISTINCT %s", s.node)
		clear(s.near)
	}
	if len(edges) > 0 {
		s.total = c.edges(s, edges)
	}
	return s
}

// A total is what a set of edges of a node comes to, in a variable.
type total struct {
	over *graph.Over
	by   graph.Adding
	v    string
}

// begun takes out of a normal filter a total that Begins, and behind it what else is demanded of the same one.
func begun(f *graph.Filter) (own *graph.Filter, edges []*graph.Filter) {
	all := f.Conjuncts()
	first := slices.IndexFunc(all, func(g *graph.Filter) bool { return g.Total != nil && g.Total.Begins() })
	if first < 0 {
		return f, nil
	}
	of, rest := all[first].Total, []*graph.Filter{}
	edges = []*graph.Filter{all[first]}
	for i, g := range all {
		switch {
		case i == first:
		case g.Total != nil && g.Total.By == of.By && g.Total.Op != graph.IsNull && g.Total.Over.Same(of.Over):
			edges = append(edges, g)
		default:
			rest = append(rest, g)
		}
	}
	return &graph.Filter{And: rest}, edges
}

// edges writes the MATCH of the edges that a total Begins by, and what they come to. That is what the whole set does: no value that is left out
// is beyond one that is not.
func (c *compiler) edges(s scope, of []*graph.Filter) *total {
	t := of[0].Total
	o := t.Over
	to, conds := c.follow(o.Edge, o.Edge.Targets)
	at := c.property(o.Prop, o.Prop.Prop.Name, to.rel+".")
	conds = append(all{c.compared(t, at)}, conds...)
	conds = append(append(conds, c.when(o.Filter, to)...), c.when(o.Prop.When, to)...)
	c.line("MATCH %s", c.along(s.node, o.Edge, to))
	c.line("  USING INDEX %s:%s(%s)", to.rel, name(o.Edge.Rel.Type), name(o.Prop.Prop.Name))
	c.where(conds)
	k := &total{o, t.By, c.fresh("o")}
	c.line("WITH %s, %s AS %s", s.node, folded(t.By, o.Prop.Prop, at), k.v)
	conds = c.when(o.When, s)
	for _, g := range of[1:] {
		conds = append(append(conds, c.compared(g.Total, k.v)), c.when(g.Total.Over.When, s)...)
	}
	c.where(conds)
	return k
}

// neighbour writes the MATCH of a neighbour that a filter demands, and of those that are demanded of it. It reports whether a
// node may have several.
func (c *compiler) neighbour(s scope, q *graph.Quantified) bool {
	to, conds := c.follow(q.Edge, q.Edge.Targets)
	to.near, to.seek = map[*graph.Edge]scope{}, true
	own, near := split(q.Filter)
	conds = append(conds, c.conds(own, to)...)
	if anchored(own) {
		conds = append(conds, to.node+".id IS NOT NULL")
	}
	c.line("MATCH %s", c.pattern(s.node, q.Edge, to, to.labels()))
	if p := equal(own); p != nil && anchored(own) {
		// Left alone, the database may prefer the range that stands beside the equality, and read far more.
		c.line("  USING INDEX %s(%s, id)", to.node+to.labels(), name(p.Name))
	}
	c.where(conds)
	s.near[q.Edge] = to
	several := !q.Edge.Single()
	for _, further := range near {
		several = c.neighbour(to, further) || several
	}
	return several
}

// split takes out of a normal filter what it demands of neighbours, if matching them along with the node makes no more rows
// of it, or leads to few: to-one neighbours, else one that an index leads to.
func split(f *graph.Filter) (own *graph.Filter, near []*graph.Quantified) {
	var rest []*graph.Filter
	for _, g := range f.Conjuncts() {
		if g.Some != nil && g.Some.Edge.Single() && !slices.ContainsFunc(near, func(q *graph.Quantified) bool { return q.Edge == g.Some.Edge }) {
			near = append(near, g.Some)
		} else {
			rest = append(rest, g)
		}
	}
	if near == nil {
		if i := slices.IndexFunc(rest, func(g *graph.Filter) bool { return g.Some != nil && selective(g) }); i >= 0 {
			near = []*graph.Quantified{rest[i].Some}
			rest = slices.Delete(rest, i, i+1)
		}
	}
	if len(rest) == 0 {
		return nil, near
	}
	return &graph.Filter{And: rest}, near
}

// selective reports whether a normal filter leads to few nodes by an index. One value of an enumeration has many.
func selective(f *graph.Filter) bool {
	return slices.ContainsFunc(f.Conjuncts(), func(g *graph.Filter) bool {
		switch {
		case g.Test != nil:
			t := g.Test
			return t.ID || indexed(t) && t.Ref.Prop.Type != graph.Enum && (t.Op == graph.Eq || t.Op == graph.In || t.Op == graph.StartsWith)
		case g.Some != nil:
			return selective(g.Some.Filter)
		}
		return false
	})
}

// anchored reports whether a normal filter has a part that an index serves, which has the id in it.
func anchored(f *graph.Filter) bool {
	return slices.ContainsFunc(f.Conjuncts(), func(g *graph.Filter) bool { return g.Test != nil && indexed(g.Test) && !g.Test.Fold })
}

// equal is an indexed property that a normal filter demands to have one value.
func equal(f *graph.Filter) *graph.Property {
	for _, g := range f.Conjuncts() {
		if t := g.Test; t != nil && t.Op == graph.Eq && !t.Fold && indexed(t) && t.Ref.Prop.Type != graph.Amount {
			return t.Ref.Prop
		}
	}
	return nil
}

func indexed(t *graph.Test) bool {
	return !t.ID && !t.OnEdge && t.With == nil && t.Ref.Indexed() && t.Op != graph.Contains && t.Op != graph.Mentions && t.Op != graph.IsNull
}
