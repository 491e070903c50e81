package journey

import "slices"

// Population is what stands behind all that is told of a view.
type Population struct {
	Tally
	Events int
	Tied   int // neighbours of which nothing but the event's id says which comes first
}

// Population counts the cases that the definition leaves, with at least one event that is looked at. Where these are all events of a case, no case is
// visited by itself.
func (v *View) Population() (out Population) {
	l, all := v.log, everyone{of: v.log.persons}
	if v.entire {
		runs, _ := v.runs()
		for _, r := range runs {
			out.add(int(r.behind-r.first), l.tied[r.from:r.to])
			if l.who != nil {
				all.add(l.who[r.from:r.to])
			}
		}
	} else {
		v.population(func(s *sequence) {
			out.add(1, s.tied)
			all.add(s.who)
		})
	}
	out.Persons = all.n
	if l.personal {
		out.Persons = out.Cases
	}
	return out
}

// add takes in the events of cases, which stand one behind the other.
func (p *Population) add(cases int, tied []bool) {
	p.Cases += cases
	p.Events += len(tied)
	n := uint64(0)
	for _, t := range tied {
		n += bitIf(t)
	}
	p.Tied += int(n)
}

// isAboutNobody reports whether no event of any case is about a person.
func (l *Log) isAboutNobody() bool {
	if l.personal {
		return false
	}
	return l.persons.most == 0 || !slices.ContainsFunc(l.cases, func(s span) bool {
		return slices.ContainsFunc(l.whom(&s), func(who uint32) bool { return who != 0 })
	})
}

// everybody is how many persons there are.
func (l *Log) everybody() int {
	if l.personal {
		return len(l.cases)
	}
	return l.whole().everybody()
}

// whole is a view of all events, as they are called in the log.
func (l *Log) whole() *View {
	return &View{log: l, def: l.As(), raw: true, entire: true, linked: l.links != nil, distinct: true}
}

// everybody is whom events that are looked at are about, those of cases that are left out, too.
func (v *View) everybody() int {
	whole := *v
	whole.in, whole.def.From, whole.def.To = nil, nil, nil
	return whole.Population().Persons
}

// An everyone counts different persons: each has a bit.
type everyone struct {
	of     *persons
	bits   []uint64
	newest uint32 // whoever was counted last, as most are once more at once
	n      int
}

// add counts those whom events are about.
func (e *everyone) add(who []uint32) {
	for _, w := range who {
		if w != e.newest {
			e.newest = w
			e.of.each(w, e.one)
		}
	}
}

func (e *everyone) one(person uint32) {
	if e.bits == nil {
		e.bits = make([]uint64, e.of.most>>6+1)
	}
	if word, bit := &e.bits[person>>6], uint64(1)<<(person&63); *word&bit == 0 {
		*word |= bit
		e.n++
	}
}
