package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func TestAListSaysWhatEachConditionDoes(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		euros := func(n int64) graph.Money { return graph.Money{Amount: n * 10_000, Currency: "EUR"} }
		clerk := v.link("WORKS_AT", "Customer", "ann", "Account", "acme")
		clerk.Set = graph.Values{"title": "Clerk"}
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
			v.node("Account", "acme", graph.Values{"name": "Acme"}),
			v.node("Customer", "ann", graph.Values{"name": "Ann"}),
			v.node("Deal", "small", graph.Values{"name": "Small", "stage": "PROPOSAL", "amount": euros(5)}),
			v.node("Deal", "middle", graph.Values{"name": "Middle", "stage": "PROPOSAL", "amount": euros(50)}),
			v.node("Deal", "large", graph.Values{"name": "Large", "stage": "NEGOTIATION", "amount": euros(500)}),
		}, Edges: []graph.Link{v.link("WITH", "Deal", "large", "Account", "acme"), clerk}})
		require.NoError(t, err)
		for _, c := range []struct{ name, query, want string }{
			{"each alone, and all but each", `{ deals(filter: {stage: {eq: PROPOSAL}, amount: {gte: {amount: "100", currency: "EUR"}}}) { totalCount explain { condition alone without } } }`,
				`{"deals":{"totalCount":0,"explain":[{"condition":"filter.amount","alone":1,"without":2},{"condition":"filter.stage","alone":2,"without":1}]}}`},
			{"those of a conjunction, and an alternative as one", `{ deals(filter: {and: [{stage: {eq: PROPOSAL}}, {or: [{name: {eq: "Small"}}, {name: {eq: "Large"}}]}]}) { nodes { name } explain { condition alone without } } }`,
				`{"deals":{"nodes":[{"name":"Small"}],"explain":[{"condition":"filter.and[0]","alone":2,"without":2},{"condition":"filter.and[1]","alone":2,"without":2}]}}`},
			{"one alone leaves all where it is left out", `{ deals(filter: {name: {eq: "None"}}) { explain { condition without alone } } }`,
				`{"deals":{"explain":[{"condition":"filter.name","without":3,"alone":0}]}}`},
			{"no condition does nothing", `{ deals { explain { condition } } }`, `{"deals":{"explain":[]}}`},
			{"below a node, by what two ask for", `{ accounts { nodes { deals(filter: {stage: {eq: PROPOSAL}}) { totalCount } again: deals(filter: {stage: {eq: PROPOSAL}}) { explain { condition alone without } } } } }`,
				`{"accounts":{"nodes":[{"deals":{"totalCount":0},"again":{"explain":[{"condition":"filter.stage","alone":0,"without":1}]}}]}}`},
			{"below a node, of what each asks for a part", `{ accounts { nodes { deals(filter: {stage: {eq: PROPOSAL}}) { explain { alone } } again: deals(filter: {stage: {eq: PROPOSAL}}) { explain { without } } } } }`,
				`{"accounts":{"nodes":[{"deals":{"explain":[{"alone":0}]},"again":{"explain":[{"without":1}]}}]}}`},
			{"of a relationship", `{ accounts { nodes { people(filter: {name: {eq: "Bob"}}, edgeFilter: {title: {eq: "Clerk"}}) { explain { condition alone without } } } } }`,
				`{"accounts":{"nodes":[{"people":{"explain":[{"condition":"filter.name","alone":0,"without":1},{"condition":"edgeFilter.title","alone":1,"without":0}]}}]}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, c.query, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, c.want, string(got.Data))
			})
		}
	})
}
