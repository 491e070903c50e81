package neo4j_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

func TestValuesAreInTheOrderOfTheSchemaThatTheStoreIsOpenedWith(t *testing.T) {
	prepared(t)
	t.Cleanup(func() {
		run(t, "DROP INDEX kith_Case_severity IF EXISTS", nil)
		run(t, "DROP INDEX kith_Case_severity_sorted IF EXISTS", nil)
	})
	var last *neo4j.Store
	graphtest.Renumbering(t, func(t testing.TB, cat *graph.Catalog) graph.Store {
		s, err := neo4j.Open(ctx, address(t), cat, neo4j.Options{Now: graphtest.Clock, Mark: graphtest.Mark})
		require.NoError(t, err)
		require.NoError(t, s.Ready(ctx))
		last = s
		return s
	})
	require.NoError(t, last.Close())
}

// A store of format 5 has no places of values, and fewer indexes. One that is being brought up has some.
func TestAStoreOfBeforeGetsThePlacesOfValues(t *testing.T) {
	w, fresh := prepared(t)
	for _, k := range w.cat.Kinds {
		for _, p := range k.Properties {
			if p.Ranked() || p.Folds() && p.Indexed {
				run(t, "DROP INDEX kith_"+k.Label+"_"+p.Name+"_sorted", nil)
			}
		}
	}
	run(t, "MATCH (l:KithLock {id: 'store'}) SET l.format = 5", nil)
	run(t, "MATCH (l:KithLock {id: 'ranks'}) DELETE l", nil)
	const n = 12_000
	run(t, "UNWIND range(1, $n) AS n CREATE (:Case {id: 'cas_' + right('00000' + n, 6), key: 'test:' + n, status: [null, 'CLOSED', 'OPEN', 'PENDING', 'RESOLVED'][n % 5]})", map[string]any{"n": n})
	const places = "MATCH (n:Case) WHERE n.status IS NOT NULL OR n.status_rank IS NOT NULL RETURN n.status AS status, n.status_rank AS rank, count(*) AS n ORDER BY rank"
	opened := func() {
		t.Helper()
		s := another(t, w, address(t), nil)
		require.NoError(t, s.Ready(ctx))
		assert.Equal(t, fresh, rules(t), "constraints and indexes are those of a new store")
		assert.Equal(t, int64(graph.Format), run(t, "MATCH (l:KithLock {id: 'store'}) RETURN l.format", nil)[0].Values[0])
		var got [][]any
		for _, r := range run(t, places, nil) {
			got = append(got, r.Values)
		}
		assert.Equal(t, [][]any{{"OPEN", int64(0), int64(n / 5)}, {"PENDING", int64(1), int64(n / 5)}, {"RESOLVED", int64(2), int64(n / 5)}, {"CLOSED", int64(3), int64(n / 5)}}, got)
	}
	opened()
	run(t, "MATCH (l:KithLock {id: 'ranks'}) REMOVE l.`Case.status`", nil)
	run(t, "MATCH (n:Case) WHERE n.id > 'cas_006000' REMOVE n.status_rank", nil)
	run(t, "MATCH (n:Case) WHERE n.id < 'cas_000010' SET n.status_rank = 7", nil)
	opened()
}
