package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// conds are the parts of a normal filter's conjunction: all are true of exactly the nodes that the filter is true of.
func (c *compiler) conds(f *graph.Filter, s scope) all {
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		var out all
		for _, g := range f.And {
			out = append(out, c.conds(g, s)...)
		}
		return out
	case f.Test != nil:
		return c.test(f.Test, false, s)
	case f.Not != nil && f.Not.Test != nil:
		return c.test(f.Not.Test, true, s)
	case f.Not != nil:
		return all{"NOT " + s.node + ":" + name(f.Not.Kind.Label)}
	case f.Some != nil:
		return c.some(f.Some, s)
	case f.Every != nil:
		return c.every(f.Every, s)
	case f.Total != nil:
		return append(c.total(f.Total, s), c.when(f.Total.Over.When, s)...)
	case f.Kind != nil:
		return append(all{s.node + ":" + name(f.Kind.Label)}, c.conds(f.Of, s)...)
	case f.Fails != nil:
		return c.fails(f.Fails, s)
	}
	return all{c.or(f.Or, s)}
}

// sure reports whether a normal filter is never unknown.
func sure(f *graph.Filter) bool {
	unsure := func(g *graph.Filter) bool { return !sure(g) }
	switch {
	case f == nil, f.Some != nil, f.Every != nil, f.Fails != nil:
		return true
	case f.Kind != nil:
		return sure(f.Of)
	case f.Not != nil && f.Not.Kind != nil:
		return true
	case f.Test != nil:
		return f.Test.Op == graph.IsNull && sure(f.Test.When().Normal())
	case f.Total != nil:
		return (f.Total.By == graph.ByCount || f.Total.Op == graph.IsNull) && f.Total.Over.When.Normal() == nil
	case f.Not != nil:
		return sure(f.Not)
	}
	return !slices.ContainsFunc(f.And, unsure) && !slices.ContainsFunc(f.Or, unsure)
}

// fails is true of the nodes that a normal filter is not true of.
//
// A subquery with a subquery in it is planned twice where it stands in coalesce, and so on at each level. There the negation
// goes inwards; around shallow conditions coalesce is cheaper than what the negation would make of them.
func (c *compiler) fails(f *graph.Filter, s scope) all {
	if subqueries(f) > 1 || f != nil && f.Fails != nil {
		return c.conds(f.Failing(), s)
	}
	switch cond := c.conds(f, s); {
	case len(cond) == 0:
		return all{never}
	case len(cond) == 1 && cond[0] == never:
		return nil
	case !sure(f):
		return all{"NOT coalesce(" + cond.String() + ", false)"}
	case len(cond) == 1:
		return all{"NOT " + cond[0]}
	default:
		return all{"NOT (" + cond.String() + ")"}
	}
}

// truth is whether a filter that need not be normal is true of a node, and never unknown.
func (c *compiler) truth(f *graph.Filter, s scope) string {
	switch f = f.Normal().Among(s.kinds); {
	case sure(f):
		return c.conds(f, s).String()
	case subqueries(f) <= 1:
		return "coalesce(" + c.conds(f, s).String() + ", false)"
	}
	return c.known(f, s)
}

// known is truth for a normal filter of many subqueries. These are never unknown.
func (c *compiler) known(f *graph.Filter, s scope) string {
	switch {
	case f.And != nil:
		return c.each(f.And, " AND ", s)
	case len(f.Or) > 0:
		return c.each(f.Or, " OR ", s)
	case f.Kind != nil && f.Of != nil:
		return s.node + ":" + name(f.Kind.Label) + " AND " + c.truth(f.Of, s)
	case f.Test != nil:
		return "coalesce(" + c.comparison(f.Test, false, s).String() + ", false) AND " + c.truth(f.Test.When(), s)
	case f.Not != nil && f.Not.Test != nil:
		return "coalesce(" + c.comparison(f.Not.Test, true, s).String() + ", false) AND " + c.truth(f.Not.Test.When(), s)
	}
	return c.conds(f, s).String()
}

func (c *compiler) each(fs []*graph.Filter, junction string, s scope) string {
	return "(" + strings.Join(graph.Map(fs, func(f *graph.Filter) string { return c.truth(f, s) }), junction) + ")"
}

// subqueries is how many of them stand in one another in what is written for a normal filter.
func subqueries(f *graph.Filter) int {
	switch {
	case f == nil:
		return 0
	case f.And != nil, f.Or != nil:
		most := 0
		for _, g := range slices.Concat(f.And, f.Or) {
			most = max(most, subqueries(g))
		}
		return most
	case f.Some != nil:
		return beyond(f.Some)
	case f.Every != nil:
		return beyond(f.Every)
	case f.Total != nil:
		return beyond(&graph.Quantified{Edge: f.Total.Over.Edge, Filter: f.Total.Over.Filter.Normal()})
	case f.Test != nil:
		return subqueries(f.Test.When().Normal())
	}
	return max(subqueries(f.Not), subqueries(f.Of), subqueries(f.Fails))
}

func beyond(q *graph.Quantified) int {
	below := subqueries(q.Filter)
	if q.Edge.Walks() { // asks at each step which relationship is the main one
		below = max(below, 1, subqueries(q.Edge.Through.Normal())+1)
	}
	return 1 + below
}

// when are the conditions of a filter that need not be normal.
func (c *compiler) when(f *graph.Filter, s scope) all {
	return c.conds(f.Normal().Among(s.kinds), s)
}

// never is a condition that is false. As a literal, Neo4j's planner takes what stands beside it away, and then fails to find
// what an index hint or its own check of the plan refers to.
const never = "$p.never"

func (c *compiler) or(fs []*graph.Filter, s scope) string {
	if len(fs) == 0 {
		return never
	}
	parts := graph.Map(fs, func(f *graph.Filter) string { return c.conds(f, s).String() })
	if c.chosen(fs, s) {
		return "CASE WHEN " + strings.Join(parts, " THEN true WHEN ") + " THEN true ELSE false END"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// chosen reports whether the parts of an OR are written as cases, so that the planner takes them as one. Else it multiplies the parts out
// where they are conjunctions, each subquery as often as there are ways to choose; and a subquery in a subquery is dearer in cases yet. Where
// an index may serve a part they are cases only if no index leads to any: the planner would read a list once for each part, and
// put them together in no order, so that it reads to the end.
func (c *compiler) chosen(fs []*graph.Filter, s scope) bool {
	if s.seek {
		return !slices.ContainsFunc(fs, func(f *graph.Filter) bool { return !ofStanding(f) })
	}
	return slices.ContainsFunc(fs, several) && !slices.ContainsFunc(fs, func(f *graph.Filter) bool { return subqueries(f) > 1 })
}

// several reports whether a normal filter is written as a conjunction.
func several(f *graph.Filter) bool {
	switch {
	case f.And != nil, f.Kind != nil && f.Of != nil:
		return true
	case f.Not != nil && f.Not.Test != nil:
		return several(&graph.Filter{Test: f.Not.Test})
	case f.Test != nil && !f.Test.ID:
		return f.Test.When() != nil || f.Test.Ref.Prop.Type == graph.Amount
	case f.Total != nil:
		return f.Total.Over.When != nil
	}
	return false
}

// ofStanding reports whether a condition is on what the guard alone can name. No index leads to that.
func ofStanding(f *graph.Filter) bool {
	switch {
	case f.And != nil:
		return !slices.ContainsFunc(f.And, func(g *graph.Filter) bool { return !ofStanding(g) })
	case f.Not != nil:
		return ofStanding(f.Not)
	}
	return f.Test != nil && f.Test.Ref.Prop != nil && f.Test.Ref.Prop.Hidden
}

// some: a node reached is one that the filter is true of.
func (c *compiler) some(q *graph.Quantified, s scope) all {
	to, conds := c.follow(q.Edge, q.Edge.Targets)
	return all{exists(c.along(s.node, q.Edge, to), append(conds, c.conds(q.Filter.Among(to.kinds), to)...))}
}

// every: no node reached is one that the filter is not true of. What is unknown is not true.
func (c *compiler) every(q *graph.Quantified, s scope) all {
	f := q.Filter.Among(q.Edge.Targets)
	if f == nil {
		return nil // whatever is reached
	}
	to, conds := c.follow(q.Edge, q.Edge.Targets)
	return all{"NOT " + exists(c.along(s.node, q.Edge, to), append(conds, c.fails(f, to)...))}
}

var comparisons = map[graph.Op]string{
	graph.Eq: "=", graph.Lt: "<", graph.Lte: "<=", graph.Gt: ">", graph.Gte: ">=", graph.In: "IN",
	graph.StartsWith: "STARTS WITH", graph.Contains: "CONTAINS",
}

// test compares, with the guard beside the comparison, where it keeps no index from being used.
func (c *compiler) test(t *graph.Test, not bool, s scope) all {
	if t.ID {
		return all{negated(s.node+".id "+comparisons[t.Op]+" "+c.value(t, 0, t.Value), not)}
	}
	return append(c.comparison(t, not, s), c.when(t.When(), s)...)
}

func (c *compiler) comparison(t *graph.Test, not bool, s scope) all {
	p, on := t.Ref.Prop, s.node+"."
	if t.OnEdge {
		on = s.rel + "."
	}
	if p.Type == graph.Versions {
		return all{negated(c.mentioned(t, on), not)}
	}
	column := c.property(&t.Ref, p.Name, on)
	if t.Fold {
		column = c.property(&t.Ref, p.Folded(), on)
	}
	switch {
	case t.With != nil:
		return c.fields(t, not, column, on)
	case t.Op == graph.IsNull && not:
		return all{column + " IS NOT NULL"}
	case t.Op == graph.IsNull:
		return all{column + " IS NULL"}
	case t.Op == graph.Mentions:
		return c.mentions(t, not, c.property(&t.Ref, p.Folded(), on))
	case t.Op == graph.Includes:
		return all{negated(c.value(t, 0, t.Value)+" IN "+column, not)}
	case t.Op == graph.Tells:
		return all{negated(c.tells(t.Value.(*graph.AttributeTest), column), not)}
	case t.Op >= graph.Lt && t.Op <= graph.Gte && (p.Type == graph.Enum || p.Folds()):
		return c.sorted(t, not, on)
	case p.Type == graph.Amount && t.Op == graph.In:
		return c.in(t, not, column, "["+column+", "+c.property(&t.Ref, p.Currency(), on)+"]", graph.Pairs(t.Value.([]any)))
	case p.Type == graph.Amount:
		return c.amount(t, not, column, c.property(&t.Ref, p.Currency(), on))
	case t.Op == graph.In:
		return c.in(t, not, column, column, t.Value)
	}
	if op := comparisons[t.Op]; op[0] == '<' || op[0] == '>' {
		return all{negated(c.ordered(column, op, t.Value, c.value(t, 0, t.Value)), not)}
	}
	return all{negated(column+" "+comparisons[t.Op]+" "+c.value(t, 0, t.Value), not)}
}

// fields compares two properties of one node: amounts as amount does, an instant with a day by its own day.
func (c *compiler) fields(t *graph.Test, not bool, column, on string) all {
	p, q := t.Ref.Prop, t.With.Prop
	with := c.property(t.With, q.Name, on)
	switch {
	case p.Type == graph.Instant && q.Type == graph.Day:
		column = floor(column, day)
	case p.Type == graph.Day && q.Type == graph.Instant:
		with = floor(with, day)
	}
	cond := negated(column+" "+comparisons[t.Op]+" "+with, not)
	if p.Type != graph.Amount {
		return all{cond}
	}
	currency, in := c.property(&t.Ref, p.Currency(), on), c.property(t.With, q.Currency(), on)
	if t.Op == graph.Eq && not {
		return all{"(" + column + " <> " + with + " OR " + currency + " <> " + in + ")"}
	}
	return all{cond, currency + " = " + in}
}

// sorted compares sort keys: by the first part, with an index, and by the last where that is the same.
func (c *compiler) sorted(t *graph.Test, not bool, on string) all {
	op, columns, values := comparisons[t.Op], c.sortColumns(&t.Ref, on), t.Ref.Prop.SortKey(t.Value)
	v := c.value(t, 0, values[0])
	if len(columns) == 1 {
		return all{negated(columns[0]+" "+op+" "+v, not)}
	}
	conds := all{c.ordered(columns[0], op[:1]+"=", values[0], v),
		cases(c.ordered(columns[0], op[:1], values[0], v), c.ordered(columns[1], op, values[1], c.value(t, 1, values[1])))}
	if not {
		return all{"NOT (" + conds.String() + ")"}
	}
	return conds
}

// in looks for a value in a list. That it is not in an empty list is true of a missing value, too, to Neo4j.
func (c *compiler) in(t *graph.Test, not bool, column, value string, list any) all {
	cond := negated(value+" IN "+c.value(t, 0, list), not)
	if not {
		return all{cond, column + " IS NOT NULL"}
	}
	return all{cond}
}

// mentions looks for texts in another one, once what may stand between letters is taken out of it. That takes long, and an erasure goes
// through all texts of the store: each is read once, and most are missing, or lack a letter of what is looked for.
func (c *compiler) mentions(t *graph.Test, not bool, column string) all {
	texts, _ := t.Value.([]any)
	letters := c.param(graph.Map(texts, func(text any) any { return fold.Letters(text.(string)) }))
	key, each, letter := c.fresh("key"), c.fresh("each"), c.fresh("letter")
	may := fmt.Sprintf("any(%[2]s IN %[3]s WHERE all(%[4]s IN %[2]s WHERE %[1]s CONTAINS %[4]s))", key, each, letters, letter)
	between, loose, text := c.fresh("b"), c.fresh("loose"), c.fresh("text")
	is := fmt.Sprintf("any(%[1]s IN [reduce(t = %[2]s, %[3]s IN %[4]s | replace(t, %[3]s, ''))] WHERE any(%[5]s IN %[6]s WHERE %[1]s CONTAINS %[5]s))",
		loose, key, between, c.param(strings.Split(fold.Between, "")), text, c.value(t, 0, t.Value))
	cond := negated(fmt.Sprintf("any(%[1]s IN [%[2]s] WHERE %[1]s IS NOT NULL AND %[3]s AND %[4]s)", key, column, may, is), not)
	if not {
		return all{cond, column + " IS NOT NULL"}
	}
	return all{cond}
}

// amount compares amounts: one in another currency is another amount, but neither more nor less.
func (c *compiler) amount(t *graph.Test, not bool, amount, currency string) all {
	m := t.Value.(graph.Money)
	of, in := c.value(t, 0, m.Amount), c.value(t, 1, m.Currency)
	if t.Op == graph.Eq && not {
		return all{"(" + amount + " <> " + of + " OR " + currency + " <> " + in + ")"}
	}
	return all{negated(amount+" "+comparisons[t.Op]+" "+of, not), currency + " = " + in}
}

func negated(cond string, not bool) string {
	if not {
		return "NOT " + cond
	}
	return cond
}

// value is a test's value as a parameter, which the parts of a list share.
func (c *compiler) value(t *graph.Test, part int, v any) string {
	switch v {
	case graph.GivenNow:
		return now
	case graph.GivenAsker:
		return asker
	}
	key := value{t, part}
	if p, ok := c.values[key]; ok {
		return p
	}
	p := ""
	if ago, is := v.(graph.Ago); is {
		v = func(f *graph.Fetch) any { return f.Given(ago) }
	}
	if t.Follows() {
		v = func(f *graph.Fetch) any { return f.Leads.Value(t.Value) }
	}
	if t.Op == graph.In {
		p = c.list(v)
	} else {
		p = c.param(v)
	}
	if c.values != nil {
		c.values[key] = p
	}
	return p
}
