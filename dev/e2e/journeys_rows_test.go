package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestBehindARowOfAFunnelStandAsManyAsItTells lists who is behind numbers of a funnel by value, and who has no time left.
func TestBehindARowOfAFunnelStandAsManyAsItTells(t *testing.T) {
	const asked = `steps: [["CALL"], ["ORDER"]]`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		stages := map[string]any{"c1 o3": "PURCHASE", "c1 v2": "PURCHASE", "c1 o3 v4": "USE", "c1 v2 x4": "USE"} // of the others nobody knows it
		v := &travellers{program: p, b: &graph.Batch{Source: "crm", Loads: true}}
		all := []string{"c1", "c1"}
		for _, journey := range []string{"c1 o3", "c1 v2", "c1 o3 v4", "c1 v2 x4", "o1"} {
			all = append(all, slices.Repeat([]string{journey}, 6)...)
		}
		v.travel(t, all, func(journey string) any { return stages[journey] })
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			number  string
			want    string
		}{
			{"of a value, who took a step", graph.Compliance, `step: 1, by: {customers: JOURNEY_STAGE}, value: "USE"`, `{"totalCount":12}`},
			{"who took the next one", graph.Compliance, `step: 2, by: {customers: JOURNEY_STAGE}, value: "PURCHASE"`, `{"totalCount":6}`},
			{"what became of them", graph.Compliance, `step: 1, status: OPEN, by: {customers: JOURNEY_STAGE}, value: "USE"`, `{"totalCount":6}`},
			{"of what nobody knows", graph.Compliance, `step: 1, by: {customers: JOURNEY_STAGE}, value: null`, `{"totalCount":2}`},
			{"of a value that nobody has", graph.Compliance, `step: 1, by: {customers: JOURNEY_STAGE}, value: "LOYALTY"`, `{"totalCount":0}`},
			{"of a month", graph.Compliance, `step: 1, by: {period: MONTH}, value: "2026-10-01"`, `{"totalCount":26}`},
			{"of another", graph.Compliance, `step: 1, by: {period: MONTH}, value: "2026-09-01"`, `{"totalCount":0}`},
			{"who has no time left", graph.Compliance, `step: 1, window: "P2D", matured: true, by: {customers: JOURNEY_STAGE}, value: "USE"`, `{"totalCount":12}`},
			{"who has no time left, and took all steps", graph.Compliance, `step: 2, window: "P2D", matured: true`, `{"totalCount":12}`},
			{"while there is time, nobody", graph.Compliance, `step: 1, window: "P90D", matured: true`, `{"totalCount":0}`},
			{"of groups, a row that is told", graph.Analysis, `step: 1, by: {customers: JOURNEY_STAGE}, value: "PURCHASE"`, `{"totalCount":12}`},
			{"and none that is told with others: two less would be they", graph.Analysis, `step: 1, by: {customers: JOURNEY_STAGE}, value: "USE"`, `null`},
			{"nor who is of no row", graph.Analysis, `step: 1, by: {customers: JOURNEY_STAGE}, value: null`, `null`},
			{"who has no time left, as the funnel says how many these are", graph.Analysis, `step: 1, window: "P2D", matured: true`, `{"totalCount":26}`},
			{"and none while the funnel does not say it", graph.Analysis, `step: 1, window: "P90D", matured: true`, `null`},
			{"nor what became of them", graph.Analysis, `step: 1, status: DROPPED, window: "P2D", matured: true`, `null`},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(`+ofAll+`) { customers(behind: {step: {`+asked+`, `+c.number+`}}) { totalCount } } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":{"customers":`+c.want+`}}`)
				if c.want == "null" {
					assert.Contains(t, string(text), `"reason":"SMALL_GROUP"`)
				}
			})
		}
		t.Run("a number that is not told is noted where it is null", func(t *testing.T) {
			const ask = `{ journeys(` + ofAll + `) { funnel(` + asked + `, window: "P90D") { steps { entered { cases } } matured { cases } curve { share } } } }`
			text, err := p.bytes(graph.Analysis, ask)
			require.NoError(t, err)
			assert.Contains(t, string(text), `"steps":[{"entered":{"cases":26}},{"entered":{"cases":12}}],"matured":null,"curve":null`)
			for _, number := range []string{"matured", "curve"} {
				assert.Contains(t, string(text), `{"path":["journeys","funnel","`+number+`"],"count":1,"reason":"SMALL_GROUP","purpose":"ANALYSIS","category":"BEHAVIOUR","since":null}`)
			}
			assert.Equal(t, 2, strings.Count(string(text), `"SMALL_GROUP"`), "and nothing else is")
			text, err = p.bytes(graph.Compliance, ask)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "SMALL_GROUP")
		})
		for number, want := range map[string]string{
			`value: "USE"`:                  `journeys.customers.behind.step.value: it is of a row, and by says what tells rows apart: give both, or neither`,
			`first: 3`:                      `journeys.customers.behind.step.first: it is of a row`,
			`by: {deals: TYPE}`:             `journeys.customers.behind.step.by.deals: cases are customers, and they are told apart by a value of theirs`,
			`by: {period: MONTH}, first: 0`: `journeys.customers.behind.step: first is from 1 to`,
		} {
			t.Run("refused: "+number, func(t *testing.T) {
				text, err := p.bytes(graph.Compliance, `{ journeys(`+ofAll+`) { customers(behind: {step: {step: 1, `+asked+`, `+number+`}}) { totalCount } } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), want)
			})
		}
	})
}
