package journey

import (
	"slices"
	"strings"
)

// persons are those whom events or cases are about, and sets of several.
type persons struct {
	names []string
	at    *lookup // of names
	sets  map[string]uint32
	of    [][]uint32 // the persons of a set
	most  uint32     // nobody whom events of the columns or cases are about has a greater number
}

func newPersons() *persons { return &persons{at: newLookup(), sets: map[string]uint32{}} }

// one is 1 + the place of a name, which has one from then on.
func (p *persons) one(name string) uint32 {
	place, known := p.at.find(name, p.names)
	if !known {
		place, p.names = len(p.names), append(p.names, name)
		p.at.add(p.names)
	}
	p.most = max(p.most, uint32(place+1))
	return uint32(place + 1)
}

// several marks what stands for a set of persons.
const several = 1 << 31

func (p *persons) who(names []string) uint32 {
	switch len(names) {
	case 0:
		return 0
	case 1:
		return p.one(names[0])
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(names)))
	if len(sorted) == 1 {
		return p.one(sorted[0])
	}
	key := strings.Join(sorted, "\x00")
	n, ok := p.sets[key]
	if ok {
		p.seen([]uint32{n}) // nobody of them may have been left when columns were written anew
	} else {
		set := make([]uint32, len(sorted))
		for i, name := range sorted {
			set[i] = p.one(name)
		}
		n = several | uint32(len(p.of))
		p.of, p.sets[key] = append(p.of, set), n
	}
	return n
}

// each visits the persons that a column's value stands for.
func (p *persons) each(who uint32, visit func(uint32)) {
	switch {
	case who == 0:
	case who&several == 0:
		visit(who)
	default:
		for _, n := range p.of[who&^several] {
			visit(n)
		}
	}
}

// seen notes that events are about these.
func (p *persons) seen(who []uint32) {
	for _, w := range who {
		p.each(w, func(person uint32) { p.most = max(p.most, person) })
	}
}
