package exposure

import (
	"math"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

const (
	// week is how long one is, in microseconds.
	week = 7 * 24 * 3600e6
	// mostWeeks is how many are told before, and after.
	mostWeeks = 52
	// NoWeeks is a span of which no weeks are told.
	NoWeeks = math.MaxInt64
)

// An Amount adds up numbers; of a count these are ones.
type Amount struct{ sum, n float64 }

// Add adds a number.
func (a *Amount) Add(v float64) { a.sum, a.n = a.sum+v, a.n+1 }

// Mean is that of the numbers; of none it is NaN.
func (a *Amount) Mean() float64 { return a.sum / a.n }

// InWeek is the week in which something was, so many microseconds after what happened: 0 is the first one behind it, and -1 the last one before. The last one on
// either side is as long as is left of the span.
func InWeek(since, span int64) int {
	if since < 0 {
		return -int((-since + week - 1) / week)
	}
	return int(min(since, span-1) / week)
}

// A noted is what somebody has of an outcome in a week: a sum of so many numbers. All who are asked about have these before it is known who is matched, so that
// they are small, and none is of a week in which nothing was.
type noted struct {
	sum  float64
	n    uint32
	week int8
	of   Outcome
}

// Note has somebody have a number of an outcome, so many microseconds after what happened. More weeks than are told are not kept.
func (s *Subject) Note(o Outcome, v float64, since, span int64) {
	if _, told := weeks(span); !told {
		return
	}
	week := int8(InWeek(since, span))
	i := slices.IndexFunc(s.weeks, func(n noted) bool { return n.week == week && n.of == o })
	if i < 0 {
		i, s.weeks = len(s.weeks), append(s.weeks, noted{week: week, of: o})
	}
	s.weeks[i].sum += v
	s.weeks[i].n++
}

// weeks are how many a span has, the last of which may be shorter. Not told: there is none, or there are too many.
func weeks(span int64) (n int, told bool) {
	n = int(span/week + min(1, span%week))
	return n, span > 0 && n <= mostWeeks
}

// A WeekTold is what was in one week, among those who are matched.
type WeekTold struct {
	Week        int // as InWeek has it
	Differences []Difference
}

// A column is an outcome of one side of pairs, week by week, from the first one before on: of each pair, where she has any. That a company left is asked of
// those alone of whom it is for the whole span, and of none before: who had left by then had no contract to leave. So is what it kept, as of the end of a week.
type column struct {
	counted bool
	weeks   [][]float64 // of a count 0, else NaN where there is none
}

func columnOf(pairs []pair, exposed bool, o Outcome, n int) column {
	c := column{o.counted(), make([][]float64, 2*n)}
	none := math.NaN()
	if c.counted {
		none = 0
	}
	for w := range c.weeks {
		c.weeks[w] = slices.Repeat([]float64{none}, len(pairs))
	}
	for i, p := range pairs {
		for w := range c.weeks {
			if o == Left && (w < n || math.IsNaN(p.of(exposed).After[o])) {
				c.weeks[w][i] = math.NaN()
			}
		}
		for _, in := range p.of(exposed).weeks {
			switch w := int(in.week) + n; {
			case in.of != o:
			case c.counted:
				c.weeks[w][i] = in.sum
			case o == Retained:
				c.from(w, i, in.sum)
			default:
				c.weeks[w][i] = in.sum / float64(in.n)
			}
		}
	}
	return c
}

// values are those of a week.
func (c column) values(pairs []pair, exposed bool, w int) (out []stat.Observation) {
	out = make([]stat.Observation, 0, len(pairs))
	for i, v := range c.weeks[w] {
		if !math.IsNaN(v) {
			out = append(out, stat.Observation{Value: v, Cluster: pairs[i].of(exposed).cluster})
		}
	}
	return out
}

// have is how many have something in any of some weeks.
func (c column) have(in []int) (n int) {
	for i := range c.weeks[0] {
		for _, w := range in {
			if v := c.weeks[w][i]; !math.IsNaN(v) && (!c.counted || v != 0) {
				n++
				break
			}
		}
	}
	return n
}

// often is how many have something in two of some weeks, or more.
func (c column) often(in []int) (n int) {
	for i := range c.weeks[0] {
		weeks := 0
		for _, w := range in {
			weeks += index(!math.IsNaN(c.weeks[w][i]))
		}
		n += index(weeks > 1)
	}
	return n
}

// less is the column of what is left of a count without a part of it.
func (c column) less(part column) column {
	out := column{c.counted, make([][]float64, len(c.weeks))}
	for w := range c.weeks {
		out.weeks[w] = slices.Clone(c.weeks[w])
		for i := range out.weeks[w] {
			out.weeks[w][i] -= part.weeks[w][i]
		}
	}
	return out
}

// A series is an outcome of both groups, week by week. others are cases that are no complaints, where it is of these.
type series struct {
	Outcome
	pairs  []pair
	n      int // weeks on either side
	of     [2]column
	others [2]column
}

func seriesOf(pairs []pair, o Outcome, n int) *series {
	x := &series{Outcome: o, pairs: pairs, n: n}
	for side := range x.of {
		x.of[side] = columnOf(pairs, side == 1, o, n)
		if o == Complaints {
			x.others[side] = columnOf(pairs, side == 1, Cases, n).less(x.of[side])
		}
	}
	return x
}

// weekly compares week by week what was before, and what came after: where the groups went alike before, a difference that begins with what happened is
// none that they had.
func (a *Aftermath) weekly(pairs []pair, seen Seen, span int64, fewest int) {
	n, told := weeks(span)
	if !told {
		return
	}
	for w := -n; w < n; w++ {
		a.Weeks = append(a.Weeks, WeekTold{Week: w})
	}
	var untold, left []bool
	for o := range outcomes {
		if !seen.After[o] {
			continue
		}
		if o != Complaints { // what is not told of cases is not told of those that are complaints, either
			untold = make([]bool, 2*n)
		}
		x := seriesOf(pairs, o, n)
		if o == Retained {
			x.withholdKept(untold, left, fewest)
		} else {
			x.withhold(untold, fewest)
		}
		if o == Left {
			left = untold
		}
		for w := range a.Weeks {
			d := Difference{Outcome: o}
			if before := (o == Left || o == Retained) && w < n; !before {
				if !untold[w] {
					x.tell(&d, w)
				}
				a.Partial = a.Partial || untold[w]
			}
			a.Weeks[w].Differences = append(a.Weeks[w].Differences, d)
		}
	}
}

// tell tells of a week how many have an outcome, and what, however few have it; an interval, where enough do.
func (x *series) tell(d *Difference, w int) {
	exposed, matched := x.of[1].values(x.pairs, true, w), x.of[0].values(x.pairs, false, w)
	e, n := len(exposed), len(matched)
	d.OfExposed, d.OfMatched = &e, &n
	if e == 0 || n == 0 {
		return
	}
	if d.Gap = gap(exposed, matched); known(x.Outcome, exposed, matched) {
		d.within(exposed, matched)
	}
}

// withhold adds the weeks of which an outcome is not told: too few persons of a group have it then, or do not. Who knows the whole span, and all other weeks,
// knows what is left: so that nobody or enough have it there, or the week of fewest is not told, either. Of what is no count, the whole has one number of who has
// several, and so less the weeks tells hers: nobody or enough have it in several weeks, or no week after it is told.
func (x *series) withhold(untold []bool, fewest int) {
	if fewest == 0 {
		return
	}
	whole := x.Outcome != Left || x.left(fewest)
	for _, side := range [][2]int{{0, x.n}, {x.n, 2 * x.n}} {
		var rest []int
		overlap := side[0] == x.n && !x.apart(fewest)
		for w := side[0]; w < side[1]; w++ {
			if untold[w] = untold[w] || overlap || !whole || !x.may(w, fewest); untold[w] {
				rest = append(rest, w)
			}
		}
		for len(rest) > 0 && len(rest) < x.n && !x.enough(rest, fewest) {
			least := x.least(side, untold)
			untold[least], rest = true, append(rest, least)
		}
	}
}

// left reports whether it is told how many left in the whole span. A company leaves once, so that weeks add up to it.
func (x *series) left(fewest int) bool {
	_, exposed := values(x.pairs, true, Left, fewest)
	_, matched := values(x.pairs, false, Left, fewest)
	return exposed && matched
}

// apart reports whether of either group nobody, or enough persons, have in several weeks after it what is no count.
func (x *series) apart(fewest int) bool {
	var after []int
	for w := x.n; w < 2*x.n; w++ {
		after = append(after, w)
	}
	return x.counted() || some(fewest, x.of[0].often(after), x.of[1].often(after))
}

// may reports whether enough persons of either group have the outcome in a week, and enough do not.
func (x *series) may(w, fewest int) bool {
	for side, c := range x.of {
		if !may(x.Outcome, c.values(x.pairs, side == 1, w), len(x.pairs), fewest) {
			return false
		}
	}
	return x.othersIn([]int{w}, fewest)
}

// enough reports whether enough persons of either group have the outcome in some weeks.
func (x *series) enough(in []int, fewest int) bool {
	for _, c := range x.of {
		if n := c.have(in); n < fewest && (n > 0 || c.counted) {
			return false
		}
	}
	return x.othersIn(in, fewest)
}

// othersIn reports whether nobody, or enough persons of either group, have cases in some weeks that are no complaints.
func (x *series) othersIn(in []int, fewest int) bool {
	return x.Outcome != Complaints || some(fewest, x.others[0].have(in), x.others[1].have(in))
}

// least is the week of a side, of those that are told, in which the fewest have the outcome.
func (x *series) least(side [2]int, untold []bool) (least int) {
	fewest := math.MaxInt
	for w := side[0]; w < side[1]; w++ {
		if n := min(x.of[0].have([]int{w}), x.of[1].have([]int{w})); !untold[w] && n < fewest {
			least, fewest = w, n
		}
	}
	return least
}
