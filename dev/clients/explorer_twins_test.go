package clients

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWhatAPictureSaysItsListSays: each number and each name that a picture draws stands in the list beside it, and the list has what the API
// answers.
func TestWhatAPictureSaysItsListSays(t *testing.T) {
	e := openExplorer(t)
	lennart := e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`)
	deal := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	var seen []struct {
		Name, Told             string
		Drawn, Named, Problems []string
	}
	e.drive(t, &seen, "twins.mjs", e.page, e.json(t, "twins.json", []view{
		{Name: "map of a committee", Hash: "#/deals/" + deal + "?tab=map", Purpose: "SALES", Employee: lennart},
		{Name: "steps of journeys", Hash: "#/journeys", Purpose: "SERVICE"},
		{Name: "map of journeys", Hash: "#/journeys?tab=map", Purpose: "SERVICE"},
		{Name: "stages of a deal", Hash: "#/deals/" + deal, Purpose: "SALES", Employee: lennart},
		{Name: "curve of a funnel", Hash: "#/journeys?tab=funnel", Purpose: "SERVICE"},
	}))
	require.Len(t, seen, 5)
	for _, s := range seen {
		t.Run(s.Name, func(t *testing.T) {
			assert.NotEmpty(t, append(s.Drawn, s.Named...), "the picture says something")
			assert.Empty(t, slices.DeleteFunc(slices.Concat(s.Drawn, s.Named), func(word string) bool { return strings.Contains(s.Told, word) }), "what the list lacks")
			assert.Empty(t, s.Problems)
		})
	}
	for _, m := range e.tied(t, deal).Deal.Committee.Members {
		assert.Contains(t, seen[0].Told, m.Customer.DisplayName)
		for _, tie := range m.Ties {
			assert.Contains(t, seen[0].Told, tie.Employee.DisplayName)
		}
	}
}

// A twin is the list of a picture: where it is, by its caption, and which of its columns are compared with what a query answers.
type twin struct {
	place   view
	caption string
	columns []int
	query   string
	of      map[string]any
	// rows are what the columns are to say, in whichever order.
	rows func(answer map[string]any) [][]string
}

// TestTheListOfEachPictureSaysWhatTheAPIAnswers compares lists with answers that are asked for without the page.
func TestTheListOfEachPictureSaysWhatTheAPIAnswers(t *testing.T) {
	e := openExplorer(t)
	lennart := e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`)
	deal := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	account := e.idOf(t, "accounts", `{deals: {some: {id: {eq: "`+deal+`"}}}}`)
	update := e.idOf(t, "hiddenEvents", forcedUpdate)
	cases := map[string]any{"cases": map[string]any{"cases": map[string]any{}}, "events": map[string]any{"kinds": []string{"CASE", "CASE_RESOLVED", "FEEDBACK"}}, "by": []string{"KIND", "DETAIL"}, "repeats": "KEEP"}
	journeys := func(selection string) string {
		return `query($d: JourneyDefinition!) { journeys(definition: $d) { ` + selection + ` } }`
	}
	steps := `steps: [["CASE COMPLAINT"], ["CASE_RESOLVED COMPLAINT"]]`
	at := func(hash, purpose string) view {
		return view{Hash: "#/" + hash, Purpose: purpose, Employee: lennart}
	}
	twins := map[string]twin{
		"steps of journeys": {at("journeys?question=cases&view=list", "SERVICE"), "What became of those who came to step 1", []int{0, 1}, journeys(`steps(depth: 5, first: 4) { places { level activity cases } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, place := range dig(a, "journeys", "steps", "places").([]any) {
					if dig(place, "level").(float64) == 0 && dig(place, "cases").(float64) > 0 {
						rows = append(rows, []string{activity(dig(place, "activity")), figure(dig(place, "cases"))})
					}
				}
				return rows
			}},
		"map of journeys": {at("journeys?question=cases&tab=map&acts=99&paths=100&view=list", "SERVICE"), "What directly follows what", []int{0, 1, 2, 3, 4, 7}, journeys(`map(first: 200) { edges { from to cases persons events share } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, edge := range dig(a, "journeys", "map", "edges").([]any) {
					if to := dig(edge, "to"); to != "<open>" { // it stands on the cards, and in the balances below
						rows = append(rows, []string{activity(dig(edge, "from")), activity(to), figure(dig(edge, "cases")), figure(dig(edge, "persons")), figure(dig(edge, "events")), share(dig(edge, "share"))})
					}
				}
				return rows
			}},
		"variants": {at("journeys?question=cases&tab=variants", "SERVICE"), "Ways that journeys went", []int{1, 2, 3}, journeys(`variants { rows { cases share coverage } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, row := range dig(a, "journeys", "variants", "rows").([]any) {
					rows = append(rows, []string{figure(dig(row, "cases")), share(dig(row, "share")), share(dig(row, "coverage"))})
				}
				return rows
			}},
		"curve of a funnel": {at("journeys?question=cases&tab=funnel&view=list", "SERVICE"), "Which share took all steps", []int{1}, journeys(`funnel(` + steps + `) { curve { share } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, point := range dig(a, "journeys", "funnel", "curve").([]any) {
					rows = append(rows, []string{share(dig(point, "share"))})
				}
				return rows
			}},
		"funnel by value": {at("journeys?question=cases&tab=funnel", "SERVICE"), "Entries of the funnel by severity", []int{0, 1, 2}, journeys(`funnel(` + steps + `) { steps { entered { entries } } } funnelBy(by: {cases: SEVERITY}, ` + steps + `) { rows { value funnel { steps { entered { entries } } } } }`), map[string]any{"d": cases},
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
		"segments": {at("journeys?question=cases&tab=segments&split=severity&a=HIGH&b=LOW&of=FUNNEL&steps=CASE%20COMPLAINT~CASE_RESOLVED%20COMPLAINT&view=list", "SERVICE"), "Shares of A and of B", []int{0, 1, 2}, journeys(`compare(a: {cases: {severity: {in: [HIGH]}}}, b: {cases: {severity: {in: [LOW]}}}, of: FUNNEL, ` + steps + `) { lines { activities a { cases of share } b { cases of share } } }`), map[string]any{"d": cases},
			func(a map[string]any) (rows [][]string) {
				for _, line := range dig(a, "journeys", "compare", "lines").([]any) {
					side := func(of string) string {
						return share(dig(line, of, "share")) + " " + figure(dig(line, of, "cases")) + " of " + figure(dig(line, of, "of"))
					}
					rows = append(rows, []string{activity(dig(line, "activities").([]any)[0]), side("a"), side("b")})
				}
				return rows
			}},
		"stages of a deal": {at("deals/"+deal+"?view=list", "SALES"), "Stages", []int{0, 1}, `query($id: ID!) { deal(id: $id) { stageHistory { stage from } } }`, map[string]any{"id": deal},
			func(a map[string]any) (rows [][]string) {
				for _, spell := range dig(a, "deal", "stageHistory").([]any) {
					rows = append(rows, []string{inWords(dig(spell, "stage").(string)), onDay(dig(spell, "from"), "not known")})
				}
				return rows
			}},
		"jobs at a company": {at("accounts/"+account+"?tab=people&view=list", "SALES"), "People of the company", []int{2, 3}, `query($id: ID!) { account(id: $id) { people(first: 60, history: true) { edges { properties { from to } } } } }`, map[string]any{"id": account},
			func(a map[string]any) (rows [][]string) {
				for _, job := range dig(a, "account", "people", "edges").([]any) {
					rows = append(rows, []string{onDay(dig(job, "properties", "from"), "not known"), onDay(dig(job, "properties", "to"), "now")})
				}
				return rows
			}},
		"firmographics in time": {at("accounts/"+account+"?view=list", "SALES"), "Versions of what is known", []int{0, 1}, `query($id: ID!) { account(id: $id) { firmographicsVersions(first: 100) { edges { properties { from to } node { employeeCount } } } } }`, map[string]any{"id": account},
			func(a map[string]any) (rows [][]string) {
				for _, version := range dig(a, "account", "firmographicsVersions", "edges").([]any) {
					rows = append(rows, []string{onDay(dig(version, "properties", "from"), "start not known") + " to " + onDay(dig(version, "properties", "to"), "now"), figure(dig(version, "node", "employeeCount"))})
				}
				return rows
			}},
		"open amounts by close": {at("", "SALES"), "Open deals", []int{2}, `query($id: ID!) { employee(id: $id) { deals(first: 50, filter: {outcome: {isNull: true}}) { nodes { amount { amount currency } } } } }`, map[string]any{"id": lennart},
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
		"aftermath of a hidden event": {at("hidden-events/"+update, "SERVICE"), "What came after", []int{1}, `query($id: ID!) { hiddenEvent(id: $id) { aftermath(window: "P90D") { differences { outcome exposed ofExposed ofMatched difference } } } }`, map[string]any{"id": update},
			func(a map[string]any) (rows [][]string) {
				for _, d := range dig(a, "hiddenEvent", "aftermath", "differences").([]any) {
					if dig(d, "difference") == nil {
						why := "fewer than five have any, or fewer than ten companies"
						if dig(d, "ofExposed").(float64) < 20 || dig(d, "ofMatched").(float64) < 20 {
							why = "fewer than 20 of a group"
						}
						rows = append(rows, []string{"Cannot be judged, n " + figure(dig(d, "ofExposed")) + " and " + figure(dig(d, "ofMatched")) + " " + why})
						continue
					}
					of := map[any]float64{"SATISFACTION": 1, "SENTIMENT": 1}[dig(d, "outcome")]
					digits := 2
					if of == 0 {
						of, digits = 100, 1
					}
					n := fmt.Sprintf("%.*f", digits, math.Abs(dig(d, "exposed").(float64)*of))
					if dig(d, "exposed").(float64) < 0 && strings.Trim(n, "0.") != "" {
						n = "−" + n
					}
					rows = append(rows, []string{n + " n " + figure(dig(d, "ofExposed"))})
				}
				return rows
			}},
	}
	var places []view
	for name, one := range twins {
		one.place.Name = name
		places = append(places, one.place)
	}
	seen := e.tables(t, places...)
	for name, one := range twins {
		t.Run(name, func(t *testing.T) {
			var answer map[string]any
			require.NoError(t, json.Unmarshal(ask(t, e.api, one.place.Purpose, one.query, one.of), &answer))
			want := one.rows(answer)
			require.NotEmpty(t, want)
			var got [][]string
			for _, row := range captioned(t, seen[name], one.caption).Rows[1:] {
				if len(row) <= slices.Max(one.columns) { // it says what is not told, over several columns
					continue
				}
				var cells []string
				for _, column := range one.columns {
					cells = append(cells, row[column])
				}
				got = append(got, cells)
			}
			assert.ElementsMatch(t, want, got)
		})
	}
}

// dig goes down an answer by its keys.
func dig(value any, keys ...string) any {
	for _, key := range keys {
		value = value.(map[string]any)[key]
	}
	return value
}

// apart sets the thousands of a decimal apart.
func apart(decimal string) string {
	digits, rest, fraction := strings.Cut(decimal, ".")
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if fraction {
		digits += "." + rest
	}
	return digits
}

func figure(n any) string { return apart(fmt.Sprintf("%.0f", n)) }

func share(n any) string { return fmt.Sprintf("%.1f %%", 100*n.(float64)) }

func inWords(value string) string {
	text := strings.ToLower(strings.ReplaceAll(value, "_", " "))
	return strings.ToUpper(text[:1]) + text[1:]
}

// activity is what the page calls one.
func activity(of any) string {
	switch of {
	case nil:
		return "Other"
	case "<start>":
		return "Start"
	case "<end>":
		return "End"
	}
	kind, detail, is := strings.Cut(of.(string), " ")
	if !is {
		return inWords(kind)
	}
	if !slices.Contains([]string{"CES", "CSAT", "NPS"}, detail) {
		detail = strings.ToLower(strings.ReplaceAll(detail, "_", " "))
	}
	return inWords(kind) + ": " + detail
}

func onDay(at any, otherwise string) string {
	if at == nil {
		return otherwise
	}
	when, err := time.Parse(time.RFC3339, at.(string))
	if err != nil {
		return err.Error()
	}
	if when.Year() == now.Year() {
		return when.Format("2 January")
	}
	return when.Format("2 January 2006")
}
