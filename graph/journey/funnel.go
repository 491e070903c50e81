package journey

import (
	"fmt"
	"math"

	"github.com/kithgraph/kith/graph/stat"
)

// Entry says which events of the first step enter a funnel.
type Entry uint8

// The entries.
const (
	First Entry = iota // of a case the first in the period
	Best               // of a case the one in the period that gets furthest, and of several the first
	Each               // all in the period, each for itself
)

// MostSteps is how many steps a funnel may have.
const MostSteps = 1000

// A Funnel asks how many go on from step to step.
type Funnel struct {
	Steps  [][]string // of each step the activities that are one; other events may be between two steps
	Entry  Entry
	Window int64 // how long after the entry the last step is taken at the latest, in microseconds; 0: whenever
	// Strict: between two steps there is no other event.
	Strict bool
	// Exits are activities that end the journey in another way.
	Exits []string
}

// A Status is what became of an entry behind a step: exactly one of these, tested in this order as of the horizon.
type Status uint8

// The statuses.
const (
	Filtered  Status = iota // the case filter leaves it out: settled at the first step
	Continued               // it took the next step; at the last step: it is through
	StillOpen               // the window is not over, or there is none, and the case is not closed
	Other                   // it came to a stated exit
	Dropped                 // none of these
	statuses
)

// A Count is a number of entries, and who stands behind it.
type Count struct {
	Entries int
	Tally

	again int // persons of further entries of a case
}

// A Step is one of a funnel's: Entered.Entries = the sum of all Statuses' Entries, and that of the next step is Continued's.
type Step struct {
	Activities []string
	Entered    Count
	Statuses   [statuses]Count
	*Spread    // from the step before; nil: at the first step, and where nobody took it
}

// A Funneled is the answer.
type Funneled struct {
	Steps []Step
	// Cohorts are the entries that are not Filtered, by whether their windows are over by the horizon (without a window: the case is closed),
	// and whether they took all steps.
	Cohorts [cohorts]Count
	Matured Count // of whichever of these
	*Spread       // from the entry to the last step

	leftover []int        // persons, as counter.leftover has them
	spells   []stat.Spell // of entries that are not Filtered, until the last step; one that does not come to it any more lasts for ever
	persons  bool         // each entry is one of another person
	cuts     []cut        // of the curve of groups; nil: its own
}

// The cohorts. What share of those that are matured is through is not bent by who has time left.
const (
	MaturedThrough = iota
	MaturedNot
	YoungThrough
	YoungNot
	cohorts
)

// steps checks a funnel.
func (v *View) steps(f Funnel) (steps []taking, exits []bool, err error) {
	if len(f.Steps) < 2 || len(f.Steps) > MostSteps {
		return nil, nil, fmt.Errorf("steps: from 2 to %d steps, not %d", MostSteps, len(f.Steps))
	}
	if f.Window < 0 {
		return nil, nil, fmt.Errorf("window: it is over before it begins")
	}
	for i, names := range f.Steps {
		set, err := v.set(fmt.Sprintf("steps[%d]", i), names)
		if err != nil {
			return nil, nil, err
		}
		steps = append(steps, taking{set, v.needOf(set)})
	}
	if len(f.Exits) > 0 {
		if exits, err = v.set("exits", f.Exits); err != nil {
			return nil, nil, err
		}
	}
	return steps, exits, nil
}

// A taking is which activities take a step.
type taking struct {
	by []bool
	need
}

// A way is that of one entry through a funnel.
type way struct {
	at     []int // the events that took its steps
	status Status
}

// through follows an entry.
func (v *View) through(f *Funnel, steps []taking, exits []bool, s *sequence, entry int, at []int) way {
	w := way{at: append(at[:0], entry)}
	last := int64(math.MaxInt64)
	if f.Window > 0 && s.times[entry] <= math.MaxInt64-f.Window {
		last = s.times[entry] + f.Window
	}
	i := entry
	for len(w.at) < len(steps) {
		next := -1
		exited := false
		step, codes, times := &steps[len(w.at)], s.codes, s.times[:len(s.codes)]
		if s.has&step.need == 0 && exits == nil {
			codes = nil // nothing takes it
		}
		for j := i + 1; j < len(codes) && times[j] <= last; j++ {
			if step.by[codes[j]] {
				next = j
				break
			}
			if exited = exited || exits != nil && exits[codes[j]]; f.Strict {
				break
			}
		}
		if next < 0 {
			more := v.log.Horizon <= last && !s.closed && !(f.Strict && i+1 < len(s.codes))
			switch {
			case !s.in:
				w.status = Filtered
			case more:
				w.status = StillOpen
			case exited:
				w.status = Other
			default:
				w.status = Dropped
			}
			return w
		}
		w.at, i = append(w.at, next), next
	}
	w.status = Continued
	return w
}

// entries visits each entry of a funnel with its way, which is good until the next one.
func (v *View) entries(f Funnel, visit func(*sequence, way)) error { return v.enter(f, false, visit) }

// enter is entries. any: of a case that the filter leaves out it is no matter which event enters, where one does.
func (v *View) enter(f Funnel, any bool, visit func(*sequence, way)) error {
	steps, exits, err := v.steps(f)
	if err != nil {
		return err
	}
	at, best := make([]int, 0, len(steps)), way{at: make([]int, 0, len(steps))}
	enters, ever := steps[0].by, v.def.From == nil && v.def.To == nil
	any = f.Entry == First || f.Entry == Best && any
	v.sequences(func(s *sequence) {
		best.at = best.at[:0]
		most := 1 // steps that an entry may take: no further one than the case has activities for
		for most < len(steps) && s.has&steps[most].need != 0 {
			most++
		}
		for i, code := range s.codes {
			if !enters[code] || !ever && !v.def.within(s.times[i]) {
				continue
			}
			if any && !s.in { // it goes no further
				visit(s, way{append(at[:0], i), Filtered})
				return
			}
			w := v.through(&f, steps, exits, s, i, at)
			switch {
			case f.Entry != Best:
				visit(s, w)
			case len(w.at) > len(best.at):
				best.at, best.status = append(best.at[:0], w.at...), w.status
			}
			if f.Entry == First || f.Entry == Best && len(best.at) == most {
				break
			}
		}
		if f.Entry == Best && len(best.at) > 0 {
			visit(s, best)
		}
	}, steps[0].need)
	return nil
}

// statusAt is what became of an entry behind a step that it took.
func (w *way) statusAt(s *sequence, step int) Status {
	switch {
	case !s.in:
		return Filtered
	case step < len(w.at)-1:
		return Continued
	}
	return w.status
}

// Funnel counts. The population is the log's: whoever the case filter leaves out enters, too, and is Filtered.
func (v *View) Funnel(f Funnel) (*Funneled, error) {
	as := make([][statuses]Status, len(f.Steps))
	for k := range as {
		as[k] = apart
	}
	return v.count(f, as)
}

// A counting counts entries.
type counting struct {
	entries int
	tally
	again tally // of further entries of a case
}

// take counts an entry, of which events took these steps.
func (c *counting) take(s *sequence, steps []int) {
	further := c.last == s.c+1
	if c.entries++; c.persons == nil {
		if further {
			c.again.add(s.c)
		} else {
			c.last = s.c + 1
			c.cases++
		}
		return
	}
	for _, i := range steps {
		if c.add(s.c, s.who[i]); further {
			c.again.add(s.c, s.who[i])
		}
	}
}

func (c *counting) count() Count { return Count{c.entries, c.told(), c.again.told().Persons} }

func (v *View) countings(n int) []counting {
	out := make([]counting, n)
	for i := range out {
		out[i].tally, out[i].again = v.tally(), v.tally()
	}
	return out
}

// count counts. as says, step by step, as which status each is counted.
func (v *View) count(f Funnel, as [][statuses]Status) (*Funneled, error) {
	c := v.counter(&f, as)
	if err := v.enter(f, bool(v.log.personal), c.take); err != nil { // a person stands behind it, by whichever event
		return nil, err
	}
	return c.told(), nil
}

// A counter counts entries of a funnel.
type counter struct {
	*Funnel
	view            *View
	as              [][statuses]Status
	entered         []counting
	by              [][]counting
	took            [][]int64
	cohort, matured []counting
	leftover        []tally // who has not taken all steps, and whoever the case filter leaves out
	whole           []int64
	spells          []stat.Spell
}

func (v *View) counter(f *Funnel, as [][statuses]Status) *counter {
	return &counter{Funnel: f, view: v, as: as, cohort: v.countings(cohorts), matured: v.countings(1), leftover: v.tallies(leftSteps)}
}

// reach makes room for a step that somebody takes.
func (c *counter) reach(k int) {
	for len(c.entered) <= k {
		c.entered, c.by, c.took = append(c.entered, c.view.countings(1)...), append(c.by, c.view.countings(int(statuses))), append(c.took, nil)
		c.leftover = append(c.leftover, c.view.tallies(2)...)
	}
}

// matures reports whether an entry has no time left.
func (v *View) matures(f *Funnel, s *sequence, entry int) bool {
	return s.closed || f.Window > 0 && v.log.Horizon-s.times[entry] > f.Window
}

func (c *counter) take(s *sequence, w way) {
	if !s.in {
		c.reach(0)
		c.entered[0].take(s, w.at[:1])
		c.by[0][c.as[0][Filtered]].take(s, w.at[:1])
		c.leftover[leftOut].add(s.c, s.who[w.at[0]])
		return
	}
	n := len(w.at)
	c.reach(n - 1)
	for k := range n {
		c.entered[k].take(s, w.at[:k+1])
		c.by[k][c.as[k][w.statusAt(s, k)]].take(s, w.at[:k+1])
		if k > 0 {
			c.took[k] = append(c.took[k], s.times[w.at[k]]-s.times[w.at[k-1]])
		}
	}
	through := n == len(c.Steps)
	if through {
		c.whole = append(c.whole, s.times[w.at[n-1]]-s.times[w.at[0]])
	}
	of, lasts := YoungNot, stat.Spell{Long: c.view.log.Horizon - s.times[w.at[0]]}
	if c.view.matures(c.Funnel, s, w.at[0]) {
		of, lasts.Long = MaturedNot, math.MaxInt64
		c.matured[0].take(s, w.at[:1])
	}
	if through {
		of--
		lasts = stat.Spell{Long: s.times[w.at[n-1]] - s.times[w.at[0]], Over: true}
	} else {
		c.leave(s, w, of, c.as[n-1][w.status] == w.status)
	}
	c.spells = append(c.spells, lasts)
	c.cohort[of].take(s, w.at[:n])
}

func (c *counter) told() *Funneled {
	out := &Funneled{Matured: c.matured[0].count(), Spread: spread(c.whole), spells: c.spells, persons: bool(c.view.log.personal) && c.Entry != Each}
	for k, names := range c.Steps {
		step := Step{Activities: names}
		if k < len(c.entered) {
			step.Entered, step.Spread = c.entered[k].count(), spread(c.took[k])
			for st := range c.by[k] {
				step.Statuses[st] = c.by[k][st].count()
			}
		}
		out.Steps = append(out.Steps, step)
	}
	for i := range c.cohort {
		out.Cohorts[i] = c.cohort[i].count()
	}
	for i := range c.leftover {
		out.leftover = append(out.leftover, c.leftover[i].told().Persons)
	}
	return out
}
