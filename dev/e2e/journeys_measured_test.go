package e2e

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// returning are travellers who come back and say how it was.
func returning(t *testing.T, p *program) *travellers {
	v := &travellers{program: p, b: &graph.Batch{Source: "crm", Loads: true}}
	var all []string
	for _, score := range []int{10, 9, 9, 8, 9, 9} {
		all = append(all, fmt.Sprint("c1 o3 f4=", score, " o11"))
	}
	for _, score := range []int{2, 0, 4, 2, 2} {
		all = append(all, fmt.Sprint("c1 v2 x4 f5=", score))
	}
	v.travel(t, append(all, slices.Repeat([]string{"o1 o2 o16"}, 5)...), func(string) any { return nil })
	return v
}

// TestJourneysAreMeasuredByThoseWhoReturn tells by hand how it was for sixteen travellers.
func TestJourneysAreMeasuredByThoseWhoReturn(t *testing.T) {
	const (
		unasked = `definition: {cases: {customers: {}}, events: {kinds: ["INTERACTION", "ORDER", "CASE"]}, by: [DETAIL]}`
		mean    = `cases answered mean`
		told    = `"all":{"cases":16,"answered":11,"mean":0.581818182},`
		ordered = `{"activities":["CALL","ORDER","ORDER","<open>"],"mean":{"cases":6,"answered":6,"mean":0.9}}`
		moaned  = `{"activities":["CALL","PAGE_VIEW","COMPLAINT","<open>"],"mean":{"cases":5,"answered":5,"mean":0.2}}`
		silent  = `{"activities":["ORDER","ORDER","ORDER","<open>"],"mean":{"cases":5,"answered":0,"mean":null}}`
	)
	asked := strings.NewReplacer(`"CALL","ORDER","ORDER"`, `"CALL","ORDER","NPS","ORDER"`, `"COMPLAINT","<open>"`, `"COMPLAINT","NPS","<open>"`)
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := returning(t, p)
		t.Run("the other worked example", func(t *testing.T) { shownJourneys(t, p, "## Another worked example", "### Along") })
		are := func(t *testing.T, name string, purpose graph.Purpose, ask, want string) {
			t.Run(name, func(t *testing.T) {
				definition := unasked
				if purpose == graph.Analysis { // nobody would stand beside what it leaves out
					definition, want = ofAll, asked.Replace(want)
				}
				text, err := p.bytes(purpose, `{ journeys(`+definition+`) { `+ask+` } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), want)
			})
		}
		const byVariant = `satisfaction(by: VARIANT, of: SATISFACTION) { all { ` + mean + ` } rows { activities mean { ` + mean + ` } } other { ` + mean + ` } values }`
		for _, purpose := range []graph.Purpose{graph.Compliance, graph.Analysis} {
			are(t, fmt.Sprint("by variant, for ", purpose), purpose, byVariant, `{"satisfaction":{`+told+`"rows":[`+ordered+`,`+moaned+`,`+silent+`],"other":null,"values":0}}`)
		}
		are(t, "what is left out is together", graph.Compliance, `satisfaction(by: STEP, of: SATISFACTION, first: 2) { rows { activities mean { `+mean+` } } other { `+mean+` } values }`,
			`{"satisfaction":{"rows":[{"activities":["CALL"],"mean":{"cases":11,"answered":0,"mean":null}},{"activities":["ORDER"],"mean":{"cases":11,"answered":6,"mean":0.9}}],"other":{"cases":5,"answered":5,"mean":0.2},"values":2}}`)
		are(t, "nobody felt anything that is told", graph.Compliance, `satisfaction(by: STEP, of: SENTIMENT) { all { `+mean+` low } }`, `{"satisfaction":{"all":{"cases":16,"answered":0,"mean":null,"low":null}}}`)
		const byMonth = `satisfaction(by: MONTH, of: SATISFACTION) { rows { activities value mean { ` + mean + ` } } other { ` + mean + ` } values }`
		are(t, "by when they begin", graph.Compliance, byMonth, `{"satisfaction":{"rows":[{"activities":[],"value":"2026-10-01","mean":{"cases":16,"answered":11,"mean":0.581818182}}],"other":null,"values":0}}`)
		are(t, "of groups a month beside which nobody begins is not told apart", graph.Analysis, byMonth, `{"satisfaction":{"rows":[],"other":{"cases":16,"answered":11,"mean":0.581818182},"values":1}}`)
		behind := func(number string) string {
			return `customers(behind: {measured: {by: ` + number + `}}) { totalCount }`
		}
		are(t, "who says how it was after the orders", graph.Compliance, behind(`STEP, of: SATISFACTION, activities: ["ORDER"], answered: true`), `{"customers":{"totalCount":6}}`)
		are(t, "who says nothing then", graph.Compliance, behind(`STEP, of: SATISFACTION, activities: ["ORDER"], answered: false`), `{"customers":{"totalCount":5}}`)
		are(t, "who says nothing of a month", graph.Compliance, behind(`MONTH, of: SATISFACTION, value: "2026-10-01", answered: false`), `{"customers":{"totalCount":5}}`)
		are(t, "a variant of months", graph.Compliance, behind(`MONTH, of: SATISFACTION, activities: ["ORDER"]`), `journeys.customers.behind.measured.activities: of a week, or month, the value is given`)
		are(t, "whoever was asked or not", graph.Compliance, behind(`VARIANT, of: SATISFACTION`), `{"customers":{"totalCount":16}}`)
		are(t, "those of a variant that nobody went", graph.Compliance, behind(`VARIANT, of: SATISFACTION, activities: ["ORDER", "<open>"]`), `{"customers":{"totalCount":0}}`)
		are(t, "and of groups, five", graph.Analysis, behind(`VARIANT, of: SATISFACTION, answered: false`), `{"customers":{"totalCount":5}}`)
		are(t, "but none where none are told", graph.Analysis, behind(`VARIANT, of: SENTIMENT, answered: false`), `{"customers":null}`)
		are(t, "an activity that is not there", graph.Compliance, behind(`STEP, of: SATISFACTION, activities: ["SONG"]`), `journeys.customers.behind.measured.activities[0]: there is no activity \"SONG\" in the definition`)
		are(t, "which is not told of groups", graph.Analysis, `satisfaction(by: STEP, of: SENTIMENT) { all { `+mean+` } }`, `{"satisfaction":null}`)
		t.Run("one who objects is not in it, and the others of hers are too few", func(t *testing.T) {
			require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: ANALYSIS, key: "no"`, v.ids[6])).UserErrors)
			are(t, "told", graph.Analysis, byVariant, `"all":{"cases":15,"answered":10,"mean":0.62},"rows":[],"other":{"cases":15,"answered":10,"mean":0.62},"values":3`)
		})
		t.Run("a policy that denies it says so", func(t *testing.T) {
			strict, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("SENTIMENT:    {SERVICE: contract-or-interest, SALES: interest"), []byte("SENTIMENT:    {SERVICE: contract-or-interest, SALES: deny"), 1))
			require.NoError(t, err)
			p = p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return strict }})
			are(t, "denied", graph.Sales, `satisfaction(by: VARIANT, of: SATISFACTION) { all { cases } } cases`, `"data":{"journeys":{"satisfaction":null,"cases":16}},"extensions":{`)
			are(t, "for the reason", graph.Sales, `satisfaction(by: VARIANT, of: SATISFACTION) { all { cases } }`, `"SENTIMENT"`)
			are(t, "nor are they listed", graph.Sales, `customers(behind: {measured: {by: VARIANT, of: SATISFACTION}}) { totalCount }`, `"data":{"journeys":{"customers":null}},"extensions":{`)
		})
	})
}

// TestPathsAreToldByValue is about what follows the first call, by the week in which cases begin and by stage.
func TestPathsAreToldByValue(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		travel(t, p)
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"by stage, with those that are not told in other", graph.Sales, `pathsBy(by: {customers: JOURNEY_STAGE}, to: ["ORDER", "PAGE_VIEW"], depth: 2, paths: 1) { rows { value paths { rows { activities cases median } cases other { paths cases } } } other { cases } values }`,
				`{"pathsBy":{"rows":[{"value":"PURCHASE","paths":{"rows":[{"activities":["CALL","ORDER"],"cases":6,"median":172800}],"cases":15,"other":{"paths":2,"cases":9}}},` +
					`{"value":"AWARENESS","paths":{"rows":[],"cases":1,"other":{"paths":1,"cases":1}}}],"other":null,"values":0}}`},
			{"the second value with others", graph.Sales, `pathsBy(by: {customers: JOURNEY_STAGE}, to: ["PAGE_VIEW"], depth: 2, first: 1) { rows { value paths { cases } } other { rows { activities } cases } values }`,
				`{"pathsBy":{"rows":[{"value":"PURCHASE","paths":{"cases":5}}],"other":{"rows":[{"activities":["<start>","PAGE_VIEW"]}],"cases":1},"values":1}}`},
			{"of groups one of too few is with the others, and all rows tell the same", graph.Analysis, `pathsBy(by: {customers: JOURNEY_STAGE}, from: ["CALL"], depth: 2) { rows { value paths { rows { activities cases } other { cases } } } other { cases } values }`,
				`{"pathsBy":{"rows":[{"value":"PURCHASE","paths":{"rows":[{"activities":["CALL","ORDER"],"cases":6},{"activities":["CALL","PAGE_VIEW"],"cases":5}],"other":{"cases":0}}}],"other":null,"values":0}}`},
			{"nor is any told that all but few go", graph.Analysis, `pathsBy(by: {customers: JOURNEY_STAGE}, to: ["ORDER", "CALL", "PAGE_VIEW"]) { values }`, `{"pathsBy":null}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(`+ofAll+`) { `+c.ask+` } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":`+c.want+`}`)
			})
		}
	})
}

// TestWhoComesAgainIsCounted is about those who ordered, by the week of their first order.
func TestWhoComesAgainIsCounted(t *testing.T) {
	const orders = `journeys(definition: {cases: {customers: {}}, by: [KIND]}) { retention(from: ["ORDER"], again: ["ORDER"], unit: WEEK, periods: 2) { all { cases periods { came gone open share } } rows { value cases periods { came } } other { cases } values } }`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := returning(t, p)
		t.Run("the worked example", func(t *testing.T) { shownJourneys(t, p, "### Coming back", "## ") })
		t.Run("and from channel to channel", func(t *testing.T) { shownJourneys(t, p, "### From channel to channel", "## ") })
		t.Run("of groups, as far as enough came and enough did not", func(t *testing.T) {
			text, err := p.bytes(graph.Analysis, "{ "+orders+" }")
			require.NoError(t, err)
			assert.Contains(t, string(text), `{"retention":{"all":{"cases":11,"periods":[{"came":5,"gone":6,"open":0,"share":0.45454545454545453},{"came":6,"gone":5,"open":0,"share":0},{"came":5,"gone":0,"open":6,"share":null}]},`+
				`"rows":[{"value":"2026-10-19","cases":5,"periods":[null,null,null]},{"value":"2026-10-26","cases":6,"periods":[null,null,null]}],"other":null,"values":0}}`)
		})
		for _, c := range []struct {
			purpose      graph.Purpose
			number, want string
		}{
			{graph.Compliance, `period: 0, fate: CAME`, `{"totalCount":5}`},
			{graph.Compliance, `period: 0, fate: GONE`, `{"totalCount":6}`},
			{graph.Compliance, `period: 2, fate: OPEN`, `{"totalCount":6}`},
			{graph.Compliance, `period: 0, value: "2026-10-19"`, `{"totalCount":5}`},
			{graph.Compliance, `period: 0, value: "2026-10-19", fate: CAME`, `{"totalCount":5}`},
			{graph.Compliance, `period: 0, value: "2026-10-20", fate: CAME`, `{"totalCount":0}`},
			{graph.Analysis, `period: 0, fate: CAME`, `{"totalCount":5}`},
			{graph.Analysis, `period: 0, value: "2026-10-26"`, `{"totalCount":6}`},
			{graph.Analysis, `period: 0, value: "2026-10-26", fate: GONE`, `null`},
			{graph.Analysis, `period: 0, value: "2026-11-02"`, `null`},
			{graph.Compliance, `period: 61`, `journeys.customers.behind.returning.period: from 0 to 60, not 61`},
		} {
			t.Run("who is behind it for "+string(c.purpose)+": "+c.number, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {returning: {from: ["ORDER"], again: ["ORDER"], unit: WEEK, `+c.number+`}}) { totalCount } } }`)
				require.NoError(t, err)
				if !strings.HasPrefix(c.want, "journeys.") {
					c.want = `{"journeys":{"customers":` + c.want + `}}`
				}
				assert.Contains(t, string(text), c.want)
			})
		}
		t.Run("a cohort of too few is with others", func(t *testing.T) {
			require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: ANALYSIS, key: "no"`, v.ids[15])).UserErrors)
			text, err := p.bytes(graph.Analysis, "{ "+orders+" }")
			require.NoError(t, err)
			assert.Contains(t, string(text), `{"retention":{"all":{"cases":10,"periods":[null,null,null]},"rows":[],"other":{"cases":10},"values":2}}`)
		})
	})
}

// along has travellers take on stages of the bow-tie, each from a day on.
func (v *travellers) along(t *testing.T, from, to int, moves string) {
	for who := from; who < to; who++ {
		for move := range strings.FieldsSeq(moves) {
			var day int64
			stage, on, _ := strings.Cut(move, "@")
			_, err := fmt.Sscan(on, &day)
			require.NoError(t, err)
			at := graph.At(now.AddDate(0, -1, 0)) + graph.Time(day*24*3600e6)
			v.b.Nodes = append(v.b.Nodes, graph.Upsert{Kind: v.catalog.MustKind("Customer"), ID: fmt.Sprint("p", who), Set: graph.Values{"journeyStage": stage}, At: &at})
		}
	}
}

// TestStagesOfTheBowTieAreEvents is about those who take on stages, forward and back.
func TestStagesOfTheBowTieAreEvents(t *testing.T) {
	const stages = `journeys(definition: {cases: {customers: {}}, by: [KIND, DETAIL]}) { stages(stages: [["STAGE AWARENESS"], ["STAGE INTEREST"]], exits: ["STAGE PURCHASE"]) { stays { cases } forward { cases } skipped { cases } back { cases } exited { cases } open { cases } again { cases } median } }`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := returning(t, p)
		v.along(t, 0, 6, "AWARENESS@1 INTEREST@3 CONSIDERATION@7 PURCHASE@11")
		v.along(t, 6, 11, "AWARENESS@1 INTEREST@2 AWARENESS@6")
		v.write(t)
		t.Run("the worked example", func(t *testing.T) { shownJourneys(t, p, "### Along the bow-tie", "## ") })
		text, err := p.bytes(graph.Analysis, "{ "+stages+" }")
		require.NoError(t, err)
		assert.Contains(t, string(text), `{"stages":[{"stays":{"cases":11},"forward":{"cases":11},"skipped":null,"back":null,"exited":null,"open":{"cases":5},"again":{"cases":5},"median":172800},`)
		t.Run("whose stage is not seen has none", func(t *testing.T) {
			strict, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("PROFILE:      {SERVICE: contract-or-interest, SALES: interest"), []byte("PROFILE:      {SERVICE: contract-or-interest, SALES: deny"), 1))
			require.NoError(t, err)
			p = p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return strict }})
			text, err := p.bytes(graph.Sales, "{ "+stages+" }")
			require.NoError(t, err)
			assert.Contains(t, string(text), `"stays":{"cases":0}`)
			assert.Contains(t, string(text), `"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"PROFILE"`)
		})
	})
}

// TestJourneysAreMeasuredAgainstWhatIsExpected counts by hand how sixteen travellers deviate.
func TestJourneysAreMeasuredAgainstWhatIsExpected(t *testing.T) {
	const (
		toOrder   = `expected: [["CALL"], ["PAGE_VIEW"], ["ORDER"]], optional: [2]`
		deviating = `conforming cost fitness rows { kind step activities events cases persons } other { deviations events }`
		extra     = `{"kind":"EXTRA","step":null,"activities":["COMPLAINT"],"events":5,"cases":5,"persons":5}`
		missing   = `{"kind":"MISSING","step":1,"activities":["CALL"],"events":5,"cases":5,"persons":5}`
	)
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
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
