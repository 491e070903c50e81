package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// total compares what a set of edges comes to. None of its subqueries adds up by itself: where a row is asked for it, it stands within what
// collects rows, and there Neo4j takes no aggregate within another.
func (c *compiler) total(t *graph.Total, s scope) all {
	to, conds := c.follow(t.Over.Edge, t.Over.Edge.Targets)
	conds = append(conds, c.conds(t.Over.Filter.Normal().Among(to.kinds), to)...)
	match := c.along(s.node, t.Over.Edge, to)
	if t.By == graph.ByCount {
		switch {
		case t.Op == graph.IsNull && t.Not: // a count is never missing
			return nil
		case t.Op == graph.IsNull:
			return all{never}
		case len(conds) > 0:
			match = "MATCH " + match + " WHERE " + conds.String()
		}
		return all{c.compared(t, "COUNT { "+match+" }")}
	}
	value := c.effective(t.Over.Prop, t.Currency, to, t.Over.OnEdge)
	if t.Op == graph.IsNull {
		return all{negated(exists(match, append(conds, value+" IS NOT NULL")), !t.Not)}
	}
	if t.Reaches() { // one is enough, which takes no order
		return all{exists(match, append(conds, c.compared(t, value)))}
	}
	if match = "MATCH " + match; len(conds) > 0 {
		match += " WHERE " + conds.String()
	}
	v, x := c.fresh("v"), c.fresh("x")
	values := match + " WITH " + value + " AS " + v + " WHERE " + v + " IS NOT NULL RETURN " + v
	switch t.By {
	case graph.BySum:
		values = c.saturated("COLLECT { " + values + " }")
	case graph.ByLatest:
		values = "COLLECT { " + values + " ORDER BY " + v + " DESC LIMIT 1 }"
	default:
		values = "COLLECT { " + values + " ORDER BY " + v + " LIMIT 1 }"
	}
	return all{"any(" + x + " IN " + values + " WHERE " + c.compared(t, x) + ")"}
}

// saturated is a list of the exact sum of a list, or, where that leaves int64, of the greatest or the least number there is; of nothing if
// the list is empty.
func (c *compiler) saturated(list string) string {
	s, n, v := c.fresh("s"), c.fresh("n"), c.fresh("v")
	for _, step := range []string{ // sums of the upper and the lower halves; the lower one's own lower half; and both as halves of a number
		"[$s IN [$list] WHERE size($s) > 0 | [reduce($n = 0, $v IN $s | $n + $v / $half), reduce($n = 0, $v IN $s | $n + $v % $half)]]",
		"[$s IN $list | [$s[0], $s[1], ($s[1] % $half + $half) % $half]]",
		"[$s IN $list | [$s[0] + ($s[1] - $s[2]) / $half, $s[2]]]",
		"[$s IN $list | CASE WHEN $s[0] > 2147483647 THEN 9223372036854775807 WHEN $s[0] < -2147483648 THEN -9223372036854775808 ELSE $s[0] * $half + $s[1] END]",
	} {
		list = strings.NewReplacer("$list", list, "$s", s, "$n", n, "$v", v, "$half", "4294967296").Replace(step)
	}
	return list
}

// alone returns minima or maxima, under their names, as the columns of the one row of a subquery. With nothing counted beside it, Neo4j reads it off the end of an index, under
// a step (Optional) that takes properties of the outer row for missing where no value is found.
func (c *compiler) alone(values, names []string) {
	c.line("WITH %s, count(*) AS %s", strings.Join(values, ", "), c.fresh("n"))
	c.line("RETURN %s", strings.Join(names, ", "))
}

// folded is what values come to; missing where there are none.
func folded(by graph.Adding, p *graph.Property, v string) string {
	switch by {
	case graph.ByLatest:
		return "max(" + v + ")"
	case graph.ByEarliest:
		return "min(" + v + ")"
	}
	return "CASE count(" + v + ") WHEN 0 THEN null ELSE " + added(p, v) + " END"
}

func (c *compiler) compared(t *graph.Total, x string) string {
	if t.Op == graph.In {
		return negated(x+" IN "+c.list(t.Value), t.Not)
	}
	v := t.Value
	if ago, is := v.(graph.Ago); is {
		v = func(f *graph.Fetch) any { return f.Given(ago) }
	}
	return negated(x+" "+comparisons[t.Op]+" "+c.param(v), t.Not)
}
