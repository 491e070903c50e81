package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// woven writes the lines that give what an edge of several strands leads to, with a map for a relationship. Of a span, each strand
// gives no more than the span may need.
func (c *compiler) woven(l *graph.List, from string, p *span) scope {
	s := c.enter(kindsOf(l))
	s.rel = c.fresh("r")
	owner, _, _ := strings.Cut(from, ":")
	if len(l.Edge.Strands) == 0 {
		c.match("("+from+")", all{never})
		c.line("WITH %s AS %s, null AS %s", owner, s.node, s.rel)
		return s
	}
	c.line("CALL (%s) {", owner)
	c.nest(func() {
		for i := range l.Edge.Strands {
			if i > 0 {
				c.line("UNION ALL")
			}
			c.strand(l, &l.Edge.Strands[i], from, s, p)
		}
	})
	c.line("}")
	c.line("WITH DISTINCT %s, %s", s.node, s.rel)
	return s
}

// strand writes the lines of one branch.
func (c *compiler) strand(l *graph.List, st *graph.Strand, from string, s scope, p *span) {
	owner, _, _ := strings.Cut(from, ":")
	at := scope{node: owner, kinds: []*graph.Kind{l.Edge.Owner}}
	conds := c.when(l.When, at)
	for i, h := range st.Hops {
		conds = append(conds, c.when(h.When, at)...)
		to, valid := c.follow(h.Edge, []*graph.Kind{h.To})
		conds = append(append(conds, valid...), c.when(h.Filter, to)...)
		if i == len(st.Hops)-1 {
			conds = append(append(conds, on(to, st.OnEdge)+name(st.At.Prop.Name)+" IS NOT NULL"), c.when(st.At.When, to)...)
		}
		c.match(along(from, h.Edge, to), conds)
		at, from, conds = to, to.node, nil
	}
	kind := c.param(st.Kind)
	c.line("WITH DISTINCT %s AS %s, {%s: %s, %s: %s, key: %s} AS %s", at.node, s.node, graph.EntryAt, on(at, st.OnEdge)+name(st.At.Prop.Name), graph.EntryKind, kind, kind, s.rel)
	if p != nil {
		keys := c.keys(l, s, whole)
		if within := append(c.conds(l.Filter.Normal(), s), c.between(keys, *p)...); len(within) > 0 {
			c.where(within)
		}
		c.line("WITH %s, %s", s.node, s.rel)
		c.take(keys, *p)
	}
	c.line("RETURN %s, %s", s.node, s.rel)
}
