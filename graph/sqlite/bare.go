package sqlite

import (
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Bare relationships have the numbers of their nodes, so that a row of one, with its place in two indexes, takes some forty bytes. An index
// has those that lead to a node, and the number of the other is that of its row: to read one takes two entries.

// bareEnds are the nodes of keys, as pairs.
func bareEnds(keys []string) [][2]string {
	return each(keys, func(key string) [2]string {
		from, to := graph.BareEnds(key)
		return [2]string{from, to}
	})
}

// bare is what stands behind FROM for the nodes a and b of pairs, and the bare relationships e between them.
func bare(r *graph.Rel) string {
	return "json_each(?) k CROSS JOIN " + table(r.Pairs[0][0]) + " a ON a.id = k.value ->> 0 CROSS JOIN " + table(r.Pairs[0][1]) + " b ON b.id = k.value ->> 1" +
		" CROSS JOIN " + edgeTable(r) + " e ON e.dst = b." + rowNumber + " AND e.src = a." + rowNumber
}

func (t *transaction) bareEdges(ctx context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	err = t.query(ctx, "SELECT a.id, b.id FROM "+bare(r), []any{asJSON(bareEnds(keys))}, 2, func(ends []any) error {
		from, to := ends[0].(string), ends[1].(string)
		out = append(out, write.Edge{Key: graph.BareKey(from, to), From: from, To: to, Values: graph.Values{}})
		return nil
	})
	return out, err
}

func (t *transaction) insertBare(ctx context.Context, r *graph.Rel, edges []*write.EdgeChange) error {
	text := "INSERT INTO " + edgeTable(r) + " (src, dst) SELECT a." + rowNumber + ", b." + rowNumber + " FROM json_each(?) k CROSS JOIN " +
		table(r.Pairs[0][0]) + " a ON a.id = k.value ->> 0 CROSS JOIN " + table(r.Pairs[0][1]) + " b ON b.id = k.value ->> 1"
	return inChunks(edges, func(part []*write.EdgeChange) error {
		return t.exec(ctx, text, asJSON(bareEnds(each(part, func(c *write.EdgeChange) string { return graph.BareKey(c.From, c.To) }))))
	})
}

func (t *transaction) deleteBare(ctx context.Context, r *graph.Rel, keys []string) error {
	return inChunks(keys, func(part []string) error {
		return t.exec(ctx, "DELETE FROM "+edgeTable(r)+" WHERE rowid IN (SELECT e.rowid FROM "+bare(r)+")", asJSON(bareEnds(part)))
	})
}
