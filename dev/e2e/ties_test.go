package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// acquainted has Ann and Bob in a call with Eve.
func acquainted(t *testing.T, p *program) *victims {
	v := &victims{program: p}
	v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"}), v.node("Employee", "eve", graph.Values{"name": "Eve"}),
		v.node("Interaction", "call", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -5))), "kind": "CALL"}),
	}, Edges: []graph.Link{
		v.link("PARTICIPANT", "Interaction", "call", "Customer", "ann"), v.link("PARTICIPANT", "Interaction", "call", "Customer", "bob"), v.link("PARTICIPANT", "Interaction", "call", "Employee", "eve"),
	}})
	return v
}

// knows asks in all ways whom somebody knows. Who is hidden shows in none.
const knows = `{ customers(orderBy: [{name: ASC}]) { nodes { name known(edgeOrderBy: [{asOf: DESC}]) { totalCount nodes { ... on Customer { name } ... on Employee { name } } edges { properties { n sumIn } } } } }
	employees { nodes { known { totalCount nodes { name } } } }
	found: customers(filter: {known: {some: {customer: {}}, edgeFilter: {n: {gte: 1}}}}, orderBy: [{known: {count: DESC}}]) { totalCount } }`

// TestATieIsSeenWhereBothEndsPermitIt has Bob object.
func TestATieIsSeenWhereBothEndsPermitIt(t *testing.T) {
	const tie = `{"properties":{"n":1,"sumIn":1}}`
	both := func(name, other string) string {
		return fmt.Sprintf(`{"name":%q,"known":{"totalCount":2,"nodes":[{"name":%q},{"name":"Eve"}],"edges":[%s,%s]}}`, name, other, tie, tie)
	}
	onBothStores(t, func(t *testing.T, p *program) {
		v := acquainted(t, p)
		data := func(p *program, purpose graph.Purpose) string {
			answer, err := p.bytes(purpose, knows)
			require.NoError(t, err)
			var a struct{ Data json.RawMessage }
			require.NoError(t, json.Unmarshal(answer, &a))
			return string(a.Data)
		}
		// Relationships are everybody's for this policy, what somebody does is not: a tie is both.
		loose, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("RELATIONSHIP: {SERVICE: interest,             SALES: interest"), []byte("RELATIONSHIP: {SERVICE: interest,             SALES: legal"), 1))
		require.NoError(t, err)
		require.NotEqual(t, policy.Default().Version, loose.Version)
		other := p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return loose }})

		before := data(p, graph.Sales)
		assert.JSONEq(t, `{"customers":{"nodes":[`+both("Ann", "Bob")+`,`+both("Bob", "Ann")+`]},"employees":{"nodes":[{"known":{"totalCount":2,"nodes":[{"name":"Ann"},{"name":"Bob"}]}}]},"found":{"totalCount":2}}`, sorted(t, before))
		p.customer = v.ids["ann"]
		for _, purpose := range []graph.Purpose{graph.Marketing, graph.Self} {
			assert.NotContains(t, data(p, purpose), `"properties"`, purpose)
		}
		assert.NotContains(t, data(p, graph.Analysis), `"properties"`)

		v.objects(t, "bob")
		const alone = `{"customers":{"nodes":[{"name":"Ann","known":{"totalCount":1,"nodes":[{"name":"Eve"}],"edges":[` + tie + `]}}]},"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"found":{"totalCount":0}}`
		assert.JSONEq(t, alone, data(p, graph.Sales), "neither from Ann, nor from Eve")
		answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ customer(id: %q) { known { totalCount } } }`, v.ids["bob"]))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"data":{"customer":{"known":null}}`)
		assert.Contains(t, string(answer), `"reason":"OBJECTED"`)

		got := data(other, graph.Sales)
		assert.NotContains(t, got, `"name":"Bob","known":{`, "what he does is withheld")
		assert.Contains(t, got, `{"name":"Ann","known":{"totalCount":1,"nodes":[{"name":"Eve"}]`)
		assert.Contains(t, got, `"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"found":{"totalCount":0}`)
	})
}

// sorted is an answer with those whom somebody knows in the order of their names: ties of one instant go by ids.
func sorted(t *testing.T, data string) string {
	t.Helper()
	for _, name := range []string{"Ann", "Bob"} {
		data = string(bytes.ReplaceAll([]byte(data), []byte(`[{"name":"Eve"},{"name":"`+name+`"}]`), []byte(`[{"name":"`+name+`"},{"name":"Eve"}]`)))
	}
	return string(bytes.ReplaceAll([]byte(data), []byte(`[{"name":"Bob"},{"name":"Ann"}]`), []byte(`[{"name":"Ann"},{"name":"Bob"}]`)))
}

// TestWhoIsErasedIsKnownByNobody has her own ties, and those that lead to her, be gone.
func TestWhoIsErasedIsKnownByNobody(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := acquainted(t, p)
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "kith.rights", Erase: []graph.Erasure{policy.Default().Erasure(v.ids["bob"])}})
		require.NoError(t, err)
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Interaction", "later", graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -1))), "kind": "CALL"})},
			Edges: []graph.Link{v.link("PARTICIPANT", "Interaction", "later", "Customer", "bob"), v.link("PARTICIPANT", "Interaction", "later", "Employee", "eve")}})
		answer, err := p.bytes(graph.Compliance, `{ employees { nodes { known { totalCount nodes { name } } } } customers(filter: {name: {eq: "Ann"}}) { nodes { known { totalCount } } } }`)
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"employees":{"nodes":[{"known":{"totalCount":1,"nodes":[{"name":"Ann"}]}}]},"customers":{"nodes":[{"known":{"totalCount":1}}]}`)
	})
}
