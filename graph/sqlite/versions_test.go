package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// A file of format 10 has versions, and nothing that says which moments they settle.
func TestVersionsOfAFileOfBeforeSettleMoments(t *testing.T) {
	cat, file := graphtest.Catalog(t), filepath.Join(t.TempDir(), "kith.db")
	at := graphtest.Clock()
	s, err := sqlite.Open(file, cat, sqlite.Options{Now: func() time.Time { return at }})
	require.NoError(t, err)
	for _, stage := range []string{"PROSPECTING", "PROPOSAL", "WON"} {
		_, err := s.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: cat.MustKind("Deal"), ID: "one", Set: graph.Values{"stage": stage}}, {Kind: cat.MustKind("Deal"), ID: "two", Set: graph.Values{"name": "Two"}}}})
		require.NoError(t, err)
		at = at.Add(time.Hour)
	}
	require.NoError(t, s.Close())
	db := beside(t, file)
	const settled = "SELECT printf('%d %d', versions_last_from, versions_last_known) FROM node_Deal WHERE versions IS NOT NULL"
	want := column(t, db, settled)
	require.Len(t, want, 1)
	for _, text := range []string{"ALTER TABLE node_Deal DROP COLUMN versions_last_from", "ALTER TABLE node_Deal DROP COLUMN versions_last_known", "PRAGMA user_version = 10"} {
		_, err := db.ExecContext(ctx, text)
		require.NoError(t, err)
	}
	s, err = sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	assert.Equal(t, want, column(t, db, settled))
}
