package journey

import (
	"cmp"
	"slices"
)

// A Rework says how often an activity comes again in the cases in which it occurs.
type Rework struct {
	Activity
	Again   *Tally // in which it comes again; nil: too few, or all but too few
	Repeats int    // events behind the first one of a case
	Direct  int    // those of them that have no other event before them: the map's edge from the activity to itself
	*Spread        // from one to the next of the activity; nil: there is no next
}

// Reworks are those of all activities.
type Reworks struct {
	Rows  []Rework // where it comes again in most cases first
	Again *Tally   // cases in which any activity comes again; nil: too few, or all but too few
	Other int      // activities that are not told
}

// Rework tells what comes again, of the first so many activities.
func (t *Telling) Rework(first int) Reworks {
	v := t.view
	type counts struct {
		all, again      tally
		events, repeats int
		direct, last    int
		times           []int64
	}
	by, any := make([]counts, len(v.def.Names)), v.tally()
	for i := range by {
		by[i].all, by[i].again = v.tally(), v.tally()
	}
	seen := make([]int, len(v.def.Names)) // 1 + the case in which it was last seen
	v.population(func(s *sequence) {
		for i, code := range s.codes {
			c := &by[code]
			c.events++
			c.all.add(s.c, s.who[i])
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
	fewest := t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	out := Reworks{}
	if all := any.told(); enough(all.Persons, t.Persons, fewest) {
		out.Again = &all
	}
	var m Map
	for code := range by {
		if by[code].events > 0 {
			m.Activities = append(m.Activities, Activity{v.def.Names[code], by[code].events, by[code].all.told()})
		}
	}
	told := m.Fold(t.Persons, 0, t.fewest)
	out.Other = told.Other.Activities
	for _, a := range told.Activities {
		code, _ := v.code(a.Name)
		c := &by[code]
		r := Rework{Activity: a}
		if again := c.again.told(); enough(again.Persons, a.Persons, fewest) {
			r.Again, r.Repeats, r.Direct, r.Spread = &again, c.repeats, c.direct, spread(c.times)
		}
		out.Rows = append(out.Rows, r)
	}
	slices.SortStableFunc(out.Rows, func(x, y Rework) int {
		again := func(r Rework) int {
			if r.Again == nil {
				return -1
			}
			return r.Again.Cases
		}
		return cmp.Or(cmp.Compare(again(y), again(x)), cmp.Compare(y.Events, x.Events), cmp.Compare(x.Name, y.Name))
	})
	if len(out.Rows) > first {
		out.Other += len(out.Rows) - first
		out.Rows = out.Rows[:first]
	}
	return out
}
