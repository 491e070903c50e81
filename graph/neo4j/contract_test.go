package neo4j_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

var turns = flag.Bool("turns", false, "the whole contract is asked, not only what has its turn with this seed")

func TestContract(t *testing.T) {
	of := 3
	if *turns {
		of = 1
	}
	graphtest.RunInTurn(t, of, func(t testing.TB, cat *graph.Catalog) graph.Store {
		addr := neo4jdev.StartKeepingPlans(t)
		neo4jdev.Empty(t, addr)
		s, err := neo4j.Open(ctx, addr, cat, neo4j.Options{Now: graphtest.Clock, Mark: graphtest.Mark})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		require.NoError(t, s.Ready(ctx))
		return s
	})
}
