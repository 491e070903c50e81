package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// TestAPurposeThatDependsOnPersonsAllocatesLittleMore counts what 200 interactions take for a purpose that persons may object to, against
// one that they may not. Counts of allocations are the same on every machine.
func TestAPurposeThatDependsOnPersonsAllocatesLittleMore(t *testing.T) {
	p := onSQLite(t)
	const many = 200
	b := &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: p.catalog.MustKind("Customer"), ID: "ann", Set: graph.Values{"name": "Ann"}}}}
	ann := graph.NodeRef{Kind: p.catalog.MustKind("Customer"), External: graph.External{ID: "ann"}}
	for i := range many {
		k, id := p.catalog.MustKind("Interaction"), fmt.Sprint("call ", i)
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: id, Set: graph.Values{"at": int64(i), "kind": "CALL", "subject": "s", "text": "t"}})
		b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("PARTICIPANT"), From: graph.NodeRef{Kind: k, External: graph.External{ID: id}}, To: ann})
	}
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(p.store), Catalog: p.catalog, Schema: p.schema, Now: clock, Key: key})
	require.NoError(t, err)
	for _, c := range []struct {
		name, fields string
		most         float64
	}{
		{"fields of four categories", "id at kind channel subject text sentiment", 1.15},
		{"and all that is withheld of each", "id at kind channel subject text sentiment withheld { field reason }", 1.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			query := fmt.Sprintf("{ interactions(first: %d) { edges { node { %s } } } }", many, c.fields)
			takes := func(purpose graph.Purpose) float64 {
				ctx := resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: string(purpose)})
				return testing.AllocsPerRun(5, func() {
					res := r.Execute(ctx, query, nil)
					require.Empty(t, res.Errors)
				})
			}
			lawful, permitted := takes(graph.Compliance), takes(graph.Service)
			t.Logf("%.0f for COMPLIANCE, %.0f for SERVICE: %.2f", lawful, permitted, permitted/lawful)
			assert.LessOrEqual(t, permitted/lawful, c.most)
		})
	}
}
