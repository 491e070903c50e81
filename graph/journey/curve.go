package journey

import (
	"cmp"
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
	all := 0
	for _, s := range got.spells {
		if s.Over {
			all++
		}
	}
	each := max(fewest, (all+mostPoints-1)/mostPoints, 1)
	ends := func(over, taken int) bool { return over >= each && (all-taken-over >= each || taken+over == all) }
	if fewest > 0 {
		return lifeTable(got.spells, fewest, ends)
	}
	out, taken, before := []Point{}, 0, 0
	stat.KaplanMeier(got.spells, func(long int64, over int, going float64) bool {
		if taken += over; ends(taken-before, before) {
			out, before = append(out, Point{long, 1 - going}), taken
		}
		return true
	})
	return out
}

// lifeTable is the curve of groups, by the actuarial estimate (Cutler and Ederer 1958, Maximum utilization of the life table method in analyzing survival): in
// the interval that ends with a point those whose time runs out in it count by half. So a share tells of sums of intervals alone, and not in which order its
// persons came. Fewer than fewest whose time runs out are counted with the interval behind.
func lifeTable(spells []stat.Spell, fewest int, ends func(over, taken int) bool) []Point {
	slices.SortFunc(spells, func(a, b stat.Spell) int { return cmp.Compare(a.Long, b.Long) })
	out, going, left := []Point{}, 1.0, len(spells)
	over, lost, taken := 0, 0, 0 // since the last point, and until then
	for i, s := range spells {
		if s.Over {
			over++
		} else {
			lost++
		}
		if i+1 < len(spells) && spells[i+1].Long == s.Long || !ends(over, taken) {
			continue
		}
		silent := 0
		if lost >= fewest {
			silent = lost
		}
		going *= 1 - float64(over)/(float64(left)-float64(silent)/2)
		out = append(out, Point{s.Long, 1 - going})
		left, taken, lost, over = left-over-silent, taken+over, lost-silent, 0
	}
	return out
}
