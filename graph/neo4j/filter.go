package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A scope is a node that conditions and values are about, with the relationship it was reached by.
type scope struct {
	node string // variable
	rel  string // variable, or empty
	// near are variables of to-one neighbours that are matched already.
	near map[*graph.Edge]scope
}

// pattern leads from an owner along an edge. Labels of several kinds are alternatives.
func pattern(owner string, e *graph.Edge, rel, node string) string {
	labels := make([]string, len(e.Targets))
	for i, k := range e.Targets {
		labels[i] = name(k.Label)
	}
	right := "(" + node + ":" + strings.Join(labels, "|") + ")"
	link := "[" + rel + ":" + name(e.Rel.Type) + "]"
	if e.Out {
		return "(" + owner + ")-" + link + "->" + right
	}
	return "(" + owner + ")<-" + link + "-" + right
}

// valid is the condition that a relationship holds now.
func valid(e *graph.Edge, rel string) string {
	if !e.Current() {
		return ""
	}
	return "(" + rel + ".from IS NULL OR " + rel + ".from <= $now) AND (" + rel + ".to IS NULL OR $now < " + rel + ".to)"
}

func and(conds ...string) string {
	kept := conds[:0:0]
	for _, c := range conds {
		if c != "" {
			kept = append(kept, c)
		}
	}
	return strings.Join(kept, " AND ")
}

func where(cond string) string {
	if cond == "" {
		return ""
	}
	return " WHERE " + cond
}

// cond is true of exactly the nodes that a filter is true of, or with neg false of. The negation is carried down to the
// tests, so that each can be guarded where it stands: unknown is never true, however it is negated. Empty: true.
func (c *compiler) cond(f *graph.Filter, neg bool, s scope) string {
	switch {
	case f == nil:
		return constant(neg)
	case f.Not != nil:
		return c.cond(f.Not, !neg, s)
	case f.And != nil:
		return c.junction(f.And, neg, neg, s)
	case f.Or != nil:
		return c.junction(f.Or, !neg, neg, s)
	case f.Test != nil:
		return c.test(f.Test, neg, s)
	case f.Some != nil && !neg:
		return c.exists(f.Some, false, s)
	case f.Some != nil: // none: not one of which it is not known to be false
		return c.without(f.Some, true, s)
	case f.Every != nil && !neg:
		return c.without(f.Every, false, s)
	case f.Every != nil:
		return c.exists(f.Every, true, s)
	case f.Kind != nil:
		is := s.node + ":" + name(f.Kind.Label)
		of := c.cond(f.Of, neg, s)
		if !neg {
			return and(is, of)
		}
		if of == "" {
			return ""
		}
		return "(NOT " + is + " OR " + of + ")"
	}
	return constant(neg)
}

// constant is true, or with neg false.
func constant(neg bool) string {
	if neg {
		return "false"
	}
	return ""
}

func (c *compiler) junction(fs []*graph.Filter, or, neg bool, s scope) string {
	if !or {
		conds := make([]string, len(fs))
		for i, f := range fs {
			conds[i] = c.cond(f, neg, s)
		}
		return and(conds...)
	}
	conds := make([]string, 0, len(fs))
	for _, f := range fs {
		cond := c.cond(f, neg, s)
		if cond == "" {
			return ""
		}
		conds = append(conds, cond)
	}
	if len(conds) == 0 {
		return "false"
	}
	return "(" + strings.Join(conds, " OR ") + ")"
}

// exists: some node reached is one that the filter, or its negation, is true of.
func (c *compiler) exists(q *graph.Quantified, neg bool, s scope) string {
	if near, ok := s.near[q.Edge]; ok {
		return c.cond(q.Filter, neg, near)
	}
	rel, node := c.fresh("r"), c.fresh("n")
	cond := and(valid(q.Edge, rel), c.cond(q.Filter, neg, scope{node: node, rel: rel}))
	return "EXISTS { MATCH " + pattern(s.node, q.Edge, rel, node) + where(cond) + " }"
}

// without: no node reached is one that the filter, or its negation, is not known to be true of.
func (c *compiler) without(q *graph.Quantified, neg bool, s scope) string {
	rel, node := c.fresh("r"), c.fresh("n")
	cond := c.cond(q.Filter, neg, scope{node: node, rel: rel})
	if cond == "" {
		return ""
	}
	if cond == "false" {
		cond = ""
	} else {
		cond = "NOT coalesce(" + cond + ", false)"
	}
	return "NOT EXISTS { MATCH " + pattern(s.node, q.Edge, rel, node) + where(and(valid(q.Edge, rel), cond)) + " }"
}

var comparisons = map[graph.Op]string{
	graph.Eq: "=", graph.Lt: "<", graph.Lte: "<=", graph.Gt: ">", graph.Gte: ">=", graph.In: "IN",
	graph.StartsWith: "STARTS WITH", graph.Contains: "CONTAINS",
}

// test compares, with the guard beside the comparison.
func (c *compiler) test(t *graph.Test, neg bool, s scope) string {
	on := s.node
	if t.OnEdge {
		on = s.rel
	}
	value := on + ".id"
	if !t.ID {
		value = on + "." + name(t.Ref.Prop.Name)
	}
	if t.Fold {
		value = on + "." + name(t.Ref.Prop.Folded())
	}
	var cond string
	switch {
	case t.Op == graph.IsNull && neg:
		cond, neg = value+" IS NOT NULL", false
	case t.Op == graph.IsNull:
		cond = value + " IS NULL"
	case t.Op == graph.In && len(t.Value.([]any)) == 0: // false, but unknown of a missing value, which IN [] is not
		cond = value + " <> " + value
	case t.Op == graph.Includes:
		cond = c.param(t.Value) + " IN " + value
	case !t.ID && t.Ref.Prop.Type == graph.Amount:
		cond = c.amount(t, neg, on)
		neg = false
	default:
		cond = value + " " + comparisons[t.Op] + " " + c.param(t.Value)
	}
	if neg {
		cond = "NOT (" + cond + ")"
	}
	if t.Ref.When != nil {
		return and(cond, c.cond(t.Ref.When, false, s))
	}
	return cond
}

// amount compares amounts: one in another currency is another amount, but neither more nor less.
func (c *compiler) amount(t *graph.Test, neg bool, on string) string {
	amount, currency := on+"."+name(t.Ref.Prop.Name), on+"."+name(t.Ref.Prop.Currency())
	m := t.Value.(graph.Money)
	of, in := c.param(m.Amount), c.param(m.Currency)
	switch {
	case t.Op == graph.Eq && neg:
		return "(" + amount + " <> " + of + " OR " + currency + " <> " + in + ")"
	case neg:
		return "NOT (" + amount + " " + comparisons[t.Op] + " " + of + ") AND " + currency + " = " + in
	}
	return amount + " " + comparisons[t.Op] + " " + of + " AND " + currency + " = " + in
}
