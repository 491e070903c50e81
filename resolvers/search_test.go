package resolvers_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

func TestASearchLeavesReceiptsOfThoseItFound(t *testing.T) {
	cat, schema := graphtest.Catalog(t), graphtest.Schema(t)
	store := graphtest.NewOracle(cat, nil)
	end := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: id}}
	}
	written, err := store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{
		{Kind: cat.MustKind("Customer"), ID: "ann", Set: graph.Values{"name": "Ann", "email": "meyer@mail.example"}},
		{Kind: cat.MustKind("Customer"), ID: "bob", Set: graph.Values{"name": "Bob"}},
		{Kind: cat.MustKind("Order"), ID: "order", Set: graph.Values{"number": "4711"}},
		{Kind: cat.MustKind("Account"), ID: "acme", Set: graph.Values{"name": "Acme"}},
	}, Edges: []graph.Link{{Rel: cat.Rel("PLACED_BY"), From: end("Order", "order"), To: end("Customer", "bob")}}})
	require.NoError(t, err)
	for _, c := range []struct {
		name, text string
		want       []journal.Subject
	}{
		{"by where a word was found, whatever is selected", "meyer", []journal.Subject{{ID: written.IDs[0], Categories: []graph.Category{graph.CategoryContact}}}},
		{"of whom a hit is about", "4711", []journal.Subject{{ID: written.IDs[1], Categories: []graph.Category{graph.CategoryFinancial}}}},
		{"none of companies", "acme", nil},
		{"none where nothing is found", "nobody", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var left []journal.Subject
			r, err := resolvers.New(resolvers.Options{Reader: policy.Over(store), Catalog: cat, Schema: schema, Now: clock, Receipts: func(_ context.Context, r *journal.Receipt) error {
				left = append(left, r.Subjects...)
				return nil
			}})
			require.NoError(t, err)
			ctx := resolvers.WithRequest(context.Background(), resolvers.Request{Purpose: string(graph.Sales)})
			res := r.Execute(ctx, `query($text: String!) { search(text: $text) { node { id } } }`, map[string]any{"text": c.text})
			require.Empty(t, res.Errors)
			assert.Equal(t, c.want, left)
		})
	}
}
