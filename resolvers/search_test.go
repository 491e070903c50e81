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
		name, text, kinds string
		want              []journal.Subject
	}{
		{"of all that was looked into, wherever a word was found", "meyer", "CUSTOMER, ORDER", []journal.Subject{{ID: written.IDs[0], Categories: []graph.Category{graph.CategoryIdentity, graph.CategoryContact}}}},
		{"of whom a hit is about", "4711", "CUSTOMER, ORDER", []journal.Subject{{ID: written.IDs[1], Categories: []graph.Category{graph.CategoryFinancial}}}},
		{"of the population where only a company is found", "acme", "CUSTOMER, ORDER, ACCOUNT", nil},
		{"of the population where nothing is found", "nobody", "CUSTOMER, ORDER", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var left journal.Receipt
			r, err := resolvers.New(resolvers.Options{Reader: policy.Over(store), Catalog: cat, Schema: schema, Now: clock, Receipts: func(_ context.Context, r *journal.Receipt) error {
				left = *r
				return nil
			}})
			require.NoError(t, err)
			ctx := resolvers.WithRequest(context.Background(), resolvers.Request{Purpose: string(graph.Sales)})
			res := r.Execute(ctx, `query($text: String!) { search(text: $text, kinds: [`+c.kinds+`]) { node { id } } }`, map[string]any{"text": c.text})
			require.Empty(t, res.Errors)
			assert.Equal(t, c.want, left.Subjects)
			assert.Regexp(t, `^search in (acc,)?cus,ord for #[\w-]{16}$`, left.Population[0])
			assert.Equal(t, []graph.Category{graph.CategoryIdentity, graph.CategoryContact, graph.CategoryFinancial}, left.Others)
			res = r.Execute(ctx, `{ search(text: "acme", kinds: [ACCOUNT]) { node { id } } }`, nil)
			require.Empty(t, res.Errors)
			assert.Nil(t, res.Extensions["receipt"], "nobody was asked about")
		})
	}
}
