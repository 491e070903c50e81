package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestWhoDoesNotPermitATextIsNotTold has Ann, who permits everything, in a call with Bob, who is hidden in one way after another. The text
// is withheld each time, in the same words.
func TestWhoDoesNotPermitATextIsNotTold(t *testing.T) {
	day := func(n int) int64 { return int64(graph.At(now.AddDate(0, 0, -n))) }
	for _, c := range []struct {
		purpose graph.Purpose
		reasons string
		ways    map[string][]graph.Values // what Bob has said
	}{
		{graph.Sales, `"reason":"NOT_PERMITTED_BY_ALL"`, map[string][]graph.Values{
			"objected":          {{graph.ConsentAt: day(9), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected}},
			"objected long ago": {{graph.ConsentAt: day(900), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected}},
			"restricted":        {{graph.ConsentAt: day(9), graph.ConsentStatus: graph.Restricted}},
		}},
		{graph.Service, `"reason":"NOT_PERMITTED_BY_ALL"`, map[string][]graph.Values{
			"objected":   {{graph.ConsentAt: day(9), graph.ConsentPurpose: "SERVICE", graph.ConsentStatus: graph.Objected}},
			"restricted": {{graph.ConsentAt: day(9), graph.ConsentStatus: graph.Restricted}},
		}},
		{graph.Marketing, `"reason":"NOT_FOR_PURPOSE"`, map[string][]graph.Values{
			"never asked": nil,
			"withdrawn":   {{graph.ConsentAt: day(9), graph.ConsentPurpose: "MARKETING", graph.ConsentStatus: graph.Withdrawn}},
			"expired":     {{graph.ConsentAt: day(9), graph.ConsentPurpose: "MARKETING", graph.ConsentStatus: graph.Granted, graph.ConsentExpires: day(3)}},
			"objected":    {{graph.ConsentAt: day(9), graph.ConsentPurpose: "MARKETING", graph.ConsentStatus: graph.Objected}},
		}},
	} {
		t.Run(string(c.purpose), func(t *testing.T) {
			told := map[string]string{}
			for name, said := range c.ways {
				p := onSQLite(t)
				v := &victims{program: p}
				b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
					v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"}),
					v.node("Interaction", "call", graph.Values{"at": day(5), "kind": "CALL", "text": "about Bob", "sentiment": int64(5000), "result": "sold"}),
					v.node(graph.ConsentKind, "hers", graph.Values{graph.ConsentAt: day(99), graph.ConsentPurpose: string(c.purpose), graph.ConsentStatus: graph.Granted}),
				}, Edges: []graph.Link{
					v.link("PARTICIPANT", "Interaction", "call", "Customer", "ann"), v.link("PARTICIPANT", "Interaction", "call", "Customer", "bob"),
					v.link("GIVEN_BY", graph.ConsentKind, "hers", "Customer", "ann"),
				}}
				v.write(t, b)
				for _, set := range said {
					v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node(graph.ConsentKind, "his", set)}, Edges: []graph.Link{v.link("GIVEN_BY", graph.ConsentKind, "his", "Customer", "bob")}})
				}
				answer, err := p.bytes(c.purpose, `{ interactions { nodes { at kind text sentiment result displayName withheld { field reason since } customers { totalCount nodes { name } } } } customer(id: "`+v.ids["ann"]+`") { timeline { nodes { ... on Interaction { text } } } } }`)
				require.NoError(t, err)
				told[name] = string(answer)
				assert.Contains(t, told[name], `"name":"Ann"`, name)
				assert.NotContains(t, told[name], "Bob", name)
				assert.Contains(t, told[name], c.reasons, name)
				assert.NotContains(t, strings.ReplaceAll(told[name], `"since":null`, ""), `"since"`, name)
			}
			for name, answer := range told {
				for other, another := range told {
					assert.Equal(t, answer, another, "%s is not told from %s", name, other)
				}
			}
		})
	}
}
