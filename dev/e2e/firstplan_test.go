package e2e

import (
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

// TestManyWhoAskTheSameCostOnePlan has Neo4j count what it plans when many ask at a time what nobody has asked before, and when their
// own time would not do.
func TestManyWhoAskTheSameCostOnePlan(t *testing.T) {
	addr := neo4jdev.StartForPrograms(t)
	if _, _, ok := neo4jdev.Planned(t, addr); !ok {
		t.Skip("this server does not count what it plans")
	}
	neo4jdev.Empty(t, addr)
	p := &program{catalog: graphtest.Catalog(t), schema: graphtest.Schema(t)}
	planner := server.NewPlanner(5*time.Minute, slog.New(slog.DiscardHandler))
	store, err := neo4j.Open(t.Context(), addr, p.catalog, neo4j.Options{Plan: planner.Plan})
	require.NoError(t, err)
	t.Cleanup(func() { store.Close() })
	require.NoError(t, store.Ready(t.Context()))
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(store), Writer: store, Catalog: p.catalog, Schema: p.schema})
	require.NoError(t, err)
	s, err := server.New(server.Options{Resolver: r, Store: store, Purpose: "SALES", Planner: planner, Log: slog.New(slog.DiscardHandler), Limits: server.Limits{Time: time.Minute}})
	require.NoError(t, err)
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	p.url = h.URL + "/graphql"
	// So many fields are chosen, otherwise each time, whatever the seed is, that no text was the same before on a server that keeps its plans.
	some := func(kind, read string) string {
		for _, f := range p.catalog.MustKind(kind).Shown() {
			if d := p.schema.Types[kind].Fields.ForName(f.Name); d != nil && p.schema.Types[d.Type.Name()].IsLeafType() && rand.IntN(2) == 0 {
				read += " " + f.Name
			}
		}
		return read
	}
	query := `{ customers(first: 3, filter: {employments: {some: {deals: {some: {stage: {eq: WON}}}}}}) { totalCount edges { node { ` + some("Customer", "name") + ` interactions(first: 3) { edges { node { ` + some("Interaction", "text") + ` } } } } } } }`
	before, _, _ := neo4jdev.Planned(t, addr)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { assert.Empty(t, p.ask(t, query, nil).Errors) })
	}
	all.Wait()
	after, _, _ := neo4jdev.Planned(t, addr)
	assert.Equal(t, int64(1), after-before)
}
