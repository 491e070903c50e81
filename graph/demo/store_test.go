package demo_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestLoadingAgainAddsWhatIsNew(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it loads three worlds")
	}
	ctx, cat := context.Background(), catalog(t)
	var clock time.Time
	store, err := sqlite.Open(t.TempDir()+"/demo.db", cat, sqlite.Options{Now: func() time.Time { return clock }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	load := func(now time.Time) *graph.Report {
		t.Helper()
		clock = now
		last, whole := 0, 0
		r, err := demo.Load(ctx, store, cat, demo.Seed, now, func(done, total int) {
			assert.Greater(t, done, last)
			last, whole = done, total
		})
		require.NoError(t, err)
		assert.Equal(t, whole, last, "progress ends at the whole")
		return r
	}
	nodes, edges := 0, 0
	for _, b := range demo.Batches(cat, demo.Seed, loaded) {
		edges += len(b.Edges)
		for _, n := range b.Nodes {
			if n.At == nil { // else it tells of the past of one
				nodes++
			}
		}
	}
	first := load(loaded)
	assert.Equal(t, &graph.Report{NodesCreated: nodes, EdgesCreated: edges}, first)
	assert.False(t, load(loaded.Add(5*time.Hour)).Changed(), "later on the same day nothing is new")
	knowEachOther(t, store, cat)

	next := load(loaded.AddDate(0, 0, 1))
	t.Logf("the next day: %+v", next)
	assert.Greater(t, next.NodesCreated, 5)
	assert.Less(t, next.NodesCreated, 120)
	assert.Less(t, next.NodesChanged, 80)
	assert.Zero(t, next.EdgesRemoved)

	later := load(loaded.AddDate(3, 2, 0))
	assert.Greater(t, later.NodesCreated, nodes/2, "after years, nothing that was left open stands in the way")
	assert.Zero(t, later.EdgesRemoved)
}

func TestWhatTheStoreRefusesIsTold(t *testing.T) {
	cat := catalog(t)
	store, err := sqlite.Open(t.TempDir()+"/demo.db", cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, store.Close())
	_, err = demo.Load(context.Background(), store, cat, demo.Seed, loaded, nil)
	require.ErrorContains(t, err, "write the demonstration world")
}

// TestAWorldThatWasBrokenOffIsCompleted breaks loading off within a batch, and looks what the store says of it before and after.
func TestAWorldThatWasBrokenOffIsCompleted(t *testing.T) {
	cat := catalog(t)
	store, err := sqlite.Open(t.TempDir()+"/demo.db", cat, sqlite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	holds := func(want demo.Held, seed uint64, now time.Time) {
		t.Helper()
		held, of, err := demo.In(t.Context(), store, cat, now)
		require.NoError(t, err)
		assert.Equal(t, want, held, "it holds %v", held)
		assert.Equal(t, seed, of)
	}
	holds(demo.Nothing, demo.Seed, loaded)
	ctx, stop := context.WithCancel(t.Context())
	_, err = demo.Load(ctx, store, cat, 7, loaded, func(done, _ int) {
		if done > 2000 {
			stop()
		}
	})
	require.Error(t, err)
	holds(demo.Unfinished, 7, loaded)
	_, err = demo.Load(t.Context(), store, cat, demo.Seed, loaded, nil)
	require.ErrorContains(t, err, "the store holds the demonstration world of seed 7, and it can hold one: it is not that of seed 1")
	assert.Equal(t, graph.Conflict, graph.CodeOf(err))
	holds(demo.Unfinished, 7, loaded)
	report, err := demo.Load(t.Context(), store, cat, 7, loaded, nil)
	require.NoError(t, err)
	assert.Zero(t, report.NodesChanged, "what was there is as it is to be")
	holds(demo.Whole, 7, loaded)
	holds(demo.Older, 7, loaded.AddDate(0, 0, 1))
}

func TestWhatWasChangedHereIsNotTakenBackByLoadingAgain(t *testing.T) {
	cat := catalog(t)
	store, err := sqlite.Open(t.TempDir()+"/demo.db", cat, sqlite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	first := demo.Batches(cat, demo.Seed, loaded)[0]
	_, err = store.Write(t.Context(), first)
	require.NoError(t, err)
	product := cat.MustKind("Product")
	_, err = store.Write(t.Context(), &graph.Batch{Source: demo.Source, Nodes: []graph.Upsert{{Kind: product, ID: "pro-01", Set: graph.Values{"name": "Renamed"}}}})
	require.NoError(t, err)
	report, err := store.Write(t.Context(), first)
	require.NoError(t, err)
	assert.Equal(t, 1, report.Kept)
	res, err := store.Read(t.Context(), &graph.Fetch{Now: graph.At(loaded), Lists: []*graph.List{{Key: "product", Rows: true, External: []graph.External{{Source: demo.Source, ID: "pro-01"}},
		Nodes: []*graph.Selection{{Kind: product, Props: []graph.Ref{{Prop: product.Property("name")}}}}}}})
	require.NoError(t, err)
	assert.Equal(t, []any{"Renamed"}, res.Lists[0].Rows[0].Props)
}

// knowEachOther checks that the ties of the world are of all sorts.
func knowEachOther(t *testing.T, store graph.Store, cat *graph.Catalog) {
	t.Helper()
	customer := cat.MustKind("Customer")
	known := customer.Edge("known")
	l := &graph.List{Key: "known", Edge: known, Rows: true, Page: graph.Page{Limit: 10_000}}
	for _, k := range known.Targets {
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
	}
	for _, p := range known.Rel.Shown() {
		l.Props = append(l.Props, graph.Ref{Prop: p})
	}
	res, err := store.Read(t.Context(), &graph.Fetch{Now: graph.At(loaded), Lists: []*graph.List{
		{Key: "customers", Rows: true, Page: graph.Page{Limit: 10_000}, Nodes: []*graph.Selection{{Kind: customer, Lists: []*graph.List{l}}}}}})
	require.NoError(t, err)
	ties, lacks := map[*graph.Kind]int{}, map[string]int{}
	for _, c := range res.Lists[0].Rows {
		for _, to := range c.Lists[0].Rows {
			ties[to.Sel.Kind]++
			for i, p := range l.Props {
				if to.Edge[i] == nil {
					lacks[p.Prop.Name]++
				}
			}
		}
	}
	t.Logf("ties: %v", ties)
	assert.Greater(t, ties[cat.MustKind("Employee")], 300)
	assert.Greater(t, ties[customer], 100)
	assert.ElementsMatch(t, []string{graph.TieLastIn, graph.TieLastOut}, slices.Collect(maps.Keys(lacks)), "some went one way alone")
}
