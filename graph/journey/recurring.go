package journey

import "slices"

// How often something occurs, less in how many cases it does, says how often it comes again. So where persons are not told apart, how often is told of a
// whole answer or not at all: if of all that it tells nobody comes again, or enough do. In how many cases is told all the same.

// recurring counts who comes again behind each activity and each edge of a map, and behind what comes again otherwise than directly.
func (v *View) recurring(m *Map) {
	x, place := newIndex(int(v.open())+1), make([]int, len(v.def.Names))
	for i := range m.Edges {
		x.enter(m.Edges[i].from, m.Edges[i].to)
	}
	for i := range m.Activities {
		code, _ := v.code(m.Activities[i].Name) // it is the definition's
		place[code] = i
	}
	again, apart, along := v.tallies(len(m.Activities)), v.tallies(len(m.Activities)), v.tallies(len(m.Edges))
	seen, went := make([]int, len(again)), make([]int, len(along)) // 1 + the case in which it was last seen
	v.population(func(s *sequence) {
		now, before, last, who := s.c+1, v.start(), uint32(0), s.who
		for i, code := range s.codes {
			e, a := int(x.known(before, code)-1), place[code]
			if went[e] == now {
				along[e].add(s.c, last, who[i])
			}
			if seen[a] == now {
				if again[a].add(s.c, who[i]); before != code {
					apart[a].add(s.c, who[i])
				}
			}
			went[e], seen[a] = now, now
			before, last = code, who[i]
		}
	})
	for i := range m.Activities {
		m.Activities[i].again, m.Activities[i].apart = again[i].told().Persons, apart[i].told().Persons
	}
	for i := range m.Edges {
		m.Edges[i].again = along[i].told().Persons
	}
}

// often reports whether it is told of a map how often its activities and edges occur.
func (f *Folded) often(fewest int) bool {
	for _, a := range f.Activities {
		if !some(a.again, fewest) || !some(a.apart, fewest) {
			return false
		}
	}
	return !slices.ContainsFunc(f.Edges, func(e Edge) bool { return !some(e.again, fewest) })
}

// often reports whether it is told how many events a view has: of those behind the first of a case, and of an activity in a case, none are there, or enough
// persons stand behind them.
func (v *View) often(fewest int) bool {
	if fewest == 0 {
		return true
	}
	further, again := v.tally(), v.tally()
	seen := make([]int, len(v.def.Names)) // 1 + the case in which it was last seen
	v.population(func(s *sequence) {
		if further.behind() >= fewest && again.behind() >= fewest {
			return
		}
		for i, code := range s.codes {
			if i > 0 {
				further.add(s.c, s.who[i])
			}
			if seen[code] == s.c+1 {
				again.add(s.c, s.who[i])
			}
			seen[code] = s.c + 1
		}
	})
	return some(further.behind(), fewest) && some(again.behind(), fewest)
}

// often reports whether it is told of counts how many entries they have: each of several that are told.
func often(fewest int, counts ...*Count) bool {
	return !slices.ContainsFunc(counts, func(c *Count) bool { return c != nil && !some(c.again, fewest) })
}
