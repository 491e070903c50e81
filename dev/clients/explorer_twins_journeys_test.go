package clients

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// lasting is how long something takes, in words.
func lasting(seconds float64) string {
	for _, unit := range []struct {
		below, of float64
		word      string
	}{{60, 1, "s"}, {3600, 60, "min"}, {172_800, 3600, "h"}} {
		if seconds < unit.below {
			return fmt.Sprintf("%.0f %s", math.Floor(seconds/unit.of+.5), unit.word)
		}
	}
	return fmt.Sprintf("%.0f d", math.Floor(seconds/86_400+.5))
}

// ofWay is how long those took that went a way, as a median: of one event alone there is nothing to take.
func ofWay(activities []any, median any) string {
	events := slices.DeleteFunc(slices.Clone(activities), func(one any) bool { return strings.HasPrefix(one.(string), "<") })
	switch {
	case median == nil:
		return "no time"
	case len(events) == 1 && median.(float64) == 0:
		return "one event"
	default:
		return lasting(median.(float64))
	}
}

// felt is how cases were felt that begin in each month, with what is said of all.
func felt(a map[string]any) (rows [][]string) {
	row := func(name string, mean any) {
		said, within := "nothing said", "none"
		if m := dig(mean, "mean"); m != nil {
			said, within = fixed(m.(float64), 2), "too few for one"
		}
		if low := dig(mean, "low"); low != nil {
			within = fixed(low.(float64), 2) + " to " + fixed(dig(mean, "high").(float64), 2)
		}
		rows = append(rows, []string{name, figure(dig(mean, "cases")), figure(dig(mean, "answered")), said, within})
	}
	told := dig(a, "journeys", "satisfaction")
	if other := dig(told, "other"); other != nil {
		name := figure(dig(told, "values")) + " other months"
		if dig(told, "values").(float64) == 1 {
			name = "1 other month"
		}
		row(name, other)
	}
	for _, one := range dig(told, "rows").([]any) {
		month, err := time.Parse(time.DateOnly, dig(one, "value").(string))
		if err != nil {
			panic(err)
		}
		row(month.Format("January 2006"), dig(one, "mean"))
	}
	row("All", dig(told, "all"))
	return rows
}

// staysBy are stays in each stage, by a value of their cases.
func staysBy(a map[string]any) (rows [][]string) {
	add := func(name string, stages any, listed bool) {
		for _, stay := range stages.([]any) {
			all := dig(stay, "stays", "entries").(float64)
			stays := figure(all)
			if n := dig(stay, "stays", "cases").(float64); listed {
				word := "cases"
				if n == 1 {
					word = "case"
				}
				stays += " " + figure(n) + " " + word
			}
			row := []string{name, activity(dig(stay, "activities").([]any)[0]), stays, figure(dig(stay, "forward", "entries")), figure(dig(stay, "back", "entries")), figure(dig(stay, "open", "entries"))}
			for _, measure := range []string{"survival", "median", "p90"} {
				said := "no time yet"
				if seconds := dig(stay, measure); seconds != nil {
					said = lasting(seconds.(float64))
				} else if all == 0 {
					said = "no stay"
				} else if measure == "survival" {
					said = "more than half go on"
				}
				row = append(row, said)
			}
			rows = append(rows, row)
		}
	}
	told := dig(a, "journeys", "stagesBy")
	for _, one := range dig(told, "rows").([]any) {
		name := "not known, or not for this purpose"
		if value := dig(one, "value"); value != nil {
			name = inWords(value.(string))
		}
		add(name, dig(one, "stages"), true)
	}
	if other := dig(told, "other"); other != nil {
		add(figure(dig(told, "values"))+" other values", other, false)
	}
	return rows
}
