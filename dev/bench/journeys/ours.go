package main

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph/journey"
)

func caseID(c int) string { return "cas_" + strconv.Itoa(c) }

// What is asked, of us and of the others.
var (
	steps   = [][]string{{"A", "B"}, {"F"}, {"K"}, {"P"}}
	window  = 72 * time.Hour
	between = journey.Between{From: []string{"C"}, To: []string{"J"}, Depth: 1000}
	edge    = [2]string{"C", "D"}
)

// first is how many variants and paths are told apart.
const first = 100

// Answers are what everybody is to find, as texts and numbers.
type answers struct {
	Map      map[string]int     `json:"map"`    // events, by both ends
	Median   map[string]float64 `json:"median"` // seconds, by both ends
	Variants frequencies        `json:"variants"`
	Funnel   []int              `json:"funnel"` // cases that come to each step
	Paths    frequencies        `json:"paths"`
	ByCase   int                `json:"byCase"`  // cases of the most frequent variant
	ByEvent  int                `json:"byEvent"` // cases in which one activity follows another
}

// Frequencies are how many sequences there are, of how many cases, and the most frequent ones. Of those that are as frequent as the last, which are
// told is anybody's choice: they are left out.
type frequencies struct {
	Different int            `json:"different"`
	Cases     int            `json:"cases"`
	Most      map[string]int `json:"most"`
}

// A view is what is asked of a log, of all its cases or of those that the filter leaves.
type view struct {
	*journey.View
	log *journey.Log
	def journey.Definition
	top []string // the most frequent variant
}

func viewOf(l *journey.Log, chosen func(int) bool) (*view, error) {
	v := &view{log: l, def: l.As()}
	v.def.Cases = chosen
	if err := v.begin(); err != nil {
		return nil, err
	}
	v.top = v.Variants(1, 0).Rows[0].Activities
	return v, nil
}

// begin has the filter be asked about each case, as it is for whoever asks.
func (v *view) begin() (err error) {
	v.View, err = v.log.View(v.def)
	return err
}

// anew asks of a view that is made for it.
func anew(ask func(*view, *answers) error) func(*view, *answers) error {
	return func(v *view, a *answers) error {
		if err := v.begin(); err != nil {
			return err
		}
		return ask(v, a)
	}
}

// An operation is what is measured.
type operation struct {
	name string
	ask  func(*view, *answers) error
}

var operations = []operation{
	{"map", func(v *view, a *answers) error { a.Map, _ = follows(v.View.Map(false)); return nil }},
	{"median", func(v *view, a *answers) error { _, a.Median = follows(v.View.Map(true)); return nil }},
	{"variants", func(v *view, a *answers) error { a.Variants = frequenciesIn(v.Variants(first, 0)); return nil }},
	{"funnel", func(v *view, a *answers) error {
		f, err := v.Funnel(journey.Funnel{Steps: steps, Entry: journey.Best, Window: window.Microseconds()})
		if err != nil {
			return err
		}
		a.Funnel = nil
		for i, s := range f.Steps {
			n := s.Entered.Cases
			if i == 0 {
				n -= s.Statuses[journey.Filtered].Cases
			}
			a.Funnel = append(a.Funnel, n)
		}
		return nil
	}},
	{"paths", func(v *view, a *answers) error {
		p, err := v.Paths(between, first, 0)
		a.Paths = frequenciesIn(p)
		return err
	}},
	{"byCase", func(v *view, a *answers) error {
		cases, err := v.BehindVariant(v.top)
		a.ByCase = len(cases)
		return err
	}},
	{"byEvent", func(v *view, a *answers) error {
		cases, err := v.BehindEdge(edge[0], edge[1])
		a.ByEvent = len(cases)
		return err
	}},
}

// follows are the edges between events, and how long they take in the middle.
func follows(m journey.Map) (events map[string]int, seconds map[string]float64) {
	events, seconds = map[string]int{}, map[string]float64{}
	for _, e := range m.Edges {
		if e.From == journey.Start || e.To == journey.End {
			continue
		}
		events[e.From+e.To] = e.Events
		if e.Spread != nil {
			seconds[e.From+e.To] = e.Median / 1e6
		}
	}
	return events, seconds
}

func frequenciesIn(p journey.Paths) frequencies {
	return frequenciesOf(p.Rows, p.Other.Paths, p.Other.Cases)
}

func frequenciesOf(rows []journey.Path, paths, cases int) frequencies {
	out := frequencies{Different: len(rows) + paths, Cases: cases, Most: map[string]int{}}
	for _, r := range rows {
		out.Cases += r.Cases
		if last := rows[len(rows)-1].Cases; r.Cases > last || paths == 0 {
			sequence := strings.Join(r.Activities, "")
			out.Most[strings.TrimSuffix(strings.TrimSuffix(sequence, journey.End), journey.Open)] = r.Cases
		}
	}
	return out
}

// measure asks an operation a number of times, and gives what it took at best: what others do on the machine only makes it longer.
func measure(times int, v *view, ask func(*view, *answers) error, a *answers) (time.Duration, error) {
	best := time.Duration(math.MaxInt64)
	for range times + 1 { // at first nothing is in the processor's caches
		began := time.Now()
		if err := ask(v, a); err != nil {
			return 0, err
		}
		best = min(best, time.Since(began))
	}
	return best, nil
}

// A building is what it takes to build and to keep a log.
type building struct {
	Log   *journey.Log
	Took  time.Duration
	First time.Duration // of the first map with medians, which puts gaps in order
	Bytes float64       // an event, then
}

// build puts all cases into a log. personal: each case is one person.
func build(l *eventLog, personal bool) (*building, *journey.Builder, error) {
	before := heap()
	b, err := journey.NewBuilder(names(), personal)
	if err != nil {
		return nil, nil, err
	}
	began := time.Now()
	for c := range l.count() {
		if err := b.Put(l.journey(c, l.length(c))); err != nil {
			return nil, nil, err
		}
	}
	out := &building{Log: b.Log(), Took: time.Since(began)}
	v, err := out.Log.View(out.Log.As())
	if err != nil {
		return nil, nil, err
	}
	began = time.Now()
	v.Map(true)
	out.First = time.Since(began)
	out.Bytes = float64(heap()-before) / float64(len(l.codes))
	return out, b, nil
}

const batch = 1000

// appends has events come to a log, a thousand at a time, each to any of its cases, and tells what an event takes until it can be asked about.
func appends(l *eventLog, b *journey.Builder, batches int) (time.Duration, error) {
	rng := rand.New(rand.NewPCG(seed, 1))
	var cases []journey.Case // with an event more than they are given at first
	for len(cases) < batch*batches {
		c := rng.IntN(l.count())
		if l.length(c) == 1 {
			continue
		}
		if err := b.Put(l.journey(c, l.length(c)-1)); err != nil {
			return 0, err
		}
		cases = append(cases, l.journey(c, l.length(c)))
	}
	b.Log()
	began := time.Now()
	for some := range slices.Chunk(cases, batch) {
		for _, c := range some {
			if err := b.Put(c); err != nil {
				return 0, err
			}
		}
		b.Log()
	}
	return time.Since(began) / time.Duration(len(cases)), nil
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
