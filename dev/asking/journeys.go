package asking

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// Journeys is an operation on journeys, by a definition of any shape.
func (a *Asker) Journeys() string {
	cases := a.Schema.Types["JourneyCases"].Fields
	of := cases[a.IntN(len(cases))]
	filter := "{}"
	if a.Chance(40) {
		filter = a.input(a.Schema.Types[of.Type.Name()], 2)
	}
	definition := "{cases: {" + of.Name + ": " + filter + "}"
	for _, f := range a.Schema.Types["JourneyDefinition"].Fields {
		switch {
		case f.Name == "cases" || !a.Chance(20):
		case f.Name == "from" || f.Name == "to":
			definition += ", " + f.Name + ": " + a.scalar("DateTime")
		case f.Name == "by":
			definition += ", by: [" + []string{"KIND", "DETAIL, KIND", "CHANNEL", "KIND, OUTCOME"}[a.IntN(4)] + "]"
		case f.Name == "repeats":
			definition += ", repeats: " + a.input(a.Schema.Types["JourneyRepeats"], 0)
		case f.Name == "idle":
			definition += fmt.Sprintf(", idle: %q", fmt.Sprintf("P%dD", 1+a.Values.IntN(90)))
		case f.Name == "events":
			definition += `, events: {kinds: ["INTERACTION", "ORDER", "CASE", "CAMPAIGN"]}`
		}
	}
	number := []string{"all: true", `edge: {from: "<start>", to: "INTERACTION CALL"}`, `step: {steps: [["INTERACTION CALL"], ["ORDER"]], step: 1}`,
		"deviation: {" + expected + ", kind: MISSING, step: 1}", "deviation: {" + expected + `, kind: EXTRA, activity: "FEEDBACK NPS"}`,
		`returning: {from: ["INTERACTION CALL"], again: ["ORDER", "INTERACTION CALL"], unit: MONTH, period: 1, fate: CAME}`, `measured: {by: STEP, of: SATISFACTION, answered: true}`,
		`again: "INTERACTION CALL"`, `again: ""`, `path: {through: ["INTERACTION CALL"], depth: 2, activities: ["INTERACTION CALL", "<open>"]}`, `preceded: {events: ["INTERACTION CALL"], by: ["ORDER", "INTERACTION MAIL"], window: "P90D", activity: "ORDER"}`,
		`stay: {stages: [["INTERACTION CALL"], ["ORDER"]], stage: 1, of: ` + a.input(a.Schema.Types["JourneyStayEnd"], 0) + "}",
		`stay: {stages: [["INTERACTION CALL"], ["ORDER"]], stage: 1, by: {period: MONTH}, first: 3, value: "2026-03-01"}`,
		`attributed: {conversions: ["ORDER"], channels: ["INTERACTION CALL", "FEEDBACK NPS"], of: ` + a.input(a.Schema.Types["JourneyConversion"], 0) + "}",
		"compared: {a: {" + of.Name + ": " + a.input(a.Schema.Types[of.Type.Name()], 1) + "}, b: {" + of.Name + `: {}}, of: ACTIVITIES, in: A, activities: ["INTERACTION CALL"]}`}[a.IntN(15)]
	if (of.Name == "customers" || of.Name == "accounts") && a.Chance(40) {
		more := []string{"aware: %v, within: \"P400D\"", "matched: %v, window: \"P400D\""}[a.IntN(2)]
		number = fmt.Sprintf("exposed: {event: %q, "+more+"}", a.id("HiddenEvent"), a.Chance(50))
	}
	behind := ""
	for _, f := range a.Schema.Types["Journeys"].Fields {
		if f.Arguments.ForName("behind") != nil && strings.TrimSuffix(f.Type.Name(), "Connection") == strings.TrimSuffix(of.Type.Name(), "Filter") {
			behind = f.Name + "(behind: {" + number + "}, first: 3) { totalCount nodes { id } }"
		}
	}
	segments := "a: {" + of.Name + ": " + a.input(a.Schema.Types[of.Type.Name()], 1) + "}, b: {" + of.Name + ": {}}, of: " + a.input(a.Schema.Types["JourneyLine"], 0)
	if strings.HasSuffix(segments, "FUNNEL") {
		segments += ", " + toOrder
	}
	by := "by: {" + a.dimension(of.Name, a.kindOf(of.Type.Name(), "Filter")) + "}, first: 2"
	return "{ journeys(definition: " + definition + `}) { ` + behind + ` horizon cases persons events tied hash
		map(first: 9) { activities { activity events cases persons } edges { from to events cases persons share median p90 } other { activities edges events } }
		variants(first: 3) { rows { activities cases persons share coverage median p90 } cases persons other { paths cases persons } }
		starts(first: 2) { rows { activities cases } other { paths cases persons } } ends { rows { activities cases } } steps(depth: 3, first: 2) { places { level activity cases persons } links { level from to cases persons } other }
		funnelBy(` + by + ", " + toOrder + `) { rows { value funnel { ` + ledger + ` } } other { ` + ledger + ` } values }
		variantsBy(` + by + `, variants: 2) { rows { value paths { rows { activities cases persons share } cases other { cases persons } } } other { rows { activities cases } other { cases } } values }
		pathsBy(` + by + `, from: ["INTERACTION CALL"], depth: 3, paths: 2) { rows { value paths { rows { activities cases persons } cases other { cases } } } other { rows { activities cases } other { cases } } values }
		paths(through: ["INTERACTION CALL"], depth: 4, first: 3) { rows { activities cases persons share median } cases other { paths cases persons } }
		mapBy(` + by + `, edges: 3) { rows { value map { activities { activity events cases persons } edges { from to events cases persons share median p90 } other { activities edges events } } } other { edges { from to cases } other { edges } } values }
		rework(first: 3) { rows { activity cases again share repeats direct median p90 } again other }
		stages(stages: [["INTERACTION CALL"], ["ORDER"]], exits: ["CASE COMPLAINT"]) { stays { entries cases persons } forward { cases } back { cases } exited { cases } ended { cases } open { cases } again { cases } median survival }
		stagesBy(` + by + `, stages: [["INTERACTION CALL"], ["ORDER"]]) { rows { value stages { ` + stays + ` } } other { ` + stays + ` } values }
		attribution(conversions: ["ORDER"], channels: ["INTERACTION CALL", "CASE COMPLAINT", "FEEDBACK NPS"], models: [FIRST, LINEAR, TIME_DECAY, MARKOV, SHAPLEY]) { channels { channel cases credits { model conversions share } removal spread diverges } converted unconverted direct diverges }
		conformance(` + expected + `, first: 4) { conforming cost fitness rows { kind step activities events cases persons } other { deviations events } variants { activities cases cost fitness } }
		satisfaction(by: ` + a.input(a.Schema.Types["JourneyMeasuredBy"], 0) + ", of: " + []string{"SATISFACTION", "SENTIMENT"}[a.IntN(2)] + `, first: 3) { all { ` + mean + ` } rows { activities value mean { ` + mean + ` } } other { ` + mean + ` } values }
		retention(from: ["INTERACTION CALL", "ORDER"], again: ["ORDER", "FEEDBACK NPS"], unit: ` + a.input(a.Schema.Types["JourneyPeriod"], 0) + `, periods: 3, first: 4) { all { ` + cohort + ` } rows { ` + cohort + ` } other { ` + cohort + ` } values }
		preceded(events: ["INTERACTION CALL", "CASE COMPLAINT"], by: ["HIDDEN_EVENT OUTAGE", "ORDER", "INTERACTION MAIL"], window: "P90D") { events rows { activity events cases share expected } none noneCases other }
		compare(` + segments + `) { a b both lines { activities a { cases of } b { cases of } low p adjusted } other } } }`
}

// HiddenEvents is an operation on whom hidden events reached, and what came after.
func (a *Asker) HiddenEvents() string {
	span := fmt.Sprintf("P%dD", 1+a.Values.IntN(400))
	return `{ hiddenEvents(first: 4) { nodes { exposure(within: "` + span + `") { customers accounts aware silent ways { way things accounts customers } }
		aftermath(window: "` + span + `") { ` + aftermath + ` } firms: aftermath(accounts: true, window: "` + span + `") { ` + aftermath + ` } } } }`
}

const (
	differences = "differences { outcome exposed matched difference low high ofExposed ofMatched }"
	aftermath   = "matched unmatched refused balance { measure before after } " + differences + " weeks { week " + differences + " }"
	expected    = `expected: [["INTERACTION CALL"], ["CASE COMPLAINT"], ["ORDER"]], optional: [2], costs: {extra: 0.5}, within: "P30D"`
	cohort      = "value cases periods { came gone open share }"
	mean        = "cases answered mean low high"
	stays       = "stays { entries cases persons } forward { cases } back { cases } open { cases } again { cases } median survival"
	toOrder     = `steps: [["INTERACTION CALL"], ["ORDER"]], window: "P90D"`
	ledger      = `steps { entered { entries cases persons } continued { cases } dropped { cases } open { cases } other { cases } filtered { cases } median } matured { cases } through { cases } curve { within share }`
)

// dimension is what may tell cases of a kind apart: what persons are asked for is refused, and what the purpose denies is rarely asked for.
func (a *Asker) dimension(name string, k *graph.Kind) string {
	keys := sdl.GroupKeys(k, nil)
	for range 20 {
		switch by := keys[a.IntN(len(keys))]; {
		case a.Chance(20):
			return "period: " + a.input(a.Schema.Types["JourneyPeriod"], 0)
		case by.ToPersons(), by.Range():
		case by.Prop != nil && !a.Allowed(by.Prop.Category) && a.Chance(90):
		default:
			return name + ": " + by.Enum
		}
	}
	return "period: MONTH"
}
