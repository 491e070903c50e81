package clients

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// came asks what came after a hidden event, as its page does.
func came(accounts bool) string {
	return fmt.Sprintf(`query($id: ID!) { hiddenEvent(id: $id) { at aftermath(window: "P90D", accounts: %t) {
		differences { outcome exposed matched difference low high ofExposed ofMatched } weeks { week differences { outcome exposed matched difference low high ofExposed ofMatched } }
	} } }`, accounts)
}

// unit is by how much numbers of an outcome are multiplied as they are shown, and how many digits they have.
func unit(outcome any) (of float64, digits int) {
	if outcome == "SATISFACTION" || outcome == "SENTIMENT" {
		return 1, 2
	}
	return 100, 1
}

// compared is how a list says both means and their difference.
func compared(d any) []string {
	of, digits := unit(dig(d, "outcome"))
	mean := func(mean, n string) string {
		said := "not compared"
		if dig(d, n).(float64) == 0 {
			return "nobody has any"
		} else if dig(d, mean) != nil {
			said = fixed(of*dig(d, mean).(float64), digits)
		}
		return said + " n " + figure(dig(d, n))
	}
	gap := "none"
	if dig(d, "difference") != nil {
		gap = plus(of*dig(d, "difference").(float64), digits)
	}
	if dig(d, "low") != nil {
		gap += " " + fixed(of*dig(d, "low").(float64), digits) + " to " + fixed(of*dig(d, "high").(float64), digits)
	}
	return []string{mean("exposed", "ofExposed"), mean("matched", "ofMatched"), gap}
}

// outcomes are those of an aftermath, outcome by outcome.
func outcomes(a map[string]any) (rows [][]string) {
	for _, d := range dig(a, "hiddenEvent", "aftermath", "differences").([]any) {
		if dig(d, "difference") != nil {
			rows = append(rows, compared(d))
			continue
		}
		why := "fewer than five have any, or fewer than ten companies"
		if dig(d, "ofExposed").(float64) < 20 || dig(d, "ofMatched").(float64) < 20 {
			why = "fewer than 20 of a group"
		}
		rows = append(rows, []string{"Cannot be judged, n " + figure(dig(d, "ofExposed")) + " and " + figure(dig(d, "ofMatched")) + " " + why, "", ""})
	}
	return rows
}

// weeks are those of an aftermath of which one outcome is shown, as far as they have begun.
func weeks(t *testing.T, a map[string]any, outcome string) (rows [][]string) {
	t.Helper()
	began, err := time.Parse(time.RFC3339, dig(a, "hiddenEvent", "at").(string))
	assert.NoError(t, err)
	for _, one := range dig(a, "hiddenEvent", "aftermath", "weeks").([]any) {
		week := int(dig(one, "week").(float64))
		name := fmt.Sprintf("Week %d after", week+1)
		if week < 0 {
			name = fmt.Sprintf("Week %d before", -week)
		}
		if from := began.AddDate(0, 0, 7*week); week >= 0 && from.After(now) {
			continue
		} else if week >= 0 && from.AddDate(0, 0, min(7, 90-7*week)).After(now) {
			name += " not over"
		}
		for _, d := range dig(one, "differences").([]any) {
			if dig(d, "outcome") == outcome && (outcome != "LEFT" || week >= 0) { // of none it is asked whether she left before
				rows = append(rows, append([]string{name}, compared(d)...))
			}
		}
	}
	return rows
}

// seats are how many won and lost deals had each role, with the intervals of their shares.
func seats(a map[string]any) (rows [][]string) {
	whole := func(n float64) string { return fmt.Sprintf("%.0f", math.Floor(100*n+0.5)) }
	for _, one := range dig(a, "deal", "committee", "coverage").([]any) {
		row := []string{inWords(dig(one, "role").(string))}
		for _, side := range []string{"won", "lost"} {
			with, n := dig(one, side, "with").(float64), dig(one, side, "n").(float64)
			said := figure(with) + " of " + figure(n) + " , none"
			if n > 0 {
				said = fmt.Sprintf("%s of %s , %s %% [%s–%s]", figure(with), figure(n), fixed(with/n*100, 0), whole(dig(one, side, "low").(float64)), whole(dig(one, side, "high").(float64)))
			}
			row = append(row, said)
		}
		rows = append(rows, row)
	}
	return rows
}

// balances are what became of the cases at each place of a grid of steps, by what leads away from it.
func balances(a map[string]any) (rows [][]string) {
	ends := []any{"CASE_RESOLVED COMPLAINT", "CASE_RESOLVED REQUEST", "CASE_RESOLVED SUGGESTION", "CASE_RESOLVED PRAISE", "FEEDBACK CSAT"}
	for _, place := range dig(a, "journeys", "steps", "places").([]any) {
		became := map[string]float64{}
		left := dig(place, "cases").(float64)
		if left == 0 {
			continue
		}
		for _, link := range dig(a, "journeys", "steps", "links").([]any) {
			if dig(link, "level") != dig(place, "level") || dig(link, "from") != dig(place, "activity") {
				continue
			}
			as := "continued"
			switch to := dig(link, "to"); {
			case to == "<open>":
				as = "open"
			case to == "<end>" && slices.Contains(ends, dig(link, "from")):
				as = "ended well"
			case to == "<end>":
				as = "dropped"
			}
			became[as] += dig(link, "cases").(float64)
			left -= dig(link, "cases").(float64)
		}
		became["other"] = left
		var terms []string
		for _, as := range []string{"continued", "ended well", "dropped", "open", "other"} {
			terms = append(terms, figure(became[as])+" "+as)
		}
		rows = append(rows, []string{activity(dig(place, "activity")), figure(dig(place, "level").(float64) + 1), figure(dig(place, "cases")) + " entered = " + strings.Join(terms, " + ")})
	}
	return rows
}

// entries are how often a funnel was entered, by a value, and by how many cases where these are fewer.
func entries(a map[string]any) (rows [][]string) {
	row := func(name string, funnel any) {
		entered := dig(dig(funnel, "steps").([]any)[0], "entered")
		said := figure(dig(entered, "entries"))
		if n := dig(entered, "cases"); n != dig(entered, "entries") {
			said += " entries , " + figure(n) + " cases"
		}
		rows = append(rows, []string{name, said})
	}
	for _, one := range dig(a, "journeys", "funnelBy", "rows").([]any) {
		name := "not known, or not for this purpose"
		if value := dig(one, "value"); value != nil {
			name = inWords(value.(string))
		}
		row(name, dig(one, "funnel"))
	}
	row("All", dig(a, "journeys", "funnel"))
	return rows
}

// contacts are how many of twelve weeks they began, and we, of each deal.
func contacts(a map[string]any) (rows [][]string) {
	for _, deal := range dig(a, "employee", "deals", "nodes").([]any) {
		var theirs, ours [12]int
		them, us := 0, 0
		for _, one := range dig(deal, "interactions", "nodes").([]any) {
			at, err := time.Parse(time.RFC3339, dig(one, "at").(string))
			ago := int(math.Floor(now.Sub(at).Hours() / (7 * 24)))
			if err != nil || ago < 0 || ago > 11 {
				continue
			}
			switch dig(one, "origin") {
			case "CUSTOMER":
				theirs[ago]++
				them++
			case "BUSINESS":
				ours[ago]++
				us++
			}
		}
		said := fmt.Sprintf("%d begun by them, %d by us in twelve weeks", them, us)
		if dig(deal, "interactions", "pageInfo", "hasNextPage").(bool) {
			said += ", of the newest 100"
		}
		for ago := range theirs {
			if theirs[ago]+ours[ago] == 0 {
				continue
			}
			week := map[int]string{0: "this week", 1: "1 week ago"}[ago]
			if week == "" {
				week = fmt.Sprintf("%d weeks ago", ago)
			}
			said += fmt.Sprintf("; %s %d and %d", week, theirs[ago], ours[ago])
		}
		rows = append(rows, []string{said})
	}
	return rows
}
