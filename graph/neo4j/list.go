package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A part writes the lines of a subquery that returns one value under the given name.
type part func(as string)

// parts are what a list is asked for: its rows, whether anything is on the other side of its cursors, and its tallies.
// The decoder takes them in this order.
func (c *compiler) parts(l *graph.List, owner string) []part {
	var out []part
	if l.Rows {
		out = append(out, func(as string) { c.rows(l, owner, as) })
	}
	if l.HasPrevious && l.Page.After != nil {
		out = append(out, func(as string) { c.probe(l, owner, l.Page.After, true, as) })
	}
	if l.HasNext && l.Page.Before != nil {
		out = append(out, func(as string) { c.probe(l, owner, l.Page.Before, false, as) })
	}
	for _, t := range l.Tallies {
		out = append(out, func(as string) { c.tally(l, t, owner, as) })
	}
	return out
}

// enter writes the MATCH of a list's nodes with its conditions, and gives the scope of a row.
func (c *compiler) enter(l *graph.List, owner string, conds func(scope) string) scope {
	s := scope{node: c.fresh("n"), near: map[*graph.Edge]scope{}}
	if l.Edge != nil {
		s.rel = c.fresh("r")
		cond := and(valid(l.Edge, s.rel), c.cond(l.Filter, false, s), conds(s))
		c.line("MATCH %s%s", pattern(owner, l.Edge, s.rel, s.node), where(cond))
		return s
	}
	node := "(" + s.node + ":" + name(l.Nodes[0].Kind.Label) + ")"
	switch {
	case l.IDs != nil && len(l.IDs) == 1:
		c.line("MATCH (%s:%s {id: %s})%s", s.node, name(l.Nodes[0].Kind.Label), c.param(l.IDs[0]), where(c.cond(l.Filter, false, s)))
	case l.IDs != nil:
		c.line("MATCH %s%s", node, where(and(s.node+".id IN "+c.param(l.IDs), c.cond(l.Filter, false, s))))
	case l.External != nil:
		keys := make([]string, len(l.External))
		for i, e := range l.External {
			keys[i] = e.Key()
		}
		c.line("MATCH %s%s", node, where(and(s.node+".key IN "+c.param(keys), c.cond(l.Filter, false, s))))
	default:
		var current []string
		for _, q := range required(l.Filter) {
			if _, matched := s.near[q.Edge]; matched {
				continue
			}
			near := scope{node: c.fresh("n"), rel: c.fresh("r")}
			s.near[q.Edge] = near
			current = append(current, near.node+".id IS NOT NULL", valid(q.Edge, near.rel))
			node += strings.Replace(pattern("", q.Edge, near.rel, near.node), "()", "", 1)
			if len(s.near) == maxNear {
				break
			}
		}
		// Indexes are on a property and the id, and serve only what demands both.
		c.line("MATCH %s%s", node, where(and(s.node+".id IS NOT NULL", and(current...), c.cond(l.Filter, false, s), conds(s))))
	}
	return s
}

// maxNear is one: a path leads on from the node in one direction only.
const maxNear = 1

// required are the to-one neighbours that a filter's top level demands. One is matched along with the node, so that the
// database may start from it; an order by the same neighbour uses it, too.
func required(f *graph.Filter) []*graph.Quantified {
	if f == nil {
		return nil
	}
	if f.Some != nil && f.Some.Edge.One {
		return []*graph.Quantified{f.Some}
	}
	var out []*graph.Quantified
	for _, g := range f.And {
		out = append(out, required(g)...)
	}
	return out
}

// bounds are the conditions of a page's cursors. With present, rows without a value of the first key are none of the
// page's.
func (c *compiler) bounds(l *graph.List, keys []sortKey, present bool) string {
	var conds []string
	if l.Page.After != nil {
		conds = append(conds, c.beyond(keys, l.Page.After, false, present))
	}
	if l.Page.Before != nil {
		conds = append(conds, c.beyond(keys, l.Page.Before, true, present && l.Page.Before[0] != nil))
	}
	return and(conds...)
}

// rows writes the subquery of a list's rows.
func (c *compiler) rows(l *graph.List, owner, as string) {
	if l.Identified() {
		c.collect(l, c.enter(l, owner, none), nil, as)
		return
	}
	if l.Edge != nil && l.Edge.One {
		s := c.enter(l, owner, none)
		c.line("WITH %s ORDER BY %s.id LIMIT 1", s.carried(), s.node)
		c.collect(l, s, nil, as)
		return
	}
	s, keys := c.page(l, owner)
	c.collect(l, s, keys, as)
}

func none(scope) string { return "" }

// carried are the variables of a scope that go on past a WITH.
func (s scope) carried() string {
	if s.rel == "" {
		return s.node
	}
	return s.node + ", " + s.rel
}

// page writes the lines up to the LIMIT. The keys it gives are variables by which the rows are still ordered.
func (c *compiler) page(l *graph.List, owner string) (scope, []sortKey) {
	n := int64(l.Page.Limit)
	if l.HasNext && !l.Page.Backward || l.HasPrevious && l.Page.Backward {
		n++ // one more says that there are more
	}
	limit := c.param(n)
	if leads(l) {
		return c.segments(l, limit)
	}
	own := !slices.ContainsFunc(l.Order, func(o graph.Order) bool { return o.Prop == nil || len(o.Path) > 0 })
	s := c.enter(l, owner, func(s scope) string {
		if !own {
			return ""
		}
		return c.bounds(l, c.keys(l, s), false)
	})
	keys := c.keys(l, s)
	if own {
		keys = c.take(l, s, keys, limit)
		return s, keys
	}
	items := s.carried()
	for i := range keys {
		v := c.fresh("k")
		items += ", " + keys[i].expr + " AS " + v
		keys[i].expr = v
	}
	c.line("WITH %s%s", items, where(c.bounds(l, keys, false)))
	c.line("WITH * %s LIMIT %s", orderBy(keys, l.Page.Backward), limit)
	return s, keys
}

// take writes the WITH that orders and limits, and names the keys so that their values are read once.
func (c *compiler) take(l *graph.List, s scope, keys []sortKey, limit string) []sortKey {
	items, named := s.carried(), slices.Clone(keys)
	for i, k := range keys {
		v := c.fresh("k")
		items += ", " + k.expr + " AS " + v
		named[i].expr = v
	}
	c.line("WITH %s %s LIMIT %s", items, orderBy(named, l.Page.Backward), limit)
	return named
}

// leads reports whether a page of a kind can be read from the index on the first key of its order: the rows that have
// a value there, which the index has in order, and only if they are too few those that have none.
func leads(l *graph.List) bool {
	if l.Edge != nil || len(l.Order) == 0 {
		return false
	}
	o := l.Order[0]
	if o.Prop == nil || len(o.Path) > 0 || o.Prop.When != nil || !o.Prop.Prop.Indexed || o.Prop.Prop.Type == graph.Amount || selective(l.Filter) {
		return false
	}
	if l.Page.After != nil && l.Page.After[0] == nil {
		return false // only rows without a value follow
	}
	// Backward, rows without a value come first, and no index has them; but none precedes a row with a value.
	return !l.Page.Backward || l.Page.Before != nil && l.Page.Before[0] != nil
}

// selective reports whether a filter alone leads to few rows by an index.
func selective(f *graph.Filter) bool {
	switch {
	case f == nil:
		return false
	case f.Test != nil:
		t := f.Test
		return t.ID || t.Ref.Prop.Indexed && (t.Op == graph.Eq || t.Op == graph.In || t.Op == graph.StartsWith)
	case f.Some != nil && f.Some.Edge.One:
		return selective(f.Some.Filter)
	}
	return slices.ContainsFunc(f.And, selective)
}

// segments reads a page that leads.
func (c *compiler) segments(l *graph.List, limit string) (scope, []sortKey) {
	first := func(s scope) string { return s.node + "." + name(l.Order[0].Prop.Prop.Name) }
	present := func(s scope) string {
		return and(first(s)+" IS NOT NULL", c.bounds(l, c.keys(l, s), true))
	}
	if l.Page.Before != nil && l.Page.Before[0] != nil {
		s := c.enter(l, "", present)
		return s, c.take(l, s, c.keys(l, s), limit)
	}
	found, s := c.fresh("s"), scope{}
	c.line("CALL () {")
	c.nest(func() {
		s := c.enter(l, "", present)
		c.take(l, s, c.keys(l, s), limit)
		c.line("RETURN collect(%s) AS %s", s.node, found)
	})
	c.line("}")
	c.line("CALL (%s) {", found)
	c.nest(func() {
		c.line("UNWIND CASE WHEN size(%s) < %s THEN [1] ELSE [] END AS more", found, limit)
		s = c.enter(l, "", func(s scope) string {
			rest := c.keys(l, s)
			cond := first(s) + " IS NULL"
			if l.Page.Before != nil && len(rest) > 1 { // a row without a value, too: the rest of the keys decides
				cond = and(cond, c.beyond(rest[1:], l.Page.Before[1:], true, false))
			}
			return cond
		})
		c.take(l, s, c.keys(l, s), limit)
		c.line("RETURN %s", s.node)
		c.line("UNION ALL")
		c.line("UNWIND %s AS %s", found, s.node)
		c.line("RETURN %s", s.node)
	})
	c.line("}")
	return s, c.take(l, s, c.keys(l, s), limit)
}

// collect writes the lists below each row, and the rows.
func (c *compiler) collect(l *graph.List, s scope, keys []sortKey, as string) {
	below := map[*graph.List][]string{}
	nested := false
	for _, sel := range l.Nodes {
		for _, b := range sel.Lists {
			for _, p := range c.parts(b, s.node) {
				v := c.fresh("l")
				c.line("CALL (%s) {", s.node)
				c.nest(func() { p(v) })
				c.line("}")
				below[b] = append(below[b], v)
				nested = true
			}
		}
	}
	rows := make([]string, len(l.Nodes))
	for i, sel := range l.Nodes {
		cols := []string{fmt.Sprint(i), s.node + ".id"}
		for j := range sel.Props {
			cols = append(cols, c.output(&sel.Props[j], s, false)...)
		}
		for j := range l.Props {
			cols = append(cols, c.output(&l.Props[j], s, true)...)
		}
		if l.Cursors {
			for _, k := range keys {
				cols = append(cols, k.expr)
			}
		}
		for _, b := range sel.Lists {
			cols = append(cols, below[b]...)
		}
		rows[i] = "[" + strings.Join(cols, ", ") + "]"
	}
	row := rows[0]
	if len(rows) > 1 {
		var b strings.Builder
		b.WriteString("CASE")
		for i, r := range rows[:len(rows)-1] {
			fmt.Fprintf(&b, " WHEN %s:%s THEN %s", s.node, name(l.Nodes[i].Kind.Label), r)
		}
		row = b.String() + " ELSE " + rows[len(rows)-1] + " END"
	}
	if nested && len(keys) > 0 {
		v := c.fresh("v")
		c.line("WITH %s AS %s, %s %s", row, v, strings.Join(names(keys), ", "), orderBy(keys, l.Page.Backward))
		row = v
	}
	c.line("RETURN collect(%s) AS %s", row, as)
}

func names(keys []sortKey) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.expr
	}
	return out
}

// output are the columns of a property: two of an amount.
func (c *compiler) output(r *graph.Ref, s scope, onEdge bool) []string {
	cols := []string{c.effective(r, "", s, onEdge)}
	if r.Prop.Type == graph.Amount {
		currency := *r.Prop
		currency.Name, currency.Type = r.Prop.Currency(), graph.String
		cols = append(cols, c.effective(&graph.Ref{Prop: &currency, When: r.When}, "", s, onEdge))
	}
	return cols
}

// probe asks whether a row stands before a place in the order, or behind it, the row of the place itself included.
func (c *compiler) probe(l *graph.List, owner string, at []any, before bool, as string) {
	s := c.enter(l, owner, none)
	keys := c.keys(l, s)
	items := s.node
	same := make([]string, len(keys))
	for i, k := range keys {
		v := c.fresh("k")
		items += ", " + k.expr + " AS " + v
		keys[i].expr = v
		if at[i] == nil {
			same[i] = v + " IS NULL"
		} else {
			same[i] = v + " = " + c.param(at[i])
		}
	}
	c.line("WITH %s WHERE %s OR %s", items, c.beyond(keys, at, before, false), and(same...))
	c.line("WITH %s LIMIT 1", s.node)
	c.line("WITH count(*) AS n")
	c.line("RETURN n > 0 AS %s", as)
}
