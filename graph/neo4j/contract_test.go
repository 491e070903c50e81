package neo4j_test

import (
	"testing"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

func TestContract(t *testing.T) {
	graphtest.Run(t, func(t testing.TB) graph.Store {
		s, _ := opened(t)
		return s
	})
}
