package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A sortKey is one key of a list's order as the statement has it.
type sortKey struct {
	expr string
	desc bool
	null bool // the value may be missing
	none bool // the value is always missing
	lead bool // missing values stand before all others, else behind them
	// first: the key behind it is a further part of the sort key of the same value, which it is missing with, and which that tells.
	first bool
	// after: it is a further part, which is looked at only where the part before it is not missing, and has no guard of its own.
	after bool
}

// keys are the keys of a list's order, the id and, under an edge, the relationship's key behind them. Values that must be
// looked up are looked up by lines that are written here.
func (c *compiler) keys(l *graph.List, s scope, seg graph.Segment) []sortKey {
	var keys []sortKey
	for i := range l.Order {
		if i > 0 {
			seg = graph.Whole
		}
		parts := c.key(&l.Order[i], s, seg)
		if o := &l.Order[i]; l.Edge != nil && l.Edge.Strands != nil && o.OnEdge && o.Prop.When == nil {
			parts[0].null = false // entries have a time and a kind
		}
		keys = append(keys, parts...)
	}
	keys = append(keys, sortKey{expr: s.node + ".id"})
	if l.TellsApart() {
		keys = append(keys, sortKey{expr: s.key(l.Edge)})
	}
	return keys
}

// key is one key of an order, as the parts of its sort key; the first one of a list as it is within a segment.
func (c *compiler) key(o *graph.Order, s scope, seg graph.Segment) []sortKey {
	var values []string
	switch seg {
	case graph.Present:
		values = c.sortColumns(o.Prop, s.node+".")
	case graph.Missing:
		values = slices.Repeat([]string{"null"}, len(c.sortColumns(o.Prop, s.node+".")))
	default:
		values = c.orderValues(o, s)
	}
	parts := make([]sortKey, len(values))
	for i, v := range values {
		parts[i] = sortKey{expr: v, desc: o.Desc, lead: o.First, none: seg == graph.Missing, first: i < len(values)-1, after: i > 0}
	}
	over, by := o.Over()
	parts[0].null = seg == graph.Whole && (over == nil || by != graph.ByCount || over.When != nil || len(o.Path) > 0)
	return parts
}

// orderValues are the parts of the effective value of one key of an order. All but the first have no guard: see sortKey.
func (c *compiler) orderValues(o *graph.Order, s scope) []string {
	var values []string
	var may all
	over, by := o.Over()
	switch {
	case len(o.Path) > 0:
		may, values = c.when(o.When, s), c.pathValues(o, s)
	case over != nil:
		may, values = c.when(over.When, s), []string{c.over(over, by, o.Currency, s)}
	default:
		may, values = c.seen(o.Prop, o.Currency, s, o.OnEdge), c.sortColumns(o.Prop, on(s, o.OnEdge))
	}
	values[0] = given(may, values[0])
	return values
}

// sortColumns are the expressions of a property's sort key.
func (c *compiler) sortColumns(r *graph.Ref, on string) []string {
	if p := r.Prop; p.Type == graph.Enum && (!p.Ranked() || r.At != nil) {
		return []string{c.rank(p, c.property(r, p.Name, on))}
	}
	columns := r.Prop.SortColumns()
	for i, column := range columns {
		columns[i] = c.property(r, column, on)
	}
	return columns
}

// rank is the place of an enumeration's value in the schema.
func (c *compiler) rank(p *graph.Property, value string) string {
	return c.param(places(p)) + "[" + value + "]"
}

// places are those of an enumeration's values in the schema.
func places(p *graph.Property) map[string]any {
	out := map[string]any{}
	for i, v := range p.Values {
		out[v] = int64(i)
	}
	return out
}

// pathValues are the parts of the value that the neighbour at the end of a path has.
func (c *compiler) pathValues(o *graph.Order, s scope) []string {
	rest := *o
	e := o.Path[0]
	rest.Path, rest.When = o.Path[1:], nil
	if near, matched := s.near[e]; matched {
		return c.orderValues(&rest, near)
	}
	var names []string
	c.line("CALL (%s) {", s.node)
	c.nest(func() {
		to, conds := c.follow(e, e.Targets)
		c.match(c.along(s.node, e, to), conds)
		c.one(e, to, to.node)
		// One row whether the neighbour is there or not: collect drops what is missing.
		values := c.orderValues(&rest, to)
		for i, value := range values {
			names = append(names, c.fresh("o"))
			values[i] = fmt.Sprintf("collect(%s)[0] AS %s", value, names[i])
		}
		c.line("RETURN %s", strings.Join(values, ", "))
	})
	c.line("}")
	return names
}

// over is what a set of edges comes to.
func (c *compiler) over(o *graph.Over, by graph.Adding, currency string, s scope) string {
	if k := s.total; k != nil && k.by == by && k.over.Same(o) {
		return k.v
	}
	v, filter := c.fresh("o"), o.Filter.Normal()
	to, conds := c.follow(o.Edge, o.Edge.Targets)
	conds = append(conds, c.conds(filter, to)...)
	if o.Prop == nil && len(conds) == 0 && o.Edge.Rel.Bare && !o.Edge.Out {
		c.line("CALL (%s) {", s.node)
		c.nest(func() { c.line("RETURN %s AS %s", c.number(o.Edge, s.node), v) })
		c.line("}")
		return v
	}
	if o.Prop == nil && len(conds) == 0 {
		return "COUNT { " + c.along(s.node, o.Edge, to) + " }" // the database keeps this count
	}
	c.line("CALL (%s) {", s.node)
	c.nest(func() {
		c.match(c.along(s.node, o.Edge, to), conds)
		if o.Prop == nil {
			c.line("RETURN count(*) AS %s", v)
			return
		}
		value := c.fresh("v")
		c.line("WITH %s AS %s", c.effective(o.Prop, currency, to, o.OnEdge), value)
		if by == graph.BySum {
			c.line("RETURN %s AS %s", folded(by, o.Prop.Prop, value), v)
			return
		}
		c.alone([]string{folded(by, o.Prop.Prop, value) + " AS " + v}, []string{v})
	})
	c.line("}")
	return v
}

// effective is a property's value as far as it may be seen; of an amount in one currency, if one is named.
func (c *compiler) effective(r *graph.Ref, currency string, s scope, onEdge bool) string {
	return given(c.seen(r, currency, s, onEdge), c.property(r, r.Prop.Name, on(s, onEdge)))
}

// seen are the conditions under which a property has its effective value.
func (c *compiler) seen(r *graph.Ref, currency string, s scope, onEdge bool) all {
	var conds all
	if currency != "" {
		conds = all{c.property(r, r.Prop.Currency(), on(s, onEdge)) + " = " + c.param(currency)}
	}
	return append(conds, c.when(r.When, s)...)
}

// on is what a property is of.
func on(s scope, onEdge bool) string {
	if onEdge {
		return s.rel + "."
	}
	return s.node + "."
}

// orderBy writes an ORDER BY. Cypher has missing values last in ascending order and first in descending order; Kith has
// them where a key says, and at the other end in a list that is read backward.
func orderBy(keys []sortKey, backward bool) string {
	var terms []string
	for _, k := range keys {
		if k.none {
			continue
		}
		desc := k.desc != backward
		if last := k.lead == backward; k.null && desc && last {
			terms = append(terms, k.expr+" IS NULL")
		} else if k.null && !desc && !last {
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

// beyond is the condition that a row stands behind a place in the order, or before it; with at, that it may be the place
// itself. The place is a row's sort keys. None: true.
//
// A key that has a value is compared twice, k >= p AND (k > p OR …), so that an index leads to the place.
func (c *compiler) beyond(keys []sortKey, place []any, before, at bool) all {
	if len(keys) == 0 {
		return always(at)
	}
	k, v, n := keys[0], place[0], 1
	if k.first && v == nil {
		n = 2
	}
	rest, outmost := c.beyond(keys[n:], place[n:], before, at), k.lead == before // missing values stand at the end that this goes to
	switch {
	case k.none && v == nil:
		return rest
	case k.none:
		return always(outmost)
	case v == nil && !k.null:
		return always(!outmost)
	case v == nil && outmost:
		return append(all{k.expr + " IS NULL"}, rest...)
	case v == nil && len(rest) == 0:
		return nil
	case v == nil:
		return all{"(" + k.expr + " IS NOT NULL OR " + rest.String() + ")"}
	}
	p, op := c.param(v), ">"
	if k.desc != before {
		op = "<"
	}
	beyond, from := c.ordered(k.expr, op, v, p), c.ordered(k.expr, op+"=", v, p)
	switch {
	case !k.null && len(rest) == 0:
		return all{from}
	case !k.null && rest[0] == never:
		return all{beyond}
	case !k.null && k.first:
		return all{from, cases(beyond, rest.String())}
	case !k.null:
		return all{from, "(" + beyond + " OR " + rest.String() + ")"}
	}
	cond := beyond + " OR " + k.expr + " = " + p
	if len(rest) > 0 {
		cond += " AND " + rest.String()
	}
	if outmost {
		cond += " OR " + k.expr + " IS NULL"
	}
	return all{"(" + cond + ")"}
}

// cases are a condition or, where it is false, another one. The planner would read an index once for each part of an OR on properties that
// are in it side by side, and put all it finds together in no order.
func cases(cond, other string) string {
	return "CASE WHEN " + cond + " THEN true ELSE " + other + " END"
}

func always(yes bool) all {
	if yes {
		return nil
	}
	return all{never}
}

func names(keys []sortKey) string {
	return strings.Join(graph.Map(keys, func(k sortKey) string { return k.expr }), ", ")
}
