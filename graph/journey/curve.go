package journey

import (
	"cmp"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// mostPoints is how many points a curve has.
const mostPoints = 20

// A Point is which share of entries took all steps of a funnel within how long.
type Point struct {
	Within int64
	Share  float64
}

// curve is the share that took all steps, by how long it took them, of all entries: who has time left counts for as long as she is known not to have
// (Kaplan and Meier), so that who has only just come does not lower it. Of groups it is coarser. Nil: who came to a point is not known, of entries that several
// are one person's.
func (got *Funneled) curve(fewest int) []Point {
	if fewest > 0 && !got.persons {
		return nil
	}
	if fewest > 0 {
		cuts := got.cuts
		if cuts == nil {
			cuts = cutsOf(got.spells, fewest)
		}
		return lifeTable(got.spells, cuts)
	}
	all := passings(got.spells, nil)[0].over
	each := apartBy(all, 1)
	out, taken, before := []Point{}, 0, 0
	stat.KaplanMeier(got.spells, func(long int64, over int, going float64) bool {
		if taken += over; ends(taken-before, all-taken, each) {
			out, before = append(out, Point{long, 1 - going}), taken
		}
		return true
	})
	return out
}

// apartBy is how many entries come at least between two points.
func apartBy(all, fewest int) int { return max(fewest, (all+mostPoints-1)/mostPoints) }

// ends reports whether a curve has a point behind so many who come since the one before: enough do, and nobody or enough come later.
func ends(over, left, each int) bool { return over >= each && some(left, each) }

// A cut ends an interval of a life table.
type cut struct {
	at     int64
	silent bool // those whose time ran out until then, since the last cut that says so, count by half
}

// A passing is of how many entries something is over, and whose time runs out.
type passing struct{ over, lost int }

func (p passing) plus(q passing, sign int) passing {
	return passing{p.over + sign*q.over, p.lost + sign*q.lost}
}

// passings are those of intervals, and of all time behind the last.
func passings(spells []stat.Spell, cuts []cut) []passing {
	out := make([]passing, len(cuts)+1)
	for _, s := range spells {
		k, _ := slices.BinarySearchFunc(cuts, s.Long, func(c cut, long int64) int { return cmp.Compare(c.at, long) })
		switch {
		case s.Over:
			out[k].over++
		case s.Long < math.MaxInt64:
			out[k].lost++
		}
	}
	return out
}

// cutsOf are those of a curve of groups. Who counts by half follows from a share, so that nobody or enough do, and nobody or enough, of all whose time runs out, never
// do. Fewer are counted with the interval behind.
func cutsOf(spells []stat.Spell, fewest int) []cut {
	slices.SortFunc(spells, func(a, b stat.Spell) int { return cmp.Compare(a.Long, b.Long) })
	out, since, left := []cut{}, passing{}, passings(spells, nil)[0]
	each := apartBy(left.over, fewest)
	for i, s := range spells {
		if s.Over {
			since.over, left.over = since.over+1, left.over-1
		} else {
			since.lost++
		}
		if i+1 < len(spells) && spells[i+1].Long == s.Long || !ends(since.over, left.over, each) {
			continue
		}
		c := cut{s.Long, since.lost >= fewest && some(left.lost-since.lost, fewest)}
		if since.over = 0; c.silent {
			left.lost, since.lost = left.lost-since.lost, 0
		}
		out = append(out, c)
	}
	return out
}

// alike are those cuts of a whole that all of its parts have, so that a point of the whole, less those of parts, is of nobody or enough as well: nobody or enough
// of each part come between two of them, and behind, and so does the time of nobody or enough run out.
func alike(cuts []cut, parts [][]stat.Spell, fewest int) []cut {
	out, of := []cut{}, make([][]passing, len(parts))
	since, left := make([]passing, len(parts)), make([]passing, len(parts))
	for i, p := range parts {
		of[i], left[i] = passings(p, cuts), passings(p, nil)[0]
	}
	for k, c := range cuts {
		is := true
		for i := range parts {
			since[i] = since[i].plus(of[i][k], 1)
			over, rest := since[i], left[i].plus(since[i], -1)
			is = is && some(over.over, fewest) && some(rest.over, fewest)
			c.silent = c.silent && some(over.lost, fewest) && some(rest.lost, fewest)
		}
		if !is {
			continue
		}
		for i := range parts {
			counted := passing{over: since[i].over}
			if c.silent {
				counted = since[i]
			}
			since[i], left[i] = since[i].plus(counted, -1), left[i].plus(counted, -1)
		}
		out = append(out, c)
	}
	return out
}

// lifeTable is the curve of groups, by the actuarial estimate (Cutler and Ederer 1958, Maximum utilization of the life table method in analyzing survival): in
// the interval that ends with a point those whose time runs out in it count by half. So a share tells of sums of intervals alone, and not in which order its
// persons came. Where nobody comes there is no point.
func lifeTable(spells []stat.Spell, cuts []cut) []Point {
	out, going, left, of := []Point{}, 1.0, len(spells), passings(spells, cuts)
	lost := 0
	for k, c := range cuts {
		over, silent := of[k].over, 0
		if lost += of[k].lost; c.silent {
			silent, lost = lost, 0
		}
		if over > 0 {
			going *= 1 - float64(over)/(float64(left)-float64(silent)/2)
			out = append(out, Point{c.at, 1 - going})
		}
		left -= over + silent
	}
	return out
}
