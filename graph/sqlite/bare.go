package sqlite

import (
	"context"
	"fmt"
	"strconv"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Bare relationships have the numbers of their nodes and the instant by which they are newest, so that a row of one, with its place in two
// indexes, takes some sixty bytes. An index has those that lead to a node, the newest last, and the number of the other is that of its row: to
// read one takes two entries.

// newest is the column of the instant, and oldest what it is of a node without one: before all there are.
const (
	newest = "newest"
	oldest = -1 << 62
)

// bare has a table keep bare relationships. The instant is that of the node whatever changes it.
func (t *tableDef) bare(r *graph.Rel) {
	node, at := table(r.Pairs[0][0]), quote(r.Newest.Name)
	fill := fmt.Sprintf("UPDATE %s SET %s = n.%s FROM %s n WHERE n.%s = src AND n.%[3]s IS NOT NULL", quote(t.name), newest, at, node, rowNumber)
	t.keys = []column{{name: "src", def: "INTEGER NOT NULL"}, {name: "dst", def: "INTEGER NOT NULL"},
		{name: newest, def: fmt.Sprintf("INTEGER NOT NULL DEFAULT %d", oldest), fill: fill}}
	t.index("src", "dst")
	t.index("dst", newest, "src")
	t.gone = []string{nameOf(t.name, "src"), nameOf(t.name, "dst", "src")}
	t.trigger = fmt.Sprintf("AFTER UPDATE OF %s ON %s WHEN new.%[1]s IS NOT old.%[1]s BEGIN UPDATE %[3]s SET %[4]s = ifnull(new.%[1]s, %[5]d) WHERE src = new.%[6]s; END",
		at, node, quote(t.name), newest, oldest, rowNumber)
}

// bareEnds are the nodes of keys, as pairs.
func bareEnds(keys []string) [][2]string {
	return graph.Map(keys, func(key string) [2]string {
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
	text := "INSERT INTO " + edgeTable(r) + " (src, dst, " + newest + ") SELECT a." + rowNumber + ", b." + rowNumber + ", ifnull(a." + quote(r.Newest.Name) + ", " + strconv.Itoa(oldest) + ") FROM json_each(?) k CROSS JOIN " +
		table(r.Pairs[0][0]) + " a ON a.id = k.value ->> 0 CROSS JOIN " + table(r.Pairs[0][1]) + " b ON b.id = k.value ->> 1"
	return inChunks(edges, func(part []*write.EdgeChange) error {
		return t.exec(ctx, text, asJSON(bareEnds(graph.Map(part, func(c *write.EdgeChange) string { return graph.BareKey(c.From, c.To) }))))
	})
}

func (t *transaction) deleteBare(ctx context.Context, r *graph.Rel, keys []string) error {
	return inChunks(keys, func(part []string) error {
		return t.exec(ctx, "DELETE FROM "+edgeTable(r)+" WHERE rowid IN (SELECT e.rowid FROM "+bare(r)+")", asJSON(bareEnds(part)))
	})
}
