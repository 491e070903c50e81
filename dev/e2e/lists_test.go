package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestListsSpeakOneDialect asks along a relationship with properties as one asks along others. At Acme Ann is a director, Bob is on the
// staff, and of Cy's job nothing is known; at Bolt there is a director alone.
func TestListsSpeakOneDialect(t *testing.T) {
	p := onSQLite(t)
	b := &graph.Batch{Source: "test"}
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
	}
	for _, name := range []string{"Acme", "Bolt"} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Account"), ID: name, Set: graph.Values{"name": name}})
	}
	for _, job := range []struct {
		name, at  string
		seniority any
	}{{"Ann", "Acme", "DIRECTOR"}, {"Bob", "Acme", "STAFF"}, {"Cy", "Acme", nil}, {"Dee", "Bolt", "DIRECTOR"}} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Customer"), ID: job.name, Set: graph.Values{"name": job.name}})
		b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("WORKS_AT"), From: ref("Customer", job.name), To: ref("Account", job.at), Set: graph.Values{"seniority": job.seniority, "department": "D"}})
	}
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	const directors = `edgeFilter: {seniority: {eq: DIRECTOR}}`
	for _, c := range []struct{ name, query, want string }{
		{"nodes are those of the edges", `{ accounts(first: 1) { nodes { people(orderBy: [{name: DESC}]) { nodes { name } edges { node { n: name } properties { seniority } } } } } }`,
			`{"accounts":{"nodes":[{"people":{"nodes":[{"name":"Cy"},{"name":"Bob"},{"name":"Ann"}],"edges":[{"node":{"n":"Cy"},"properties":{"seniority":null}},{"node":{"n":"Bob"},"properties":{"seniority":"STAFF"}},{"node":{"n":"Ann"},"properties":{"seniority":"DIRECTOR"}}]}}]}}`},
		{"an order by the relationship first, then by the node", `{ accounts(first: 1) { nodes { people(orderBy: [{name: ASC}], edgeOrderBy: [{department: DESC}]) { nodes { name } } } } }`,
			`{"accounts":{"nodes":[{"people":{"nodes":[{"name":"Ann"},{"name":"Bob"},{"name":"Cy"}]}}]}}`},
		{"conditions on either", `{ accounts(first: 1) { nodes { people(filter: {name: {startsWith: "A"}}, ` + directors + `) { nodes { name } } } } }`, `{"accounts":{"nodes":[{"people":{"nodes":[{"name":"Ann"}]}}]}}`},
		{"some along what meets the condition", `{ accounts(filter: {people: {` + directors + `, some: {name: {eq: "Bob"}}}}) { totalCount } }`, `{"accounts":{"totalCount":0}}`},
		{"how many along it", `{ accounts(filter: {people: {` + directors + `, count: {eq: 1}}}) { totalCount } }`, `{"accounts":{"totalCount":2}}`},
		{"how many of a name, and that the newest of something is missing", `{ accounts(filter: {people: {filter: {name: {in: ["Bob", "Cy"]}}, count: {gte: 2}, from: {latest: {isNull: true}}}}) { nodes { name } } }`, `{"accounts":{"nodes":[{"name":"Acme"}]}}`},
		{"none along it", `{ accounts(filter: {people: {edgeFilter: {seniority: {eq: DIRECTOR}}, none: {name: {eq: "Dee"}}}}) { nodes { name } } }`, `{"accounts":{"nodes":[{"name":"Acme"}]}}`},
		{"each along it, and what is not known to be along it is not known to be left out", `{ accounts(filter: {people: {` + directors + `, every: {name: {in: ["Ann", "Dee"]}}}}) { nodes { name } } }`, `{"accounts":{"nodes":[{"name":"Bolt"}]}}`},
		{"each along it, where all is known", `{ accounts(filter: {people: {edgeFilter: {seniority: {eq: STAFF}}, every: {name: {in: ["Bob", "Cy"]}}}}) { nodes { name } } }`, `{"accounts":{"nodes":[{"name":"Acme"},{"name":"Bolt"}]}}`},
		{"groups by the relationship and by the node", `{ accounts(last: 1) { nodes { people { groups(by: [GENDER], edgeBy: [SENIORITY]) { rows { edgeKey { seniority } key { gender } count } } } } } }`,
			`{"accounts":{"nodes":[{"people":{"groups":{"rows":[{"edgeKey":{"seniority":"DIRECTOR"},"key":{"gender":null},"count":1}]}}}]}}`},
		{"what goes along no hierarchy is not truncated, nor is it whole", `{ accounts(first: 1) { truncated nodes { parents { nodes { name } } ancestors { truncated } } } }`,
			`{"accounts":{"truncated":null,"nodes":[{"parents":{"nodes":[]},"ancestors":{"truncated":false}}]}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := p.ask(t, c.query, nil)
			require.Empty(t, got.Errors)
			assert.JSONEq(t, c.want, string(got.Data))
		})
	}
	got := p.ask(t, `{ accounts(filter: {people: {`+directors+`}}) { totalCount } }`, nil)
	require.Len(t, got.Errors, 1)
	assert.Equal(t, "accounts.filter.people.edgeFilter: it says which relationships are looked at, so that some, none, every, a count or the like is to be given beside it", got.Errors[0].Message)
}
