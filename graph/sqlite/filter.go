package sqlite

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	driversqlite "modernc.org/sqlite"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// cond is true of exactly the nodes that a normal filter is true of; elsewhere it is false or unknown, which is the same to
// whatever mentions it. Empty: true of all.
func (q *query) cond(f *graph.Filter, s scope) string {
	switch {
	case f == nil:
		return ""
	case f.And != nil:
		return and(graph.Map(f.And, func(g *graph.Filter) string { return q.cond(g, s) })...)
	case f.Test != nil:
		return q.test(f.Test, false, s)
	case f.Not != nil && f.Not.Test != nil:
		return q.test(f.Not.Test, true, s)
	case f.Not != nil:
		return s.isNot(f.Not.Kind)
	case f.Some != nil:
		return q.some(f.Some, s)
	case f.Every != nil:
		return q.every(f.Every, s)
	case f.Total != nil:
		return and(q.total(f.Total, s), q.when(f.Total.Over.When, s))
	case f.Kind != nil:
		return q.kind(f, s)
	case f.Fails != nil:
		return fails(q.cond(f.Fails, s))
	}
	return q.or(f.Or, s)
}

// fails is true where a condition is not: false or unknown.
func fails(cond string) string {
	if cond == "" { // of a kind that every node here is of
		return never
	}
	return "(" + cond + ") IS NOT TRUE"
}

// when is cond for a filter that need not be normal.
func (q *query) when(f *graph.Filter, s scope) string { return q.cond(f.Normal(), s) }

func (q *query) or(fs []*graph.Filter, s scope) string {
	conds := make([]string, 0, len(fs))
	for _, f := range fs {
		cond := q.cond(f, s)
		if cond == "" { // of a kind that every node here is of
			return ""
		}
		conds = append(conds, cond)
	}
	if len(conds) == 0 {
		return "0"
	}
	return "(" + joined(conds, " OR ") + ")"
}

func (q *query) kind(f *graph.Filter, s scope) string {
	on, possible := s.as(f.Kind)
	if !possible {
		return "0"
	}
	is := ""
	if len(s.kinds) > 1 {
		is = on.id + " IS NOT NULL"
	}
	return and(is, q.cond(f.Of, on))
}

// some: a node reached is one that the filter is true of.
func (q *query) some(f *graph.Quantified, s scope) string {
	r := q.follow(f.Edge, s)
	cond := and(r.cond, q.cond(f.Filter, r.scope))
	return "EXISTS (SELECT 1 FROM " + r.from(cond) + where(cond) + ")"
}

// every: no node reached is one that the filter is not true of. What is unknown is not true.
func (q *query) every(f *graph.Quantified, s scope) string {
	r := q.follow(f.Edge, s)
	below := q.cond(f.Filter, r.scope)
	if below == "" {
		return ""
	}
	cond := and(r.cond, fails(below))
	return "NOT EXISTS (SELECT 1 FROM " + r.from(cond) + where(cond) + ")"
}

// top is cond for the nodes of a root.
func (q *query) top(f *graph.Filter, s scope) string {
	switch {
	case f != nil && f.Some != nil:
		return q.among(f.Some, s)
	case f != nil && f.Total != nil && f.Total.Reaches() && f.Total.Over.Edge.Stored() && !f.Total.Over.Edge.Rel.Bare:
		return q.reaching(f.Total, s)
	case f != nil && f.And != nil:
		return and(graph.Map(f.And, func(g *graph.Filter) string { return q.top(g, s) })...)
	}
	return q.cond(f, s)
}

// among is some for a filter that nodes of a whole kind are searched by: the database may start from what is reached.
func (q *query) among(f *graph.Quantified, s scope) string {
	r := q.reach(f.Edge, f.Edge.Targets, "")
	here, _ := ends(f.Edge, r.rel)
	cond := and(r.cond, q.cond(f.Filter, r.scope))
	if f.Edge.Rel.Bare {
		return s.nodes[f.Edge.Owner] + "." + rowNumber + " IN (SELECT " + here + " FROM " + r.from(cond) + where(cond) + ")"
	}
	return s.id + " IN (SELECT " + here + " FROM " + r.from(cond) + where(cond) + ")"
}

var comparisons = map[graph.Op]string{graph.Eq: " = ", graph.Lt: " < ", graph.Lte: " <= ", graph.Gt: " > ", graph.Gte: " >= "}

// test compares, with the guard beside the comparison, where it keeps no index from being used.
func (q *query) test(t *graph.Test, not bool, s scope) string {
	if t.ID && t.Follows() {
		led := *t
		led.Value = brought(func(c call) any { return c.fetch.Leads.Value(t.Value) })
		return negated(q.compare(&led, s.id), not)
	} else if t.ID {
		return negated(q.compare(t, s.id), not)
	}
	p := t.Ref.Prop
	if p.Type == graph.Versions {
		return and(negated(q.mentioned(t, s), not), q.when(t.Ref.When, s))
	}
	name := p.Name
	if t.Fold || t.Op == graph.Mentions {
		name = p.Folded()
	}
	column, cond := q.column(&t.Ref, name, s, t.OnEdge), ""
	switch {
	case t.With != nil:
		cond = q.fields(t, not, column, s)
	case t.Op == graph.IsNull && not:
		cond = column + " IS NOT NULL"
	case t.Op == graph.IsNull:
		cond = column + " IS NULL"
	case t.Op >= graph.Lt && t.Op <= graph.Gte && (p.Type == graph.Enum || p.Folds()):
		cond = negated(q.sorted(t, q.sortColumns(&t.Ref, s, t.OnEdge)), not)
	case p.Type == graph.Amount:
		cond = q.amount(t, not, column, q.column(&t.Ref, p.Currency(), s, t.OnEdge))
	default:
		cond = negated(q.compare(t, column), not)
		if not && (t.Op == graph.In || t.Op == graph.Includes || t.Op == graph.Tells || t.Op == graph.Mentions) { // of which a missing value is false, not unknown
			cond = and(cond, column+" IS NOT NULL")
		}
	}
	return and(cond, q.when(t.When(), s))
}

// fields compares two properties of one node: amounts as amount does, an instant with a day by its own day.
func (q *query) fields(t *graph.Test, not bool, column string, s scope) string {
	p, o := t.Ref.Prop, t.With.Prop
	with := q.column(t.With, o.Name, s, t.OnEdge)
	switch {
	case p.Type == graph.Instant && o.Type == graph.Day:
		column = cut(column, graph.ByDay, "''")
	case p.Type == graph.Day && o.Type == graph.Instant:
		with = cut(with, graph.ByDay, "''")
	}
	cond := negated(column+comparisons[t.Op]+with, not)
	if p.Type != graph.Amount {
		return cond
	}
	currency, in := q.column(&t.Ref, p.Currency(), s, t.OnEdge), q.column(t.With, o.Currency(), s, t.OnEdge)
	if t.Op == graph.Eq && not {
		return "(" + column + " <> " + with + " OR " + currency + " <> " + in + ")"
	}
	return cond + " AND " + currency + " = " + in
}

func negated(cond string, not bool) string {
	if not {
		return "NOT (" + cond + ")"
	}
	return cond
}

func (q *query) compare(t *graph.Test, column string) string {
	switch t.Op {
	case graph.In:
		return column + " IN (SELECT value FROM json_each(" + q.arg(t.Value) + "))"
	case graph.Includes:
		return "EXISTS (SELECT 1 FROM json_each(" + column + ") WHERE value = " + q.arg(t.Value) + ")"
	case graph.Tells:
		return q.tells(column, t.Value.(*graph.AttributeTest))
	case graph.Mentions:
		return q.mentions(column, t.Value.([]any))
	case graph.Contains:
		return "instr(" + column + ", " + q.arg(t.Value) + ") > 0"
	case graph.StartsWith:
		return q.prefixed(column, t.Value.(string))
	}
	return column + comparisons[t.Op] + q.arg(t.Value)
}

// sorted compares sort keys: by the first part, with an index, and by the last where that is the same.
func (q *query) sorted(t *graph.Test, columns []string) string {
	op, values := comparisons[t.Op], t.Ref.Prop.SortKey(t.Value)
	v := q.arg(values[0])
	if len(columns) == 1 {
		return columns[0] + op + v
	}
	return columns[0] + op[:2] + "= " + v + " AND (" + columns[0] + op[:2] + " " + v + " OR " + columns[1] + op + q.arg(values[1]) + ")"
}

// mentionsFunction is of a key and some loose texts: whether the key, once what may stand between letters is taken out of it, has one of
// them in it. SQL would copy each text for each character that is taken out, and an erasure goes through all texts of the store.
const mentionsFunction = "kith_mentions"

func init() {
	driversqlite.MustRegisterFunction(mentionsFunction, &driversqlite.FunctionImpl{NArgs: -1, Deterministic: true, VolatileArgs: true,
		Scalar: func(_ *driversqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			key, is := args[0].(string)
			if !is {
				return nil, nil
			}
			key = fold.Loosened(key)
			return slices.ContainsFunc(args[1:], func(arg driver.Value) bool {
				text, is := arg.(string)
				return is && strings.Contains(key, text)
			}), nil
		}})
}

// mentions is the condition that a key mentions one of some texts. Most texts are missing, and need no call.
func (q *query) mentions(key string, texts []any) string {
	if len(texts) == 0 {
		return never
	}
	return fmt.Sprintf("(%[2]s IS NOT NULL AND %[1]s(%[2]s, %[3]s))", mentionsFunction, key, joined(graph.Map(texts, func(text any) string { return q.arg(text) }), ", "))
}

// prefixed is a range, which an index serves.
func (q *query) prefixed(column, prefix string) string {
	cond := column + " >= " + q.arg(prefix)
	if end := successor(prefix); end != "" {
		cond += " AND " + column + " < " + q.arg(end)
	}
	return cond
}

// successor is the least text above all that start with the prefix, or empty where there is none.
func successor(prefix string) string {
	for prefix != "" {
		last, n := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-n]
		switch last {
		case utf8.MaxRune:
			continue
		case 0xD7FF: // what follows is no character
			last = 0xDFFF
		}
		return prefix + string(last+1)
	}
	return ""
}

// amount compares amounts: one in another currency is another amount, but neither more nor less.
func (q *query) amount(t *graph.Test, not bool, amount, currency string) string {
	if t.Op == graph.In {
		cond := negated("("+amount+", "+currency+") IN (SELECT value ->> 0, value ->> 1 FROM json_each("+q.arg(graph.Pairs(t.Value.([]any)))+"))", not)
		if not {
			return and(cond, amount+" IS NOT NULL")
		}
		return cond
	}
	m := t.Value.(graph.Money)
	of, in := q.arg(m.Amount), q.arg(m.Currency)
	if t.Op == graph.Eq && not {
		return "(" + amount + " <> " + of + " OR " + currency + " <> " + in + ")"
	}
	return negated(amount+comparisons[t.Op]+of, not) + " AND " + currency + " = " + in
}
