package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

var ctx = context.Background()

const day = int64(86400e6)

// now is the time that fetches are as of.
const now = graph.Time(1500 * day)

// A world is a batch in the making, and gives the words that fetches are written in. Nodes are named by short ids, which
// are unique within their kind.
type world struct {
	cat   *graph.Catalog
	batch *graph.Batch
}

func newWorld(t testing.TB) *world {
	return &world{graphtest.Catalog(t), &graph.Batch{Source: "test"}}
}

// node adds a node. Pairs are names and values of properties.
func (w *world) node(kind, id string, pairs ...any) {
	w.batch.Nodes = append(w.batch.Nodes, graph.Upsert{Kind: w.cat.MustKind(kind), ID: id, Set: values(pairs)})
}

// link adds a relationship between nodes that are written as Kind:id.
func (w *world) link(from, rel, to string, pairs ...any) {
	w.batch.Edges = append(w.batch.Edges, graph.Link{Rel: w.cat.Rel(rel), From: w.ref(from), To: w.ref(to), Set: values(pairs)})
}

func (w *world) ref(s string) graph.NodeRef {
	for _, k := range w.cat.Kinds {
		if n := len(k.Name); len(s) > n+1 && s[:n] == k.Name && s[n] == ':' {
			return graph.NodeRef{Kind: k, External: graph.External{ID: s[n+1:]}}
		}
	}
	panic("no kind in " + s)
}

func values(pairs []any) graph.Values {
	v := graph.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if n, ok := pairs[i+1].(int); ok {
			pairs[i+1] = int64(n)
		}
		v[pairs[i].(string)] = pairs[i+1]
	}
	return v
}

func eur(n int) graph.Money { return graph.Money{Amount: int64(n) * 1e4, Currency: "EUR"} }

// write applies what was added, in batches, and starts anew.
func (w *world) write(t testing.TB, s graph.Store) {
	t.Helper()
	const size = 4000
	b := w.batch
	w.batch = &graph.Batch{Source: b.Source}
	for i := 0; i < len(b.Nodes); i += size {
		_, err := s.Write(ctx, &graph.Batch{Source: b.Source, Nodes: b.Nodes[i:min(i+size, len(b.Nodes))]})
		require.NoError(t, err)
	}
	for i := 0; i < len(b.Edges); i += size {
		_, err := s.Write(ctx, &graph.Batch{Source: b.Source, Edges: b.Edges[i:min(i+size, len(b.Edges))]})
		require.NoError(t, err)
	}
}

// staff is an account with so many people, who are named by number and have a job each.
func (w *world) staff(account string, people int) {
	w.node("Account", account, "name", account)
	for i := range people {
		id := fmt.Sprintf("%s-%04d", account, i)
		w.node("Customer", id, "name", id)
		w.link("Customer:"+id, "WORKS_AT", "Account:"+account, "title", "Clerk")
	}
}

func (w *world) prop(kind, name string) *graph.Property {
	if r := w.cat.Rel(kind); r != nil {
		return r.Property(name)
	}
	return w.cat.MustKind(kind).Property(name)
}

func (w *world) edge(kind, name string) *graph.Edge { return w.cat.MustKind(kind).Edge(name) }

func (w *world) refs(kind string, names ...string) []graph.Ref {
	var refs []graph.Ref
	for _, n := range names {
		refs = append(refs, graph.Ref{Prop: w.prop(kind, n)})
	}
	return refs
}

// sel selects properties of a kind, and lists below it.
func (w *world) sel(kind string, props []string, lists ...*graph.List) *graph.Selection {
	return &graph.Selection{Kind: w.cat.MustKind(kind), Props: w.refs(kind, props...), Lists: lists}
}

// root is a page of a kind's nodes.
func (w *world) root(limit int, sel *graph.Selection, order ...graph.Order) *graph.List {
	return &graph.List{Key: "root", Rows: true, Nodes: []*graph.Selection{sel}, Order: order, Page: graph.Page{Limit: limit}}
}

// external is the node with a short id.
func (w *world) external(id string, sel *graph.Selection) *graph.List {
	return &graph.List{Key: "root", Rows: true, Nodes: []*graph.Selection{sel}, External: []graph.External{{Source: "test", ID: id}}}
}

// along is a page of what an edge leads to.
func (w *world) along(kind, edge string, limit int, sel *graph.Selection, order ...graph.Order) *graph.List {
	return &graph.List{Key: edge, Edge: w.edge(kind, edge), Rows: true, Nodes: []*graph.Selection{sel}, Order: order, Page: graph.Page{Limit: limit}}
}

func (w *world) test(kind, name string, op graph.Op, value any) *graph.Filter {
	return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: w.prop(kind, name)}, OnEdge: w.cat.Rel(kind) != nil, Op: op, Value: value}}
}

func (w *world) some(kind, edge string, f *graph.Filter) *graph.Filter {
	return &graph.Filter{Some: &graph.Quantified{Edge: w.edge(kind, edge), Filter: f}}
}

func (w *world) by(kind, name string) graph.Order {
	return graph.Order{Prop: &graph.Ref{Prop: w.prop(kind, name)}, OnEdge: w.cat.Rel(kind) != nil}
}

func desc(o graph.Order) graph.Order { o.Desc = true; return o }

func and(fs ...*graph.Filter) *graph.Filter { return &graph.Filter{And: fs} }

func where(l *graph.List, f *graph.Filter) *graph.List { l.Filter = f; return l }

func fetch(lists ...*graph.List) *graph.Fetch { return &graph.Fetch{Now: now, Lists: lists} }

// read answers one list.
func read(t testing.TB, s graph.Store, l *graph.List) graph.ListResult {
	t.Helper()
	res, err := s.Read(ctx, fetch(l))
	require.NoError(t, err)
	return res.Lists[0]
}

// names are the first properties of rows.
func names(rows []graph.Row) []any {
	out := []any{}
	for _, r := range rows {
		out = append(out, r.Props[0])
	}
	return out
}

// beside opens a file as somebody else does.
func beside(t testing.TB, file string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	c, err := db.Conn(ctx)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// column gives the texts that a statement answers.
func column(t testing.TB, c *sql.Conn, text string, args ...any) []string {
	t.Helper()
	rows, err := c.QueryContext(ctx, text, args...)
	require.NoError(t, err)
	defer rows.Close()
	out := []string{}
	for rows.Next() {
		var s string
		require.NoError(t, rows.Scan(&s))
		out = append(out, s)
	}
	require.NoError(t, rows.Err())
	return out
}
