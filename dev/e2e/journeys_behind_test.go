package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestWhoIsBehindNumbersThatAreNoEdges lists, of the sixteen of the worked example, who comes again, is preceded, stays, converts and is compared: as many as the
// operation tells, or nobody where it does not.
func TestWhoIsBehindNumbersThatAreNoEdges(t *testing.T) {
	const (
		byKind     = `definition: {cases: {customers: {}}, by: [KIND]}`
		preceded   = `preceded: {events: ["ORDER", "COMPLAINT"], by: ["CALL", "PAGE_VIEW"], window: "P2D"`
		stay       = `stay: {stages: [["CALL"], ["PAGE_VIEW"], ["ORDER"]], exits: ["COMPLAINT"], stage: `
		attributed = `attributed: {conversions: ["ORDER"], channels: ["CALL", "PAGE_VIEW"], of: `
		compared   = `compared: {a: {customers: {orders: {count: {gte: 1}}}}, b: {customers: {interactions: {some: {kind: {eq: CALL}}}}}, of: ACTIVITIES, in: `
		funnel     = `compared: {a: {customers: {interactions: {some: {kind: {eq: CALL}}}}}, b: {customers: {interactions: {none: {kind: {eq: CALL}}}}}, of: FUNNEL, in: A, funnel: {steps: [["CALL"], ["ORDER"]], window: "P2D", step: `
	)
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		travel(t, p)
		for _, c := range []struct {
			name       string
			purpose    graph.Purpose
			definition string
			number     string
			want       string
		}{
			{"five did one thing again", graph.Compliance, byKind, `again: "INTERACTION"`, `{"totalCount":5}`},
			{"or anything", graph.Compliance, byKind, `again: ""`, `{"totalCount":5}`},
			{"nobody did what they did once", graph.Compliance, ofAll, `again: "CALL"`, `{"totalCount":0}`},
			{"of groups nobody, where four did nothing of it", graph.Analysis, byKind, `again: "INTERACTION"`, `null`},
			{"what a call precedes", graph.Compliance, ofAll, preceded + `, activity: "CALL"}`, `{"totalCount":6}`},
			{"what nothing precedes", graph.Compliance, ofAll, preceded + `}`, `{"totalCount":4}`},
			{"of groups nobody, where all but one have such an event", graph.Analysis, ofAll, preceded + `, activity: "CALL"}`, `null`},
			{"who stayed at a call", graph.Compliance, ofAll, stay + `1}`, `{"totalCount":11}`},
			{"and skipped the page", graph.Compliance, ofAll, stay + `1, of: SKIPPED}`, `{"totalCount":6}`},
			{"who is still at the page", graph.Compliance, ofAll, stay + `2, of: OPEN}`, `{"totalCount":1}`},
			{"nobody came back", graph.Compliance, ofAll, stay + `1, of: AGAIN}`, `{"totalCount":0}`},
			{"of groups, who skipped it", graph.Analysis, ofAll, stay + `1, of: SKIPPED}`, `{"totalCount":6}`},
			{"and not the one", graph.Analysis, ofAll, stay + `2, of: OPEN}`, `null`},
			{"who stayed at a call, of a row", graph.Compliance, ofAll, stay + `1, by: {customers: JOURNEY_STAGE}, value: "PURCHASE"}`, `{"totalCount":11}`},
			{"or of another", graph.Compliance, ofAll, stay + `2, by: {customers: JOURNEY_STAGE}, value: "AWARENESS"}`, `{"totalCount":1}`},
			{"of a month", graph.Compliance, ofAll, stay + `1, of: SKIPPED, by: {period: MONTH}, value: "2026-10-01"}`, `{"totalCount":6}`},
			{"of groups none of a row that is not told", graph.Analysis, ofAll, stay + `1, by: {customers: JOURNEY_STAGE}, value: "PURCHASE"}`, `null`},
			{"a row without what tells it apart, of stays", graph.Compliance, ofAll, stay + `1, value: "USE"}`, `journeys.customers.behind.stay.value: it is of a row, and by says what tells rows apart`},
			{"who converted behind a touch", graph.Compliance, ofAll, attributed + `CONVERTED}`, `{"totalCount":6}`},
			{"of a channel", graph.Compliance, ofAll, attributed + `CONVERTED, channel: "PAGE_VIEW"}`, `{"totalCount":0}`},
			{"who did not convert", graph.Compliance, ofAll, attributed + `UNCONVERTED}`, `{"totalCount":6}`},
			{"who converted without a touch", graph.Compliance, ofAll, attributed + `DIRECT}`, `{"totalCount":4}`},
			{"of groups, who did not convert", graph.Analysis, ofAll, attributed + `UNCONVERTED}`, `{"totalCount":6}`},
			{"and not the four", graph.Analysis, ofAll, attributed + `DIRECT}`, `null`},
			{"who ordered and did not call", graph.Compliance, ofAll, compared + `A}`, `{"totalCount":4}`},
			{"who called and did not order", graph.Compliance, ofAll, compared + `B}`, `{"totalCount":5}`},
			{"who did both", graph.Compliance, ofAll, compared + `BOTH}`, `{"totalCount":6}`},
			{"a line of a segment", graph.Compliance, ofAll, compared + `B, activities: ["PAGE_VIEW"]}`, `{"totalCount":5}`},
			{"of groups none, where one of two is small", graph.Analysis, ofAll, compared + `B}`, `null`},
			{"who is over in a funnel", graph.Compliance, ofAll, funnel + `1}}`, `{"totalCount":11}`},
			{"and who took its step", graph.Compliance, ofAll, funnel + `2}}`, `{"totalCount":6}`},
			{"an activity that is not there", graph.Compliance, ofAll, `again: "SONG"`, `journeys.customers.behind.again: there is no activity \"SONG\" in the definition`},
			{"a stage too many", graph.Compliance, ofAll, stay + `4}`, `behind.stay.stage: from 1 to 3, not 4`},
			{"a channel of who was not touched", graph.Compliance, ofAll, attributed + `DIRECT, channel: "CALL"}`, `behind.attributed.channel: of channels cases are told that are CONVERTED, and not DIRECT`},
			{"a funnel where none is compared", graph.Compliance, ofAll, compared + `A, funnel: {steps: [["CALL"], ["ORDER"]], step: 1}}`, `behind.compared.funnel: it is given where shares of FUNNEL are compared, and nowhere else`},
			{"what became of a funnel that is compared", graph.Compliance, ofAll, funnel + `1, status: DROPPED}}`, `behind.compared.funnel.status: a comparison has none`},
			{"that time is left, of which a comparison has no choice", graph.Compliance, ofAll, funnel + `1, matured: false}}`, `behind.compared.funnel.matured: a comparison has none`},
			{"rows of a funnel that is compared", graph.Compliance, ofAll, funnel + `1, by: {customers: JOURNEY_STAGE}, value: "USE"}}`, `behind.compared.funnel.by: a comparison has none`},
			{"a row without what tells it apart", graph.Compliance, ofAll, funnel + `1, value: "USE"}}`, `behind.compared.funnel.value: a comparison has none`},
			{"how many rows", graph.Compliance, ofAll, funnel + `1, first: 3}}`, `behind.compared.funnel.first: a comparison has none`},
			{"of which times rows are", graph.Compliance, ofAll, funnel + `1, unit: WEEK}}`, `behind.compared.funnel.unit: a comparison has none`},
			{"of whose clocks", graph.Compliance, ofAll, funnel + `1, zone: "Europe/Berlin"}}`, `behind.compared.funnel.zone: a comparison has none`},
			{"exits of a funnel that is compared", graph.Compliance, ofAll, funnel + `1, exits: ["COMPLAINT"]}}`, `behind.compared.funnel.exits: a comparison has none`},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(`+c.definition+`) { customers(behind: {`+c.number+`}) { totalCount } } }`)
				require.NoError(t, err)
				want := c.want
				if want == "null" || want[0] == '{' {
					want = `"data":{"journeys":{"customers":` + want + `}}`
				}
				assert.Contains(t, string(text), want)
			})
		}
		text, err := p.bytes(graph.Compliance, `{ journeys(`+ofAll+`) { customers(behind: {`+attributed+`DIRECT}}, orderBy: [{name: ASC}]) { nodes { name } } } }`)
		require.NoError(t, err)
		assert.Contains(t, string(text), `"nodes":[{"name":"P12"},{"name":"P13"},{"name":"P14"},{"name":"P15"}]`)
	})
}
