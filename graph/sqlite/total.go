package sqlite

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// total compares what a set of edges comes to.
func (q *query) total(t *graph.Total, s scope) string {
	value, from := q.set(t.Over, t.By, t.Currency, s)
	if t.By == graph.BySum && t.Over.Prop.Prop.Type != graph.Int {
		value, from = saturated, " FROM (SELECT count(v) AS n, sum(v >> 32) AS h, sum(v & 4294967295) AS l FROM (SELECT "+strings.TrimPrefix(value, "sum")+" AS v"+from+"))"
	}
	switch {
	case t.Op == graph.IsNull && t.Not:
		return "(SELECT " + value + from + ") IS NOT NULL"
	case t.Op == graph.IsNull:
		return "(SELECT " + value + from + ") IS NULL"
	case t.Op == graph.In && t.Not: // of nothing it is true that it is not in an empty list
		return "(SELECT x IS NOT NULL AND x NOT IN (SELECT value FROM json_each(" + q.arg(t.Value) + ")) FROM (SELECT " + value + " AS x" + from + "))"
	case t.Op == graph.In:
		return "(SELECT " + value + from + ") IN (SELECT value FROM json_each(" + q.arg(t.Value) + "))"
	}
	return negated("(SELECT "+value+from+")"+comparisons[t.Op]+q.arg(t.Value), t.Not)
}

// reaching is total for one that Reaches: a node is among those that lead to what does. The database may start from these, by an index.
func (q *query) reaching(t *graph.Total, s scope) string {
	o := t.Over
	r := q.reach(o.Edge, o.Edge.Targets, "")
	here, _ := ends(o.Edge, r.rel)
	at := q.column(o.Prop, o.Prop.Prop.Name, r.scope, o.OnEdge) + comparisons[t.Op] + q.arg(t.Value)
	cond := and(r.cond, q.when(o.Filter, r.scope), at, q.seen(o.Prop, "", r.scope, o.OnEdge))
	return and(s.id+" IN (SELECT "+here+" FROM "+r.from(cond)+where(cond)+")", q.when(o.When, s))
}

// saturated is the exact sum of n values, by the sums of their upper and lower halves, or, where that leaves int64, the greatest or the least
// there is.
const saturated = "CASE WHEN n = 0 THEN NULL WHEN h + (l >> 32) > 2147483647 THEN 9223372036854775807 " +
	"WHEN h + (l >> 32) < -2147483648 THEN -9223372036854775807 - 1 ELSE ((h + (l >> 32)) << 32) + (l & 4294967295) END"

// set is what a set of edges comes to, and where that is selected from.
func (q *query) set(o *graph.Over, by graph.Adding, currency string, s scope) (value, from string) {
	r := q.follow(o.Edge, s)
	value = "count(*)"
	if by != graph.ByCount {
		value = folds[by] + "(" + q.effective(o.Prop, o.Prop.Prop.Name, currency, r.scope, o.OnEdge) + ")"
	}
	cond := and(r.cond, q.when(o.Filter, r.scope))
	return value, " FROM " + r.from(value, cond) + where(cond)
}

var folds = map[graph.Adding]string{graph.BySum: "sum", graph.ByLatest: "max", graph.ByEarliest: "min"}
