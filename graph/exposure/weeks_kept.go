package exposure

import (
	"math"
	"slices"
)

// What companies keep is a level, and not a sum of what was in each week: a week tells it as of its end, so that the last one has what the whole span has.

// NoteKept has a company's level by week after what happened: kept is what it keeps so many microseconds after that, NaN where nobody knows. Weeks in which
// nothing changes are not kept, but the first.
func (s *Subject) NoteKept(span int64, kept func(until int64) float64) {
	n, told := weeks(span)
	if !told {
		return
	}
	before := math.NaN()
	for w := range n {
		level := kept(min(int64(w+1)*week, span))
		if level != before && !(math.IsNaN(level) && math.IsNaN(before)) {
			s.weeks = append(s.weeks, noted{sum: level, n: 1, week: int8(w), of: Retained})
		}
		before = level
	}
}

// from has a pair have a level from a week on.
func (c column) from(w, i int, level float64) {
	for ; w < len(c.weeks); w++ {
		c.weeks[w][i] = level
	}
}

// withholdKept adds the weeks after it as of which it is not told what companies keep. What is told as of two of them has a difference, which is of those whose
// level changed between them: nobody or enough came to nothing or back from it, as many to another level, as many became known or unknown, and as many stay as
// they were. The last week has what the whole span has, so that it is told first, and others as far as they may be beside it.
func (x *series) withholdKept(untold []bool, fewest int) {
	if fewest == 0 {
		return
	}
	whole := x.left(fewest)
	var told []int
	for w := 2*x.n - 1; w >= x.n; w-- {
		untold[w] = !whole || !x.mayKeep(w, fewest) || slices.ContainsFunc(told, func(v int) bool { return !x.mayDiffer(w, v, fewest) })
		if !untold[w] {
			told = append(told, w)
		}
	}
}

// mayKeep is may for what companies keep as of a week's end.
func (x *series) mayKeep(w, fewest int) bool {
	for side, c := range x.of {
		have := c.values(x.pairs, side == 1, w)
		if !may(Retained, have, len(x.pairs), fewest) || !alike(have, fewest) {
			return false
		}
	}
	return true
}

// mayDiffer reports whether both of two weeks may be told.
func (x *series) mayDiffer(w, v, fewest int) bool {
	for _, c := range x.of {
		var learnt, lost, changed, same int
		for i, was := range c.weeks[w] {
			switch is := c.weeks[v][i]; {
			case math.IsNaN(was) && math.IsNaN(is):
			case math.IsNaN(was) || math.IsNaN(is):
				learnt++
			case was == is:
				same++
			case was == 0 || is == 0:
				lost++
			default:
				changed++
			}
		}
		if !some(fewest, learnt, lost, changed, same) {
			return false
		}
	}
	return true
}
