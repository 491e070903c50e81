package sqlite

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// cond is true of exactly the nodes that a filter is true of, or with neg false of. The negation is carried down to the
// tests, so that each can be guarded where it stands: unknown is never true, however it is negated. Empty: true.
func (q *query) cond(f *graph.Filter, neg bool, s scope, now graph.Time) string {
	switch {
	case f == nil:
		return constant(neg)
	case f.Not != nil:
		return q.cond(f.Not, !neg, s, now)
	case f.And != nil:
		return q.junction(f.And, neg, neg, s, now)
	case f.Or != nil:
		return q.junction(f.Or, !neg, neg, s, now)
	case f.Test != nil:
		return q.test(f.Test, neg, s, now)
	case f.Some != nil && !neg:
		return q.exists(f.Some, false, s, now)
	case f.Some != nil: // none: not one of which it is not known to be false
		return q.without(f.Some, true, s, now)
	case f.Every != nil && !neg:
		return q.without(f.Every, false, s, now)
	case f.Every != nil:
		return q.exists(f.Every, true, s, now)
	case f.Kind != nil:
		return q.kind(f, neg, s, now)
	}
	return constant(neg)
}

// constant is true, or with neg false.
func constant(neg bool) string {
	if neg {
		return "0"
	}
	return ""
}

func (q *query) junction(fs []*graph.Filter, or, neg bool, s scope, now graph.Time) string {
	conds := make([]string, 0, len(fs))
	for _, f := range fs {
		cond := q.cond(f, neg, s, now)
		if or && cond == "" {
			return ""
		}
		conds = append(conds, cond)
	}
	if !or {
		return and(conds...)
	}
	if len(conds) == 0 {
		return "0"
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

func (q *query) kind(f *graph.Filter, neg bool, s scope, now graph.Time) string {
	n, possible := s.kinds[f.Kind]
	if !possible {
		return constant(!neg)
	}
	of := q.cond(f.Of, neg, scope{id: n + ".id", node: n, kinds: map[*graph.Kind]string{f.Kind: n}, rel: s.rel}, now)
	if !neg {
		return and(n+".id IS NOT NULL", of)
	}
	if of == "" {
		return ""
	}
	return "(" + n + ".id IS NULL OR " + of + ")"
}

// exists: some node reached is one that the filter, or its negation, is true of.
func (q *query) exists(f *graph.Quantified, neg bool, s scope, now graph.Time) string {
	from, at, below := q.reach(f.Edge, s.id, now)
	return "EXISTS (SELECT 1 FROM " + from + where(and(at, q.cond(f.Filter, neg, below, now))) + ")"
}

// among is exists for a filter that nodes of a whole kind are searched by: the database may start from what is reached.
func (q *query) among(f *graph.Quantified, s scope, now graph.Time) string {
	from, at, below := q.reach(f.Edge, "", now)
	here := below.rel + ".src"
	if !f.Edge.Out {
		here = below.rel + ".dst"
	}
	return s.id + " IN (SELECT " + here + " FROM " + from + where(and(at, q.cond(f.Filter, false, below, now))) + ")"
}

// top is cond for the nodes of a root.
func (q *query) top(f *graph.Filter, s scope, now graph.Time) string {
	switch {
	case f != nil && f.Some != nil:
		return q.among(f.Some, s, now)
	case f != nil && f.And != nil:
		conds := make([]string, len(f.And))
		for i, g := range f.And {
			conds[i] = q.top(g, s, now)
		}
		return and(conds...)
	}
	return q.cond(f, false, s, now)
}

// without: no node reached is one that the filter, or its negation, is not known to be true of.
func (q *query) without(f *graph.Quantified, neg bool, s scope, now graph.Time) string {
	from, at, below := q.reach(f.Edge, s.id, now)
	cond := q.cond(f.Filter, neg, below, now)
	if cond == "" {
		return ""
	}
	return "NOT EXISTS (SELECT 1 FROM " + from + where(and(at, "("+cond+") IS NOT TRUE")) + ")"
}

var comparisons = map[graph.Op]string{graph.Eq: "=", graph.Lt: "<", graph.Lte: "<=", graph.Gt: ">", graph.Gte: ">="}

// test compares, with the guard beside the comparison.
func (q *query) test(t *graph.Test, neg bool, s scope, now graph.Time) string {
	value := s.id
	switch on := s.on(t.OnEdge); {
	case t.ID:
	case t.Fold:
		value = on + "." + quote(t.Ref.Prop.Folded())
	default:
		value = on + "." + quote(t.Ref.Prop.Name)
	}
	var cond string
	switch {
	case t.Op == graph.IsNull && neg:
		cond, neg = value+" IS NOT NULL", false
	case t.Op == graph.IsNull:
		cond = value + " IS NULL"
	case t.Op == graph.In && len(t.Value.([]any)) == 0: // false, but unknown of a missing value, which IN () is not
		cond = value + " <> " + value
	case t.Op == graph.In && !t.ID && t.Ref.Prop.Type == graph.Amount: // each compares two columns
		equal := make([]string, 0, len(t.Value.([]any)))
		for _, v := range t.Value.([]any) {
			one := *t
			one.Op, one.Value = graph.Eq, v
			equal = append(equal, q.amount(&one, false, s.on(t.OnEdge)))
		}
		cond = "(" + strings.Join(equal, " OR ") + ")"
	case t.Op == graph.In:
		cond = value + " IN (SELECT value FROM json_each(" + q.arg(t.Value) + "))"
	case t.Op == graph.Includes:
		cond = value + " IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(" + value + ") WHERE value = " + q.arg(t.Value) + ")"
		if neg {
			cond, neg = value+" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each("+value+") WHERE value = "+q.arg(t.Value)+")", false
		}
	case t.Op == graph.StartsWith: // a range, which an index serves: no text in UTF-8 has a byte as high as FF
		prefix := q.arg(t.Value)
		cond = value + " >= " + prefix + " AND " + value + " < " + prefix + " || CAST(x'ff' AS TEXT)"
	case t.Op == graph.Contains:
		cond = "instr(" + value + ", " + q.arg(t.Value) + ") > 0"
	case !t.ID && t.Ref.Prop.Type == graph.Amount:
		cond, neg = q.amount(t, neg, s.on(t.OnEdge)), false
	default:
		cond = value + " " + comparisons[t.Op] + " " + q.arg(t.Value)
	}
	if neg {
		cond = "NOT (" + cond + ")"
	}
	if t.Ref.When != nil {
		return and(cond, q.cond(t.Ref.When, false, s, now))
	}
	return cond
}

// amount compares amounts: one in another currency is another amount, but neither more nor less.
func (q *query) amount(t *graph.Test, neg bool, on string) string {
	amount, currency := on+"."+quote(t.Ref.Prop.Name), on+"."+quote(t.Ref.Prop.Currency())
	m := t.Value.(graph.Money)
	of, in := q.arg(m.Amount), q.arg(m.Currency)
	switch {
	case t.Op == graph.Eq && neg:
		return "(" + amount + " <> " + of + " OR " + currency + " <> " + in + ")"
	case neg:
		return "NOT (" + amount + " " + comparisons[t.Op] + " " + of + ") AND " + currency + " = " + in
	}
	return amount + " " + comparisons[t.Op] + " " + of + " AND " + currency + " = " + in
}
