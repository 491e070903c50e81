package graphtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

// A statement of more bytes than long takes Neo4j six times as long to plan as another, and finds what is wrong twice as often: one in three
// has its turn with a seed.
const long, oneOfLong = 2000, 3

// TestNeo4jAndOracleAgree asks each shape in every world, so that Neo4j plans it once.
func TestNeo4jAndOracleAgree(t *testing.T) {
	shapes := graphtest.EachTime(t, *shapes)
	addr := dev.StartForComparison(t)
	before, anewBefore, told := dev.Planned(t, addr)
	asked := compared(t, func(t testing.TB) graph.Store { return emptied(t, addr) }, shapes, !*apart, func(shape int, f *graph.Fetch) bool {
		return *apart || len(neo4j.Compile(f).Text) <= long || graphtest.TextInTurn(*seed, shape, oneOfLong)
	})
	texts := map[string]int{}
	for _, f := range asked {
		texts[neo4j.Compile(f).Text]++
	}
	if planned, anew, _ := dev.Planned(t, addr); told {
		graphtest.Report(t, "Neo4j was asked %d fetches of %d texts; it planned %d statements, those of writing included, %d of them anew", len(asked), len(texts), planned-before, anew-anewBefore)
	}
	if !*apart {
		require.LessOrEqual(t, len(texts), shapes, "a shape has one text in all worlds")
	}
}

func TestNeo4jFindsTheNearestWords(t *testing.T) { nearest(t, emptied(t, dev.StartForComparison(t))) }

func emptied(t testing.TB, addr string) graph.Store {
	dev.Empty(t, addr)
	s, err := neo4j.Open(ctx, addr, graphtest.Catalog(t), neo4j.Options{NewID: graphtest.IDs(), Now: graphtest.Clock, Mark: graphtest.Mark})
	require.NoError(t, err)
	require.NoError(t, s.Ready(ctx))
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
