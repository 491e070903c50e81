package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestWhichGroupsComeByThemselvesTellsNothingWithheld has somebody who objects be in the smallest groups, and in some of her own, of more
// than come by themselves: which do, what they come to and what all others do stays as it was.
func TestWhichGroupsComeByThemselvesTellsNothingWithheld(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := &victims{program: p}
		const days = graph.MostGroups + 5
		calls := func(who string, times, from, to int) {
			b := &graph.Batch{Source: "crm"}
			for day := from; day < to; day++ {
				for i := range times {
					id := fmt.Sprint(who, " ", day, " ", i)
					b.Nodes = append(b.Nodes, v.node("Interaction", id, graph.Values{"at": int64(graph.At(now.AddDate(0, 0, -day))), "kind": "CALL", "origin": "CUSTOMER"}))
					b.Edges = append(b.Edges, v.link("PARTICIPANT", "Interaction", id, "Customer", who))
				}
			}
			v.write(t, b)
		}
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"})}})
		v.objects(t, "bob")
		calls("ann", 1, 0, days)
		calls("ann", 2, 0, 10) // the largest groups
		ask := func(purpose graph.Purpose) string {
			var answers strings.Builder
			for _, order := range []string{"", ", orderBy: {count: ASC}", ", orderBy: {key: DESC}"} {
				answer, err := p.bytes(purpose, `{ interactions { groups(by: [AT], first: 200`+order+`) {
					rows { key { at { day } } count aggregate { customers { count } distinct(of: CUSTOMERS) } }
					other { groups count aggregate { customers { count } distinct(of: CUSTOMERS) } } pageInfo { hasNextPage endCursor } } } }`)
				require.NoError(t, err)
				answers.Write(answer)
			}
			return answers.String()
		}
		before, legal := ask(graph.Sales), ask(graph.Compliance)
		require.Contains(t, before, fmt.Sprintf(`"other":{"groups":%d,`, days-200))
		calls("bob", 7, 600, days+20)
		assert.Equal(t, before, ask(graph.Sales))
		assert.NotEqual(t, legal, ask(graph.Compliance), "they are there")
	})
}
