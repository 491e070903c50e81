package journey

import (
	"cmp"
	"math"
	"slices"
)

// A Rework says how often an activity comes again in the cases in which it occurs.
type Rework struct {
	Activity
	Again   *Tally // in which it comes again; nil: too few, or all but too few
	Repeats *int   // events behind the first one of a case; nil: too few, as of Again, or the map does not tell how often
	Direct  *int   // those of them that have no other event before them: the map's edge from the activity to itself; nil: as of Repeats, or the map does not tell the edge
	*Spread        // from one to the next of the activity; nil: there is no next
}

// Reworks are those of all activities.
type Reworks struct {
	Rows  []Rework // where it comes again in most cases first
	Again *Tally   // cases in which any activity comes again; nil: too few, all but too few, or too few more than of one activity
	Other int      // activities that are not told
}

// Rework tells what comes again, of the first so many activities.
func (t *Telling) Rework(first int) Reworks {
	v := t.view
	by, any := v.repeated()
	fewest := t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	out := Reworks{}
	folded := t.Map(math.MaxInt, false) // what it does not tell would else be told here
	out.Other = folded.Other.Activities
	all := any.told()
	isTold := enough(all.Persons, t.Persons, fewest)
	for _, a := range folded.Activities {
		code, _ := v.code(a.Name)
		c, r := &by[code], Rework{Activity: a}
		if again := c.again.told(); enough(again.Persons, a.Persons, fewest) {
			r.Again, r.Spread = &again, spread(c.times)
			isTold = isTold && some(all.Persons-again.Persons, fewest)
		}
		if r.Again != nil && folded.Often {
			r.Repeats = &c.repeats
		}
		if r.Repeats != nil && (c.direct == 0 || folded.Has(a.Name, a.Name)) {
			r.Direct = &c.direct
		}
		out.Rows = append(out.Rows, r)
	}
	if isTold {
		out.Again = &all
	}
	slices.SortStableFunc(out.Rows, func(x, y Rework) int {
		again := func(r Rework) int {
			if r.Again == nil {
				return -1
			}
			return r.Again.Cases
		}
		return cmp.Compare(again(y), again(x)) // of those that are alike the map's order
	})
	if len(out.Rows) > first {
		out.Other += len(out.Rows) - first
		out.Rows = out.Rows[:first]
	}
	return out
}

// A repetition is how an activity comes again.
type repetition struct {
	again           tally
	repeats, direct int
	last            int
	times           []int64
}

// repeated counts of each activity how it comes again, and in which cases any does.
func (v *View) repeated() (by []repetition, any tally) {
	by, any = make([]repetition, len(v.def.Names)), v.tally()
	for i := range by {
		by[i].again = v.tally()
	}
	seen := make([]int, len(v.def.Names)) // 1 + the case in which it was last seen
	v.population(func(s *sequence) {
		for i, code := range s.codes {
			c := &by[code]
			if seen[code] == s.c+1 {
				c.repeats++
				c.times = append(c.times, s.times[i]-s.times[c.last])
				if c.last == i-1 {
					c.direct++
				}
				c.again.add(s.c, s.who[c.last], s.who[i])
				any.add(s.c, s.who[c.last], s.who[i])
			}
			seen[code], c.last = s.c+1, i
		}
	})
	return by, any
}
