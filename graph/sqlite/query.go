package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A query is a statement in the making: its text refers to arguments by number.
type query struct {
	args []any
	vars int
}

// arg makes a value an argument. Lists go as JSON, so that their length does not change the text.
func (q *query) arg(v any) string {
	switch x := v.(type) {
	case bool:
		v = int64(0)
		if x {
			v = int64(1)
		}
	case []any, []string:
		b, err := json.Marshal(x)
		if err != nil {
			panic(err) // texts and numbers
		}
		v = string(b)
	}
	q.args = append(q.args, v)
	return fmt.Sprintf("?%d", len(q.args))
}

// fresh is an alias that no other part of the statement uses.
func (q *query) fresh(prefix string) string {
	q.vars++
	return fmt.Sprintf("%s%d", prefix, q.vars)
}

// A scope is a node that conditions and values are about, with the relationship it was reached by.
type scope struct {
	id    string                 // expression of the node's id
	node  string                 // alias, empty where nodes of several kinds come
	kinds map[*graph.Kind]string // alias by kind
	rel   string                 // alias, or empty
}

// reach gives the FROM of what an edge leads to from an owner, with its conditions. With an owner the database is held to
// starting there; without, it starts where it likes.
func (q *query) reach(e *graph.Edge, owner string, now graph.Time) (from, cond string, s scope) {
	s = scope{rel: q.fresh("r"), kinds: map[*graph.Kind]string{}}
	here, there := s.rel+".src", s.rel+".dst"
	if !e.Out {
		here, there = there, here
	}
	from = edgeTable(e.Rel) + " " + s.rel
	join := " CROSS JOIN "
	if owner == "" {
		join = " JOIN "
	}
	if e.Union == "" {
		s.node = q.fresh("n")
		s.id, s.kinds[e.Targets[0]] = s.node+".id", s.node
		from += fmt.Sprintf("%s%s %s ON %s.id = %s", join, table(e.Targets[0]), s.node, s.node, there)
	} else {
		s.id = there
		var some []string
		for _, k := range e.Targets {
			n := q.fresh("n")
			s.kinds[k] = n
			from += fmt.Sprintf(" LEFT JOIN %s %s ON %s.id = %s", table(k), n, n, there)
			some = append(some, n+".id IS NOT NULL")
		}
		cond = "(" + strings.Join(some, " OR ") + ")"
	}
	if owner != "" {
		cond = and(here+" = "+owner, cond)
	}
	if e.Current() {
		at := q.arg(int64(now))
		cond = and(cond, fmt.Sprintf(`(%[1]s."from" IS NULL OR %[1]s."from" <= %[2]s) AND (%[1]s."to" IS NULL OR %[2]s < %[1]s."to")`, s.rel, at))
	}
	return from, cond, s
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

// on is the alias that a property is read from.
func (s scope) on(edge bool) string {
	if edge {
		return s.rel
	}
	return s.node
}

// effective is a property's value as far as it may be seen; of an amount in one currency, if one is named.
func (q *query) effective(r *graph.Ref, column, currency string, s scope, onEdge bool, now graph.Time) string {
	on := s.on(onEdge)
	value := on + "." + quote(column)
	var conds []string
	if currency != "" {
		conds = append(conds, on+"."+quote(r.Prop.Currency())+" = "+q.arg(currency))
	}
	if r.When != nil {
		conds = append(conds, q.cond(r.When, false, s, now))
	}
	if cond := and(conds...); cond != "" {
		return "CASE WHEN " + cond + " THEN " + value + " END"
	}
	return value
}

// output are the columns of a property: two of an amount.
func (q *query) output(r *graph.Ref, s scope, onEdge bool, now graph.Time) []string {
	cols := []string{q.effective(r, r.Prop.Name, "", s, onEdge, now)}
	if r.Prop.Type == graph.Amount {
		cols = append(cols, q.effective(r, r.Prop.Currency(), "", s, onEdge, now))
	}
	return cols
}
