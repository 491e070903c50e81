package demo_test

import (
	"context"
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
	store, err := sqlite.Open(t.TempDir()+"/demo.db", cat, sqlite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	load := func(now time.Time) *graph.Report {
		t.Helper()
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
		nodes, edges = nodes+len(b.Nodes), edges+len(b.Edges)
	}
	first := load(loaded)
	assert.Equal(t, &graph.Report{NodesCreated: nodes, EdgesCreated: edges}, first)
	assert.False(t, load(loaded.Add(5*time.Hour)).Changed(), "later on the same day nothing is new")

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
