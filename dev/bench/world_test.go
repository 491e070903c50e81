package bench_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/dev/bench"
	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
)

// fixture is the small world, on Neo4j.
type fixture struct {
	cat    *graph.Catalog
	schema *ast.Schema
	world  *bench.World
	addr   string
	store  *neo4j.Store

	customer string // who asks, for SELF
}

var (
	loaded sync.Once
	shared *fixture
)

// small gives the tests of this process one world, which none of them changes.
func small(t *testing.T) *fixture {
	t.Helper()
	addr := neo4jdev.StartForAll(t)
	loaded.Do(func() { shared = load(t, addr) })
	require.NotNil(t, shared, "the world could not be loaded")
	return shared
}

func load(t *testing.T, addr string) *fixture {
	ctx := context.Background()
	f := &fixture{addr: addr, world: bench.New(bench.Gates)}
	var err error
	f.cat, f.schema = graphtest.Catalog(t), graphtest.Schema(t)
	run(t, addr, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS")
	f.store, err = neo4j.Open(ctx, addr, f.cat, neo4j.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	require.NoError(t, err)
	l, err := bench.Load(ctx, f.store, f.cat, f.world, func(bench.Loading) {})
	require.NoError(t, err)
	t.Logf("Neo4j: %d nodes and %d edges in %v, %.0f a second", l.Nodes, l.Edges, l.Took.Round(time.Millisecond), l.Rate())
	// Plans are to rest on this world, not on what other tests had here.
	run(t, addr, "CALL db.awaitIndexes(300)", "CALL db.resampleOutdatedIndexes()", "CALL db.clearQueryCaches()")
	return f
}

func run(t *testing.T, addr string, statements ...string) {
	t.Helper()
	ctx := context.Background()
	d, err := driver.NewDriverWithContext(addr, driver.NoAuth())
	require.NoError(t, err)
	defer d.Close(ctx)
	s := d.NewSession(ctx, driver.SessionConfig{})
	defer s.Close(ctx)
	for _, text := range statements {
		res, err := s.Run(ctx, text, nil)
		if err == nil {
			_, err = res.Consume(ctx)
		}
		require.NoError(t, err, text)
	}
}

// onSQLite is the same world in a file.
func onSQLite(t *testing.T, f *fixture) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "world.db"), f.cat, sqlite.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	l, err := bench.Load(context.Background(), s, f.cat, f.world, func(bench.Loading) {})
	require.NoError(t, err)
	t.Logf("SQLite: %d nodes and %d edges in %v, %.0f a second", l.Nodes, l.Edges, l.Took.Round(time.Millisecond), l.Rate())
	return s
}

func TestEqualSizesGiveEqualWorlds(t *testing.T) {
	cat := graphtest.Catalog(t)
	assert.Equal(t, bench.New(bench.Gates).Stamp(cat), bench.New(bench.Gates).Stamp(cat))
	assert.NotEqual(t, bench.New(bench.Gates).Stamp(cat), bench.New(bench.Full).Stamp(cat))
	nodes := 0
	for b := range bench.New(bench.Gates).Batches(cat) {
		nodes += len(b.Nodes)
	}
	assert.Greater(t, nodes, 5_000)
}

func TestAWorldIsLoadedOnce(t *testing.T) {
	cat := graphtest.Catalog(t)
	ctx := context.Background()
	tiny, other := bench.Size{Accounts: 5, Customers: 9, Employees: 2, Products: 2, Deals: 4}, bench.Size{Accounts: 6, Customers: 9, Employees: 2, Products: 2, Deals: 4}
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "world.db"), cat, sqlite.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	require.NoError(t, err)
	defer s.Close()
	first, err := bench.Load(ctx, s, cat, bench.New(tiny), func(bench.Loading) {})
	require.NoError(t, err)
	assert.Greater(t, first.Nodes, 5+9+2+2+4)
	again, err := bench.Load(ctx, s, cat, bench.New(tiny), func(bench.Loading) {})
	require.NoError(t, err)
	assert.Zero(t, again)
	_, err = bench.Load(ctx, s, cat, bench.New(other), func(bench.Loading) {})
	assert.ErrorIs(t, err, bench.ErrOther)
}
