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
	// Strict: between two steps there is no other event, so that the next event says what becomes of an entry.
	Strict bool
	// Exits are activities that end the journey in another way: if it is strict, right behind the last step that an entry took.
	Exits []string
}

// A Status is what became of an entry behind a step: exactly one of these, tested in this order as of the horizon.
type Status uint8

// The statuses.
const (
	Filtered  Status = iota // the case filter leaves it out: settled at the first step
	Continued               // it took the next step; at the last step: it is through
	StillOpen               // the window is not over, or there is none, the case is not closed, and of a strict funnel nothing has come behind the step
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
	// Cohorts are the entries that are not Filtered, by whether their windows are over by the horizon (without a window: the case is closed; of a strict funnel also: the next event has come),
	// and whether they took all steps.
	Cohorts [cohorts]Count
	Matured Count // of whichever of these
	*Spread       // from the entry to the last step

	leftover []int        // persons, as counter.leftover has them
	spells   []stat.Spell // of entries that are not Filtered, until the last step; one that does not come to it any more lasts for ever
	persons  bool         // each entry is one of another person
	strict   bool         // who has time left has not taken all steps
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

// steps checks a funnel, and has its activities be those of the log where all events are looked at.
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
		steps = append(steps, taking{v.inLog(set), v.needOf(set)})
	}
	if len(f.Exits) > 0 {
		if exits, err = v.set("exits", f.Exits); err != nil {
			return nil, nil, err
		}
		exits = v.inLog(exits)
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

// inWindow is up to when an entry takes steps.
func (f *Funnel) inWindow(entered int64) int64 {
	if f.Window > 0 && entered <= math.MaxInt64-f.Window {
		return entered + f.Window
	}
	return math.MaxInt64
}

// stride is how many events are looked at before it is seen that their time is over.
const stride = 16

// through follows an entry, and gives the events that took its steps.
func (f *Funnel) through(steps []taking, s *sequence, entry int, at []int) []int {
	codes, times, i := s.codes, s.times[:len(s.codes)], entry
	at, last := append(at[:0], entry), f.inWindow(times[entry])
next:
	for k := 1; k < len(steps) && s.has&steps[k].need != 0; k++ {
		by := steps[k].by
		for from := i + 1; from < len(codes) && times[from] <= last; from += stride {
			to := min(from+stride, len(codes))
			if f.Strict {
				to = from + 1
			}
			for j, code := range codes[from:to] {
				if !by[code] {
					continue
				}
				if i = from + j; times[i] > last {
					return at
				}
				at = append(at, i)
				continue next
			}
			if f.Strict {
				return at
			}
		}
		return at
	}
	return at
}

// statusOf is what became of an entry behind the last step that it took.
func (v *View) statusOf(f *Funnel, exits []bool, s *sequence, at []int) Status {
	behind, last := at[len(at)-1]+1, f.inWindow(s.times[at[0]])
	switch {
	case !s.in:
		return Filtered
	case len(at) == len(f.Steps):
		return Continued
	case !v.matures(f, s, at):
		return StillOpen
	case exits == nil:
		return Dropped
	}
	for j := behind; j < len(s.codes) && s.times[j] <= last && !(f.Strict && j > behind); j++ {
		if exits[s.codes[j]] {
			return Other
		}
	}
	return Dropped
}

// entries visits each entry of a funnel with its way, which is good until the next one.
func (v *View) entries(f Funnel, visit func(*sequence, way)) error {
	steps, exits, err := v.steps(f)
	if err == nil {
		v.enter(&f, steps, exits, nil, f.Entry == First, visit)
	}
	return err
}

// enter visits the entries of some cases. any: of a case that the filter leaves out it is no matter which event enters, where one does.
func (v *View) enter(f *Funnel, steps []taking, exits []bool, of choice, any bool, visit func(*sequence, way)) {
	at, best := make([]int, 0, len(steps)), make([]int, 0, len(steps))
	enters, ever := steps[0].by, v.def.From == nil && v.def.To == nil
	var needs []need
	if of == nil { // else they have what is needed
		needs = append(needs, steps[0].need)
	}
	tell := func(s *sequence, at []int) { visit(s, way{at, v.statusOf(f, exits, s, at)}) }
	v.walk(of, v.entire, func(s *sequence) {
		best = best[:0]
		most := 1 // steps that an entry may take: no further one than the case has activities for
		for most < len(steps) && s.has&steps[most].need != 0 {
			most++
		}
		for i, code := range s.codes {
			if !enters[code] || !ever && !v.def.within(s.times[i]) {
				continue
			}
			if any && !s.in { // it goes no further
				tell(s, append(at[:0], i))
				return
			}
			if at = f.through(steps, s, i, at); f.Entry != Best {
				tell(s, at)
			} else if len(at) > len(best) {
				at, best = best, at
			}
			if f.Entry == First || f.Entry == Best && len(best) == most {
				break
			}
		}
		if f.Entry == Best && len(best) > 0 {
			tell(s, best)
		}
	}, needs)
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
