package graphtest_test

import (
	"testing"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// The suite holds the Oracle to the contract as it does any other store.
func TestOracle(t *testing.T) {
	graphtest.Run(t, func(_ testing.TB, cat *graph.Catalog) graph.Store { return graphtest.NewOracle(cat, nil) })
}
