package journey

import "github.com/kithgraph/kith/graph/stat"

// mostPoints is how many points a curve has.
const mostPoints = 20

// A Point is which share of entries took all steps of a funnel within how long.
type Point struct {
	Within int64
	Share  float64
}

// curve is the share that took all steps, by how long it took them, of all entries: who has time left counts for as long as she is known not to have
// (Kaplan and Meier), so that who has only just come does not lower it. At least fewest come to each point behind the one before; nil: who came to it is not
// known, of entries that several are one person's.
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
	out, taken, before := []Point{}, 0, 0
	stat.KaplanMeier(got.spells, func(long int64, over int, going float64) bool {
		taken += over
		if taken-before >= each && (all-taken >= each || taken == all) {
			out, before = append(out, Point{long, 1 - going}), taken
		}
		return true
	})
	return out
}
