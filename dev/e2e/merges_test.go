package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/resolvers"
)

// TestAnIDThatLeadsToAnotherIsFollowed has Ann, who is there twice, be one, and so Bob, who objects to SALES.
func TestAnIDThatLeadsToAnotherIsFollowed(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		customer := p.catalog.MustKind("Customer")
		of := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		b := &graph.Batch{Source: "shop", Nodes: []graph.Upsert{
			{Kind: customer, ID: "ann", Also: []graph.External{{Source: "crm", ID: "1"}}, Set: graph.Values{"name": "Ann"}},
			{Kind: customer, ID: "twin", Set: graph.Values{"name": "A.", "email": "ann@kith.example"}},
			{Kind: customer, ID: "bob", Set: graph.Values{"name": "Bob"}},
			{Kind: customer, ID: "bob2", Set: graph.Values{"name": "B."}},
			{Kind: customer, ID: "cy", Set: graph.Values{"name": "Cy"}},
			{Kind: p.catalog.MustKind("Consent"), ID: "no", Set: graph.Values{graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected, graph.ConsentAt: int64(1)}},
		}, Edges: []graph.Link{{Rel: p.catalog.Rel("GIVEN_BY"), From: of("Consent", "no"), To: of("Customer", "bob2")}}}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		id := map[string]string{}
		for i, n := range b.Nodes {
			id[n.ID] = report.IDs[i]
		}
		ask := func(purpose graph.Purpose, query string, args ...any) string {
			t.Helper()
			text, err := p.bytes(purpose, fmt.Sprintf(query, args...))
			require.NoError(t, err)
			return string(text)
		}
		page := ask(graph.Compliance, `{ customers(first: 1, orderBy: [{name: ASC}]) { edges { node { name } } pageInfo { endCursor } } }`)
		require.Contains(t, page, `{"name":"A."}`)
		cursor := strings.Split(strings.Split(page, `"endCursor":"`)[1], `"`)[0]
		_, err = p.store.Write(t.Context(), &graph.Batch{Source: "shop", Merge: []graph.Merge{{From: of("Customer", "twin"), Into: of("Customer", "ann")}, {From: of("Customer", "bob2"), Into: of("Customer", "bob")}}})
		require.NoError(t, err)

		t.Run("alone, among others, and as what is asked by", func(t *testing.T) {
			for _, purpose := range []graph.Purpose{graph.Service, graph.Compliance} {
				assert.Contains(t, ask(purpose, `{ node(id: %q) { id ... on Customer { name email } } }`, id["twin"]), fmt.Sprintf(`{"node":{"id":%q,"name":"Ann","email":"ann@kith.example"}}`, id["ann"]))
				assert.Contains(t, ask(purpose, `{ a: customer(id: %q) { id } b: customer(id: %q) { id } nodes(ids: [%[1]q, %[2]q, %[3]q]) { id } }`, id["twin"], id["cy"], id["ann"]),
					fmt.Sprintf(`{"a":{"id":%[1]q},"b":{"id":%[2]q},"nodes":[{"id":%[1]q},{"id":%[2]q},{"id":%[1]q}]}`, id["ann"], id["cy"]))
				assert.Contains(t, ask(purpose, `{ customers(filter: {id: {in: [%q]}}) { nodes { name externals { source id } } } }`, id["twin"]),
					`{"nodes":[{"name":"Ann","externals":[{"source":"shop","id":"ann"},{"source":"crm","id":"1"},{"source":"shop","id":"twin"}]}]}`)
			}
			assert.Contains(t, ask(graph.Compliance, `{ customer(external: {source: "shop", id: "twin"}) { name } }`), `"Ann"`)
		})
		t.Run("a cursor goes on", func(t *testing.T) {
			assert.Contains(t, ask(graph.Compliance, `{ customers(first: 1, orderBy: [{name: ASC}], after: %q) { nodes { name } } }`, cursor), `[{"name":"Ann"}]`)
		})
		t.Run("what is withheld stays so: by the one id the answer is that by the other, and by a key it is that of nobody", func(t *testing.T) {
			const byID, byKey = `{ customer(id: %q) { id email withheld { field reason } } }`, `{ customer(external: {source: "shop", id: %q}) { id email } }`
			assert.Contains(t, ask(graph.Sales, byID, id["bob"]), `"email":null`)
			assert.Equal(t, ask(graph.Sales, byID, id["bob"]), ask(graph.Sales, byID, id["bob2"]))
			for _, key := range []string{"bob", "bob2"} {
				assert.Equal(t, ask(graph.Sales, byKey, "nobody"), ask(graph.Sales, byKey, key), key)
			}
			assert.Contains(t, ask(graph.Sales, `{ customers(filter: {id: {in: [%q]}}) { totalCount nodes { id } } }`, id["bob2"]), `{"totalCount":0,"nodes":[]}`)
		})
		t.Run("a pseudonym of the one that was is followed, too, and shows the other's", func(t *testing.T) {
			answer := ask(graph.Analysis, `{ node(id: %q) { id } }`, shown(graph.Analysis, id["twin"]))
			assert.NotContains(t, answer, shown(graph.Analysis, id["twin"]))
		})
		t.Run("a mutation changes the one that it leads to", func(t *testing.T) {
			got := p.change(t, graph.Service, "updateCustomer", fmt.Sprintf(`key: "1", customer: %q, phone: "+49 30 901820"`, id["twin"]), "customer { id phone }")
			assert.Empty(t, got.errors)
			assert.Equal(t, map[string]any{"id": id["ann"], "phone": "+49 30 901820"}, got.node)
		})
		t.Run("the receipt is hers, and she is erased by it", func(t *testing.T) {
			var left []journal.Subject
			p.serve(t, resolvers.Options{Receipts: func(_ context.Context, r *journal.Receipt) error {
				left = r.Subjects
				return nil
			}}, "")
			for who, of := range map[string]string{"twin": "ann", "bob2": "bob"} {
				ask(graph.Sales, `{ customer(id: %q) { displayName } }`, id[who])
				require.Len(t, left, 1)
				assert.Equal(t, id[of], left[0].ID)
			}
			assert.Empty(t, p.exercise(t, "eraseCustomer", id["twin"], "e1", "userErrors { code field message }").UserErrors)
			assert.NotContains(t, ask(graph.Compliance, `{ customers { nodes { name email } } }`), "Ann")
			assert.Contains(t, ask(graph.Compliance, `{ node(id: %q) { id } }`, id["twin"]), `{"node":null}`)
		})
	})
}
