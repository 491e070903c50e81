package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// travellers are sixteen persons whose journeys are as letters with days: c is a call, v a page that was viewed, o an order and x a
// complaint, and f4=9 an answer of 9 by NPS. All is told of what they come to.
type travellers struct {
	*program
	b   *graph.Batch
	ids []string
}

func (v *travellers) ref(kind, id string) graph.NodeRef {
	return graph.NodeRef{Kind: v.catalog.MustKind(kind), External: graph.External{ID: id}}
}

// event adds one that takes place on a day.
func (v *travellers) event(who, word string) {
	var day, score int64
	fmt.Sscanf(word[1:], "%d=%d", &day, &score)
	at := int64(graph.At(now.AddDate(0, -1, 0))) + day*24*3600e6
	id := who + " " + word
	add := func(kind, rel string, set graph.Values) {
		v.b.Nodes = append(v.b.Nodes, graph.Upsert{Kind: v.catalog.MustKind(kind), ID: id, Set: set})
		v.b.Edges = append(v.b.Edges, graph.Link{Rel: v.catalog.Rel(rel), From: v.ref(kind, id), To: v.ref("Customer", who)})
	}
	switch word[0] {
	case 'c':
		add("Interaction", "PARTICIPANT", graph.Values{"at": at, "kind": "CALL", "channel": "PHONE"})
	case 'v':
		add("Interaction", "PARTICIPANT", graph.Values{"at": at, "kind": "PAGE_VIEW", "channel": "WEB"})
	case 'o':
		add("Order", "PLACED_BY", graph.Values{"placedAt": at, "number": id})
	case 'f':
		add("Feedback", "BY", graph.Values{"at": at, "instrument": "NPS", "score": score})
	case 'x':
		add("Case", "OF", graph.Values{"openedAt": at, "kind": "COMPLAINT"})
	}
}

func (v *travellers) write(t *testing.T) []string {
	report, err := v.store.Write(t.Context(), v.b)
	require.NoError(t, err)
	v.b = &graph.Batch{Source: "crm"}
	return report.IDs
}

func travel(t *testing.T, p *program) *travellers {
	v := &travellers{program: p, b: &graph.Batch{Source: "crm", Loads: true}} // nobody knows since when they are in their stages
	all := slices.Concat(slices.Repeat([]string{"c1 o3"}, 6), slices.Repeat([]string{"c1 v2 x4"}, 5), []string{"v1"}, slices.Repeat([]string{"o1"}, 4))
	v.travel(t, all, func(journey string) any {
		if journey == "v1" {
			return "AWARENESS"
		}
		return "PURCHASE"
	})
	return v
}

// travel writes journeys, and in which stage those are who went them.
func (v *travellers) travel(t *testing.T, all []string, stage func(journey string) any) {
	for i := range all {
		v.b.Nodes = append(v.b.Nodes, graph.Upsert{Kind: v.catalog.MustKind("Customer"), ID: fmt.Sprint("p", i), Set: graph.Values{"name": fmt.Sprint("P", i), "journeyStage": stage(all[i])}})
	}
	for i, journey := range all {
		for word := range strings.FieldsSeq(journey) {
			v.event(fmt.Sprint("p", i), word)
		}
	}
	v.ids = v.write(t)[:len(all)]
}

const (
	ofAll    = `definition: {cases: {customers: {}}, by: [DETAIL]}`
	numbers  = `cases persons events tied `
	tallied  = `entries cases persons`
	toOrders = `funnel(steps: [["CALL"], ["ORDER"]]) { steps { entered { ` + tallied + ` } continued { ` + tallied + ` } dropped { ` + tallied + ` } open { ` + tallied + ` } other { ` + tallied + ` } filtered { ` + tallied + ` } median } matured { entries } through { entries } }`
)

func tally(n int) string { return fmt.Sprintf(`{"entries":%d,"cases":%[1]d,"persons":%[1]d}`, n) }

func TestJourneysAreCountedExactly(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		travel(t, p)
		t.Run("the worked example", func(t *testing.T) { shownJourneys(t, p, "## A worked example", "## Another") })
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			ask     string
			want    string
		}{
			{"who, and how much", graph.Compliance, ofAll + `) { ` + numbers + `horizon asOf }`,
				`{"cases":16,"persons":16,"events":32,"tied":0,"horizon":"2026-10-27T12:00:00Z","asOf":"2026-11-23T12:00:00Z"}`},
			{"what follows what", graph.Compliance, ofAll + `) { map(first: 5) { edges { from to events cases persons share median p90 } other { activities edges events } } }`,
				`{"map":{"edges":[{"from":"<start>","to":"CALL","events":11,"cases":11,"persons":11,"share":0.6875,"median":null,"p90":null},` +
					`{"from":"ORDER","to":"<open>","events":10,"cases":10,"persons":10,"share":1,"median":null,"p90":null},` +
					`{"from":"CALL","to":"ORDER","events":6,"cases":6,"persons":6,"share":0.5454545454545454,"median":172800,"p90":172800},` +
					`{"from":"CALL","to":"PAGE_VIEW","events":5,"cases":5,"persons":5,"share":0.45454545454545453,"median":86400,"p90":86400},` +
					`{"from":"COMPLAINT","to":"<open>","events":5,"cases":5,"persons":5,"share":1,"median":null,"p90":null}],` +
					`"other":{"activities":0,"edges":4,"events":11}}}`},
			{"variants, and those that are not told", graph.Compliance, ofAll + `) { variants(first: 2) { rows { activities cases persons share coverage median } cases persons other { paths cases persons } } }`,
				`{"variants":{"rows":[{"activities":["CALL","ORDER","<open>"],"cases":6,"persons":6,"share":0.375,"coverage":0.375,"median":172800},` +
					`{"activities":["CALL","PAGE_VIEW","COMPLAINT","<open>"],"cases":5,"persons":5,"share":0.3125,"coverage":0.6875,"median":259200}],` +
					`"cases":16,"persons":16,"other":{"paths":2,"cases":5,"persons":5}}}`},
			{"where they begin and end", graph.Compliance, ofAll + `) { starts(first: 1) { rows { activities cases median } other { paths cases } } ends(first: 1) { rows { activities cases } other { paths cases } } }`,
				`{"starts":{"rows":[{"activities":["CALL"],"cases":11,"median":null}],"other":{"paths":2,"cases":5}},"ends":{"rows":[{"activities":["ORDER","<open>"],"cases":10}],"other":{"paths":2,"cases":6}}}`},
			{"steps, level by level", graph.Compliance, ofAll + `) { steps(from: ["CALL"], depth: 2) { places { level activity cases } links { level from to cases persons } cases other } }`,
				`{"steps":{"places":[{"level":0,"activity":"CALL","cases":11},{"level":1,"activity":"ORDER","cases":6},{"level":1,"activity":"PAGE_VIEW","cases":5}],` +
					`"links":[{"level":0,"from":"CALL","to":"ORDER","cases":6,"persons":6},{"level":0,"from":"CALL","to":"PAGE_VIEW","cases":5,"persons":5},` +
					`{"level":1,"from":"ORDER","to":"<open>","cases":6,"persons":6},{"level":1,"from":"PAGE_VIEW","to":"…","cases":5,"persons":5}],"cases":11,"other":0}}`},
			{"steps of groups: four began with an order, and one with a page", graph.Analysis, ofAll + `) { steps(depth: 2) { places { level activity cases } links { from to cases } other } }`,
				`{"steps":{"places":[{"level":0,"activity":"CALL","cases":11},{"level":0,"activity":null,"cases":5},{"level":1,"activity":"ORDER","cases":6},{"level":1,"activity":"PAGE_VIEW","cases":5}],` +
					`"links":[{"from":"CALL","to":"ORDER","cases":6},{"from":null,"to":"<open>","cases":5},{"from":"CALL","to":"PAGE_VIEW","cases":5},{"from":"ORDER","to":"<open>","cases":6},{"from":"PAGE_VIEW","to":"…","cases":5}],"other":0}}`},
			{"paths to something", graph.Compliance, ofAll + `) { paths(to: ["COMPLAINT", "ORDER"], depth: 2) { rows { activities cases } cases other { cases } } }`,
				`{"paths":{"rows":[{"activities":["CALL","ORDER"],"cases":6},{"activities":["PAGE_VIEW","COMPLAINT"],"cases":5},{"activities":["<start>","ORDER"],"cases":4}],"cases":15,"other":{"cases":0}}}`},
			{"what is on both sides of something", graph.Compliance, ofAll + `) { paths(through: ["PAGE_VIEW"], depth: 4) { rows { activities cases } cases } customers(behind: {path: {through: ["PAGE_VIEW"], depth: 4, activities: ["CALL", "PAGE_VIEW", "COMPLAINT", "<open>"]}}) { totalCount } }`,
				`{"paths":{"rows":[{"activities":["CALL","PAGE_VIEW","COMPLAINT","<open>"],"cases":5},{"activities":["<start>","PAGE_VIEW","<open>"],"cases":1}],"cases":6},"customers":{"totalCount":5}}`},
			{"and of groups nobody, since five and one are neither told nor left", graph.Analysis, ofAll + `) { paths(through: ["PAGE_VIEW"], depth: 4) { rows { activities } cases other { cases } } }`,
				`{"paths":{"rows":[],"cases":6,"other":{"cases":6}}}`},
			{"a funnel that balances: nobody has ended, so that who did not go on has time left", graph.Compliance, ofAll + `) { ` + toOrders + ` }`,
				`{"funnel":{"steps":[{"entered":` + tally(11) + `,"continued":` + tally(6) + `,"dropped":` + tally(0) + `,"open":` + tally(5) + `,"other":` + tally(0) + `,"filtered":` + tally(0) + `,"median":null},` +
					`{"entered":` + tally(6) + `,"continued":` + tally(6) + `,"dropped":` + tally(0) + `,"open":` + tally(0) + `,"other":` + tally(0) + `,"filtered":` + tally(0) + `,"median":172800}],"matured":{"entries":0},"through":{"entries":0}}}`},
			{"a window is inclusive, and over before the horizon", graph.Compliance, ofAll + `) { funnel(steps: [["CALL"], "ORDER"], window: "P2D", exits: ["PAGE_VIEW"]) { steps { continued { cases } dropped { cases } other { cases } } matured { cases } through { cases } median } }`,
				`{"funnel":{"steps":[{"continued":{"cases":6},"dropped":{"cases":0},"other":{"cases":5}},{"continued":{"cases":6},"dropped":{"cases":0},"other":{"cases":0}}],"matured":{"cases":11},"through":{"cases":6},"median":172800}}`},
			{"a case filter, whose others are filtered", graph.Compliance, `definition: {cases: {customers: {cases: {some: {caseKind: {eq: COMPLAINT}}}}}, by: [DETAIL]}) { cases funnel(steps: [["CALL"], ["ORDER"]]) { steps { entered { cases } open { cases } filtered { cases } } } }`,
				`{"cases":5,"funnel":{"steps":[{"entered":{"cases":11},"open":{"cases":5},"filtered":{"cases":6}},{"entered":{"cases":0},"open":{"cases":0},"filtered":{"cases":0}}]}}`},
			{"an event filter bridges, names are joined, and activities are grouped", graph.Compliance, `definition: {cases: {customers: {}}, events: {kinds: ["INTERACTION", "CASE"]}, by: [KIND, DETAIL, CHANNEL], exclude: ["INTERACTION PAGE_VIEW WEB"], rename: [{from: ["INTERACTION CALL PHONE"], to: "Call"}]}) { ` + numbers + ` variants { rows { activities cases } } }`,
				`{"cases":11,"persons":11,"events":16,"tied":0,"variants":{"rows":[{"activities":["Call","<open>"],"cases":6},{"activities":["Call","CASE COMPLAINT","<open>"],"cases":5}]}}`},
			{"activities are grouped by what their names match", graph.Compliance, `definition: {cases: {customers: {}}, events: {kinds: ["INTERACTION", "CASE"]}, by: [KIND, DETAIL, CHANNEL], exclude: ["INTERACTION PAGE_VIEW WEB"], rename: [{matching: "^INTERACTION (C)ALL", to: "${1}all"}]}) { ` + numbers + ` variants { rows { activities cases } } }`,
				`{"cases":11,"persons":11,"events":16,"tied":0,"variants":{"rows":[{"activities":["Call","<open>"],"cases":6},{"activities":["Call","CASE COMPLAINT","<open>"],"cases":5}]}}`},
			{"a period is when a case begins, and cases may end by what does not come", graph.Compliance, `definition: {cases: {customers: {}}, from: "2026-10-24T12:00:00Z", to: "2026-10-24T12:00:01Z", idle: "PT71H", by: [KIND], repeats: CUT}) { cases ends { rows { activities cases } } }`,
				`{"cases":16,"ends":{"rows":[{"activities":["ORDER","<open>"],"cases":6},{"activities":["CASE","<open>"],"cases":5},{"activities":["ORDER","<end>"],"cases":4},{"activities":["INTERACTION","<end>"],"cases":1}]}}`},
			{"a funnel by when it is entered, whose rows come to the whole", graph.Compliance, ofAll + `) { funnelBy(by: {period: WEEK}, steps: [["CALL"], ["ORDER"]], window: "P2D") { rows { value funnel { steps { entered { cases } dropped { cases } } matured { cases } through { cases } } } other { matured { cases } } values } }`,
				`{"funnelBy":{"rows":[{"value":"2026-10-19","funnel":{"steps":[{"entered":{"cases":11},"dropped":{"cases":5}},{"entered":{"cases":6},"dropped":{"cases":0}}],"matured":{"cases":11},"through":{"cases":6}}}],"other":null,"values":0}}`},
			{"and by a value that persons have", graph.Sales, ofAll + `) { funnelBy(by: {customers: JOURNEY_STAGE}, steps: [["PAGE_VIEW"], ["COMPLAINT"]], first: 1) { rows { value funnel { steps { entered { cases } continued { cases } open { cases } } } } other { steps { entered { cases } open { cases } } } values } }`,
				`{"funnelBy":{"rows":[{"value":"PURCHASE","funnel":{"steps":[{"entered":{"cases":5},"continued":{"cases":5},"open":{"cases":0}},{"entered":{"cases":5},"continued":{"cases":5},"open":{"cases":0}}]}}],"other":{"steps":[{"entered":{"cases":1},"open":{"cases":1}},{"entered":{"cases":0},"open":{"cases":0}}]},"values":1}}`},
			{"variants by a value", graph.Compliance, ofAll + `) { variantsBy(by: {customers: JOURNEY_STAGE}, variants: 1) { rows { value paths { rows { activities cases share } cases other { paths cases } } } values } }`,
				`{"variantsBy":{"rows":[{"value":"PURCHASE","paths":{"rows":[{"activities":["CALL","ORDER","<open>"],"cases":6,"share":0.4}],"cases":15,"other":{"paths":2,"cases":9}}},{"value":"AWARENESS","paths":{"rows":[],"cases":1,"other":{"paths":1,"cases":1}}}],"values":0}}`},
			{"what precedes orders and complaints: of three days, a call covers two of six journeys, and one of five, whose page covers the others", graph.Compliance, ofAll + `) { preceded(events: ["ORDER", "COMPLAINT"], by: ["CALL", "PAGE_VIEW"], window: "P2D") { events rows { activity events cases share expected } none noneCases other } }`,
				`{"preceded":{"events":15,"rows":[{"activity":"CALL","events":6,"cases":6,"share":0.4,"expected":0.377777778},{"activity":"PAGE_VIEW","events":5,"cases":5,"share":0.3333333333333333,"expected":0.222222222}],"none":4,"noneCases":4,"other":0}}`},
			{"two segments, by what they did", graph.Compliance, ofAll + `) { compare(a: {customers: {orders: {count: {gte: 1}}}}, b: {customers: {interactions: {some: {kind: {eq: CALL}}}}}, of: VARIANTS) { a b both lines { activities a { cases of share } b { cases of share } difference p adjusted } other } }`,
				`{"compare":{"a":4,"b":5,"both":6,"lines":[{"activities":["CALL","PAGE_VIEW","COMPLAINT","<open>"],"a":{"cases":0,"of":4,"share":0},"b":{"cases":5,"of":5,"share":1},"difference":-1,"p":0.00793650794,"adjusted":0.01587301588},` +
					`{"activities":["ORDER","<open>"],"a":{"cases":4,"of":4,"share":1},"b":{"cases":0,"of":5,"share":0},"difference":1,"p":0.00793650794,"adjusted":0.01587301588}],"other":0}}`},
			{"what comes again: nothing as it is, and by kind what two interactions are", graph.Compliance, `definition: {cases: {customers: {}}, by: [KIND]}) { rework(first: 1) { rows { activity cases again share repeats direct median p90 } again other } }`,
				`{"rework":{"rows":[{"activity":"INTERACTION","cases":12,"again":5,"share":0.4166666666666667,"repeats":5,"direct":5,"median":86400,"p90":86400}],"again":5,"other":2}}`},
			{"how long cases stay, where nobody has ended: half never go on from a page", graph.Compliance, ofAll + `) { stages(stages: [["CALL"], ["PAGE_VIEW"], ["ORDER"]], exits: ["COMPLAINT"]) { activities stays { cases } forward { cases } skipped { cases } exited { cases } open { cases } median survival } }`,
				`{"stages":[{"activities":["CALL"],"stays":{"cases":11},"forward":{"cases":5},"skipped":{"cases":6},"exited":{"cases":0},"open":{"cases":0},"median":172800,"survival":172800},` +
					`{"activities":["PAGE_VIEW"],"stays":{"cases":6},"forward":{"cases":0},"skipped":{"cases":0},"exited":{"cases":5},"open":{"cases":1},"median":172800,"survival":172800},` +
					`{"activities":["ORDER"],"stays":{"cases":10},"forward":{"cases":0},"skipped":{"cases":0},"exited":{"cases":0},"open":{"cases":10},"median":null,"survival":null}]}`},
			{"stays by a value", graph.Compliance, ofAll + `) { stagesBy(by: {customers: JOURNEY_STAGE}, stages: [["CALL"], ["ORDER"]], first: 1) { rows { value stages { stays { cases } forward { cases } median } } other { stays { cases } } values } }`,
				`{"stagesBy":{"rows":[{"value":"PURCHASE","stages":[{"stays":{"cases":11},"forward":{"cases":6},"median":172800},{"stays":{"cases":10},"forward":{"cases":0},"median":null}]}],"other":[{"stays":{"cases":0}},{"stays":{"cases":0}}],"values":1}}`},
			{"of groups all values together, where one has too few", graph.Analysis, ofAll + `) { stagesBy(by: {customers: JOURNEY_STAGE}, stages: [["CALL"], ["ORDER"]], exits: ["COMPLAINT"]) { rows { value } other { stays { cases } forward { cases } exited { cases } } values } }`,
				`{"stagesBy":{"rows":[],"other":[{"stays":{"cases":11},"forward":{"cases":6},"exited":{"cases":5}},{"stays":{"cases":10},"forward":null,"exited":null}],"values":2}}`},
			{"of groups, neither what too few did again nor where too few went", graph.Analysis, `definition: {cases: {customers: {}}, by: [KIND], rename: [{from: ["INTERACTION"], to: "x"}, {from: ["CASE"], to: "x"}]}) { rework { rows { activity cases } again other } stages(stages: [["x"], ["ORDER"]]) { stays { cases } forward { cases } exited { cases } open { cases } median survival } }`,
				`{"rework":{"rows":[{"activity":"ORDER","cases":10}],"again":5,"other":1},"stages":[{"stays":null,"forward":null,"exited":null,"open":null,"median":null,"survival":null},{"stays":{"cases":10},"forward":null,"exited":null,"open":null,"median":null,"survival":null}]}`},
			{"but what enough did", graph.Analysis, ofAll + `) { rework { rows { activity again share repeats direct } } stages(stages: [["CALL"], ["ORDER"]], exits: ["COMPLAINT"]) { stays { cases } forward { cases } exited { cases } open { cases } again { cases } median survival } }`,
				`{"rework":{"rows":[{"activity":"CALL","again":null,"share":null,"repeats":null,"direct":null},{"activity":"ORDER","again":null,"share":null,"repeats":null,"direct":null}]},` +
					`"stages":[{"stays":{"cases":11},"forward":{"cases":6},"exited":{"cases":5},"open":null,"again":null,"median":172800,"survival":172800},{"stays":{"cases":10},"forward":null,"exited":null,"open":null,"again":null,"median":null,"survival":null}]}`},
			{"what orders are credited to: who called and did not order is a path that leads nowhere", graph.Compliance, ofAll + `) { attribution(conversions: ["ORDER"], channels: ["CALL", "PAGE_VIEW"], models: [FIRST, MARKOV, SHAPLEY]) { channels { channel cases credits { model conversions share } removal spread } converted unconverted direct diverges } }`,
				`{"attribution":{"channels":[{"channel":"CALL","cases":6,"credits":[{"model":"FIRST","conversions":6,"share":1},{"model":"MARKOV","conversions":6,"share":1},{"model":"SHAPLEY","conversions":6,"share":1}],"removal":1,"spread":0},` +
					`{"channel":"PAGE_VIEW","cases":0,"credits":[{"model":"FIRST","conversions":0,"share":0},{"model":"MARKOV","conversions":0,"share":0},{"model":"SHAPLEY","conversions":0,"share":0}],"removal":0,"spread":0}],"converted":6,"unconverted":6,"direct":4,"diverges":false}}`},
			{"of groups no channel is told that all have who convert", graph.Analysis, ofAll + `) { attribution(conversions: ["ORDER"], channels: ["CALL", "PAGE_VIEW"], models: [LAST]) { channels { cases credits { conversions } removal } converted unconverted direct } }`,
				`{"attribution":{"channels":[{"cases":null,"credits":[{"conversions":null}],"removal":null},{"cases":null,"credits":[{"conversions":null}],"removal":null}],"converted":6,"unconverted":6,"direct":null}}`},
			{"of groups a row of too few is with the others, and all rows tell the same", graph.Analysis, ofAll + `) { funnelBy(by: {customers: JOURNEY_STAGE}, steps: [["CALL"], ["ORDER"]]) { rows { value } other { steps { entered { cases } continued { cases } open { cases } } } values } variantsBy(by: {customers: JOURNEY_STAGE}) { rows { value } other { rows { cases } other { cases } } values } }`,
				`{"funnelBy":{"rows":[{"value":"PURCHASE"}],"other":null,"values":0},"variantsBy":{"rows":[],"other":{"rows":[{"cases":6},{"cases":5}],"other":{"cases":5}},"values":2}}`},
			{"nor are segments compared of which one is small, or leaves few out", graph.Analysis, ofAll + `) { compare(a: {customers: {journeyStage: {eq: AWARENESS}}}, b: {customers: {}}, of: ACTIVITIES) { a } few: compare(a: {customers: {}}, b: {customers: {}}, of: EDGES) { a } }`,
				`{"compare":null,"few":null}`},
			{"nobody who has not consented", graph.Marketing, ofAll + `) { ` + numbers + `horizon variants { rows { cases } cases } }`,
				`{"cases":0,"persons":0,"events":0,"tied":0,"horizon":null,"variants":{"rows":[],"cases":0}}`},
			{"groups of which none is too small", graph.Analysis, ofAll + `) { ` + numbers + `horizon variants { rows { activities cases } other { paths cases persons } } ` + toOrders + ` }`,
				`{"cases":16,"persons":16,"events":32,"tied":null,"horizon":null,"variants":{"rows":[{"activities":["CALL","ORDER","<open>"],"cases":6},{"activities":["CALL","PAGE_VIEW","COMPLAINT","<open>"],"cases":5}],"other":{"paths":2,"cases":5,"persons":5}},` +
					`"funnel":{"steps":[{"entered":` + tally(11) + `,"continued":` + tally(6) + `,"dropped":null,"open":` + tally(5) + `,"other":` + tally(0) + `,"filtered":null,"median":null},` +
					`{"entered":` + tally(6) + `,"continued":` + tally(6) + `,"dropped":` + tally(0) + `,"open":` + tally(0) + `,"other":` + tally(0) + `,"filtered":` + tally(0) + `,"median":172800}],"matured":null,"through":null}}`},
			{"of groups it is told who has no time left, and a curve, where as many took all steps as did not", graph.Analysis, ofAll + `) { funnel(steps: [["CALL"], "ORDER"], window: "P2D") { matured { cases } through { cases } curve { within share } } }`,
				`{"funnel":{"matured":{"cases":11},"through":{"cases":6},"curve":[{"within":172800,"share":0.545454545}]}}`},
			{"what too few stand behind is no edge, and what is left out is no sum of one", graph.Analysis, ofAll + `) { map { activities { activity persons } edges { from to persons } other { activities edges events } } }`,
				// One person's PAGE_VIEW is the last: it would be all of them less those that a COMPLAINT follows, which are all COMPLAINTs.
				`{"map":{"activities":[{"activity":"CALL","persons":11},{"activity":"ORDER","persons":10}],` +
					`"edges":[{"from":"ORDER","to":"<open>","persons":10}],"other":{"activities":2,"edges":8,"events":38}}}`},
			{"a few whom a filter chooses", graph.Analysis, `definition: {cases: {customers: {journeyStage: {eq: AWARENESS}}}}) { ` + numbers + ` map { other { edges } } }`,
				`{"cases":null,"persons":null,"events":null,"tied":null,"map":null}`},
			{"or a few whom an event filter leaves out", graph.Analysis, `definition: {cases: {customers: {}}, exclude: ["INTERACTION PAGE_VIEW"]}) { cases }`,
				`{"cases":null}`},
			{"or who went from one to the other", graph.Analysis, ofAll + `) { paths(from: ["PAGE_VIEW"]) { cases } few: paths(from: ["PAGE_VIEW"], to: ["ORDER"]) { cases } }`,
				`{"paths":{"cases":6},"few":null}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(`+c.ask+` }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":`+c.want+`}`)
			})
		}
	})
}

func TestADefinitionIsToldWithAllThatItLeavesToKith(t *testing.T) {
	p := onSQLite(t)
	travel(t, p)
	ask := func(definition string) (told struct {
		Journeys struct {
			Definition, Hash string
			Cases            int
		}
	}) {
		t.Helper()
		d := json.RawMessage(definition)
		p.data(t, `query($d: JourneyDefinition!) { journeys(definition: $d) { definition hash cases } }`, map[string]any{"d": &d}, &told)
		return told
	}
	short := ask(`{"cases": {"customers": {"journeyStage": {"eq": "PURCHASE"}}}, "exclude": ["ORDER"]}`)
	assert.Equal(t, `{"cases":{"customers":{"journeyStage":{"eq":"PURCHASE"}}},"by":["KIND","DETAIL"],"exclude":["ORDER"],"repeats":"KEEP"}`, short.Journeys.Definition)
	assert.Equal(t, short, ask(short.Journeys.Definition), "it is what to ask with once more")
	assert.Equal(t, short, ask(`{"exclude": ["ORDER"], "repeats": "KEEP", "cases": {"customers": {"journeyStage": {"eq": "PURCHASE"}}}}`), "in whichever order it is written")
	assert.NotEqual(t, short.Journeys.Hash, ask(`{"cases": {"customers": {"journeyStage": {"eq": "PURCHASE"}}}}`).Journeys.Hash)
}

// TestAWithdrawnConsentIsOutOfTheVeryNextAnswer asks while events are appended.
func TestAWithdrawnConsentIsOutOfTheVeryNextAnswer(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := travel(t, p)
		told := func(want string) {
			t.Helper()
			text, err := p.bytes(graph.Marketing, `{ journeys(`+ofAll+`) { persons events variants { rows { activities persons } } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), `"data":{"journeys":`+want+`}`)
		}
		told(`{"persons":0,"events":0,"variants":{"rows":[]}}`)
		for i := range 2 {
			require.Empty(t, p.speak(t, "recordConsent", fmt.Sprintf(`customer: %q, purpose: MARKETING, key: "yes %d"`, v.ids[i], i)).UserErrors)
		}
		told(`{"persons":2,"events":4,"variants":{"rows":[{"activities":["CALL","ORDER","<open>"],"persons":2}]}}`)
		v.event("p0", "o5")
		v.event("p1", "v4")
		v.write(t)
		told(`{"persons":2,"events":6,"variants":{"rows":[{"activities":["CALL","ORDER","ORDER","<open>"],"persons":1},{"activities":["CALL","ORDER","PAGE_VIEW","<open>"],"persons":1}]}}`)
		require.Empty(t, p.speak(t, "withdrawConsent", fmt.Sprintf(`customer: %q, purpose: MARKETING, key: "no"`, v.ids[1])).UserErrors)
		v.event("p1", "v6")
		v.event("p0", "v6")
		v.write(t)
		told(`{"persons":1,"events":4,"variants":{"rows":[{"activities":["CALL","ORDER","ORDER","PAGE_VIEW","<open>"],"persons":1}]}}`)
	})
}

// TestJourneysLeaveAReceipt asks about all, and about those whom a filter chooses.
func TestJourneysLeaveAReceipt(t *testing.T) {
	p := onSQLite(t)
	travel(t, p)
	for _, c := range []struct{ name, ask, population string }{
		{"of all", `{ journeys(` + ofAll + `) { cases } }`, "journeys of customers"},
		{"of those behind a number", `{ journeys(` + ofAll + `) { customers(behind: {all: true}) { totalCount } } }`, "customers(id by a number of journeys)"},
		{"of some", `{ journeys(definition: {cases: {customers: {journeyStage: {eq: PURCHASE}}}}) { cases } }`, "journeys of customers(journeyStage eq #"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.bytes(graph.Analysis, c.ask)
			require.NoError(t, err)
			left := p.leftFor(c.ask)
			assert.Empty(t, left.Subjects, "nothing is told of one of them")
			assert.Contains(t, left.Others, graph.CategoryBehaviour)
			assert.Contains(t, strings.Join(left.Population, "\n"), c.population)
		})
	}
}

// TestDealsCasesAndOrdersHaveJourneys is about what begins, and ends, by itself: the deal, the case and the order are events of their own journeys.
func TestDealsCasesAndOrdersHaveJourneys(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := &travellers{program: p, b: &graph.Batch{Source: "crm"}}
		day := func(n int64) int64 { return int64(graph.At(now.AddDate(0, -1, 0))) + n*24*3600e6 }
		node := func(kind, id string, set graph.Values) {
			v.b.Nodes = append(v.b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		}
		link := func(rel, fromKind, from, toKind, to string) {
			v.b.Edges = append(v.b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: v.ref(fromKind, from), To: v.ref(toKind, to)})
		}
		node("Customer", "ann", graph.Values{"name": "Ann"})
		node("Deal", "deal", graph.Values{"name": "Deal", "type": "NEW", "stage": "WON", "openedAt": day(1), "closedAt": day(5), "outcome": "WON"})
		node("Order", "order", graph.Values{"number": "1", "placedAt": day(1), "shippedAt": day(2)})
		node("Return", "return", graph.Values{"number": "R", "reason": "LATE", "requestedAt": day(4)})
		node("Case", "case", graph.Values{"number": "C", "kind": "COMPLAINT", "status": "RESOLVED", "openedAt": day(1), "resolvedAt": day(3)})
		for _, about := range []string{"deal", "case"} {
			node("Interaction", about, graph.Values{"at": day(2), "kind": "CALL"})
			link("PARTICIPANT", "Interaction", about, "Customer", "ann")
		}
		link("ABOUT", "Interaction", "deal", "Deal", "deal")
		link("IN", "Interaction", "case", "Case", "case")
		link("OF", "Case", "case", "Customer", "ann")
		link("PLACED_BY", "Order", "order", "Customer", "ann")
		link("RETURN_OF", "Return", "return", "Order", "order")
		node("Account", "acme", graph.Values{"name": "Acme"})
		node("Account", "part", graph.Values{"name": "Part"})
		link("SUBSIDIARY_OF", "Account", "part", "Account", "acme")
		link("WITH", "Deal", "deal", "Account", "acme")
		ids := v.write(t)
		t.Run("told apart by what they are of", func(t *testing.T) {
			text, err := p.bytes(graph.Sales, `{ deals: journeys(definition: {cases: {deals: {}}}) { variantsBy(by: {deals: ACCOUNT}) { rows { value } } months: variantsBy(by: {deals: CLOSED_AT}, unit: MONTH) { rows { value paths { cases } } } } accounts: journeys(definition: {cases: {accounts: {}}}) { variantsBy(by: {accounts: ULTIMATE_PARENT}) { rows { value } } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), fmt.Sprintf(`{"deals":{"variantsBy":{"rows":[{"value":%q}]},"months":{"rows":[{"value":"2026-10-01","paths":{"cases":1}}]}},"accounts":`, ids[len(ids)-2]))
		})
		for _, c := range []struct {
			cases   string
			purpose graph.Purpose
			want    string
		}{
			{"deals", graph.Sales, `"persons":1,"variants":{"rows":[{"activities":["DEAL NEW","INTERACTION CALL","DEAL_STAGE WON","<end>"]}]}`},
			{"deals", graph.Marketing, `"persons":0,"variants":{"rows":[{"activities":["DEAL NEW","DEAL_STAGE WON","<end>"]}]}`},
			{"cases", graph.Service, `"persons":1,"variants":{"rows":[{"activities":["CASE COMPLAINT","INTERACTION CALL","CASE_RESOLVED COMPLAINT","<end>"]}]}`},
			{"cases", graph.Marketing, `"persons":0,"variants":{"rows":[]}`},
			{"orders", graph.Compliance, `"persons":1,"variants":{"rows":[{"activities":["ORDER","ORDER_SHIPPED","RETURN LATE","<open>"]}]}`},
		} {
			t.Run(fmt.Sprint(c.cases, " for ", c.purpose), func(t *testing.T) {
				text, err := p.bytes(c.purpose, `{ journeys(definition: {cases: {`+c.cases+`: {}}}) { persons variants { rows { activities } } } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":{`+c.want+`}}`)
			})
		}
	})
}

// TestBehindANumberStandAsManyAsItTells lists who is behind numbers, by all that a list has.
func TestBehindANumberStandAsManyAsItTells(t *testing.T) {
	const steps = `steps: [["CALL"], ["ORDER"]], window: "P2D"`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := travel(t, p)
		require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: SALES, key: "no"`, v.ids[0])).UserErrors)
		for _, c := range []struct {
			name          string
			purpose       graph.Purpose
			definition    string
			behind, wants string
		}{
			{"all", graph.Sales, ``, `behind: {all: true}) { totalCount }`, `{"totalCount":15}`},
			{"an activity", graph.Compliance, ``, `behind: {activity: "CALL"}) { totalCount }`, `{"totalCount":11}`},
			{"of groups, an activity that is told", graph.Analysis, ``, `behind: {activity: "ORDER"}) { totalCount }`, `{"totalCount":10}`},
			{"an activity of few", graph.Analysis, ``, `behind: {activity: "COMPLAINT"}) { totalCount }`, `null`},
			{"an edge", graph.Sales, ``, `behind: {edge: {from: "CALL", to: "ORDER"}}, orderBy: [{name: DESC}], first: 2) { totalCount nodes { name } pageInfo { hasNextPage } }`,
				`{"totalCount":5,"nodes":[{"name":"P5"},{"name":"P4"}],"pageInfo":{"hasNextPage":true}}`},
			{"the end of a case", graph.Compliance, ``, `behind: {edge: {from: "ORDER", to: "<open>"}}) { totalCount }`, `{"totalCount":10}`},
			{"a variant, and what else a list is asked", graph.Sales, ``, `behind: {variant: ["CALL", "PAGE_VIEW", "COMPLAINT", "<open>"]}, filter: {name: {in: ["P6", "P0", "P1"]}}) { nodes { name } aggregate { count } groups(by: [JOURNEY_STAGE]) { rows { key { journeyStage } count } } }`,
				`{"nodes":[{"name":"P6"}],"aggregate":{"count":1},"groups":{"rows":[{"key":{"journeyStage":"PURCHASE"},"count":1}]}}`},
			{"what a condition does among those who are behind it", graph.Sales, ``, `behind: {edge: {from: "CALL", to: "ORDER"}}, filter: {name: {in: ["P6", "P1"]}}) { totalCount explain { condition alone without } }`,
				`{"totalCount":1,"explain":[{"condition":"filter.name","alone":1,"without":5}]}`},
			{"a path", graph.Sales, ``, `behind: {path: {to: ["ORDER"], depth: 2, activities: ["<start>", "ORDER"]}}) { totalCount }`, `{"totalCount":4}`},
			{"who took a step", graph.Compliance, ``, `behind: {step: {` + steps + `, step: 1}}) { totalCount }`, `{"totalCount":11}`},
			{"who dropped out", graph.Compliance, ``, `behind: {step: {` + steps + `, step: 1, status: DROPPED}}) { totalCount }`, `{"totalCount":5}`},
			{"whom the filter left out", graph.Compliance, `{cases: {some: {caseKind: {eq: COMPLAINT}}}}`, `behind: {step: {` + steps + `, step: 1, status: FILTERED}}) { totalCount }`, `{"totalCount":6}`},
			{"nobody", graph.Marketing, ``, `behind: {all: true}) { totalCount nodes { id } }`, `{"totalCount":0,"nodes":[]}`},
			{"of groups, an edge that is told", graph.Analysis, ``, `behind: {edge: {from: "ORDER", to: "<open>"}}) { totalCount }`, `{"totalCount":10}`},
			{"one that is not, though six stand behind it", graph.Analysis, ``, `behind: {edge: {from: "CALL", to: "ORDER"}}) { totalCount }`, `null`},
			{"a variant that is told", graph.Analysis, ``, `behind: {variant: ["CALL", "ORDER", "<open>"]}) { totalCount }`, `{"totalCount":6}`},
			{"one of few", graph.Analysis, ``, `behind: {variant: ["ORDER", "<open>"]}) { totalCount }`, `null`},
			{"a status that is told with others", graph.Analysis, ``, `behind: {step: {` + steps + `, step: 1, status: DROPPED}}) { totalCount }`, `{"totalCount":5}`},
			{"a step that is not told", graph.Analysis, ``, `behind: {step: {steps: [["COMPLAINT"], ["ORDER"]], step: 2}}) { totalCount }`, `null`},
			{"a status that is not", graph.Analysis, ``, `behind: {step: {` + steps + `, step: 1, status: OPEN}}) { totalCount }`, `null`},
		} {
			t.Run(c.name, func(t *testing.T) {
				if c.definition == "" {
					c.definition = "{}"
				}
				text, err := p.bytes(c.purpose, `{ journeys(definition: {cases: {customers: `+c.definition+`}, by: [DETAIL]}) { customers(`+c.behind+` } }`)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":{"journeys":{"customers":`+c.wants+`}}`)
			})
		}
		t.Run("page by page", func(t *testing.T) {
			var seen []string
			var after any
			for range 3 {
				var page struct {
					Journeys struct {
						Customers struct {
							Nodes    []struct{ Name string }
							PageInfo struct{ EndCursor string }
						}
					}
				}
				p.data(t, `query($after: String) { journeys(`+ofAll+`) { customers(behind: {all: true}, first: 6, after: $after) { nodes { name } pageInfo { endCursor } } } }`, map[string]any{"after": after}, &page)
				for _, n := range page.Journeys.Customers.Nodes {
					seen = append(seen, n.Name)
				}
				after = page.Journeys.Customers.PageInfo.EndCursor
			}
			slices.Sort(seen)
			assert.Len(t, slices.Compact(seen), 16)
		})
	})
}

// shownJourneys holds a part of docs/journeys.md to what the program answers: pairs of a query and an answer.
func shownJourneys(t *testing.T, p *program, heading, until string) {
	_, part, found := strings.Cut(docs(t, "journeys.md"), heading)
	require.True(t, found)
	part, _, found = strings.Cut(part, until)
	require.True(t, found)
	chapter(t, p, part)
}
