package journey

import (
	"fmt"
	"math"
	"slices"
)

const (
	// MostExpected is how many steps an expected journey may have.
	MostExpected = 100
	// mostAligned is how many pairs of an event and a step are looked at.
	mostAligned = 200_000_000
	// MostCost is what a deviation may cost, in thousandths.
	MostCost = 1_000_000
)

// A Deviating is a way in which a case deviates from what is expected.
type Deviating uint8

// The ways.
const (
	Missing    Deviating = iota // a step did not come
	Extra                       // an event is of no step
	Swapped                     // a step came directly before the one that it should follow
	Late                        // a step came later after the one before it than it may
	deviations                  // and none: a step came
)

// called are their names, as callers have them.
var called = [deviations]string{"missing", "extra", "swapped", "late"}

// Costs are what each deviation costs, in thousandths, from 0 to MostCost. What costs nothing is permitted, and no deviation.
type Costs [deviations]int64

// An Expectation is a journey as it should be.
type Expectation struct {
	Steps    [][]string // of each, in their order, the activities that are one
	Optional []int      // the places of steps, from 0 on, that may be left out
	Costs    Costs
	Within   int64 // how long after the step before it a step comes in time, in microseconds; 0: whenever
}

// An aligner aligns sequences with an expectation.
type aligner struct {
	steps   [][]bool
	missing []int64 // what it costs that a step does not come
	costs   Costs
	within  int64

	best [3][]int64 // of the events so far, and of one and two fewer: the least cost by how many steps are over
	by   []Deviating
}

// A move is a part of an alignment: of an event, of a step, or of both.
type move struct {
	what  Deviating // deviations: the event takes the step
	step  uint8     // of Extra: how many are over
	event uint32    // of Missing: how many came before
}

// aligner checks an expectation.
func (v *View) aligner(e Expectation, events int) (*aligner, error) {
	n := len(e.Steps)
	switch {
	case n < 1 || n > MostExpected:
		return nil, fmt.Errorf("expected: from 1 to %d steps, not %d", MostExpected, n)
	case events > mostAligned/n:
		return nil, fmt.Errorf("expected: %d steps are compared with at most %d events, and the definition leaves %d: choose fewer by it", n, mostAligned/n, events)
	case e.Within < 0:
		return nil, fmt.Errorf("within: it is over before it begins")
	}
	a := &aligner{costs: e.Costs, within: e.Within, missing: slices.Repeat([]int64{e.Costs[Missing]}, n)}
	for what, cost := range e.Costs {
		if cost < 0 || cost > MostCost {
			return nil, fmt.Errorf("costs.%s: from 0 to %d, not %g", called[what], MostCost/1000, float64(cost)/1000)
		}
	}
	for i, names := range e.Steps {
		set, err := v.set(fmt.Sprintf("expected[%d]", i), names)
		if err != nil {
			return nil, err
		}
		a.steps = append(a.steps, set)
	}
	for i, step := range e.Optional {
		if step < 0 || step >= n {
			return nil, fmt.Errorf("optional[%d]: from 1 to %d, not %d", i, n, step+1)
		}
		a.missing[step] = 0
	}
	return a, nil
}

// align finds the cheapest alignment, of events that may be followed by others if the case is not closed: then steps behind the last one that came are yet
// to come. It is the distance of Damerau and Levenshtein in its restricted form (optimal string alignment): what was swapped is not touched again. Nothing
// is replaced: that is one missing and one extra. Of several that cost the same it is the one that, seen from the end, has a step come, then has two
// swapped, then has an event be extra.
func (a *aligner) align(codes []uint16, closed bool) (cost int64, moves []move) {
	steps := len(a.steps)
	width := steps + 1
	a.by = slices.Grow(a.by[:0], (len(codes)+1)*width)[:(len(codes)+1)*width]
	for i := range a.best {
		a.best[i] = slices.Grow(a.best[i][:0], width)[:width]
	}
	row, before, twice := a.best[0], a.best[1], a.best[2]
	for i := range len(codes) + 1 {
		for j := range width {
			least, how := int64(math.MaxInt64), deviations
			if i > 0 && j > 0 && a.steps[j-1][codes[i-1]] {
				least = before[j-1]
			}
			if i > 1 && j > 1 && a.steps[j-1][codes[i-2]] && a.steps[j-2][codes[i-1]] && twice[j-2]+a.costs[Swapped] < least {
				least, how = twice[j-2]+a.costs[Swapped], Swapped
			}
			if i > 0 && before[j]+a.costs[Extra] < least {
				least, how = before[j]+a.costs[Extra], Extra
			}
			if j > 0 && row[j-1]+a.missing[j-1] < least {
				least, how = row[j-1]+a.missing[j-1], Missing
			}
			if i == 0 && j == 0 {
				least = 0
			}
			row[j], a.by[i*width+j] = least, how
		}
		row, before, twice = twice, row, before
	}
	over := steps
	for j := steps; j >= 0 && !closed; j-- {
		if before[j] < before[over] {
			over = j
		}
	}
	return before[over], a.back(len(codes), over)
}

// back goes through an alignment from its end, and gives it in its order.
func (a *aligner) back(i, j int) (moves []move) {
	for i > 0 || j > 0 {
		switch how := a.by[i*(len(a.steps)+1)+j]; how {
		case Missing:
			j--
			moves = append(moves, move{how, uint8(j), uint32(i)})
		case Extra:
			i--
			moves = append(moves, move{how, uint8(j), uint32(i)})
		case Swapped: // the later step came first
			i, j = i-2, j-2
			moves = append(moves, move{deviations, uint8(j), uint32(i + 1)}, move{how, uint8(j + 1), uint32(i)})
		default:
			i, j = i-1, j-1
			moves = append(moves, move{how, uint8(j), uint32(i)})
		}
	}
	slices.Reverse(moves)
	return moves
}

// free reports whether a move is no deviation.
func (a *aligner) free(m move) bool {
	if m.what == Missing {
		return a.missing[m.step] == 0
	}
	return m.what == deviations || a.costs[m.what] == 0
}

// idle reports whether a move is neither a deviation nor, where steps may be late, of an event that takes a step.
func (a *aligner) idle(m move) bool {
	takes := m.what == deviations || m.what == Swapped
	return a.free(m) && !(takes && a.within > 0 && a.costs[Late] > 0)
}

// worst is the most that so many events may cost: all are extra, of a closed case all steps are missing, and all but the first that could have come
// are late.
func (a *aligner) worst(events int, closed bool) int64 {
	cost := int64(events) * a.costs[Extra]
	for _, missing := range a.missing {
		if closed {
			cost += missing
		}
	}
	if a.within > 0 {
		cost += a.costs[Late] * int64(min(events, len(a.steps))-1)
	}
	return cost
}

// late reports whether a step came later after the one before it than it may.
func (a *aligner) late(after int64) bool {
	return a.within > 0 && a.costs[Late] > 0 && after > a.within
}
