package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestRootFieldsThatAskTheSameAreReadTogether counts statements of operations with many root fields.
func TestRootFieldsThatAskTheSameAreReadTogether(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		customer, employed := p.catalog.MustKind("Customer"), p.catalog.Rel("WORKS_AT")
		b := &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: p.catalog.MustKind("Account"), ID: "acme", Set: graph.Values{"name": "Acme"}}}}
		for i := range 20 {
			id := fmt.Sprint(i)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: customer, ID: id, Set: graph.Values{"name": "Person " + id}})
			b.Edges = append(b.Edges, graph.Link{Rel: employed, From: graph.NodeRef{Kind: customer, External: graph.External{ID: id}},
				To: graph.NodeRef{Kind: p.catalog.MustKind("Account"), External: graph.External{ID: "acme"}}})
		}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		account, persons := report.IDs[0], report.IDs[1:]
		// fields are root fields, one for each person.
		fields := func(format string) string {
			var out strings.Builder
			for i, id := range persons {
				fmt.Fprintf(&out, " c%d: "+format, i, id)
			}
			return "{" + out.String() + " }"
		}
		jobs := `{ name employments(first: 1) { edges { node { name } } totalCount } }`
		for _, c := range []struct {
			name, query string
			reads       int64
		}{
			{"one person", fmt.Sprintf("{ c0: customer(id: %q) "+jobs+" }", persons[0]), 1},
			{"twenty persons by one selection", fields("customer(id: %q) " + jobs), 1},
			{"the same by node", fields("node(id: %q) { ... on Customer " + jobs + " }"), 1},
			{"one that is there, and what is not, which may have led elsewhere", fmt.Sprintf(`{ c0: customer(id: %q) `+jobs+` no: customer(id: "cus_nobody") `+jobs+` acc: customer(id: %q) `+jobs+` }`, persons[0], account), 2},
			{"two selections", fmt.Sprintf("{ c0: customer(id: %q) "+jobs+" c1: customer(id: %q) { name } c2: customer(id: %q) { name } }", persons[0], persons[1], persons[2]), 2},
			{"two pages", fmt.Sprintf("{ c0: customer(id: %q) "+jobs+" c1: customer(id: %q) "+strings.Replace(jobs, "first: 1", "first: 2", 1)+" }", persons[0], persons[1]), 2},
			{"two names of a field", fmt.Sprintf("{ c0: customer(id: %q) { name } c1: customer(id: %q) { n: name } }", persons[0], persons[1]), 2},
		} {
			t.Run(c.name, func(t *testing.T) {
				before := p.statements.Load()
				got := map[string]json.RawMessage{}
				p.data(t, c.query, nil, &got)
				if onNeo4j(p.store) { // the other takes a statement a level
					assert.Equal(t, c.reads, p.statements.Load()-before)
				}
				for i := range persons {
					if v, ok := got[fmt.Sprintf("c%d", i)]; ok {
						assert.Contains(t, string(v), fmt.Sprintf(`"Person %d"`, i), "each has its own answer")
					}
				}
				for _, none := range []string{"no", "acc"} {
					if v, ok := got[none]; ok {
						assert.Equal(t, "null", string(v))
					}
				}
			})
		}
		t.Run("on any store it costs no more than one", func(t *testing.T) {
			cost := func(query string) int64 {
				before := p.statements.Load()
				var data any
				p.data(t, query, nil, &data)
				return p.statements.Load() - before
			}
			assert.Equal(t, cost(fmt.Sprintf("{ customer(id: %q) "+jobs+" }", persons[0])), cost(fields("customer(id: %q) "+jobs)))
		})
	})
}
