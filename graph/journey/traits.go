package journey

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A trait is what cases are told apart by: each has one of few values, or none.
type trait struct {
	values []string          // the first is that of the cases of which none is known, and empty
	of     []uint16          // by case: the place of its value. Nil: there were too many, and none is kept
	places map[string]uint16 // of values; of a Builder alone
}

// mostValues is how many values a trait may have, with none.
const mostValues = math.MaxUint16 + 1

func newTrait() trait {
	return trait{values: []string{""}, of: []uint16{}, places: map[string]uint16{"": 0}}
}

// place is that of a value, which has one from then on. Not ok: there is none left.
func (t *trait) place(value string) (place uint16, ok bool) {
	place, known := t.places[value]
	switch {
	case known:
	case len(t.values) == mostValues:
		return 0, false
	default:
		place, value = uint16(len(t.values)), strings.Clone(value)
		t.values, t.places[value] = append(t.values, value), place
	}
	return place, true
}

// WithTraits has a Builder in which nothing was put keep so many traits of each case.
func (b *Builder) WithTraits(n int) *Builder {
	for range n {
		b.log.traits = append(b.log.traits, newTrait())
	}
	return b
}

// characterize keeps the traits of a case, which is known or comes behind the others.
func (b *Builder) characterize(c int, values []string) error {
	l := &b.log
	if values == nil {
		values = make([]string, len(l.traits))
	}
	if len(values) != len(l.traits) {
		return fmt.Errorf("a case has %d traits, not %d", len(l.traits), len(values))
	}
	for i := range l.traits {
		t := &l.traits[i]
		if t.of == nil {
			continue
		}
		place, ok := t.place(values[i])
		switch {
		case !ok:
			*t = trait{}
		case c == len(t.of):
			t.of = push(t.of, place)
		case t.of[c] != place:
			b.own()
			l.traits[i].of[c] = place
		}
	}
	return nil
}

// concerns keeps whom a case is about, which is known or comes behind the others.
func (b *Builder) concerns(c int, persons []string) {
	l := &b.log
	if l.personal {
		return
	}
	who := l.persons.who(persons)
	if l.about == nil && who != 0 {
		l.about = make([]uint32, len(l.ids))
	}
	switch {
	case l.about == nil:
	case c == len(l.about):
		l.about = push(l.about, who)
	case l.about[c] != who:
		b.own()
		l.about[c] = who
	}
}

// own has what a Builder keeps of cases be its own, so that what logs have stays as it is. What comes behind that is in none of them.
func (b *Builder) own() {
	if !b.shared {
		return
	}
	l := &b.log
	l.ids, l.about, b.shared = slices.Clone(l.ids), slices.Clone(l.about), false
	for i := range l.traits {
		l.traits[i].of = slices.Clone(l.traits[i].of)
	}
}

// bytesOfTraits are about those of all traits, and of whom cases are about.
func (l *Log) bytesOfTraits() (n int64) {
	n = int64(cap(l.about)) * 4
	for i := range l.traits {
		n += int64(cap(l.traits[i].of))*2 + int64(len(l.traits[i].values))*120
	}
	return n
}

// shared are traits as a log has them.
func shared(traits []trait) []trait {
	return mapped(traits, func(t trait) trait { return trait{values: slices.Clip(t.values), of: slices.Clip(t.of)} })
}

// Trait is the value of a case; empty: none is known. It is kept of traits that are Known alone.
func (l *Log) Trait(trait, c int) string {
	t := &l.traits[trait]
	return t.values[t.of[c]]
}

// Known reports whether the values of a trait are kept: they are few.
func (l *Log) Known(trait int) bool { return trait < len(l.traits) && l.traits[trait].of != nil }

// A Having is a set of a log's cases.
type Having struct {
	of  choice
	log *Log
}

// Having are the cases of whose trait, if it is known, something is so.
func (l *Log) Having(trait int, is func(value string) bool) Having {
	t := &l.traits[trait]
	so := make([]bool, len(t.values))
	for i, v := range t.values[1:] {
		so[i+1] = is(v)
	}
	out := make(choice, (len(t.of)+63)/64)
	for w := range out {
		word := uint64(0)
		for i, place := range t.of[w<<6 : min((w+1)<<6, len(t.of))] {
			word |= bitIf(so[place]) << (i & 63)
		}
		out[w] = word
	}
	return Having{out, l}
}

// Every are all cases.
func (l *Log) Every() Having {
	out := make(choice, (len(l.cases)+63)/64)
	for w := range out {
		out[w] = ^uint64(0)
	}
	if rest := len(l.cases) & 63; rest > 0 {
		out[len(out)-1] = 1<<rest - 1
	}
	return Having{out, l}
}

// And are the cases of both.
func (h Having) And(o Having) Having {
	return h.with(o, func(a, b uint64) uint64 { return a & b })
}

// Or are the cases of either.
func (h Having) Or(o Having) Having {
	return h.with(o, func(a, b uint64) uint64 { return a | b })
}

// Not are all others.
func (h Having) Not() Having {
	return h.log.Every().with(h, func(a, b uint64) uint64 { return a &^ b })
}

func (h Having) with(o Having, word func(a, b uint64) uint64) Having {
	out := make(choice, len(h.of))
	for i, w := range h.of {
		out[i] = word(w, o.of[i])
	}
	return Having{out, h.log}
}

// Has reports whether a case is among them.
func (h Having) Has(c int) bool { return h.of[c>>6]>>(c&63)&1 == 1 }

// Count is how many they are.
func (h Having) Count() int { return h.of.count() }

// AboutSomebody reports whether any case is about a person itself, where cases are not persons.
func (l *Log) AboutSomebody() bool {
	return slices.ContainsFunc(l.about, func(who uint32) bool { return who != 0 })
}

// Persons are how many they are about themselves: where each case is a person, as many as cases.
func (h Having) Persons() int {
	if h.log.personal {
		return h.Count()
	}
	if h.log.about == nil {
		return 0
	}
	all := everyone{of: h.log.persons}
	for _, c := range h.of.all() {
		all.add(h.log.about[c : c+1])
	}
	return all.n
}

// characterizes writes what tells cases apart: of each trait that is known the values that cases have, and which of them each has.
func (s *Snapshot) characterizes(w *encoder) {
	for i := range s.log.traits {
		t := &s.log.traits[i]
		w.bit(t.of != nil)
		if t.of == nil {
			continue
		}
		values := newPlaces(len(t.values), 1)
		for _, place := range t.of {
			values.need(int(place))
		}
		w.count(values.number() - 1)
		values.each(func(i int) {
			if i > 0 {
				w.text(t.values[i])
			}
		})
		for _, place := range t.of {
			w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(values.at(int(place))))
			w.room()
		}
	}
}

// restoreTraits reads them, of the cases that were read.
func (b *Builder) restoreTraits(r *decoder) {
	l := &b.log
	for i := range l.traits {
		t := &l.traits[i]
		if !r.bit() {
			*t = trait{}
			continue
		}
		n := r.count(1)
		for range n {
			if _, ok := t.place(r.text()); !ok {
				break
			}
		}
		if len(t.values) != n+1 {
			r.fail("a value of the trait at place %d stands twice, or they are too many", i)
		}
		if int64(len(l.cases))*2 > r.left {
			r.fail("%d cases have traits, and %d bytes are left for one", len(l.cases), r.left)
		}
		if r.err != nil {
			return
		}
		t.of = make([]uint16, len(l.cases))
		r.column(len(t.of), 2, func(c int, of []byte) {
			if t.of[c] = binary.LittleEndian.Uint16(of); int(t.of[c]) >= len(t.values) {
				r.fail("a case has the value %d of the trait at place %d, and there are %d", t.of[c], i, len(t.values))
			}
		})
	}
}
