package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestJourneysAreMeasuredAgainstWhatIsExpected counts by hand how sixteen travellers deviate.
func TestJourneysAreMeasuredAgainstWhatIsExpected(t *testing.T) {
	const (
		toOrder   = `expected: [["CALL"], ["PAGE_VIEW"], ["ORDER"]], optional: [2]`
		deviating = `conforming cost fitness rows { kind step activities events cases persons } other { deviations events }`
		extra     = `{"kind":"EXTRA","step":null,"activities":["COMPLAINT"],"events":5,"cases":5,"persons":5}`
		missing   = `{"kind":"MISSING","step":1,"activities":["CALL"],"events":5,"cases":5,"persons":5}`
	)
	onBothStores(t, func(t *testing.T, p *program) {
		travel(t, p)
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"in time within two days: five call and complain, and five never call", graph.Compliance, `conformance(` + toOrder + `, within: "P2D") { ` + deviating + ` variants { cases cost fitness } }`,
				`{"conformance":{"conforming":6,"cost":0.625,"fitness":0.625,"rows":[` + missing + `,` + extra + `],"other":{"deviations":0,"events":0},` +
					`"variants":[{"cases":6,"cost":0,"fitness":1},{"cases":5,"cost":1,"fitness":0.8},{"cases":4,"cost":1,"fitness":0},{"cases":1,"cost":1,"fitness":0}]}}`},
			{"and late within one, at half the cost", graph.Compliance, `conformance(` + toOrder + `, costs: {late: 0.5}, within: "P1D", first: 1) { ` + deviating + ` }`,
				`{"conformance":{"conforming":0,"cost":0.8125,"fitness":0.534375,"rows":[{"kind":"LATE","step":3,"activities":["ORDER"],"events":6,"cases":6,"persons":6}],"other":{"deviations":2,"events":10}}}`},
			{"of groups where enough conform, and deviate in each way", graph.Analysis, `conformance(` + toOrder + `, within: "P2D") { ` + deviating + ` variants { cases cost } }`,
				`{"conformance":{"conforming":6,"cost":0.625,"fitness":0.625,"rows":[` + missing + `,` + extra + `],"other":{"deviations":0,"events":0},"variants":[{"cases":6,"cost":0},{"cases":5,"cost":1}]}}`},
			{"of groups that nobody conforms is not told, but in which way enough deviate", graph.Analysis, `conformance(` + toOrder + `, within: "P1D") { ` + deviating + ` }`,
				`{"conformance":{"conforming":null,"cost":null,"fitness":null,"rows":[{"kind":"LATE","step":3,"activities":["ORDER"],"events":6,"cases":6,"persons":6},` + missing + `,` + extra + `],"other":null}}`},
			{"of groups what too few miss is with what others do, and no mean is told", graph.Analysis, `conformance(expected: [["CALL", "ORDER"], ["ORDER", "PAGE_VIEW"]]) { ` + deviating + ` }`,
				`{"conformance":{"conforming":10,"cost":null,"fitness":null,"rows":[],"other":{"deviations":2,"events":6}}}`},
			{"who deviates in a way", graph.Sales, `customers(behind: {deviation: {` + toOrder + `, kind: MISSING, step: 1}}, orderBy: [{name: ASC}]) { nodes { name } }`,
				`{"customers":{"nodes":[{"name":"P11"},{"name":"P12"},{"name":"P13"},{"name":"P14"},{"name":"P15"}]}}`},
			{"who conforms, of the groups that are told", graph.Analysis, `customers(behind: {deviation: {` + toOrder + `, within: "P2D"}}) { totalCount }`, `{"customers":{"totalCount":6}}`},
			{"and nobody where it is not told", graph.Analysis, `customers(behind: {deviation: {` + toOrder + `, within: "P1D"}}) { totalCount } accounts: customers(behind: {deviation: {expected: [["CALL", "ORDER"], ["ORDER", "PAGE_VIEW"]], kind: MISSING, step: 1}}) { totalCount }`,
				`{"customers":null,"accounts":null}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(`+ofAll+`) { `+c.ask+` } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":`+c.want+`}`)
			})
		}
	})
}
