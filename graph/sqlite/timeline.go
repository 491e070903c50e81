package sqlite

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// woven writes what stands for a relationship's table where an edge has several strands: from each of the nodes that a statement
// gives as value (src) to each node that a strand leads to (dst), at which time and as what. UNION gives each once, and DISTINCT where there is none.
func (q *query) woven(e *graph.Edge, seeds string) string {
	if len(e.Strands) == 0 {
		return "(SELECT NULL AS src, NULL AS dst, NULL AS at, NULL AS kind, NULL AS key WHERE 0)"
	}
	parts := make([]string, len(e.Strands))
	for i := range e.Strands {
		parts[i] = q.strand(e.Owner, &e.Strands[i], seeds)
	}
	if len(parts) == 1 {
		parts[0] = "SELECT DISTINCT" + strings.TrimPrefix(parts[0], "SELECT")
	}
	return "(" + strings.Join(parts, "\n	UNION ") + ")"
}

func (q *query) strand(owner *graph.Kind, st *graph.Strand, seeds string) string {
	s := q.fresh("s")
	at := s + ".value"
	hops := make([]reach, len(st.Hops))
	cond := q.ownerMeets(owner, st.Hops[0].When, at)
	for i, h := range st.Hops {
		if i > 0 {
			cond = and(cond, q.when(h.When, hops[i-1].scope))
		}
		hops[i] = q.reach(h.Edge, []*graph.Kind{h.To}, at)
		cond = and(cond, hops[i].cond, q.when(h.Filter, hops[i].scope))
		at = hops[i].id
	}
	last := hops[len(hops)-1].scope
	time, kind := q.column(&st.At, st.At.Prop.Name, last, st.OnEdge), q.arg(st.Kind)
	cond = and(cond, time+" IS NOT NULL", q.when(st.At.When, last))
	from := "(" + seeds + ") " + s
	for _, h := range hops {
		from += " CROSS JOIN " + h.from(cond, time)
	}
	return "SELECT " + s + ".value AS src, " + last.id + " AS dst, " + time + " AS at, " + kind + " AS kind, " + kind + " AS key FROM " + from + where(cond)
}
