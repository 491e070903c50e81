package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestOldChangesGoWhileTheServerRuns(t *testing.T) {
	g, err := declared()
	require.NoError(t, err)
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), g.catalog, sqlite.Options{})
	require.NoError(t, err)
	defer store.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan bool)
	go func() {
		trim(ctx, store, 100*time.Millisecond, 10*time.Millisecond, slog.New(slog.DiscardHandler))
		close(ended)
	}()
	_, err = store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: g.catalog.MustKind("Account"), ID: "a", Set: graph.Values{"name": "A"}}}})
	require.NoError(t, err)
	feed, err := store.Changes(t.Context(), 0, 1)
	require.NoError(t, err)
	assert.Len(t, feed.Entries, 1, "it is kept for a while")
	require.Eventually(t, func() bool {
		_, err := store.Changes(t.Context(), 0, 1)
		return graph.CodeOf(err) == graph.CursorExpired
	}, 10*time.Second, 10*time.Millisecond)
	stop()
	<-ended
}
