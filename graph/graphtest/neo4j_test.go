package graphtest_test

import (
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

func TestNeo4jAndOracleAgree(t *testing.T) {
	addr := dev.Start(t)
	compared(t, func(t testing.TB) graph.Store { return emptied(t, addr) })
}

func TestNeo4jFindsTheNearestWords(t *testing.T) { nearest(t, emptied(t, dev.Start(t))) }

func emptied(t testing.TB, addr string) graph.Store {
	d, err := driver.NewDriverWithContext(addr, driver.NoAuth())
	require.NoError(t, err)
	defer d.Close(ctx)
	_, err = driver.ExecuteQuery(ctx, d, "MATCH (n) DETACH DELETE n", nil, driver.EagerResultTransformer)
	require.NoError(t, err)
	s, err := neo4j.Open(ctx, addr, graphtest.Catalog(t), neo4j.Options{NewID: graphtest.IDs(), Now: graphtest.Clock, Mark: graphtest.Mark})
	require.NoError(t, err)
	require.NoError(t, s.Ready(ctx))
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
