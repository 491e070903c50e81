package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestJourneysAreToldApartByWhatCameOfEvents has persons be called, of whom six paid, five did not answer, three were lost and three refused.
func TestJourneysAreToldApartByWhatCameOfEvents(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := &travellers{program: p, b: &graph.Batch{Source: "crm", Loads: true}}
		results := slices.Concat(slices.Repeat([]string{"paid"}, 6), slices.Repeat([]string{"no answer"}, 5), slices.Repeat([]string{"lost"}, 3), slices.Repeat([]string{"refused"}, 3))
		for i, result := range results {
			who := fmt.Sprint("p", i)
			v.b.Nodes = append(v.b.Nodes, graph.Upsert{Kind: v.catalog.MustKind("Customer"), ID: who, Set: graph.Values{"name": who}})
			v.event(who, "c1")
			v.b.Nodes[len(v.b.Nodes)-1].Set["result"] = result
			v.event(who, "o2")
			v.b.Nodes[len(v.b.Nodes)-1].Set["orderStatus"] = "DELIVERED"
		}
		v.write(t)
		told := func(t *testing.T, purpose graph.Purpose, ask string) string {
			b, err := p.bytes(purpose, ask)
			require.NoError(t, err)
			data, _, _ := strings.Cut(string(b), `,"extensions":`)
			return data
		}
		of := func(definition, ask string) string {
			return `{ journeys(definition: {cases: {customers: {}}, ` + definition + `}) { ` + ask + ` } }`
		}
		const starts = `starts { rows { activities cases } }`
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"by kind and outcome", graph.Compliance, of(`by: [KIND, OUTCOME]`, `variants { rows { activities cases } }`),
				`{"journeys":{"variants":{"rows":[{"activities":["INTERACTION paid","ORDER DELIVERED","<open>"],"cases":6},{"activities":["INTERACTION no answer","ORDER DELIVERED","<open>"],"cases":5},` +
					`{"activities":["INTERACTION lost","ORDER DELIVERED","<open>"],"cases":3},{"activities":["INTERACTION refused","ORDER DELIVERED","<open>"],"cases":3}]}}}`},
			{"as it is echoed", graph.Compliance, of(`by: [KIND, OUTCOME], events: {outcomes: ["paid"]}`, `cases definition`),
				`{"journeys":{"cases":6,"definition":"{\"cases\":{\"customers\":{}},\"events\":{\"outcomes\":[\"paid\"]},\"by\":[\"KIND\",\"OUTCOME\"],\"repeats\":\"KEEP\"}"}}`},
			{"those of an outcome alone, by what they are", graph.Sales, of(`events: {outcomes: ["no answer", "refused"]}`, starts), `{"journeys":{"starts":{"rows":[{"activities":["INTERACTION CALL"],"cases":8}]}}}`},
			{"who is behind one", graph.Compliance, of(`by: [OUTCOME]`, `customers(behind: {activity: "no answer"}) { totalCount }`), `{"journeys":{"customers":{"totalCount":5}}}`},
			{"of groups, those that fewer than five had are one", graph.Analysis, of(`by: [OUTCOME]`, starts),
				`{"journeys":{"starts":{"rows":[{"activities":["?"],"cases":6},{"activities":["paid"],"cases":6},{"activities":["no answer"],"cases":5}]}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				assert.Equal(t, `{"data":`+c.want, told(t, c.purpose, c.ask))
			})
		}
		for ask, want := range map[string]string{
			of(`events: {outcomes: ["sold"]}`, `cases`): `journeys.definition.events.outcomes: no event has \"sold\"`,
			of(`by: [OUTCOME, KIND, OUTCOME]`, `cases`): `journeys.definition.by: OUTCOME is there twice`,
		} {
			assert.Contains(t, told(t, graph.Compliance, ask), want)
		}
		assert.Contains(t, told(t, graph.Analysis, of(`events: {outcomes: ["refused"]}`, `cases`)), `no event has \"refused\"`, "as of one that nobody had")
	})
}
