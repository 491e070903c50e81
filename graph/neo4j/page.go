package neo4j

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A span is the part of a list that is read, from one end on.
type span struct {
	after, before []any // places that the span lies between, as sort keys
	backward      bool
	limit         string // parameter
	any           bool   // whether there is one is all that counts, and a row at the place itself is one
}

// page writes the lines up to the LIMIT of a list's page. The keys it gives are variables that rows are ordered by.
func (c *compiler) page(l *graph.List, from string) (scope, []sortKey) {
	return c.span(l, from, span{after: l.SortKeys(l.Page.After), before: l.SortKeys(l.Page.Before), backward: l.Page.Backward, limit: c.limit(l)})
}

// limit is how many rows of a list's page are read.
func (c *compiler) limit(l *graph.List) string { return c.param(int64(l.Sought())) }

// probe asks whether a row stands before a place in the order, or behind it, the row of the place itself included.
func (c *compiler) probe(l *graph.List, from string, at []any, before bool, as string) {
	p := span{after: l.SortKeys(at), limit: c.param(int64(1)), any: true}
	if before {
		p.after, p.before = nil, p.after
	}
	c.span(l, from, p)
	c.line("RETURN count(*) > 0 AS %s", as)
}

func (c *compiler) span(l *graph.List, from string, p span) (scope, []sortKey) {
	if l.Edge != nil && l.Edge.Strands != nil && c.bound[l] == nil {
		s := c.woven(l, from, func(s scope) all { return c.between(c.keys(l, s, graph.Whole), p) })
		if p.any {
			c.line("WITH %s", s.node)
			c.take(nil, p)
			return s, nil
		}
		keys := c.with(l, s, c.keys(l, s, graph.Whole))
		c.take(keys, p)
		return s, keys
	}
	if l.Edge != nil && c.bound[l] == nil && newestFirst(l) {
		return c.newest(l, from, p)
	}
	if !leads(l) {
		return c.read(l, from, p, graph.Whole)
	}
	segments := l.Segments(p.after, p.before, p.backward)
	switch len(segments) {
	case 0:
		return c.read(l, from, p, graph.Whole)
	case 1:
		return c.read(l, from, p, segments[0])
	}
	return c.both(l, p, segments)
}

// read writes the lines up to the LIMIT of a segment.
func (c *compiler) read(l *graph.List, from string, p span, seg graph.Segment) (scope, []sortKey) {
	own := !slices.ContainsFunc(l.Order, func(o graph.Order) bool { return o.Prop == nil || len(o.Path) > 0 })
	s := c.source(l, from, func(s scope) narrowed {
		n := c.narrow(l, s, seg)
		if own {
			n.conds = append(n.conds, c.between(c.keys(l, s, seg), p)...)
		} else if seg == graph.Present {
			n.conds = append(n.conds, c.reach(l, s, p)...)
		}
		return n
	})
	if own && p.any {
		c.line("WITH %s", s.node)
		c.take(nil, p)
		return s, nil
	}
	keys := c.keys(l, s, seg)
	texts := graph.Map(keys, func(k sortKey) string { return k.expr })
	c.readOnce(s.node, texts, s.was)
	for i := range keys {
		keys[i].expr = texts[i]
	}
	keys = c.with(l, s, keys)
	if bounds := c.between(keys, p); !own && len(bounds) > 0 {
		c.where(bounds)
		c.line("WITH *")
	}
	c.take(keys, p)
	return s, keys
}

// with writes a WITH that names the keys, so that their values are read once.
func (c *compiler) with(l *graph.List, s scope, keys []sortKey) []sortKey {
	items, named := []string{c.carried(l, s)}, slices.Clone(keys)
	for i, k := range keys {
		named[i].expr = c.fresh("k")
		items = append(items, k.expr+" AS "+named[i].expr)
	}
	c.line("WITH %s", strings.Join(items, ", "))
	return c.guarded(c.carried(l, s), named)
}

// guarded writes a WITH that has further parts of sort keys missing where the first is, if that may be.
func (c *compiler) guarded(carried string, keys []sortKey) []sortKey {
	items, named := []string{carried}, slices.Clone(keys)
	for i, k := range keys {
		if k.after && keys[i-1].null {
			named[i].expr = c.fresh("k")
			items = append(items, "CASE WHEN "+keys[i-1].expr+" IS NOT NULL THEN "+k.expr+" END AS "+named[i].expr)
		} else {
			items = append(items, k.expr)
		}
	}
	if slices.Equal(named, keys) {
		return keys
	}
	c.line("WITH %s", strings.Join(items, ", "))
	return named
}

// take orders and limits the rows of the WITH before.
func (c *compiler) take(keys []sortKey, p span) {
	if !p.any {
		c.line("  %s", orderBy(keys, p.backward))
	}
	c.line("  LIMIT %s", p.limit)
}

// between are the conditions of a span's ends.
func (c *compiler) between(keys []sortKey, p span) all {
	var conds all
	if p.after != nil {
		conds = append(conds, c.beyond(keys, p.after, false, p.any)...)
	}
	if p.before != nil {
		conds = append(conds, c.beyond(keys, p.before, true, p.any)...)
	}
	return conds
}
