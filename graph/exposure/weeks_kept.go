package exposure

import (
	"maps"
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
		if !same(level, before) {
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

// withholdKept adds the weeks after it as of which it is not told what companies keep. Whatever follows from numbers that are told is of whole classes of companies
// that all these count alike: in which week one left, where LEFT tells of that, and its levels as of the weeks that are told. Nobody or enough are in each class,
// however they are put together. The last week has what the whole span has, so that it is told first, and others as far as they may be beside it.
func (x *series) withholdKept(untold, left []bool, fewest int) {
	if fewest == 0 {
		return
	}
	whole, classes := x.left(fewest), [2][]int{x.leavers(0, left), x.leavers(1, left)}
	var told []int
	for w := 2*x.n - 1; w >= x.n; w-- {
		finer := [2][]int{x.of[0].split(classes[0], w, told), x.of[1].split(classes[1], w, told)}
		if w == 2*x.n-1 {
			untold[w] = !kept(x.pairs, fewest)
		} else {
			untold[w] = !whole || !populous(finer[0], fewest) || !populous(finer[1], fewest)
		}
		if !untold[w] {
			classes, told = finer, append(told, w)
		}
	}
}

// Classes of companies by whether they left, of which nothing else is told.
const (
	neverKnown = -1 - iota
	stayed
	leftSometime
)

// leavers are the classes of one side by what LEFT tells of them: where it tells of a week, who left in that.
func (x *series) leavers(side int, untold []bool) []int {
	out := make([]int, len(x.pairs))
	for i, p := range x.pairs {
		s := p.of(side == 1)
		switch {
		case math.IsNaN(s.After[Left]):
			out[i] = neverKnown
		case s.After[Left] == 0:
			out[i] = stayed
		default:
			out[i] = leftSometime
		}
		for _, in := range s.weeks {
			if w := int(in.week) + x.n; in.of == Left && untold != nil && !untold[w] {
				out[i] = w
			}
		}
	}
	return out
}

// split has classes be told apart by what they keep as of a week, too: nothing, all, something else or nobody knows, and as of which of the weeks that are told
// it was the same.
func (c column) split(classes []int, w int, told []int) []int {
	type class struct{ of, level, since int }
	known := map[class]int{}
	out := make([]int, len(classes))
	for i, of := range classes {
		level := c.weeks[w][i]
		is := class{of, levelOf(level), slices.IndexFunc(told, func(v int) bool { return same(level, c.weeks[v][i]) })}
		if _, ok := known[is]; !ok {
			known[is] = len(known)
		}
		out[i] = known[is]
	}
	return out
}

// levelOf is whether a level is known, nothing, all or something else.
func levelOf(level float64) int {
	switch {
	case math.IsNaN(level):
		return 0
	case level == 0:
		return 1
	case level == 1:
		return 2
	}
	return 3
}

// same reports whether two levels are, or nobody knows either.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// populous reports whether enough companies are in each class.
func populous(classes []int, fewest int) bool {
	n := map[int]int{}
	for _, c := range classes {
		n[c]++
	}
	return enough(fewest, slices.Collect(maps.Values(n))...)
}
