package clients

import (
	"encoding/json"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A twin is the list of a picture: where it is, by its caption, and which of its columns are compared with what a query answers. Without a caption it is
// what drawings say of themselves, and the columns are what a pattern finds in that.
type twin struct {
	place   view
	caption string
	said    string
	columns []int
	query   string
	of      map[string]any
	// rows are what the columns are to say, in whichever order.
	rows func(answer map[string]any) [][]string
}

// TestPicturesAndTheirListsSayWhatTheAPIAnswers compares lists, and what drawings say of themselves, with answers that are asked for without the page. Each
// number and each name that a picture draws stands in the list beside it.
func TestPicturesAndTheirListsSayWhatTheAPIAnswers(t *testing.T) {
	e := readExplorer(t)
	lennart := e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`)
	deal := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	account := e.idOf(t, "accounts", `{deals: {some: {id: {eq: "`+deal+`"}}}}`)
	update := e.idOf(t, "hiddenEvents", forcedUpdate)
	cases := map[string]any{"cases": map[string]any{"cases": map[string]any{}}, "events": map[string]any{"kinds": []string{"CASE", "CASE_RESOLVED", "FEEDBACK"}}, "by": []string{"KIND", "DETAIL"}, "repeats": "KEEP"}
	deals := map[string]any{"cases": map[string]any{"deals": map[string]any{}}, "events": map[string]any{"kinds": []string{"DEAL_STAGE"}}, "by": []string{"DETAIL"}, "repeats": "KEEP"}
	journeys := func(selection string) string {
		return `query($d: JourneyDefinition!) { journeys(definition: $d) { ` + selection + ` } }`
	}
	taken := `steps: [["CASE COMPLAINT"], ["CASE_RESOLVED COMPLAINT"]]`
	at := func(hash, purpose string) view {
		return view{Hash: "#/" + hash, Purpose: purpose, Employee: lennart}
	}
	drawn := func(hash, purpose string) view {
		v := at(hash, purpose)
		v.Pictures = true
		return v
	}
	committee, steps, paths := drawn("deals/"+deal+"?tab=map", "SALES"), drawn("journeys?question=cases", "SERVICE"), drawn("journeys?question=cases&tab=map&acts=99&paths=100", "SERVICE")
	satisfied := at("hidden-events/"+update+"?outcome=SATISFACTION&view=list", "SERVICE")
	stages, funnel, aftermath := drawn("deals/"+deal, "SALES"), drawn("journeys?question=cases&tab=funnel", "SERVICE"), drawn("hidden-events/"+update+"?outcome=CONTACTS", "SERVICE")
	entered := at("journeys?question=customers&tab=funnel&entry=EACH", "SERVICE")
	customers := map[string]any{"cases": map[string]any{"customers": map[string]any{}}, "events": map[string]any{"kinds": []string{"ORDER", "RETURN", "CASE", "FEEDBACK"}}, "by": []string{"KIND"}, "repeats": "COLLAPSE"}
	ordered := `steps: [["ORDER"], ["FEEDBACK"]], entry: EACH`
	home := at("", "SALES")
	twins := map[string]twin{
		"steps of journeys": {steps, "What became of those who came to step 1", "", []int{0, 1}, journeys(`steps(depth: 5, first: 4) { places { level activity cases } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, place := range dig(a, "journeys", "steps", "places").([]any) {
					if dig(place, "level").(float64) == 0 && dig(place, "cases").(float64) > 0 {
						rows = append(rows, []string{activity(dig(place, "activity")), figure(dig(place, "cases"))})
					}
				}
				return rows
			}},
		"map of journeys": {paths, "What directly follows what", "", []int{0, 1, 2, 3, 4, 7}, journeys(`map(first: 200) { edges { from to cases persons events share } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, edge := range dig(a, "journeys", "map", "edges").([]any) {
					if to := dig(edge, "to"); to != "<open>" { // it stands on the cards, and in the balances below
						rows = append(rows, []string{activity(dig(edge, "from")), activity(to), figure(dig(edge, "cases")), figure(dig(edge, "persons")), figure(dig(edge, "events")), share(dig(edge, "share"))})
					}
				}
				return rows
			}},
		"variants": {at("journeys?question=cases&tab=variants", "SERVICE"), "Ways that journeys went", "", []int{1, 2, 3, 4}, journeys(`variants { rows { activities cases share coverage median } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, row := range dig(a, "journeys", "variants", "rows").([]any) {
					rows = append(rows, []string{figure(dig(row, "cases")), share(dig(row, "share")), share(dig(row, "coverage")), ofWay(dig(row, "activities").([]any), dig(row, "median"))})
				}
				return rows
			}},
		"curve of a funnel": {funnel, "Which share took all steps", "", []int{1}, journeys(`funnel(` + taken + `) { curve { share } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, point := range dig(a, "journeys", "funnel", "curve").([]any) {
					rows = append(rows, []string{share(dig(point, "share"))})
				}
				return rows
			}},
		"funnel by value": {funnel, "Entries of the funnel by severity", "", []int{0, 1, 2}, journeys(`funnel(` + taken + `) { steps { entered { entries } } } funnelBy(by: {cases: SEVERITY}, ` + taken + `) { rows { value funnel { steps { entered { entries } } } } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				row := func(name string, funnel any) {
					steps := dig(funnel, "steps").([]any)
					first, second := dig(steps[0], "entered", "entries").(float64), dig(steps[1], "entered", "entries").(float64)
					rows = append(rows, []string{name, figure(first), figure(second) + " " + share(second/first)})
				}
				for _, one := range dig(a, "journeys", "funnelBy", "rows").([]any) {
					row(inWords(dig(one, "value").(string)), dig(one, "funnel"))
				}
				row("All", dig(a, "journeys", "funnel"))
				return rows
			}},
		"segments": {at("journeys?question=cases&tab=segments&split=severity&a=HIGH&b=LOW&of=FUNNEL&steps=CASE%20COMPLAINT~CASE_RESOLVED%20COMPLAINT&view=list", "SERVICE"), "Shares of A and of B", "", []int{0, 1, 2}, journeys(`compare(a: {cases: {severity: {in: [HIGH]}}}, b: {cases: {severity: {in: [LOW]}}}, of: FUNNEL, ` + taken + `) { lines { activities a { cases of share } b { cases of share } } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, line := range dig(a, "journeys", "compare", "lines").([]any) {
					side := func(of string) string {
						return share(dig(line, of, "share")) + " " + figure(dig(line, of, "cases")) + " of " + figure(dig(line, of, "of"))
					}
					rows = append(rows, []string{activity(dig(line, "activities").([]any)[0]), side("a"), side("b")})
				}
				return rows
			}},
		"deals of a list": {at("deals?where=stage.in.PROSPECTING,ENGAGING,PROPOSAL,NEGOTIATION", "SALES"), "Deals", "", []int{1, 7}, `{ deals(first: 50, filter: {outcome: {isNull: true}}) { nodes { name account { name } committee { warnings { code state } } } } }`, nil,
			func(a map[string]any) (rows [][]string) {
				for _, deal := range dig(a, "deals", "nodes").([]any) {
					rows = append(rows, []string{dig(deal, "name").(string) + " " + dig(deal, "account", "name").(string), raised(dig(deal, "committee", "warnings"))})
				}
				return rows
			}},
		"stages of a deal": {stages, "Stages", "", []int{0, 1}, `query($id: ID!) { deal(id: $id) { stageHistory { stage from } } }`, map[string]any{"id": deal},
			func(a map[string]any) (rows [][]string) {
				for _, spell := range dig(a, "deal", "stageHistory").([]any) {
					rows = append(rows, []string{inWords(dig(spell, "stage").(string)), onDay(dig(spell, "from"), "not known")})
				}
				return rows
			}},
		"jobs at a company": {at("accounts/"+account+"?tab=people&view=list", "SALES"), "People of the company", "", []int{2, 3}, `query($id: ID!) { account(id: $id) { people(first: 60, history: true) { edges { properties { from to } } } } }`, map[string]any{"id": account},
			func(a map[string]any) (rows [][]string) {
				for _, job := range dig(a, "account", "people", "edges").([]any) {
					rows = append(rows, []string{onDay(dig(job, "properties", "from"), "not known"), onDay(dig(job, "properties", "to"), "now")})
				}
				return rows
			}},
		"firmographics in time": {at("accounts/"+account+"?view=list", "SALES"), "Versions of what is known", "", []int{0, 1}, `query($id: ID!) { account(id: $id) { firmographicsVersions(first: 100) { edges { properties { from to } node { employeeCount } } } } }`, map[string]any{"id": account},
			func(a map[string]any) (rows [][]string) {
				for _, version := range dig(a, "account", "firmographicsVersions", "edges").([]any) {
					rows = append(rows, []string{onDay(dig(version, "properties", "from"), "start not known") + " to " + onDay(dig(version, "properties", "to"), "now"), figure(dig(version, "node", "employeeCount"))})
				}
				return rows
			}},
		"open amounts by close": {home, "Open deals", "", []int{2}, `query($id: ID!) { employee(id: $id) { deals(first: 50, filter: {outcome: {isNull: true}}) { nodes { amount { amount currency } } } } }`, map[string]any{"id": lennart},
			func(a map[string]any) (rows [][]string) {
				for _, deal := range dig(a, "employee", "deals", "nodes").([]any) {
					said := "no amount yet"
					if amount := dig(deal, "amount"); amount != nil {
						said = apart(dig(amount, "amount").(string)) + " " + dig(amount, "currency").(string)
					}
					rows = append(rows, []string{said})
				}
				return rows
			}},
		"aftermath of a hidden event": {aftermath, "What came after", "", []int{1, 2, 3}, came(false), map[string]any{"id": update}, outcomes},
		"weeks of an aftermath":       {aftermath, "Week by week", "", []int{0, 2, 3, 4}, came(false), map[string]any{"id": update}, func(a map[string]any) [][]string { return weeks(t, a, "CONTACTS") }},
		"satisfaction in weeks": {satisfied, "Week by week", "", []int{0, 2, 3, 4}, came(false), map[string]any{"id": update}, func(a map[string]any) [][]string {
			rows := weeks(t, a, "SATISFACTION")
			require.True(t, slices.ContainsFunc(rows, func(row []string) bool {
				return strings.Contains(row[1]+row[2], "not compared") && strings.Contains(row[1]+row[2], "nobody has any")
			}), "in a week one group has some, and the other none")
			return rows
		}},
		"what roles won and lost deals had": {stages, "Roles in won and lost deals", "", []int{0, 1, 2}, `query($id: ID!) { deal(id: $id) { committee { coverage { role won { with n low high } lost { with n low high } } } } }`, map[string]any{"id": deal}, seats},
		"balances of steps":                 {steps, "", `^(.+), step (\d): (.+)$`, nil, journeys(`steps(depth: 5, first: 4) { places { level activity cases } links { level from to cases } }`), map[string]any{"d": cases}, balances},
		"activities of a map": {paths, "What became of every event", "", []int{0, 1, 3}, journeys(`map(first: 200) { activities { activity cases events } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, one := range dig(a, "journeys", "map", "activities").([]any) {
					rows = append(rows, []string{activity(dig(one, "activity")), figure(dig(one, "cases")), figure(dig(one, "events"))})
				}
				return rows
			}},
		"funnel of entries": {entered, "Entries of the funnel by stage", "", []int{0, 1}, journeys(`funnel(` + ordered + `) { steps { entered { entries cases } } } funnelBy(by: {customers: JOURNEY_STAGE}, ` + ordered + `) { rows { value funnel { steps { entered { entries cases } } } } }`), map[string]any{"d": customers}, func(a map[string]any) [][]string {
			rows := entries(a)
			require.Contains(t, rows[len(rows)-1][1], " entries , ", "somebody enters several times")
			return rows
		}},
		"how journeys were felt": {drawn("journeys?question=cases&tab=felt", "SERVICE"), "Satisfaction, 0 to 1, by the month", "", []int{0, 1, 2, 3, 4}, journeys(`satisfaction(by: MONTH, of: SATISFACTION, first: 12) { all { cases answered mean low high } rows { value mean { cases answered mean low high } } other { cases answered mean low high } values }`), map[string]any{"d": cases}, felt},
		"time in stage by value": {drawn("journeys?question=deals&tab=again", "SALES"), "Stays in each stage by type", "", []int{0, 1, 2, 3, 4, 5, 6, 7, 8}, journeys(`stagesBy(by: {deals: TYPE}, first: 10, stages: [["PROSPECTING"], ["ENGAGING"], ["PROPOSAL"], ["NEGOTIATION"]], exits: ["WON", "LOST"]) { values rows { value stages { activities stays { entries cases } forward { entries } back { entries } open { entries } survival median p90 } } other { activities stays { entries cases } forward { entries } back { entries } open { entries } survival median p90 } }`), map[string]any{"d": deals}, staysBy},
		"weekly contacts":        {home, "", `^(\d+ begun by them, \d+ by us in twelve weeks.*)$`, nil, `query($id: ID!) { employee(id: $id) { deals(first: 50, filter: {outcome: {isNull: true}}) { nodes { interactions(first: 100, filter: {at: {within: "P84D"}}, orderBy: [{at: DESC}]) { nodes { at origin } pageInfo { hasNextPage } } } } } }`, map[string]any{"id": lennart}, contacts},
	}
	below, apart := at("journeys?question=cases&tab=felt&view=picture", "SERVICE"), at("journeys?question=accounts&tab=felt&view=list", "ANALYSIS")
	seen := e.read(t, append(slices.Collect(placesOf(twins)), committee, below, apart)...)
	assert.Regexp(t, `Not drawn: \d+ other months ?; ?[\d,]+ cases ?, ?[\d.]+ is the mean of \d+`, seen[below.Hash].Told)
	assert.Regexp(t, `\d+ other months, not told apart: earlier, or of too few people`, seen[apart.Hash].Told)
	for name, one := range twins {
		t.Run(name, func(t *testing.T) {
			var answer map[string]any
			require.NoError(t, json.Unmarshal(ask(t, e.api, one.place.Purpose, one.query, one.of), &answer))
			want := one.rows(answer)
			require.NotEmpty(t, want)
			assert.ElementsMatch(t, want, one.found(t, seen[one.place.Hash]))
		})
	}
	for _, place := range seen {
		if place.Drawn == nil {
			continue
		}
		t.Run("pictures of "+place.Name, func(t *testing.T) {
			says := append(place.Drawn, place.Named...)
			assert.NotEmpty(t, says, "the picture says something")
			assert.Empty(t, slices.DeleteFunc(says, func(word string) bool { return strings.Contains(place.Told, word) }), "what the list lacks")
		})
	}
	for _, m := range e.tied(t, deal).Deal.Committee.Members {
		assert.Contains(t, seen[committee.Hash].Told, m.Customer.DisplayName)
		for _, tie := range m.Ties {
			assert.Contains(t, seen[committee.Hash].Told, tie.Employee.DisplayName)
		}
	}
}

// placesOf are those of twins, each once.
func placesOf(twins map[string]twin) iter.Seq[view] {
	places := map[string]view{}
	for _, one := range twins {
		places[one.place.Hash] = one.place
	}
	return maps.Values(places)
}

// found is what the page says of what is compared.
func (w twin) found(t *testing.T, place said) (rows [][]string) {
	t.Helper()
	if w.caption == "" {
		for _, label := range place.Labels {
			if found := regexp.MustCompile(w.said).FindStringSubmatch(label); found != nil {
				rows = append(rows, found[1:])
			}
		}
		return rows
	}
	for _, row := range captioned(t, place.Tables, w.caption).Rows[1:] {
		switch short := len(row) <= slices.Max(w.columns); {
		case short && len(row) == 2: // one word in the place of all columns
			row = append(row, make([]string, len(w.columns))...)
		case short: // it sums up what is not in the list
			continue
		}
		var cells []string
		for _, column := range w.columns {
			cells = append(cells, row[column])
		}
		rows = append(rows, cells)
	}
	return rows
}
