package sqlite

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Explain implements graph.Store with SQLite's query plans.
func (s *Store) Explain(ctx context.Context, f *graph.Fetch) ([]graph.Explanation, error) {
	var out []graph.Explanation
	_, err := s.read(ctx, f, func(c *connection, text string, args []any) error {
		e := graph.Explanation{Text: text, Params: map[string]any{}}
		for i, a := range args {
			e.Params[strconv.Itoa(i+1)] = a
		}
		depth := map[any]int{}
		var b strings.Builder
		err := c.query(ctx, "EXPLAIN QUERY PLAN "+text, args, 4, func(v []any) error {
			id, parent, detail := v[0], v[1], fmt.Sprint(v[3])
			depth[id] = depth[parent] + 1
			name, _, _ := strings.Cut(detail, " ")
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", depth[parent]), detail)
			e.Operators = append(e.Operators, graph.Operator{Name: name, Details: detail, Depth: depth[parent]})
			return nil
		})
		e.Plan = b.String()
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
