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

// A goal is what a query must reach beside the yardstick, and what is aimed at.
type goal struct {
	cpu, latency, share, sqlite pair
}

type pair struct{ must, aim float64 }

var goals = map[string]goal{
	"Q1":  {pair{1.2, 1.05}, pair{1.2, 1.05}, pair{0.85, 0.95}, pair{0.3, 0.25}},
	"Q2":  {pair{1.2, 1.05}, pair{1.2, 1.05}, pair{0.85, 0.95}, pair{1, 0.8}},
	"Q3":  {pair{1.2, 1.05}, pair{1.2, 1.05}, pair{0.85, 0.95}, pair{0.6, 0.5}},
	"Q4":  {pair{1.2, 1.05}, pair{1.2, 1.05}, pair{0.85, 0.95}, pair{0.8, 0.5}},
	"Q6":  {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q7":  {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q8":  {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q9":  {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q10": {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q11": {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q12": {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q13": {pair{1.4, 1.2}, pair{1.4, 1.2}, pair{0.5, 0.7}, pair{1, 0.8}},
	"Q14": {latency: pair{1.3, 1.1}},
	"Q15": {latency: pair{1.3, 1.1}},
}

// mostGuarded is how much dearer a query may be under SALES than where nothing is guarded, in latency.
var mostGuarded = pair{1.15, 1.08}

// asPeopleRunIt is how much worse than a goal SALES with receipts and spans may be.
const asPeopleRunIt = 0.3

// leastWithReceipts is the share of throughput that receipts leave, of each of bench.Subjects.
var leastWithReceipts = []float64{0.95, 0.75}

// report prints medians over the rounds, and beside each ratio its range over them and the goal.
func (b *benchmark) report(to io.Writer, cells map[key][]cell) error {
	fmt.Fprintf(to, "\n%d accounts, %d customers, %d deals, %d claims, %d interactions; %d rounds of %g s a cell; %d processors for clients, Kith, the yardstick and Neo4j together\n",
		b.world.Size.Accounts, b.world.Size.Customers, b.world.Size.Deals, b.world.Size.Claims, b.world.Size.Interactions, b.rounds, b.seconds, runtime.NumCPU())
	fmt.Fprintf(to, "p50 in milliseconds at 1 connection, requests a second at %d, CPU of the contender and of Neo4j without the clients'; ratios are medians of the rounds' ratios to the yardstick (least to greatest)\n\n", many)
	for _, q := range slices.Concat(bench.Queries(), []*bench.Query{bench.Path()}, bench.Subjects()) {
		fmt.Fprintf(to, "%s  %s\n", q.Name, q.Title)
	}
	fmt.Fprintln(to)
	t := &table{Writer: tabwriter.NewWriter(to, 0, 0, 2, ' ', 0), cells: cells}
	fmt.Fprintln(t, "\t\tyardstick\tKith\tratio\t\tgoal\t")
	run := onNeo4j + guarded + withReceipts + withSpans
	for _, q := range bench.Queries() {
		g := goals[q.Name]
		t.line(q.Name, fmt.Sprintf("Neo4j, ms of CPU a request at %d", many), onNeo4j, yardstick, many, cpu, g.cpu)
		t.line(q.Name, "  SALES with receipts and spans", run, yardstick, many, cpu, worse(g.cpu, asPeopleRunIt))
		t.line(q.Name, "Neo4j, p50 at 1", onNeo4j, yardstick, one, p50, g.latency)
		t.line(q.Name, "  SALES with receipts and spans", run, yardstick, one, p50, pair{})
		t.line(q.Name, fmt.Sprintf("Neo4j, throughput at %d", many), onNeo4j, yardstick, many, throughput, g.share)
		t.line(q.Name, "  SALES with receipts and spans", run, yardstick, many, throughput, worse(g.share, -asPeopleRunIt))
		t.line(q.Name, "SQLite, p50 at 1", onSQLite, yardstick, one, p50, g.sqlite)
	}
	path := bench.Path().Name
	t.compare(path, "the same by hand-written Cypher, p50 at 1", key{"Q15", yardstick, one}, key{path, yardstick, one}, p50, pair{})
	t.compare(path, "the same by Kith on Neo4j, p50 at 1", key{"Q15", onNeo4j, one}, key{path, yardstick, one}, p50, pair{})
	fmt.Fprintln(t, "\nSALES, one customer in five objecting\t\tCOMPLIANCE\tSALES\tratio\t\tgoal\t")
	for _, q := range bench.Queries() {
		for _, store := range []string{onNeo4j, onSQLite} {
			t.line(q.Name, store+", p50 at 1", store+guarded, store, one, p50, mostGuarded)
			t.line(q.Name, fmt.Sprintf("%s, throughput at %d", store, many), store+guarded, store, many, throughput, pair{1 / mostGuarded.must, 1 / mostGuarded.aim})
		}
	}
	fmt.Fprintln(t, "\nreceipts\t\twithout\twith\tratio\t\tgoal\t")
	for i, q := range bench.Subjects() {
		for _, store := range []string{onNeo4j, onSQLite} {
			t.line(q.Name, fmt.Sprintf("%s, throughput at %d", store, crowd), store+withReceipts, store, crowd, throughput, pair{leastWithReceipts[i], 1})
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

// worse is a goal by so much less, or more; of none it is none.
func worse(g pair, by float64) pair {
	if g == (pair{}) {
		return g
	}
	return pair{g.must + by, g.aim + by}
}

// A figure is one of a cell; more of it is better or worse.
type figure struct {
	of     func(cell) float64
	format string
	more   bool
}

var (
	p50        = figure{func(c cell) float64 { return float64(c.p50) / float64(time.Millisecond) }, "%.2f", false}
	cpu        = figure{func(c cell) float64 { return float64(c.cpu) / float64(time.Millisecond) }, "%.2f", false}
	throughput = figure{func(c cell) float64 { return c.throughput }, "%.0f", true}
)

// line compares two contenders.
func (t *table) line(q, what, contender, with string, connections int, f figure, goal pair) {
	t.compare(q, what, key{q, contender, connections}, key{q, with, connections}, f, goal)
}

// compare compares what was measured once with what was another time. A goal of nothing is not held.
func (t *table) compare(q, what string, of, with key, f figure, goal pair) {
	mine, theirs := t.cells[of], t.cells[with]
	if len(mine) == 0 || len(theirs) == 0 || f.of(theirs[0]) == 0 {
		return
	}
	ratios := make([]float64, len(mine))
	for i := range mine {
		ratios[i] = f.of(mine[i]) / f.of(theirs[i])
	}
	fmt.Fprintf(t, "%s\t%s\t"+f.format+"\t"+f.format+"\t%.2f\t(%.2f–%.2f)\t%s\n", q, what, median(each(theirs, f.of)), median(each(mine, f.of)),
		median(ratios), slices.Min(ratios), slices.Max(ratios), f.judged(median(ratios), goal))
}

// judged is a goal, and whether a ratio reaches it.
func (f figure) judged(ratio float64, goal pair) string {
	if goal == (pair{}) {
		return "\t"
	}
	sign, reached := "≤", func(g float64) bool { return ratio <= g }
	if f.more {
		sign, reached = "≥", func(g float64) bool { return ratio >= g }
	}
	word := "missed"
	if reached(goal.aim) {
		word = "as aimed"
	} else if reached(goal.must) {
		word = "met"
	}
	return fmt.Sprintf("%s %.2f, aim %.2f\t%s", sign, goal.must, goal.aim, word)
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
