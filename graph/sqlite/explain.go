package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Explain implements graph.Store with SQLite's query plans.
func (s *Store) Explain(ctx context.Context, f *graph.Fetch) ([]graph.Explanation, error) {
	var out []graph.Explanation
	_, err := s.read(ctx, f, func(r *reader, text string, args []any) error {
		e := graph.Explanation{Text: text, Params: map[string]any{}}
		for i, a := range args {
			e.Params[fmt.Sprint(i+1)] = a
		}
		rows, err := r.conn.conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		depth := map[int]int{}
		var b strings.Builder
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				return err
			}
			depth[id] = depth[parent] + 1
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", depth[parent]), detail)
			e.Operators = append(e.Operators, graph.Operator{Name: strings.Fields(detail)[0], Details: detail, Depth: depth[parent]})
		}
		e.Plan = b.String()
		out = append(out, e)
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
