package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// counted reports whether a page and the number of all rows are read in one go: where a filter leads to few rows, which must
// all be found to be ordered anyway, or asks what the edges of each come to, which is dear to be asked twice.
func counted(l *graph.List) bool {
	if l.Edge != nil || !l.Rows || l.Identified() || len(l.Tallies) != 1 || l.Page.After != nil || l.Page.Before != nil {
		return false
	}
	f := l.Filter.Normal()
	return l.Tallies[0].Plain() && (selective(f) || len(l.Order) > 0 && (totalled(f) && !leads(l) || narrowedThen(f)))
}

// narrowedThen reports whether an index leads to some of the nodes that a normal filter asks something of edges of. To count them each must
// be asked, while an index on what they are ordered by would lead past many of which the filter is not true.
func narrowedThen(f *graph.Filter) bool {
	conjuncts := f.Conjuncts()
	return slices.ContainsFunc(conjuncts, func(g *graph.Filter) bool {
		return g.Test != nil && !g.Test.Fold && indexed(g.Test) && (g.Test.Op == graph.Eq || g.Test.Op == graph.In)
	}) && slices.ContainsFunc(conjuncts, func(g *graph.Filter) bool { return g.Some != nil || g.Every != nil || g.Total != nil })
}

// totalled reports whether a normal filter demands something of what a set of edges comes to.
func totalled(f *graph.Filter) bool {
	return slices.ContainsFunc(f.Conjuncts(), func(g *graph.Filter) bool { return g.Total != nil })
}

// countedRows writes the subquery of a page's rows and of their number on all pages, which it returns as a list of the two. What rows are
// ordered by is looked up once they are all found, so that the database keeps no more of it than the page takes.
func (c *compiler) countedRows(l *graph.List, from, as string) {
	s := c.source(l, from, func(s scope) narrowed { return c.narrow(l, s, graph.Whole) })
	vars := c.matched(l, s)
	found, row := c.fresh("s"), c.fresh("e")
	if len(vars) == 1 {
		c.line("WITH collect(%s) AS %s", vars[0], found)
	} else {
		c.line("WITH collect([%s]) AS %s", strings.Join(vars, ", "), found)
	}
	rows := c.call(found, func(as string) {
		if len(vars) == 1 {
			c.line("UNWIND %s AS %s", found, vars[0])
		} else {
			items := make([]string, len(vars))
			for i, v := range vars {
				items[i] = fmt.Sprintf("%s[%d] AS %s", row, i, v)
			}
			c.line("UNWIND %s AS %s", found, row)
			c.line("WITH %s", strings.Join(items, ", "))
		}
		keys := c.with(l, s, c.keys(l, s, graph.Whole))
		c.take(keys, span{backward: l.Page.Backward, limit: c.limit(l)})
		c.collect(l, s, keys, true, as)
	})
	c.line("RETURN [%s, size(%s)] AS %s", rows, found, as)
}

// matched are the variables of a row that its order and what is below it are looked up from.
func (c *compiler) matched(l *graph.List, s scope) []string {
	vars := strings.Split(c.carried(l, s), ", ")
	if s.total != nil {
		vars = append(vars, s.total.v)
	}
	for _, o := range l.Order {
		if len(o.Path) == 0 {
			continue
		}
		if near, is := s.near[o.Path[0]]; is && !slices.Contains(vars, near.node) {
			vars = append(vars, near.node)
		}
	}
	return vars
}

// A bound list has its nodes in a variable before its parts are written.
type bound struct {
	sees   string        // the variable
	nodes  string        // expression: a list of the nodes
	rels   bool          // it is a list of pairs: each node with its relationship
	cut    string        // expression: whether the walk would go on
	filter *graph.Filter // what is still to be asked of the nodes, normal
}

// shared reports whether what an edge leads to must be read whole for several parts of a list, which then take it from one set.
func shared(l *graph.List) bool {
	return !l.Edge.Walks() && !l.Edge.One && l.Rows && l.Page.After == nil && l.Page.Before == nil &&
		slices.ContainsFunc(l.Tallies, func(t *graph.Tally) bool { return !kept(l, t) })
}

// kept reports whether the database keeps the number that a tally asks for: that of a node's relationships.
func kept(l *graph.List, t *graph.Tally) bool {
	return l.Edge != nil && l.Edge.Stored() && l.When == nil && l.Filter.Normal() == nil && !l.Edge.Current() && t.Plain()
}

// bindShared writes the subquery of what all parts of a list have in common.
func (c *compiler) bindShared(l *graph.List, from string) {
	set := c.fresh("s")
	b := &bound{sees: set, nodes: set, rels: related(l)}
	c.line("CALL (%s) {", owner(from))
	c.nest(func() {
		s := c.source(l, from, nil)
		if b.rels {
			c.line("RETURN collect([%s, %s]) AS %s", s.node, s.rel, set)
		} else {
			c.line("RETURN collect(%s) AS %s", s.node, set)
		}
	})
	c.line("}")
	c.bound[l] = b
}

// related reports whether a part of a list needs the relationships.
func related(l *graph.List) bool {
	return l.Edge.Strands != nil || l.TellsApart() ||
		slices.ContainsFunc(l.Order, func(o graph.Order) bool { return o.OnEdge }) ||
		slices.ContainsFunc(l.Tallies, func(t *graph.Tally) bool {
			return slices.ContainsFunc(t.By, func(k graph.GroupKey) bool { return k.OnEdge }) ||
				t.Over == nil && slices.ContainsFunc(t.Measures, func(m graph.Measure) bool { return m.OnEdge })
		})
}

// unwind writes the lines that give the nodes of a bound list, with more conditions on them.
func (c *compiler) unwind(b *bound, s scope, more all) scope {
	conds := append(c.conds(b.filter, s), more...)
	if !b.rels {
		c.line("UNWIND %s AS %s", b.nodes, s.node)
		if len(conds) > 0 {
			c.line("WITH %s", s.node)
			c.where(conds)
		}
		return s
	}
	pair := c.fresh("e")
	c.line("UNWIND %s AS %s", b.nodes, pair)
	c.line("WITH %[1]s[0] AS %[2]s, %[1]s[1] AS %[3]s", pair, s.node, s.rel)
	c.where(conds)
	return s
}
