package neo4j_test

import (
	"context"
	"runtime"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

var ctx = context.Background()

// now is the time that fetches are as of.
const now = graph.Time(1500 * day)

const day = int64(86400e6)

// opened is a ready store on an empty database, and a world to fill it with.
func opened(t testing.TB) (*neo4j.Store, *world) {
	t.Helper()
	w := newWorld(t)
	run(t, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", nil)
	s, err := neo4j.Open(ctx, neo4jdev.Start(t), w.cat, neo4j.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Ready(ctx))
	return s, w
}

// run sends a statement as the driver does by itself.
func run(t testing.TB, text string, params map[string]any) []*driver.Record {
	t.Helper()
	return runAt(t, address(t), text, params)
}

// runAt is run of another server.
func runAt(t testing.TB, addr, text string, params map[string]any) []*driver.Record {
	t.Helper()
	d, err := driver.NewDriverWithContext(addr, driver.NoAuth())
	require.NoError(t, err)
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{})
	defer session.Close(ctx)
	res, err := session.Run(ctx, text, params)
	require.NoError(t, err)
	records, err := res.Collect(ctx)
	require.NoError(t, err)
	return records
}

// of gives the words that fetches are written in.
type of struct{ *world }

func (o of) prop(kind, name string) *graph.Property {
	if r := o.cat.Rel(kind); r != nil {
		return r.Property(name)
	}
	return o.cat.MustKind(kind).Property(name)
}

func (o of) edge(kind, name string) *graph.Edge { return o.cat.MustKind(kind).Edge(name) }

func (o of) refs(kind string, names ...string) []graph.Ref {
	var refs []graph.Ref
	for _, n := range names {
		refs = append(refs, graph.Ref{Prop: o.prop(kind, n)})
	}
	return refs
}

// sel selects properties of a kind, and lists below it.
func (o of) sel(kind string, props []string, lists ...*graph.List) *graph.Selection {
	return &graph.Selection{Kind: o.cat.MustKind(kind), Props: o.refs(kind, props...), Lists: lists}
}

// root is a list of a kind's nodes.
func (o of) root(limit int, sel *graph.Selection) *graph.List {
	return &graph.List{Key: "root", Rows: true, Nodes: []*graph.Selection{sel}, Page: graph.Page{Limit: limit}}
}

// along is a list of what an edge leads to.
func (o of) along(kind, edge string, limit int, sels ...*graph.Selection) *graph.List {
	return &graph.List{Key: edge, Edge: o.edge(kind, edge), Rows: true, Nodes: sels, Page: graph.Page{Limit: limit}}
}

func (o of) test(kind, name string, op graph.Op, value any) *graph.Filter {
	return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: o.prop(kind, name)}, OnEdge: o.cat.Rel(kind) != nil, Op: op, Value: value}}
}

func (o of) some(kind, edge string, f *graph.Filter) *graph.Filter {
	return &graph.Filter{Some: &graph.Quantified{Edge: o.edge(kind, edge), Filter: f}}
}

func (o of) by(kind, name string) graph.Order {
	return graph.Order{Prop: &graph.Ref{Prop: o.prop(kind, name)}, OnEdge: o.cat.Rel(kind) != nil}
}

func desc(o graph.Order) graph.Order { o.Desc = true; return o }

func in(currency string, o graph.Order) graph.Order { o.Currency = currency; return o }

func path(o graph.Order, edges ...*graph.Edge) graph.Order { o.Path = edges; return o }

func and(fs ...*graph.Filter) *graph.Filter { return &graph.Filter{And: fs} }

func not(f *graph.Filter) *graph.Filter { return &graph.Filter{Not: f} }

func fetch(lists ...*graph.List) *graph.Fetch { return &graph.Fetch{Now: now, Lists: lists} }

// address is that of the database that tests use.
func address(t testing.TB) string { return neo4jdev.Start(t) }

// noting has statements of reads, one after the other, noted.
func noting(of *[]graph.StatementRun) context.Context {
	return graph.OnStatement(ctx, func(_ context.Context, st graph.StatementRun) { *of = append(*of, st) })
}

func TestProcessorsAreTheDatabases(t *testing.T) {
	s, _ := opened(t)
	n, err := s.Processors(ctx)
	require.NoError(t, err)
	assert.Equal(t, runtime.NumCPU(), n, "it runs here")
}
