package sqlite

import (
	"context"
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// walked writes what stands for a relationship's table where an edge is walked: from each of the nodes that a statement gives as
// value (src) to each node that the walk comes to (dst), with its depth. A walk up remembers where it was (seen), so that it ends where
// it comes to a node again.
func (q *query) walked(e *graph.Edge, seeds string, steps int) string {
	switch e.Walk {
	case graph.Up:
		return "(WITH RECURSIVE " + q.up(e, seeds, steps) + " SELECT src, dst, depth FROM up WHERE depth > 0 AND NOT again)"
	case graph.Top:
		return "(WITH RECURSIVE " + q.up(e, seeds, steps) + " SELECT src, dst, max(depth) AS depth FROM up GROUP BY src)"
	case graph.Down:
		return "(WITH RECURSIVE " + q.down(e, seeds, steps) + " SELECT src, dst, depth FROM down WHERE depth > 0)"
	}
	tops := "SELECT src AS value, dst AS top FROM (SELECT src, dst, max(depth) FROM up GROUP BY src)"
	return "(WITH RECURSIVE " + q.up(e, seeds, graph.MaxSteps) + ", top AS MATERIALIZED (" + tops + "), " + q.down(e, "SELECT DISTINCT top AS value FROM top", steps) +
		" SELECT top.value AS src, down.dst AS dst, down.depth AS depth FROM top JOIN down ON down.src = top.top)"
}

// up writes the steps from each seed to the main node above it.
func (q *query) up(e *graph.Edge, seeds string, steps int) string {
	r, _ := q.step(e)
	return fmt.Sprintf(`up(src, dst, depth, seen, again) AS (SELECT value, value, 0, ' ' || value || ' ', 0 FROM (%s)
	UNION ALL SELECT up.src, %[2]s.dst, depth + 1, seen || %[2]s.dst || ' ', instr(seen, ' ' || %[2]s.dst || ' ') > 0
	FROM up CROSS JOIN %[3]s ON %[2]s.src = up.dst AND %[2]s.key = %[4]s WHERE NOT again AND depth < %[5]d)`,
		seeds, r.rel, r.edge, q.main(e, "up.dst"), steps)
}

// down writes the steps from each seed to all whose main node it is.
func (q *query) down(e *graph.Edge, seeds string, steps int) string {
	r, n := q.step(e)
	return fmt.Sprintf(`down(src, dst, depth, seen) AS (SELECT value, value, 0, ' ' || value || ' ' FROM (%s)
	UNION ALL SELECT down.src, %[2]s.src, depth + 1, seen || %[2]s.src || ' '
	FROM down CROSS JOIN %[3]s ON %[2]s.dst = down.dst CROSS JOIN %[4]s ON %[5]s.id = %[2]s.src
	WHERE depth < %[6]d AND instr(seen, ' ' || %[2]s.src || ' ') = 0%[7]s AND %[2]s.key = %[8]s)`,
		seeds, r.rel, r.edge, table(e.Owner)+" "+n, n, steps, also(r.cond, q.through(e, n)), q.main(e, r.rel+".src"))
}

// main is the key of the main relationship from a node.
func (q *query) main(e *graph.Edge, below string) string {
	r, n := q.step(e)
	order := append(q.ranked(e, r.scope), sortKey{expr: n + ".id"}, sortKey{expr: r.rel + ".key"})
	return fmt.Sprintf("(SELECT %s.key FROM %s CROSS JOIN %s ON %s.id = %s.dst WHERE %s.src = %s%s %s LIMIT 1)",
		r.rel, r.edge, table(e.Owner)+" "+n, n, r.rel, r.rel, below, also(r.cond, q.through(e, n)), orderBy(order, false))
}

// step is a relationship that is walked, and the alias of the node at one of its ends.
func (q *query) step(e *graph.Edge) (reach, string) {
	r := reach{scope: scope{rel: q.fresh("r")}}
	r.edge = edgeTable(e.Along) + " " + r.rel
	r.cond = q.valid(e, r.rel)
	return r, q.fresh("n")
}

// through is the condition on a node that a walk may go there.
func (q *query) through(e *graph.Edge, n string) string {
	return q.when(e.Through, scope{id: n + ".id", kinds: []*graph.Kind{e.Owner}, nodes: map[*graph.Kind]string{e.Owner: n}})
}

func also(conds ...string) string {
	if cond := and(conds...); cond != "" {
		return " AND " + cond
	}
	return ""
}

// cut asks for each parent whether the walk would go on from its last step.
func (r *reader) cut(ctx context.Context, l *graph.List, parents []string, take func(parent int)) error {
	q := &query{}
	source := q.under()
	further := func(walk graph.Walk) string {
		e := *l.Edge
		e.Walk = walk
		w := q.fresh("r")
		return "EXISTS (SELECT 1 FROM " + q.walked(&e, q.parents, graph.MaxSteps+1) + " " + w + fmt.Sprintf(" WHERE %s.src = %s AND %s.depth > %d)", w, parent, w, graph.MaxSteps)
	}
	cond := further(l.Edge.Walk)
	if l.Edge.Walk == graph.Family {
		cond = "(" + cond + " OR " + further(graph.Up) + ")"
	}
	text := "SELECT p.key FROM " + source + where(and(q.whenOwner(l, parent), cond))
	return r.query(ctx, q, text, 1, call{list: l, parents: parents}, func(v []any) error {
		take(int(v[0].(int64)))
		return nil
	})
}
