package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/kithgraph/kith/dev/bench"
)

// A goal is what is aimed at for a query, beside the yardstick.
type goal struct {
	latency, share, sqlite float64 // at most, at least, at most
}

var goals = map[string]goal{
	"Q1": {1.3, 0.65, 0.4},
	"Q2": {1.5, 0.45, 1.4},
	"Q3": {1.3, 0.65, 0.7},
	"Q4": {1.3, 0.65, 0.7},
}

// report prints medians over the rounds, and beside each ratio its range over them and the goal.
func (b *benchmark) report(to io.Writer, cells map[key][]cell) error {
	fmt.Fprintf(to, "\n%d accounts, %d customers, %d deals, %d claims, %d interactions; %d rounds of %g s a cell; %d processors for clients, Kith, the yardstick and Neo4j together\n",
		b.world.Size.Accounts, b.world.Size.Customers, b.world.Size.Deals, b.world.Size.Claims, b.world.Size.Interactions, b.rounds, b.seconds, runtime.NumCPU())
	fmt.Fprintf(to, "p50 in milliseconds at 1 connection, requests a second at %d; ratios are medians of the rounds' ratios to the yardstick (least to greatest)\n\n", many)
	for _, q := range bench.Queries() {
		fmt.Fprintf(to, "%s  %s\n", q.Name, q.Title)
	}
	fmt.Fprintln(to)
	t := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\t\tyardstick\tKith\tratio\t\tgoal\t")
	line := func(q, what, contender string, connections int, atMost bool, goal float64, of func(cell) float64, format string) {
		mine, theirs := cells[key{q, contender, connections}], cells[key{q, yardstick, connections}]
		ratios := make([]float64, len(mine))
		for i := range mine {
			ratios[i] = of(mine[i]) / of(theirs[i])
		}
		met, sign := median(ratios) <= goal, "≤"
		if !atMost {
			met, sign = median(ratios) >= goal, "≥"
		}
		word := "missed"
		if met {
			word = "met"
		}
		fmt.Fprintf(t, "%s\t%s\t"+format+"\t"+format+"\t%.2f\t(%.2f–%.2f)\t%s %.2f\t%s\n", q, what, median(each(theirs, of)), median(each(mine, of)),
			median(ratios), slices.Min(ratios), slices.Max(ratios), sign, goal, word)
	}
	p50 := func(c cell) float64 { return float64(c.p50) / float64(time.Millisecond) }
	throughput := func(c cell) float64 { return c.throughput }
	for _, q := range bench.Queries() {
		g := goals[q.Name]
		line(q.Name, "Neo4j, p50 at 1", onNeo4j, one, true, g.latency, p50, "%.2f")
		line(q.Name, fmt.Sprintf("Neo4j, throughput at %d", many), onNeo4j, many, false, g.share, throughput, "%.0f")
		line(q.Name, "SQLite, p50 at 1", onSQLite, one, true, g.sqlite, p50, "%.2f")
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(to, "\nSQLite at %d, requests a second:", many)
	for _, q := range bench.Queries() {
		fmt.Fprintf(to, "  %s %.0f", q.Name, median(each(cells[key{q.Name, onSQLite, many}], throughput)))
	}
	fmt.Fprintln(to)
	return nil
}

func each(cells []cell, of func(cell) float64) []float64 {
	out := make([]float64, len(cells))
	for i, c := range cells {
		out[i] = of(c)
	}
	return out
}

// median is the mean of the two middles where there is no middle.
func median(values []float64) float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}
