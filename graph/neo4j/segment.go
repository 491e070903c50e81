package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// leads reports whether the index on the first key of an order gives a kind's rows in this order. It is of no use where a
// filter leads to few rows by another index.
func leads(l *graph.List) bool { return l.ByIndex() && !selective(l.Filter.Normal()) }

// narrowed is what narrows a kind's nodes down: conditions, and the properties of the index that gives them in order.
type narrowed struct {
	index []string
	conds all
}

// narrow keeps to a segment. Every index has the id in it, and is used only where the text says that there is one.
func (c *compiler) narrow(l *graph.List, s scope, seg graph.Segment) narrowed {
	if l.Edge != nil {
		return narrowed{}
	}
	n := narrowed{conds: all{s.node + ".id IS NOT NULL"}}
	if seg == graph.Whole {
		if f := l.Filter.Normal(); len(l.Order) == 0 && !selective(f) && !anchored(f) && !f.Mentions() {
			n.index = []string{"id"}
		}
		return n
	}
	o := &l.Order[0]
	columns := o.Prop.Prop.SortColumns()
	if seg == graph.Present {
		for _, column := range columns {
			n.index = append(n.index, name(column))
			n.conds = append(n.conds, s.node+"."+name(column)+" IS NOT NULL")
		}
		n.index, n.conds = append(n.index, "id"), append(n.conds, c.seen(o.Prop, o.Currency, s, false)...)
		return n
	}
	n.conds = append(n.conds, c.unseen(o, s.node+"."+name(columns[0]), s))
	return n
}

// unseen is the condition that the first key of an order has no effective value.
func (c *compiler) unseen(o *graph.Order, value string, s scope) string {
	conds := []string{value + " IS NULL"}
	if o.Currency != "" {
		conds = append(conds, c.property(o.Prop, o.Prop.Prop.Currency(), s.node+".")+" <> "+c.param(o.Currency))
	}
	if o.Prop.When != nil {
		conds = append(conds, c.when(&graph.Filter{Fails: o.Prop.When}, s).String())
	}
	if len(conds) == 1 {
		return conds[0]
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

// reach are the conditions of a span's ends on the first key alone, which the index serves. The other keys are looked up
// elsewhere, and compared later.
func (c *compiler) reach(l *graph.List, s scope, p span) all {
	first := c.key(&l.Order[0], s, graph.Present)
	var conds all
	if p.after != nil {
		conds = append(conds, c.beyond(first, p.after, false, true)...)
	}
	if p.before != nil && p.before[0] != nil {
		conds = append(conds, c.beyond(first, p.before, true, true)...)
	}
	return conds
}

// both reads two segments, the second only where the first is too short.
func (c *compiler) both(l *graph.List, p span, segments []graph.Segment) (scope, []sortKey) {
	parts := make([]string, len(segments))
	for i, seg := range segments {
		parts[i] = c.fresh("s")
		sees := strings.Join(parts[:i], ", ")
		c.line("CALL (%s) {", sees)
		c.nest(func() {
			if i > 0 {
				c.line("UNWIND CASE WHEN size(%s) < %s THEN [true] ELSE [] END AS %s", sees, p.limit, c.fresh("more"))
			}
			s, _ := c.read(l, "", p, seg)
			c.line("RETURN collect(%s) AS %s", s.node, parts[i])
		})
		c.line("}")
	}
	s := c.enter([]*graph.Kind{l.Nodes[0].Kind})
	c.line("UNWIND %s AS %s", strings.Join(parts, " + "), s.node)
	if p.any {
		return s, nil
	}
	keys := c.with(l, s, c.keys(l, s, graph.Whole))
	c.take(keys, p)
	return s, keys
}
