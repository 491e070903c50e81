package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A sortKey is one key of a list's order as the statement has it.
type sortKey struct {
	expr string
	desc bool
	null bool // the value may be missing
}

// keys are the keys of a list's order, the id and, under an edge, the relationship's key behind them. Values that must be
// looked up are looked up by the lines that are returned, which stand before the ORDER BY.
func (c *compiler) keys(l *graph.List, s scope) []sortKey {
	var keys []sortKey
	for i := range l.Order {
		keys = append(keys, sortKey{c.orderValue(&l.Order[i], s), l.Order[i].Desc, true})
	}
	keys = append(keys, sortKey{expr: s.node + ".id"})
	if l.Edge != nil {
		keys = append(keys, sortKey{expr: s.rel + ".key"})
	}
	return keys
}

// orderValue is the effective value of one key of an order.
func (c *compiler) orderValue(o *graph.Order, s scope) string {
	if len(o.Path) > 0 {
		near, matched := s.near[o.Path[0]]
		rest := *o
		rest.Path = o.Path[1:]
		if matched {
			return c.orderValue(&rest, near)
		}
		// One row whether the neighbour is there or not: collect drops what is missing.
		v, rel, node := c.fresh("o"), c.fresh("r"), c.fresh("n")
		c.line("CALL (%s) {", s.node)
		c.nest(func() {
			c.line("MATCH %s%s", pattern(s.node, o.Path[0], rel, node), where(valid(o.Path[0], rel)))
			c.line("WITH %s ORDER BY %s.id LIMIT 1", node, node)
			value := c.orderValue(&rest, scope{node: node})
			c.line("RETURN collect(%s)[0] AS %s", value, v)
		})
		c.line("}")
		return v
	}
	switch {
	case o.Count != nil:
		return c.over(o.Count, "", s)
	case o.Sum != nil:
		return c.over(o.Sum, o.Currency, s)
	}
	return c.effective(o.Prop, o.Currency, s, o.OnEdge)
}

// over counts, or adds up, what an edge leads to.
func (c *compiler) over(o *graph.Over, currency string, s scope) string {
	v, rel, node := c.fresh("o"), c.fresh("r"), c.fresh("n")
	below := scope{node: node, rel: rel}
	c.line("CALL (%s) {", s.node)
	c.nest(func() {
		c.line("MATCH %s%s", pattern(s.node, o.Edge, rel, node), where(and(valid(o.Edge, rel), c.cond(o.Filter, false, below))))
		if o.Prop == nil {
			c.line("RETURN count(*) AS %s", v)
			return
		}
		value := c.effective(o.Prop, currency, below, o.OnEdge)
		c.line("WITH %s AS v", value)
		c.line("RETURN CASE count(v) WHEN 0 THEN null ELSE sum(v) END AS %s", v)
	})
	c.line("}")
	return v
}

// effective is a property's value as far as it may be seen; of an amount in one currency, if one is named.
func (c *compiler) effective(r *graph.Ref, currency string, s scope, onEdge bool) string {
	on := s.node
	if onEdge {
		on = s.rel
	}
	value := on + "." + name(r.Prop.Name)
	var conds []string
	if currency != "" {
		conds = append(conds, on+"."+name(r.Prop.Currency())+" = "+c.param(currency))
	}
	if r.When != nil {
		conds = append(conds, c.cond(r.When, false, s))
	}
	if cond := and(conds...); cond != "" {
		return "CASE WHEN " + cond + " THEN " + value + " END"
	}
	return value
}

// orderBy writes an ORDER BY. Cypher has missing values last in ascending order and first in descending order; Kith has
// them last, and first in a list that is read backward.
func orderBy(keys []sortKey, backward bool) string {
	var terms []string
	for _, k := range keys {
		desc := k.desc != backward
		if k.null && desc && !backward {
			terms = append(terms, k.expr+" IS NULL")
		} else if k.null && !desc && backward {
			terms = append(terms, k.expr+" IS NOT NULL")
		}
		if desc {
			terms = append(terms, k.expr+" DESC")
		} else {
			terms = append(terms, k.expr)
		}
	}
	return "ORDER BY " + strings.Join(terms, ", ")
}

// beyond is the condition that a row stands behind a place in the order, or before it. The place is a row's keys. With
// present the row is known to have a value of the first key, and the condition is one that an index serves.
func (c *compiler) beyond(keys []sortKey, at []any, before, present bool) string {
	k, v := keys[0], at[0]
	rest := "false"
	if len(keys) > 1 {
		rest = c.beyond(keys[1:], at[1:], before, false)
	}
	if v == nil {
		if before { // whatever has a value stands before
			return "(" + k.expr + " IS NOT NULL OR " + rest + ")"
		}
		return k.expr + " IS NULL AND " + rest
	}
	p, op := c.param(v), " > "
	if k.desc != before {
		op = " < "
	}
	beyond := k.expr + op + p
	if present && rest != "false" {
		return k.expr + strings.TrimRight(op, " ") + "= " + p + " AND (" + beyond + " OR " + rest + ")"
	}
	if rest != "false" {
		beyond += " OR " + k.expr + " = " + p + " AND " + rest
	}
	if k.null && !before { // missing values stand behind
		beyond += " OR " + k.expr + " IS NULL"
	}
	return "(" + beyond + ")"
}
