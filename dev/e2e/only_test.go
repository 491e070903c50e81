package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// forOfficers are ways to learn that somebody exercised a right, or who was told what of her. %[1]s: she, %[2]s: the record of a right,
// %[3]s: a receipt.
var forOfficers = []struct {
	name, query string
	refused     bool // else nothing comes
}{
	{"rights are read", `{ customer(id: %[1]q) { dataSubjectRequests { totalCount nodes { right at } } } }`, false},
	{"a right is read by its id", `{ dataSubjectRequest(id: %[2]q) { right } node(id: %[2]q) { id } }`, false},
	{"rights are listed and counted", `{ dataSubjectRequests { totalCount groups(by: [RIGHT]) { rows { count } } nodes { id } } }`, false},
	{"those who exercised one are looked for", `{ customers(filter: {dataSubjectRequests: {some: {}}}) { totalCount } }`, true},
	{"those who exercised none are", `{ customers(filter: {dataSubjectRequests: {none: {right: {eq: ACCESS}}}}) { totalCount } }`, true},
	{"those who exercised one come first", `{ customers(orderBy: [{dataSubjectRequests: {count: DESC}}]) { nodes { id } } }`, true},
	{"rights are added up", `{ customers { aggregate { dataSubjectRequests { count } } } }`, false},
	{"receipts are read", `{ customer(id: %[1]q) { disclosures { totalCount edges { node { at purpose operation reference } } } } }`, false},
	{"a receipt is read by its id", `{ node(id: %[3]q) { id ... on Disclosure { operation } } }`, false},
	{"those are looked for of whom something was told", `{ customers(filter: {disclosures: {some: {operation: {eq: "Op"}}}}) { totalCount } }`, true},
	{"those of whom most was told come first", `{ customers(orderBy: [{disclosures: {count: DESC}}]) { nodes { id } } }`, true},
}

func TestRightsAndReceiptsAreForOfficersAndHerself(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ann := p.persons(t, "Ann", "Bob")[0]
		p.customer = ann
		request, receipt := p.catalog.MustKind("DataSubjectRequest"), p.catalog.MustKind("Disclosure")
		hers := func(k *graph.Kind, id, rel string) graph.Link {
			return graph.Link{Rel: p.catalog.Rel(rel), From: graph.NodeRef{Kind: k, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: p.catalog.MustKind("Customer"), ID: ann}}
		}
		report, err := p.store.Write(t.Context(), &graph.Batch{Source: "test",
			Nodes: []graph.Upsert{
				{Kind: request, ID: "right", Set: graph.Values{"right": "ACCESS", "at": int64(1)}},
				{Kind: receipt, ID: "receipt", Set: graph.Values{"purpose": "SALES", "operation": "Op", "reference": "case 7", "at": int64(1)}},
			},
			Edges: []graph.Link{hers(request, "right", "REQUESTED_BY"), hers(receipt, "receipt", "DISCLOSED")},
		})
		require.NoError(t, err)
		for _, c := range forOfficers {
			t.Run(c.name, func(t *testing.T) {
				query := fmt.Sprintf(c.query+"%.0[1]s%.0[2]s%.0[3]s", ann, report.IDs[0], report.IDs[1])
				for _, purpose := range []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Analysis} {
					text, err := p.bytes(purpose, query)
					require.NoError(t, err)
					assert.NotRegexp(t, `ACCESS|case 7|"Op"|"totalCount":\d|"count":\d+[^,]|"count":\d+,"[^r]|"id":"(dsr|dis)_`, string(text), purpose)
					if c.refused {
						assert.Contains(t, string(text), `"code":"PURPOSE_DENIED"`, purpose)
					} else {
						assert.NotContains(t, string(text), `"errors"`, purpose)
					}
				}
				text, err := p.bytes(graph.Compliance, query)
				require.NoError(t, err)
				assert.NotContains(t, string(text), `"errors"`)
				assert.Regexp(t, `ACCESS|case 7|"Op"|"totalCount":1|"count":1|"id":"cus_`, string(text))
			})
		}
		text, err := p.bytes(graph.Self, `{ me { dataSubjectRequests { nodes { right } } disclosures { nodes { operation reference } } } }`)
		require.NoError(t, err)
		assert.Contains(t, string(text), `{"dataSubjectRequests":{"nodes":[{"right":"ACCESS"}]},"disclosures":{"nodes":[{"operation":"Op","reference":null}]}}`)
	})
}
