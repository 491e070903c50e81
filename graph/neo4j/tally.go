package neo4j

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// tally writes the subquery of a tally: rows of group keys, the count, and for each measure the currency, the count of
// values, their sum, minimum and maximum.
func (c *compiler) tally(l *graph.List, t *graph.Tally, owner, as string) {
	if l.Edge == nil && l.Filter == nil && len(t.By) == 0 && len(t.Measures) == 0 && t.Over == nil && !l.Identified() {
		c.line("MATCH (n:%s)", name(l.Nodes[0].Kind.Label)) // the database keeps this count
		c.line("WITH count(*) AS c")
		c.line("RETURN [[c]] AS %s", as)
		return
	}
	s := c.enter(l, owner, none)
	unit := s
	if t.Over != nil {
		unit = scope{node: c.fresh("n"), rel: c.fresh("r")}
	}
	items := make([]string, 0, 8)
	groups := make([]string, 0, 8)
	add := func(prefix, expr string) string {
		v := c.fresh(prefix)
		items = append(items, expr+" AS "+v)
		return v
	}
	for i := range t.By {
		groups = append(groups, add("g", c.groupKey(&t.By[i], s)))
	}
	if t.Over != nil {
		c.line("MATCH %s%s", pattern(s.node, t.Over, unit.rel, unit.node), where(valid(t.Over, unit.rel)))
	}
	sums := []string{"count(*) AS c"}
	cells := append([]string{}, groups...)
	cells = append(cells, "c")
	for i := range t.Measures {
		m := &t.Measures[i]
		cols := c.output(&m.Ref, unit, m.OnEdge)
		v, currency := add("v", cols[0]), "null"
		if len(cols) > 1 {
			currency = add("g", cols[1])
			groups = append(groups, currency)
		}
		n, lo, hi, sum := c.fresh("n"), c.fresh("lo"), c.fresh("hi"), "null"
		sums = append(sums, fmt.Sprintf("count(%s) AS %s, min(%s) AS %s, max(%s) AS %s", v, n, v, lo, v, hi))
		if m.Ref.Prop.Numeric() {
			sum = c.fresh("sum")
			sums = append(sums, fmt.Sprintf("sum(%s) AS %s", v, sum))
		}
		cells = append(cells, currency, n, sum, lo, hi)
	}
	if len(items) > 0 {
		c.line("WITH %s", strings.Join(items, ", "))
	}
	c.line("WITH %s", strings.Join(append(groups, sums...), ", "))
	c.line("RETURN collect([%s]) AS %s", strings.Join(cells, ", "), as)
}

// groupKey is the value a row is grouped by.
func (c *compiler) groupKey(k *graph.GroupKey, s scope) string {
	if k.Edge != nil {
		v, rel, node := c.fresh("o"), c.fresh("r"), c.fresh("n")
		c.line("CALL (%s) {", s.node)
		c.nest(func() {
			c.line("MATCH %s%s", pattern(s.node, k.Edge, rel, node), where(valid(k.Edge, rel)))
			c.line("RETURN min(%s.id) AS %s", node, v)
		})
		c.line("}")
		return v
	}
	value := c.effective(&k.Ref, "", s, k.OnEdge)
	const day = "86400000000"
	switch k.Cut {
	case graph.ByDay: // towards the past, before 1970, too
		return fmt.Sprintf("(%s) - ((%s) %% %s + %s) %% %s", value, value, day, day, day)
	case graph.ByMonth:
		return truncated("month", value)
	case graph.ByYear:
		return truncated("year", value)
	}
	return value
}

func truncated(unit, value string) string {
	return fmt.Sprintf("datetime.truncate('%s', datetime({epochMillis: ((%s) - ((%s) %% 1000 + 1000) %% 1000) / 1000})).epochMillis * 1000", unit, value, value)
}
