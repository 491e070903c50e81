package e2e

import "github.com/kithgraph/kith/graph"

// attacksOnJourneys are those on what is counted of many.
var attacksOnJourneys = []attempt{
	{"journeys of a person, or of a company, are made of what is withheld", graph.Sales, "timeline", []string{
		`{ journeys(definition: {cases: {accounts: {}}, by: [KIND, DETAIL, CHANNEL]}) { horizon cases persons events tied map { edges { from to events median } other { edges events } } variants { rows { activities cases } } } }`,
		`{ journeys(definition: {cases: {accounts: {}}, by: [OUTCOME, KIND]}) { horizon cases persons events tied map { edges { from to events median } other { edges events } } variants { rows { activities cases } } } }`,
		`{ journeys(definition: {cases: {accounts: {}}, by: [KIND, DETAIL, CHANNEL], rename: [{matching: "^(INTERACTION|FEEDBACK)", to: "x"}]}) { horizon cases persons events tied map { edges { from to events median } other { edges events } } variants { rows { activities cases } } } }`,
	}},
	{"journeys are counted of persons who are withheld", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}}) { horizon cases persons events tied starts { rows { activities cases } } ends { other { cases } } funnel(steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]]) { steps { entered { cases } continued { cases } } } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: {edge: {from: "<start>", to: "INTERACTION CALL"}}) { totalCount nodes { name } } did: customers(behind: {activity: "INTERACTION CALL"}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {journeyStage: {eq: LOYALTY}}}}) { cases paths(to: ["INTERACTION CALL"]) { cases } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { paths(through: ["INTERACTION CALL"], depth: 3) { rows { activities cases persons median } cases persons } customers(behind: {path: {through: ["INTERACTION CALL"], depth: 2, activities: ["INTERACTION CALL", "<open>"]}}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {interactions: {none: {attributes: {name: "by"}}}}}}) { cases persons } customers(filter: {interactions: {some: {attributes: {name: "by", text: ["Ann"]}}}}) { totalCount nodes { name } } }`,
	}},
	{"what comes again, and how long it takes, is of persons who are withheld", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { rework { rows { activity cases again repeats direct median } again } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { stages(stages: [["INTERACTION"], ["FEEDBACK"]]) { stays { cases } forward { cases } open { cases } median survival } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { stagesBy(by: {customers: JOURNEY_STAGE}, stages: [["INTERACTION"], ["FEEDBACK"]]) { rows { value stages { stays { cases } forward { cases } median survival } } other { stays { cases } } values } } }`,
	}},
	{"what persons who are withheld did is expected otherwise", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { conformance(expected: [["INTERACTION"], ["FEEDBACK"]], within: "P1D") { conforming cost fitness rows { kind step activities events cases persons } other { deviations events } variants { activities cases cost } } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {deviation: {expected: [["INTERACTION"], ["FEEDBACK"]], kind: EXTRA, activity: "INTERACTION"}}) { totalCount nodes { name } } } }`,
	}},
	{"how persons who are withheld felt is told", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { satisfaction(by: STEP, of: SATISFACTION) { all { cases answered mean low high } rows { activities mean { cases answered mean } } values } sentiment: satisfaction(by: VARIANT, of: SENTIMENT) { all { cases answered mean } } months: satisfaction(by: MONTH, of: SATISFACTION) { rows { value mean { cases answered mean } } values } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {measured: {by: STEP, of: SATISFACTION, answered: true}}) { totalCount nodes { name } } silent: customers(behind: {measured: {by: STEP, of: SENTIMENT, activities: ["INTERACTION"], answered: false}}) { totalCount nodes { name } } month: customers(behind: {measured: {by: MONTH, of: SENTIMENT, value: "2026-03-01"}}) { totalCount nodes { name } } } }`,
	}},
	{"persons who are withheld come again", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { retention(from: ["INTERACTION"], again: ["INTERACTION", "FEEDBACK"], unit: MONTH) { all { cases periods { came gone open share } } rows { value cases periods { came gone open } } values } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {returning: {from: ["INTERACTION"], again: ["INTERACTION", "FEEDBACK"], unit: MONTH, period: 0}}) { totalCount nodes { name } } came: customers(behind: {returning: {from: ["INTERACTION"], again: ["FEEDBACK"], unit: WEEK, period: 1, fate: CAME}}) { totalCount nodes { name } } } }`,
	}},
	{"conversions of persons who are withheld are credited", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { attribution(conversions: ["FEEDBACK"], channels: ["INTERACTION", "CASE"]) { converted unconverted direct channels { cases removal credits { model conversions } } } } }`,
	}},
	{"journeys are told apart by persons who are withheld", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}}) { pathsBy(by: {customers: JOURNEY_STAGE}, from: ["INTERACTION CALL"]) { rows { value paths { cases rows { activities cases } } } values } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { variantsBy(by: {customers: JOURNEY_STAGE}) { rows { value paths { cases other { paths } } } values } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: {step: {step: 1, steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]], by: {customers: JOURNEY_STAGE}, value: "LOYALTY"}}) { totalCount nodes { name } } month: customers(behind: {step: {step: 1, status: DROPPED, steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]], by: {period: MONTH}, value: "2026-03-01"}}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { mapBy(by: {customers: JOURNEY_STAGE}) { rows { value map { activities { activity cases } edges { from to cases events } } } values } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { compare(a: {customers: {journeyStage: {eq: LOYALTY}}}, b: {customers: {not: {journeyStage: {eq: LOYALTY}}}}, of: ACTIVITIES) { a b both lines { activities a { cases of } b { cases of } } } } }`,
	}},
	{"what precedes complaints is of persons who are withheld", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { preceded(events: ["FEEDBACK", "CASE"], by: ["INTERACTION", "ORDER"], window: "P900D") { events rows { activity events cases share expected } none noneCases } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {preceded: {events: ["FEEDBACK", "CASE"], by: ["INTERACTION"], window: "P900D", activity: "INTERACTION"}}) { totalCount nodes { name } } } }`,
	}},
	{"persons who are withheld stand behind what comes again, stages, conversions and segments", graph.Sales, "rows", []string{
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {again: "INTERACTION"}) { totalCount nodes { name } } any: customers(behind: {again: ""}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {stay: {stages: [["INTERACTION"], ["FEEDBACK"]], stage: 1}}) { totalCount nodes { name } } loyal: customers(behind: {stay: {stages: [["INTERACTION"], ["FEEDBACK"]], stage: 1, by: {customers: JOURNEY_STAGE}, value: "LOYALTY"}}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {attributed: {conversions: ["FEEDBACK"], channels: ["INTERACTION", "CASE"], of: CONVERTED}}) { totalCount nodes { name } } } }`,
		`{ journeys(definition: {cases: {customers: {}}, by: [KIND]}) { customers(behind: {compared: {a: {customers: {journeyStage: {eq: LOYALTY}}}, b: {customers: {not: {journeyStage: {eq: LOYALTY}}}}, of: ACTIVITIES, in: A, activities: ["INTERACTION"]}}) { totalCount nodes { name } } } }`,
	}},
	{"hidden events reached persons who are withheld, and others are like them", graph.Sales, "rows", []string{
		`{ hiddenEvents { nodes { exposure(within: "P900D") { customers accounts aware silent ways { way things accounts customers } } } } }`,
		`{ hiddenEvents { nodes { aftermath(window: "P900D") { matched unmatched balance { before after } } } } }`,
		`{ hiddenEvents { nodes { aftermath(window: "P300D") { weeks { week differences { outcome exposed matched ofExposed ofMatched } } } firms: aftermath(accounts: true, window: "P300D") { matched unmatched balance { before after } differences { outcome exposed matched ofExposed ofMatched } } } } }`,
	}},
	{"journeys are told apart by a withheld value", graph.Service, "output", []string{
		`{ journeys(definition: {cases: {customers: {}}}) { mapBy(by: {customers: GENDER}) { rows { value map { edges { cases } } } values } variantsBy(by: {customers: GENDER}) { rows { value paths { cases } } values } pathsBy(by: {customers: GENDER}, to: ["FEEDBACK NPS"]) { rows { value } } funnelBy(by: {customers: GENDER}, steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]]) { rows { value } } stagesBy(by: {customers: GENDER}, stages: [["INTERACTION CALL"], ["FEEDBACK NPS"]]) { rows { value } } } }`,
		`{ journeys(definition: {cases: {customers: {}}}) { customers(behind: {step: {step: 1, steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]], by: {customers: GENDER}, value: "FEMALE"}}) { totalCount nodes { id } } unknown: customers(behind: {step: {step: 1, steps: [["INTERACTION CALL"], ["FEEDBACK NPS"]], by: {customers: GENDER}, value: null}}) { totalCount } } }`,
	}},
}
