package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"
)

// A contender is measured on logs of at most so many events.
type contender struct {
	name, title string
	most        int
	goals       map[string]float64 // how many times as long as Kith it is to take, at a million events
}

var contenders = []contender{
	{"duckdb", "DuckDB", math.MaxInt, map[string]float64{"map": 5, "median": 20, "variants": 20, "funnel": 25, "paths": 40, "byCase": 5, "byEvent": 8}},
	{"duckdb-plain", "DuckDB, windows", math.MaxInt, nil},
	{"polars", "polars", math.MaxInt, map[string]float64{"map": 8, "median": 30, "variants": 10, "funnel": 10, "paths": 8, "byCase": 4, "byEvent": 3}},
	{"pm4py", "pm4py", 2_000_000, map[string]float64{"map": 100, "median": 100, "variants": 100, "paths": 100, "byCase": 90, "byEvent": 40}},
}

const (
	mostBytes  = 40 // an event
	mostAppend = 2 * time.Microsecond
	mostGrowth = 12 // from one log to one of ten times as many events
)

// titles are what operations are called.
var titles = map[string]string{"map": "map, counts", "median": "map with exact medians", "variants": "variants", "funnel": "funnel of 4 steps, BEST", "paths": "paths",
	"byCase": "cases behind a variant", "byEvent": "cases behind an edge"}

// met says whether a goal is.
func met(ok bool) string {
	if ok {
		return "met"
	}
	return "missed"
}

// print writes all figures as tables; before are those of a smaller log.
func (f *figures) print(out io.Writer, before *figures) {
	fmt.Fprintf(out, "\n%d events, %d cases. Read in %.1f s, and the first map with medians in %.3f s. Milliseconds of all cases / of a tenth of them; times as long as Kith takes for both.\n\n", f.events, f.cases, f.ours.Took.Seconds(), f.ours.First.Seconds())
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\tKith, 1 thread")
	for _, c := range contenders {
		fmt.Fprintf(w, "\t%s\t", c.title)
	}
	fmt.Fprintln(w)
	for _, op := range operations {
		ours := f.took["kith"][op.name]
		fmt.Fprintf(w, "%s\t%s", titles[op.name], milliseconds(ours))
		for _, c := range contenders {
			theirs := f.took[c.name][op.name]
			if theirs == nil {
				fmt.Fprint(w, "\t\t")
				continue
			}
			ratio := float64(theirs[0]+theirs[1]) / float64(ours[0]+ours[1])
			fmt.Fprintf(w, "\t%s\t× %.1f", milliseconds(theirs), ratio)
			if goal := c.goals[op.name]; goal > 0 {
				fmt.Fprintf(w, " (≥ %g: %s)", goal, met(ratio >= goal))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "map, with distinct persons\t%s\n", milliseconds(f.took["kith"]["persons"]))
	w.Flush()
	fmt.Fprintf(out, "\n%.1f bytes an event, once gaps are in order, where none says how it was felt or what came of it: 4 more for the one, 2 for the other (≤ %d: %s)\n", f.ours.Bytes, mostBytes, met(f.ours.Bytes <= mostBytes))
	fmt.Fprintf(out, "%.2f µs to append an event, in batches of %d (≤ %.0f: %s)\n", float64(f.appended)/1e3, batch, float64(mostAppend)/1e3, met(f.appended <= mostAppend))
	if before == nil {
		return
	}
	fmt.Fprintf(out, "from %d to %d events:", before.events, f.events)
	for i, op := range operations {
		if i > 0 {
			fmt.Fprint(out, ",")
		}
		ratio := float64(f.took["kith"][op.name][0]) / float64(before.took["kith"][op.name][0])
		fmt.Fprintf(out, " %s × %.1f (≤ %d: %s)", titles[op.name], ratio, mostGrowth, met(ratio <= mostGrowth))
	}
	fmt.Fprintln(out)
}

func milliseconds(of *[2]time.Duration) string {
	return fmt.Sprintf("%.1f / %.1f", of[0].Seconds()*1e3, of[1].Seconds()*1e3)
}
