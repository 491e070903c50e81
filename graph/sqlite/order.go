package sqlite

import (
	"cmp"
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
	told  string // what the value is, where expr is oldest for one that is missing
}

// keys are the keys of a list's order, the id and, under an edge, the relationship's key behind them.
func (q *query) keys(l *graph.List, s scope, seg graph.Segment) []sortKey {
	keys := make([]sortKey, 0, len(l.Order)+3)
	for i := range l.Order {
		o := &l.Order[i]
		var values []string
		k := sortKey{desc: o.Desc, lead: o.First}
		switch {
		case o.Desc && !o.First && o.Prop != nil && o.Prop.Prop == s.newest && o.Prop.When == nil && len(o.Path) == 0: // NULLs would be last, too, but no index leads behind a place among others
			values, k.told = []string{s.rel + "." + newest}, s.column(s.newest, s.newest.Name, false)
		case i > 0 || seg == graph.Whole:
			over, by := o.Over()
			values, k.null = q.orderValues(o, s), over == nil || by != graph.ByCount || over.When != nil || len(o.Path) > 0
		default:
			values, k.none = q.sortColumns(o.Prop, s, false), seg == graph.Missing
		}
		for j, v := range values {
			k.expr, k.first = v, j < len(values)-1
			if k.none {
				k.expr = "NULL"
			}
			keys = append(keys, k)
			k.null = false
		}
	}
	keys = append(keys, sortKey{expr: s.id})
	if l.TellsApart() {
		keys = append(keys, sortKey{expr: s.key})
	}
	return keys
}

// orderValues are the effective value of one key of an order, as its sort key.
func (q *query) orderValues(o *graph.Order, s scope) []string {
	over, by := o.Over()
	switch {
	case len(o.Path) > 0:
		rest := *o
		rest.Path = o.Path[1:]
		r := q.follow(o.Path[0], s)
		rest.When = nil
		may := q.when(o.When, s)
		return graph.Map(q.orderValues(&rest, r.scope), func(value string) string {
			return given(may, "(SELECT "+value+" FROM "+r.from(value, r.cond)+where(r.cond)+q.first(o.Path[0], r.scope)+")")
		})
	case over != nil:
		value, from := q.set(over, by, o.Currency, s)
		return []string{given(q.when(over.When, s), "(SELECT "+value+from+")")}
	}
	seen := q.seen(o.Prop, o.Currency, s, o.OnEdge)
	return graph.Map(q.sortColumns(o.Prop, s, o.OnEdge), func(column string) string { return given(seen, column) })
}

// sortColumns are the expressions of a property's sort key.
func (q *query) sortColumns(r *graph.Ref, s scope, onEdge bool) []string {
	if p := r.Prop; p.Type == graph.Enum && (!p.Ranked() || r.At != nil) {
		return []string{rank(p, q.column(r, p.Name, s, onEdge))}
	}
	return graph.Map(r.Prop.SortColumns(), func(name string) string { return q.column(r, name, s, onEdge) })
}

// rank is the place of an enumeration's value in the schema. Names of values have letters, digits and underscores only.
func rank(p *graph.Property, value string) string {
	var b strings.Builder
	b.WriteString("CASE " + value)
	for i, v := range p.Values {
		fmt.Fprintf(&b, " WHEN '%s' THEN %d", v, i)
	}
	return b.String() + " END"
}

// first keeps one of the nodes that a to-one edge leads to. There are several only where an edge with history has changed, or of which it
// leads to the main one.
func (q *query) first(e *graph.Edge, s scope) string {
	if e.Single() {
		return ""
	}
	var keys []sortKey
	if e.IsMain() {
		keys = q.ranked(e, s)
	}
	return " " + orderBy(append(keys, sortKey{expr: s.id}, sortKey{expr: s.key}), false) + " LIMIT 1"
}

// ranked are the keys by which the main one of an edge's relationships comes first.
func (q *query) ranked(e *graph.Edge, s scope) (keys []sortKey) {
	for _, o := range e.Ranking() {
		for _, column := range q.sortColumns(o.Prop, s, true) {
			keys = append(keys, sortKey{expr: column, desc: o.Desc, null: true})
		}
	}
	return keys
}

// orderBy writes an ORDER BY with missing values where a key says, and at the other end in a list that is read backward.
func orderBy(keys []sortKey, backward bool) string {
	var terms []string
	for _, k := range keys {
		if k.none {
			continue
		}
		term := k.expr
		if k.desc != backward {
			term += " DESC"
		}
		if k.null && k.lead != backward {
			term += " NULLS FIRST"
		} else if k.null {
			term += " NULLS LAST"
		}
		terms = append(terms, term)
	}
	return " ORDER BY " + strings.Join(terms, ", ")
}

// compare orders keys of rows as orderBy does.
func compare(keys []sortKey, a, b []any, backward bool) int {
	for i, k := range keys {
		c := compareCells(a[i], b[i])
		if one := (a[i] == nil) != (b[i] == nil); one && k.lead || !one && k.desc {
			c = -c
		}
		if backward {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// compareCells orders what the database gives for a value: numbers for truth values, too.
func compareCells(a, b any) int {
	if s, ok := a.(string); ok && b != nil {
		return cmp.Compare(s, b.(string))
	}
	return graph.Compare(a, b)
}

// beyond is the condition that a row stands behind a place in the order, or before it; with at, that it may be the place
// itself. The place is a row's sort keys.
//
// A key that has a value is compared twice, k >= p AND (k > p OR …), so that an index leads to the place.
func (q *query) beyond(keys []sortKey, place []any, before, at bool) string {
	if len(keys) == 0 {
		return always(at)
	}
	k, v, n := keys[0], place[0], 1
	switch {
	case k.first && v == nil:
		n = 2
	case k.told != "" && v == nil:
		v = int64(oldest)
	}
	rest, outmost := q.beyond(keys[n:], place[n:], before, at), k.lead == before // missing values stand at the end that this goes to
	switch {
	case k.none && v == nil:
		return rest
	case k.none:
		return always(outmost)
	case v == nil && !k.null:
		return always(!outmost)
	case v == nil && outmost:
		return and(k.expr+" IS NULL", rest)
	case v == nil && rest == "":
		return ""
	case v == nil:
		return "(" + k.expr + " IS NOT NULL OR " + rest + ")"
	}
	p, op := q.arg(v), " > "
	if k.desc != before {
		op = " < "
	}
	beyond, from := k.expr+op+p, k.expr+op[:2]+"= "+p
	switch {
	case !k.null && rest == "":
		return from
	case !k.null && rest == never:
		return beyond
	case !k.null:
		return from + " AND (" + beyond + " OR " + rest + ")"
	case !outmost:
		return "(" + beyond + " OR " + and(k.expr+" = "+p, rest) + ")"
	}
	return "(" + beyond + " OR " + and(k.expr+" = "+p, rest) + " OR " + k.expr + " IS NULL)"
}

// never is a condition that is true of nothing; one that is true of everything is empty.
const never = "0"

func always(yes bool) string {
	if yes {
		return ""
	}
	return never
}

// segments are the parts of a list that a span reaches into, in the order they are to be read in.
func segments(l *graph.List, p span) []graph.Segment {
	if !leads(l) {
		return []graph.Segment{graph.Whole}
	}
	return l.Segments(p.after, p.before, p.backward)
}

// leads reports whether the index on the first key of an order gives a root's rows in this order. It is of no use where a
// filter leads to few rows by another index.
func leads(l *graph.List) bool { return l.ByIndex() && !selective(l.Filter.Normal()) }

// selective reports whether a normal filter leads to few nodes by an index.
func selective(f *graph.Filter) bool {
	switch {
	case f == nil:
		return false
	case f.And != nil:
		return slices.ContainsFunc(f.And, selective)
	case f.Some != nil:
		return selective(f.Some.Filter)
	case f.Test == nil:
		return false
	}
	t := f.Test
	return t.ID || !t.OnEdge && t.With == nil && t.Ref.Indexed() && (t.Op == graph.Eq || t.Op == graph.In || t.Op == graph.StartsWith)
}

// within is the condition that a node is of a segment.
func (q *query) within(l *graph.List, s scope, seg graph.Segment) string {
	if seg == graph.Whole {
		return ""
	}
	o := &l.Order[0]
	columns := q.sortColumns(o.Prop, s, false)
	value := columns[0]
	seen := q.seen(o.Prop, o.Currency, s, false)
	switch {
	case seg == graph.Present:
		return and(value+" IS NOT NULL", seen)
	case seen == "": // all of it, so that an index has the ids behind it in order
		return strings.Join(columns, " IS NULL AND ") + " IS NULL"
	}
	return "(" + value + " IS NULL OR (" + seen + ") IS NOT TRUE)"
}
