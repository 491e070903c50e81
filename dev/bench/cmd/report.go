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
	"Q6": {1.4, 0.5, 1},
	"Q7": {1.4, 0.5, 1},
	"Q8": {1.4, 0.5, 1},
}

// mostGuarded is how much dearer a query may be under SALES than where nothing is guarded.
const mostGuarded = 1.25

// leastWithReceipts is the share of throughput that receipts leave, of each of bench.Subjects.
var leastWithReceipts = []float64{0.95, 0.75}

// report prints medians over the rounds, and beside each ratio its range over them and the goal.
func (b *benchmark) report(to io.Writer, cells map[key][]cell) error {
	fmt.Fprintf(to, "\n%d accounts, %d customers, %d deals, %d claims, %d interactions; %d rounds of %g s a cell; %d processors for clients, Kith, the yardstick and Neo4j together\n",
		b.world.Size.Accounts, b.world.Size.Customers, b.world.Size.Deals, b.world.Size.Claims, b.world.Size.Interactions, b.rounds, b.seconds, runtime.NumCPU())
	fmt.Fprintf(to, "p50 in milliseconds at 1 connection, requests a second at %d; ratios are medians of the rounds' ratios to the yardstick (least to greatest)\n\n", many)
	for _, q := range slices.Concat(bench.Queries(), bench.Subjects()) {
		fmt.Fprintf(to, "%s  %s\n", q.Name, q.Title)
	}
	fmt.Fprintln(to)
	t := &table{Writer: tabwriter.NewWriter(to, 0, 0, 2, ' ', 0), cells: cells}
	fmt.Fprintln(t, "\t\tyardstick\tKith\tratio\t\tgoal\t")
	for _, q := range bench.Queries() {
		g := goals[q.Name]
		t.line(q.Name, "Neo4j, p50 at 1", onNeo4j, yardstick, one, atMost(g.latency))
		t.line(q.Name, fmt.Sprintf("Neo4j, throughput at %d", many), onNeo4j, yardstick, many, atLeast(g.share))
		t.line(q.Name, "SQLite, p50 at 1", onSQLite, yardstick, one, atMost(g.sqlite))
	}
	fmt.Fprintln(t, "\nSALES, one customer in five objecting\t\tCOMPLIANCE\tSALES\tratio\t\tgoal\t")
	for _, q := range bench.Queries() {
		for _, store := range []string{onNeo4j, onSQLite} {
			t.line(q.Name, store+", p50 at 1", store+guarded, store, one, atMost(mostGuarded))
			t.line(q.Name, fmt.Sprintf("%s, throughput at %d", store, many), store+guarded, store, many, atLeast(1/mostGuarded))
		}
	}
	fmt.Fprintln(t, "\nreceipts\t\twithout\twith\tratio\t\tgoal\t")
	for i, q := range bench.Subjects() {
		for _, store := range []string{onNeo4j, onSQLite} {
			t.line(q.Name, fmt.Sprintf("%s, throughput at %d", store, crowd), store+withReceipts, store, crowd, atLeast(leastWithReceipts[i]))
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return nil
}

// table is the report's, a line a ratio.
type table struct {
	*tabwriter.Writer
	cells map[key][]cell
}

// A bound is what a ratio should be, at most or at least.
type bound struct {
	most  bool
	ratio float64
}

func atMost(r float64) bound  { return bound{true, r} }
func atLeast(r float64) bound { return bound{false, r} }

// line compares latencies where the bound is an upper one, else throughput.
func (t *table) line(q, what, contender, with string, connections int, goal bound) {
	of, format, sign := throughput, "%.0f", "≥"
	if goal.most {
		of, format, sign = p50, "%.2f", "≤"
	}
	mine, theirs := t.cells[key{q, contender, connections}], t.cells[key{q, with, connections}]
	if len(mine) == 0 {
		return
	}
	ratios := make([]float64, len(mine))
	for i := range mine {
		ratios[i] = of(mine[i]) / of(theirs[i])
	}
	word := "missed"
	if r := median(ratios); goal.most && r <= goal.ratio || !goal.most && r >= goal.ratio {
		word = "met"
	}
	fmt.Fprintf(t, "%s\t%s\t"+format+"\t"+format+"\t%.2f\t(%.2f–%.2f)\t%s %.2f\t%s\n", q, what, median(each(theirs, of)), median(each(mine, of)),
		median(ratios), slices.Min(ratios), slices.Max(ratios), sign, goal.ratio, word)
}

func p50(c cell) float64        { return float64(c.p50) / float64(time.Millisecond) }
func throughput(c cell) float64 { return c.throughput }

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
