package neo4j_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

// A store of format 10 has versions, and nothing that says which moments they settle.
func TestVersionsOfAStoreOfBeforeSettleMoments(t *testing.T) {
	w, _ := prepared(t)
	at := graphtest.Clock()
	s, err := neo4j.Open(ctx, address(t), w.cat, neo4j.Options{Now: func() time.Time { return at }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Ready(ctx))
	for _, stage := range []string{"PROSPECTING", "PROPOSAL", "WON"} {
		_, err := s.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Deal"), ID: "one", Set: graph.Values{"stage": stage}}, {Kind: w.cat.MustKind("Deal"), ID: "two", Set: graph.Values{"name": "Two"}}}})
		require.NoError(t, err)
		at = at.Add(time.Hour)
	}
	settled := func() []any {
		rows := run(t, "MATCH (n:Deal) WHERE n.versions_of IS NOT NULL RETURN n.versions_last_from, n.versions_last_known", nil)
		require.Len(t, rows, 1)
		return rows[0].Values
	}
	want := settled()
	assert.Equal(t, []any{int64(graph.At(at.Add(-time.Hour))), int64(graph.At(at.Add(-time.Hour)))}, want)
	run(t, "MATCH (n:Deal) REMOVE n.versions_last_from, n.versions_last_known", nil)
	run(t, "MATCH (l:KithLock {id: 'folded'}) REMOVE l.`Deal.versions`", nil)
	run(t, "MATCH (l:KithLock {id: 'store'}) SET l.format = 10", nil)
	require.NoError(t, another(t, w, address(t), nil).Ready(ctx))
	assert.Equal(t, want, settled())
}
