package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A hierarchy is what lists of one node walk along together. Which relationship is the main one is dear to ask at each step, to plan and
// to run, so that the way up and the way down are walked once each, whatever is asked of them.
type hierarchy struct {
	*graph.List // the first, for what they have in common
	lists       []*graph.List
}

// hierarchies are those that lists below a row walk along.
func hierarchies(lists []*graph.List) []*hierarchy {
	var out []*hierarchy
	for _, l := range lists {
		if !l.Edge.Walks() {
			continue
		}
		i := slices.IndexFunc(out, func(h *hierarchy) bool { return h.shares(l) })
		if i < 0 {
			i, out = len(out), append(out, &hierarchy{List: l})
		}
		out[i].lists = append(out[i].lists, l)
	}
	return out
}

// shares reports whether a list walks along the same. That two times or two conditions are equal by chance does not count: a shape would
// have several texts.
func (h *hierarchy) shares(l *graph.List) bool {
	a, b := h.Edge, l.Edge
	return a.Owner == b.Owner && a.Along == b.Along && a.History == b.History && a.AsOf == b.AsOf && a.Known == b.Known && a.Through == b.Through && h.When == l.When
}

// asks reports whether a list walks so, and whether it wants to know if the walk was cut.
func (h *hierarchy) asks(walks ...graph.Walk) (any, cut bool) {
	for _, l := range h.lists {
		if slices.Contains(walks, l.Edge.Walk) {
			any, cut = true, cut || l.Cut
		}
	}
	return any, cut
}

// bind writes the subqueries that walk a hierarchy from a node, and notes where its lists find their nodes.
func (c *compiler) bind(h *hierarchy, from string) {
	found := map[graph.Walk]*bound{}
	if any, cut := h.asks(graph.Up, graph.Top, graph.Family); any {
		c.bindUp(h, from, cut, found)
	}
	if any, cut := h.asks(graph.Down, graph.Family); any {
		c.bindDown(h, from, cut, found)
	}
	for _, l := range h.lists {
		f := l.Filter
		if w := l.Edge.Walk; w == graph.Up || w == graph.Down || l.When == l.Edge.Through { // else the walk may end where it began
			f = without(f, l.Edge.Through)
		}
		b := *found[l.Edge.Walk]
		b.filter = f.Normal()
		c.bound[l] = &b
	}
}

// without is a filter of what another is true of.
func without(f, known *graph.Filter) *graph.Filter {
	switch {
	case f == known:
		return nil
	case f != nil && f.And != nil:
		return &graph.Filter{And: slices.DeleteFunc(slices.Clone(f.And), func(g *graph.Filter) bool { return g == known })}
	}
	return f
}

// most is how many steps a walk takes: one more says that it was cut.
func most(cut bool) int {
	if cut {
		return graph.MaxSteps + 1
	}
	return graph.MaxSteps
}

// bindUp walks to the top. There is one way, since a node has one main relationship. Where it comes to a node again, it ends. Where the
// edge may not be followed, it is empty.
func (c *compiler) bindUp(h *hierarchy, from string, cut bool, found map[graph.Walk]*bound) {
	way, above := c.fresh("s"), ""
	c.line("CALL (%s) {", owner(from))
	c.nest(func() {
		up, to, n := c.steps(h.Edge, true, 0, most(cut)), c.enter([]*graph.Kind{h.Edge.Owner}), c.fresh("n")
		c.match("("+from+")"+up.path+"("+to.node+")", c.mayFollow(h, from))
		c.line("WITH %s, size(%s) AS %s", to.node, up.rels, n)
		c.line("  ORDER BY %s", n)
		if any, _ := h.asks(graph.Up); !any {
			c.line("RETURN collect(%s) AS %s", to.node, way)
			return
		}
		above = c.fresh("s")
		c.line("WITH collect(%s) AS %s", to.node, way)
		c.line("RETURN %[1]s, CASE WHEN %[1]s[-1] IN %[1]s[..-1] THEN %[1]s[1..-1] ELSE %[1]s[1..%[2]d] END AS %[3]s", way, graph.MaxSteps+1, above)
	})
	c.line("}")
	found[graph.Up], found[graph.Top] = &bound{sees: above, nodes: above}, &bound{sees: way, nodes: way + "[-1..]"}
	if cut {
		found[graph.Top].nodes = fmt.Sprintf("%s[..%d][-1..]", way, graph.MaxSteps+1)
		found[graph.Up].cut = fmt.Sprintf("size(%[1]s) > %[2]d AND NOT %[1]s[-1] IN %[1]s[..-1]", way, graph.MaxSteps+1)
	}
}

// bindDown walks from a node, from the top of its family, or from both at once.
func (c *compiler) bindDown(h *hierarchy, from string, cut bool, found map[graph.Walk]*bound) {
	down, cutDown := h.asks(graph.Down)
	family, cutFamily := h.asks(graph.Family)
	top, sees := found[graph.Top], owner(from)
	if family {
		sees = top.sees
	}
	c.line("CALL (%s) {", sees)
	c.nest(func() {
		start, least, conds, ofFamily := from, 0, all(nil), ""
		switch {
		case down && family:
			start, ofFamily = c.fresh(h.Edge.Owner.Prefix), c.fresh("b")
			c.line("UNWIND [false, true] AS %s", ofFamily)
			c.line("UNWIND CASE WHEN %s THEN %s ELSE %s[..1] END AS %s", ofFamily, top.nodes, top.sees, start)
		case family:
			start = c.fresh(h.Edge.Owner.Prefix)
			c.line("UNWIND %s AS %s", top.nodes, start)
		default:
			conds, least = c.mayFollow(h, from), 1
		}
		steps, to := c.steps(h.Edge, false, least, most(cut)), c.enter([]*graph.Kind{h.Edge.Owner})
		c.match("("+start+")"+steps.path+"("+to.node+")", append(conds, "NOT "+steps.again()))
		var columns []string
		column := func(expr string) string {
			columns = append(columns, expr+" AS "+c.fresh("s"))
			return columns[len(columns)-1][len(expr)+len(" AS "):]
		}
		members := func(conds all, cutHere bool) *bound {
			b := &bound{}
			if cutHere {
				b.cut = column("count(" + given(append(slices.Clone(conds), fmt.Sprintf("size(%s) > %d", steps.rels, graph.MaxSteps)), "true") + ") > 0")
			}
			if cut {
				conds = append(conds, fmt.Sprintf("size(%s) <= %d", steps.rels, graph.MaxSteps))
			}
			b.nodes = column("collect(" + given(conds, to.node) + ")")
			b.sees = b.nodes
			return b
		}
		switch {
		case down && family:
			found[graph.Down] = members(all{"NOT " + ofFamily, "size(" + steps.rels + ") > 0"}, cutDown)
			found[graph.Family] = members(all{ofFamily}, cutFamily)
		case family:
			found[graph.Family] = members(nil, cutFamily)
		default:
			found[graph.Down] = members(nil, cutDown)
		}
		c.line("RETURN %s", strings.Join(columns, ", "))
	})
	c.line("}")
	if cutFamily {
		found[graph.Family].cut = "(" + found[graph.Up].cut + " OR " + found[graph.Family].cut + ")"
	}
}

// mayFollow are the conditions under which a hierarchy may be walked from a node.
func (c *compiler) mayFollow(h *hierarchy, from string) all {
	return c.when(h.When, scope{node: owner(from), kinds: []*graph.Kind{h.Edge.Owner}})
}

// owner is the variable of the pattern of a node.
func owner(from string) string {
	v, _, _ := strings.Cut(from, ":")
	return v
}
