package resolvers_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// logs have no case, or are still being read.
type logs struct{ err error }

func (l logs) Log(context.Context, *policy.Counter, *graph.Kind, graph.Time) (*journey.Log, error) {
	b, err := journey.NewBuilder([]string{journey.Name("INTERACTION", "CALL", "PHONE"), journey.Name("ORDER", "", "")}, true)
	if err != nil {
		return nil, err
	}
	return b.Log(), l.err
}

func (logs) Events(of *graph.Kind) *graph.List {
	return &graph.List{Key: of.Plural, Nodes: []*graph.Selection{{Kind: of}}}
}

func (logs) Traits(*graph.Kind) []*graph.Property { return nil }

func (logs) Measure(journey.Measure) *graph.Property { return nil }

func TestAWrongDefinitionOfJourneysIsNamed(t *testing.T) {
	r := resolver(t, &noted{})
	ask := func(definition, rest string) string {
		res := r.Execute(asking(t.Context()), `{ journeys(definition: {cases: {customers: {}}`+definition+`}) { `+rest+` } }`, nil)
		require.Len(t, res.Errors, 1)
		assert.Equal(t, graph.BadInput, graph.CodeOf(res.Errors[0]))
		return res.Errors[0].Message
	}
	for _, c := range []struct{ name, definition, rest, err string }{
		{"a period that ends before it begins", `, from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z"`, "cases", "journeys.definition: the period is to begin before it ends, and 2026-02-01T00:00:00Z is not before 2026-01-01T00:00:00Z"},
		{"a time that is none", `, from: "soon"`, "cases", `journeys.definition.from: "soon" is not an instant`},
		{"months are not all of one length", `, idle: "P1M"`, "cases", `journeys.definition.idle: "P1M" is not a duration of weeks, days, hours, minutes and seconds`},
		{"no time at all", `, idle: "PT0S"`, "cases", "journeys.definition.idle: from a microsecond to 100 years, not PT0S"},
		{"a kind of event that there is not", `, events: {kinds: ["CALL"]}`, "cases", `journeys.definition.events.kinds: no event has "CALL"; there are "ORDER", "INTERACTION"`},
		{"a list of none", `, events: {channels: []}`, "cases", "journeys.definition.events.channels is empty: leave it out, or name at least one"},
		{"a part twice", `, by: [KIND, KIND]`, "cases", "journeys.definition.by: KIND is there twice"},
		{"an activity that there is not is renamed", `, rename: [{from: ["CALL"], to: "x"}]`, "cases", `journeys.definition.rename[0].from[0]: there is no activity "CALL"`},
		{"one is renamed twice", `, rename: [{from: ["ORDER"], to: "x"}, {from: ["ORDER"], to: "y"}]`, "cases", `journeys.definition.rename[1].from[0]: "ORDER" has a new name already`},
		{"a regular expression that is none", `, rename: [{matching: "ORDER)", to: "x"}]`, "cases", `journeys.definition.rename[0].matching: "ORDER)" is no regular expression (RE2): unexpected ), at character 7`},
		{"names and a regular expression at once", `, rename: [{from: ["ORDER"], matching: "O", to: "x"}]`, "cases", `journeys.definition.rename[0]: either from or matching is to be given`},
		{"a name that stands for the end of a case", `, rename: [{from: ["ORDER"], to: "<end>"}]`, "cases", `journeys.definition.rename[0].to: "<end>" is no name for an activity`},
		{"an activity is excluded by the name that it had", `, rename: [{from: ["ORDER"], to: "x"}], exclude: ["ORDER"]`, "cases", `journeys.definition.exclude[0]: there is no activity "ORDER"`},
		{"rows of a map", "", "map(first: 201) { other { edges } }", "journeys.map: first is from 1 to 200, not 201"},
		{"paths through something, and from it", "", `paths(from: ["ORDER"], through: ["ORDER"]) { cases }`, "journeys.paths.through: what is on both sides of an activity is asked for alone, without from and to"},
		{"paths through what is not there", "", `paths(through: ["CALL"]) { cases }`, `journeys.paths.through: there is no activity "CALL" in the definition`},
		{"paths from nowhere to nowhere", "", "paths { cases }", "journeys.paths: at least one of from and to is to be given"},
		{"paths of one activity", "", `paths(from: ["ORDER"], depth: 1) { cases }`, "journeys.paths: depth is from 2 to 1000, not 1"},
		{"too many steps", "", "steps(depth: 31) { cases }", "journeys.steps: depth is from 2 to 30, not 31"},
		{"steps from what is not there", "", `steps(from: ["CALL"]) { cases }`, `journeys.steps.from: there is no activity "CALL" in the definition`},
		{"paths from what is not there", "", `paths(from: ["CALL"]) { cases }`, `journeys.paths.from: there is no activity "CALL" in the definition`},
		{"a funnel of one step", "", `funnel(steps: [["ORDER"]]) { matured { cases } }`, "journeys.funnel: steps are from 2 to 1000, not 1"},
		{"a step that is not there", "", `funnel(steps: [["ORDER"], ["CALL"]]) { matured { cases } }`, `journeys.funnel.steps[1]: there is no activity "CALL" in the definition; there are "ORDER", "INTERACTION CALL"`},
		{"those behind an activity that is not there", "", `customers(behind: {activity: "CALL"}) { totalCount }`, `journeys.customers.behind.activity: there is no activity "CALL" in the definition`},
		{"those behind what is not there", "", `customers(behind: {edge: {from: "ORDER", to: "CALL"}}) { totalCount }`, `journeys.customers.behind.edge.to: there is no activity "CALL" in the definition`},
		{"those behind a variant with what is not there", "", `customers(behind: {variant: ["ORDER", "CALL", "<end>"]}) { totalCount }`, `journeys.customers.behind.variant[1]: there is no activity "CALL"`},
		{"those behind a variant without its end", "", `customers(behind: {variant: ["ORDER"]}) { totalCount }`, `journeys.customers.behind.variant: a variant is one or several activities with "<end>" or "<open>" behind them`},
		{"those behind a variant with an end within", "", `customers(behind: {variant: ["ORDER", "<open>", "<end>"]}) { totalCount }`, `journeys.customers.behind.variant[1]: "<open>" is no activity, and no variant has it there`},
		{"those behind a path with what is not there", "", `customers(behind: {path: {to: ["ORDER"], activities: ["CALL", "ORDER"]}}) { totalCount }`, `journeys.customers.behind.path.activities[0]: there is no activity "CALL"`},
		{"those behind a path from what is not there", "", `customers(behind: {path: {from: ["CALL"], activities: ["ORDER"]}}) { totalCount }`, `journeys.customers.behind.path.from: there is no activity "CALL"`},
		{"those behind a funnel with what is not there", "", `customers(behind: {step: {steps: [["ORDER"], ["CALL"]], step: 1}}) { totalCount }`, `journeys.customers.behind.step.steps[1]: there is no activity "CALL"`},
		{"those behind what nobody does again", "", `customers(behind: {again: "CALL"}) { totalCount }`, `journeys.customers.behind.again: there is no activity "CALL"`},
		{"those behind what nothing precedes", "", `customers(behind: {preceded: {events: ["CALL"], by: ["ORDER"], window: "P1D"}}) { totalCount }`, `journeys.customers.behind.preceded.events: there is no activity "CALL"`},
		{"those who stay in no stage", "", `customers(behind: {stay: {stages: [["ORDER"], ["CALL"]], stage: 1}}) { totalCount }`, `journeys.customers.behind.stay.stages[1]: there is no activity "CALL"`},
		{"those who come again by nothing", "", `customers(behind: {returning: {from: ["ORDER"], again: ["CALL"], unit: WEEK, period: 1}}) { totalCount }`, `journeys.customers.behind.returning.again: there is no activity "CALL"`},
		{"those who convert by nothing", "", `customers(behind: {attributed: {conversions: ["CALL"], channels: ["ORDER"], of: CONVERTED}}) { totalCount }`, `journeys.customers.behind.attributed.conversions: there is no activity "CALL"`},
		{"those behind an edge that is compared, to nothing", "", `customers(behind: {compared: {a: {customers: {}}, b: {customers: {}}, of: EDGES, in: A, activities: ["ORDER", "CALL"]}}) { totalCount }`, `journeys.customers.behind.compared.activities[1]: there is no activity "CALL"`},
		{"those behind nothing that is compared", "", `customers(behind: {compared: {a: {customers: {}}, b: {customers: {}}, of: ACTIVITIES, in: A, activities: ["CALL"]}}) { totalCount }`, `journeys.customers.behind.compared.activities[0]: there is no activity "CALL"`},
		{"those behind a variant that is compared, without its end", "", `customers(behind: {compared: {a: {customers: {}}, b: {customers: {}}, of: VARIANTS, in: A, activities: ["ORDER"]}}) { totalCount }`, `journeys.customers.behind.compared.activities: a variant is`},
		{"those behind a funnel that is compared, with what is not there", "", `customers(behind: {compared: {a: {customers: {}}, b: {customers: {}}, of: FUNNEL, in: A, funnel: {steps: [["ORDER"], ["CALL"]], step: 1}}}) { totalCount }`, `journeys.customers.behind.compared.funnel.steps[1]: there is no activity "CALL"`},
		{"those behind a step that there is not", "", `customers(behind: {step: {steps: [["ORDER"], ["ORDER"]], step: 3}}) { totalCount }`, "journeys.customers.behind.step.step: from 1 to 2, not 3"},
		{"those behind a path to nowhere", "", `customers(behind: {path: {activities: ["ORDER"]}}) { totalCount }`, "journeys.customers.behind.path: at least one of from and to is to be given"},
		{"those behind not all", "", `customers(behind: {all: false}) { totalCount }`, "journeys.customers.behind.all: it is true, or another number is meant"},
		{"companies behind numbers of persons", "", `accounts(behind: {all: true}) { totalCount }`, "journeys.accounts: cases are customers, and they stand behind its numbers"},
		{"too many on a page", "", `customers(behind: {all: true}, first: 201) { totalCount }`, "journeys.customers: first is from 1 to 200, not 201"},
		{"what tells apart is of other cases", "", `variantsBy(by: {accounts: ACCOUNT_STAGE}) { values }`, "journeys.variantsBy.by.accounts: cases are customers, and they are told apart by a value of theirs"},
		{"persons tell nobody apart", "", `variantsBy(by: {customers: TOP_MANAGER}) { values }`, "journeys.variantsBy.by.customers: TOP_MANAGER leads to persons, and cases are told apart by what is none"},
		{"paths by value from nowhere to nowhere", "", `pathsBy(by: {period: WEEK}) { values }`, "journeys.pathsBy: at least one of from and to is to be given"},
		{"too many paths by value", "", `pathsBy(by: {period: WEEK}, to: ["ORDER"], paths: 0) { values }`, "journeys.pathsBy: paths is from 1 to 200, not 0"},
		{"too many variants by value", "", `variantsBy(by: {period: WEEK}, variants: 201) { values }`, "journeys.variantsBy: variants is from 1 to 200, not 201"},
		{"no edges by value", "", `mapBy(by: {period: WEEK}, edges: 0) { values }`, "journeys.mapBy: edges is from 1 to 200, not 0"},
		{"a funnel by value without steps", "", `funnelBy(by: {period: WEEK}, steps: []) { values }`, "journeys.funnelBy: steps are from 2 to 1000, not 0"},
		{"one stage", "", `stages(stages: [["ORDER"]]) { survival }`, "journeys.stages: stages are from 2 to 100, not 1"},
		{"an activity of two stages", "", `stages(stages: [["ORDER"], ["INTERACTION CALL"]], exits: ["ORDER"]) { survival }`, `journeys.stages.exits: "ORDER" is of another stage, too`},
		{"a journey of no step", "", `conformance(expected: []) { cost }`, "journeys.conformance: expected are from 1 to 100, not 0"},
		{"a step that is expected and is not there", "", `conformance(expected: [["ORDER"], ["CALL"]]) { cost }`, `journeys.conformance.expected[1]: there is no activity "CALL" in the definition`},
		{"a step may be left out that there is not", "", `conformance(expected: [["ORDER"]], optional: [2]) { cost }`, "journeys.conformance.optional[0]: from 1 to 1, not 2"},
		{"and one that may twice", "", `conformance(expected: [["ORDER"], ["ORDER"]], optional: [2, 2]) { cost }`, "journeys.conformance.optional: 2 is there twice"},
		{"costs below nothing", "", `conformance(expected: [["ORDER"]], costs: {swapped: -1}) { cost }`, "journeys.conformance.costs.swapped: from 0 to 1000, with at most three digits behind the point, not -1"},
		{"costs too fine", "", `conformance(expected: [["ORDER"]], within: "P1D", costs: {late: 0.0005}) { cost }`, "journeys.conformance.costs.late: from 0 to 1000, with at most three digits behind the point, not 0.0005"},
		{"those behind an extra event that has no name", "", `customers(behind: {deviation: {expected: [["ORDER"]], kind: EXTRA, step: 1}}) { totalCount }`, "journeys.customers.behind.deviation.step: of EXTRA the activity is given"},
		{"those behind a missing step that is not given", "", `customers(behind: {deviation: {expected: [["ORDER"]], kind: MISSING}}) { totalCount }`, "journeys.customers.behind.deviation: of MISSING the step is to be given"},
		{"those who conform at a step", "", `customers(behind: {deviation: {expected: [["ORDER"]], step: 1}}) { totalCount }`, "journeys.customers.behind.deviation.step: without a kind those that conform are meant"},
		{"those behind an extra activity that there is not", "", `customers(behind: {deviation: {expected: [["ORDER"]], kind: EXTRA, activity: "CALL"}}) { totalCount }`, `journeys.customers.behind.deviation.activity: there is no activity "CALL" in the definition`},
		{"who comes again in no period", "", `retention(from: ["ORDER"], again: ["ORDER"], unit: WEEK, periods: 0) { values }`, "journeys.retention.periods: from 1 to 60, not 0"},
		{"who comes again by what is not there", "", `retention(from: ["ORDER"], again: ["CALL"], unit: WEEK) { values }`, `journeys.retention.again: there is no activity "CALL" in the definition`},
		{"too much that comes again", "", `rework(first: 201) { other }`, "journeys.rework: first is from 1 to 200, not 201"},
		{"a channel that is a conversion", "", `attribution(conversions: ["ORDER"], channels: ["INTERACTION CALL", "ORDER"]) { converted }`, `journeys.attribution.channels[1]: "ORDER" is a conversion, too`},
		{"a model twice", "", `attribution(conversions: ["ORDER"], channels: ["INTERACTION CALL"], models: [MARKOV, MARKOV]) { converted }`, "journeys.attribution.models: MARKOV is there twice"},
		{"a half-life of months", "", `attribution(conversions: ["ORDER"], channels: ["INTERACTION CALL"], halfLife: "P1M") { converted }`, `journeys.attribution.halfLife: "P1M" is not a duration`},
		{"a segment of other cases", "", `compare(a: {customers: {}}, b: {deals: {}}, of: EDGES) { other }`, "journeys.compare.b: cases are customers, and a segment is of them"},
		{"steps of what is no funnel", "", `compare(a: {customers: {}}, b: {customers: {}}, of: EDGES, steps: [["ORDER"], ["ORDER"]]) { other }`, "journeys.compare.steps: it is of FUNNEL, and shares of EDGES are asked for"},
		{"a condition that no number meets", "", `compare(a: {customers: {interactions: {some: {attributes: {name: "cost", min: 50, max: 10}}}}}, b: {customers: {}}, of: EDGES) { other }`, "journeys.compare.a.customers.interactions.some.attributes: no number is from 50 to 10: min is more than max"},
		{"a condition that no time meets", "", `compare(a: {customers: {interactions: {some: {attributes: {name: "due", from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z"}}}}}, b: {customers: {}}, of: EDGES) { other }`, "journeys.compare.a.customers.interactions.some.attributes: the period is to begin before it ends, and 2026-02-01T00:00:00Z is not before 2026-01-01T00:00:00Z"},
		{"a funnel that is compared without steps", "", `compare(a: {customers: {}}, b: {customers: {}}, of: FUNNEL) { other }`, "journeys.compare.steps: to be given for FUNNEL"},
		{"a unit of periods", "", `funnelBy(by: {period: WEEK}, unit: YEAR, steps: [["ORDER"], ["ORDER"]]) { values }`, "journeys.funnelBy.unit: leave it out: weeks and months are those of UTC"},
		{"a unit of periods that is the one of the schema", "", `mapBy(by: {period: WEEK}, unit: DAY) { values }`, "journeys.mapBy.unit: leave it out: weeks and months are those of UTC"},
		{"a zone of periods", "", `variantsBy(by: {period: MONTH}, zone: "Europe/Berlin") { values }`, "journeys.variantsBy.zone: leave it out: weeks and months are those of UTC"},
		{"a zone of what is no time", "", `stagesBy(by: {customers: JOURNEY_STAGE}, zone: "Mars", stages: [["ORDER"], ["INTERACTION CALL"]]) { values }`, "journeys.stagesBy.zone: leave it out: JOURNEY_STAGE is no time"},
		{"a unit of what is no time", "", `pathsBy(by: {customers: JOURNEY_STAGE}, unit: WEEK, to: ["ORDER"]) { values }`, "journeys.pathsBy.unit: leave it out: JOURNEY_STAGE is no time"},
		{"a unit of a row that is no time", "", `customers(behind: {step: {steps: [["ORDER"], ["ORDER"]], step: 1, by: {period: WEEK}, unit: WEEK}}) { totalCount }`, "journeys.customers.behind.step.unit: leave it out: weeks and months are those of UTC"},
		{"a cost of what cannot be", "", `conformance(expected: [["ORDER"]], costs: {late: 2}) { cost }`, "journeys.conformance.costs.late: leave it out: nothing is late without within"},
		{"those who cannot be late", "", `customers(behind: {deviation: {expected: [["ORDER"]], kind: LATE, step: 1}}) { totalCount }`, "journeys.customers.behind.deviation.kind: nothing is LATE without within"},
		{"a half-life of other models", "", `attribution(conversions: ["ORDER"], channels: ["INTERACTION CALL"], models: [FIRST], halfLife: "P1D") { converted }`, "journeys.attribution.halfLife: leave it out: it is of TIME_DECAY, which is not asked for"},
		{"entries that depend on each other", "", `compare(a: {customers: {}}, b: {customers: {}}, of: FUNNEL, entry: EACH, steps: [["ORDER"], ["ORDER"]]) { other }`, "journeys.compare.entry: of EACH a case may have several entries"},
		{"a step of nothing", "", `funnel(steps: [["ORDER"], []]) { matured { cases } }`, "journeys.funnel.steps[1] is empty"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Contains(t, ask(c.definition, c.rest), c.err) })
	}
}

// TestWhateverIsAskedOfJourneysOfNobodyIsNamed leaves out what whose journeys are is needed for: a number, a segment, a dimension.
func TestWhateverIsAskedOfJourneysOfNobodyIsNamed(t *testing.T) {
	for _, rest := range []string{
		`cases`,
		`compare(a: {customers: {}}, b: {customers: {}}, of: EDGES) { other }`,
		`variantsBy(by: {accounts: ACCOUNT_STAGE}) { values }`,
		`customers(behind: {all: true}) { totalCount }`,
	} {
		res := resolver(t, &noted{}).Execute(asking(t.Context()), `{ journeys(definition: {by: [KIND]}) { `+rest+` } }`, nil)
		require.Len(t, res.Errors, 1)
		assert.Equal(t, graph.BadInput, graph.CodeOf(res.Errors[0]), rest)
		assert.Contains(t, res.Errors[0].Message, "journeys.definition.cases: exactly one key is to be given, not 0", rest)
	}
}

func TestWhereNoDefinitionHasANameNoneIsFound(t *testing.T) {
	res := resolver(t, &noted{}).Execute(asking(t.Context()), `{ journeys(named: "support") { cases } }`, nil)
	require.Len(t, res.Errors, 1)
	assert.Equal(t, graph.BadInput, graph.CodeOf(res.Errors[0]))
	assert.Contains(t, res.Errors[0].Message, `journeys.named: there is no definition "support"; no definition has a name here`)
}

func TestJourneysThatAreBeingReadAreUnavailable(t *testing.T) {
	cat := graphtest.Catalog(t)
	for _, c := range []struct {
		name  string
		logs  policy.Logs
		asked graph.Purpose
		code  graph.Code
	}{
		{"while events are read", logs{&graph.Error{Code: graph.Unavailable, Message: "journeys of customers are being read, 200 so far"}}, graph.Compliance, graph.Unavailable},
		{"where none are kept", nil, graph.Compliance, graph.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := resolvers.New(resolvers.Options{Reader: policy.WithLogs(&noted{}, c.logs), Catalog: cat, Schema: graphtest.Schema(t), Now: clock})
			require.NoError(t, err)
			res := r.Execute(resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: string(c.asked)}), `{ journeys(definition: {cases: {customers: {}}}) { cases } }`, nil)
			require.Len(t, res.Errors, 1)
			assert.Equal(t, c.code, graph.CodeOf(res.Errors[0]))
			assert.JSONEq(t, `{"journeys": null}`, string(res.Data))
		})
	}
	t.Run("and a customer who asks has none of others", func(t *testing.T) {
		res := resolver(t, &noted{}).Execute(resolvers.WithRequest(t.Context(), resolvers.Request{Purpose: string(graph.Self), Customer: "cus_1"}), `{ journeys(definition: {cases: {customers: {}}}) { cases } }`, nil)
		require.Len(t, res.Errors, 1)
		assert.Equal(t, graph.PurposeDenied, graph.CodeOf(res.Errors[0]))
	})
}
