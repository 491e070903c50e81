package graph_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

func TestNoTextThatIsComparedWithIDsIsTakenForAKey(t *testing.T) {
	k := &graph.Kind{Name: "Customer", Prefix: "cus"}
	leads := graph.Leads{graph.KeyAlias(k, "crm:1"): "suite:ann", graph.IDAlias("cus_twin"): "cus_ann"}
	assert.Equal(t, []any{"cus:crm:1", "cus_ann"}, leads.Value([]any{"cus:crm:1", "cus_twin"}))
	assert.Equal(t, "suite:ann", leads.Key(k, graph.External{Source: "crm", ID: "1"}))
}
