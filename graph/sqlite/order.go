package sqlite

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

// keys are the keys of a list's order, the id and, under an edge, the relationship's key behind them.
func (q *query) keys(l *graph.List, s scope, now graph.Time) []sortKey {
	var keys []sortKey
	for i := range l.Order {
		keys = append(keys, sortKey{q.orderValue(&l.Order[i], s, now), l.Order[i].Desc, true})
	}
	keys = append(keys, sortKey{expr: s.id})
	if l.TellsApart() {
		keys = append(keys, sortKey{expr: s.rel + ".key"})
	}
	return keys
}

// orderValue is the effective value of one key of an order.
func (q *query) orderValue(o *graph.Order, s scope, now graph.Time) string {
	if len(o.Path) > 0 {
		rest := *o
		rest.Path = o.Path[1:]
		from, at, below := q.reach(o.Path[0], s.id, now)
		return "(SELECT " + q.orderValue(&rest, below, now) + " FROM " + from + where(at) + " ORDER BY " + below.id + ", " + below.rel + ".key LIMIT 1)"
	}
	over, value := o.Count, ""
	if o.Sum != nil {
		over = o.Sum
	}
	if over == nil {
		return q.effective(o.Prop, o.Prop.Prop.Name, o.Currency, s, o.OnEdge, now)
	}
	from, at, below := q.reach(over.Edge, s.id, now)
	value = "count(*)"
	if o.Sum != nil {
		value = "sum(" + q.effective(over.Prop, over.Prop.Prop.Name, o.Currency, below, over.OnEdge, now) + ")"
	}
	return "(SELECT " + value + " FROM " + from + where(and(at, q.cond(over.Filter, false, below, now))) + ")"
}

// orderBy writes an ORDER BY with missing values last, or first in a list that is read backward.
func orderBy(keys []sortKey, backward bool) string {
	var terms []string
	for _, k := range keys {
		term := k.expr
		if k.desc != backward {
			term += " DESC"
		}
		if k.null && backward {
			term += " NULLS FIRST"
		} else if k.null {
			term += " NULLS LAST"
		}
		terms = append(terms, term)
	}
	return " ORDER BY " + strings.Join(terms, ", ")
}

// beyond is the condition that a row stands behind a place in the order, or before it. The place is a row's keys.
func (q *query) beyond(keys []sortKey, at []any, before bool) string {
	k, v := keys[0], at[0]
	rest := "0"
	if len(keys) > 1 {
		rest = q.beyond(keys[1:], at[1:], before)
	}
	if v == nil {
		if before { // whatever has a value stands before
			return "(" + k.expr + " IS NOT NULL OR " + rest + ")"
		}
		return k.expr + " IS NULL AND " + rest
	}
	p, op := q.arg(v), " > "
	if k.desc != before {
		op = " < "
	}
	if !k.null && rest != "0" { // in a shape that an index serves
		return k.expr + strings.TrimRight(op, " ") + "= " + p + " AND (" + k.expr + op + p + " OR " + rest + ")"
	}
	beyond := k.expr + op + p
	if rest != "0" {
		beyond += " OR " + k.expr + " = " + p + " AND " + rest
	}
	if k.null && !before { // missing values stand behind
		beyond += " OR " + k.expr + " IS NULL"
	}
	return "(" + beyond + ")"
}

// bounds are the conditions of a page's cursors.
func (q *query) bounds(l *graph.List, keys []sortKey) string {
	var after, before string
	if l.Page.After != nil {
		after = q.beyond(keys, l.Page.After, false)
	}
	if l.Page.Before != nil {
		before = q.beyond(keys, l.Page.Before, true)
	}
	return and(after, before)
}
