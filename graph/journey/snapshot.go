package journey

import (
	"bufio"
	"encoding/binary"
	"io"
	"slices"
	"strings"
)

// A Snapshot is what a Builder has at a time, to be kept outside memory. It has nothing of events that are in no case any more: neither
// persons nor activities that stand in these alone. It may be written while the Builder is used.
type Snapshot struct {
	log   *Log
	names []string // of persons, in their order
}

// Snapshot is that of now.
func (b *Builder) Snapshot() *Snapshot {
	return &Snapshot{b.Log(), slices.Clip(b.log.persons.names)}
}

// Cases is how many cases it has.
func (s *Snapshot) Cases() int { return s.log.Cases() }

// Bytes are about how many a Builder holds that has restored it, and no fewer.
func (s *Snapshot) Bytes() int64 {
	l, events := s.log, 0
	for _, c := range l.cases {
		events += int(c.n)
	}
	more := 0
	if l.who != nil {
		more += 2 * events
	}
	if l.felt != nil {
		more += 2 * events
	}
	if len(l.outcomes) > 0 {
		more += events
	}
	if l.above != nil {
		more += events
	}
	places := placesFor(len(l.ids)) + placesFor(len(s.names)) + placesFor(l.sequences)
	return l.bytes(events, more, len(l.cases), len(s.names), len(l.persons.of), l.sequences, places)
}

// Write writes it, numbers as varints or little-endian: the activities that were found in events, outcomes, persons, sets of them, cases, their traits, and the
// columns of their events, one behind the other.
func (s *Snapshot) Write(to io.Writer) error {
	w := &encoder{to: to}
	l := s.log
	activities := newPlaces(len(l.activities), l.known)
	single, sets, outcomes := newPlaces(len(s.names), 0), newPlaces(len(l.persons.of), 0), newPlaces(len(l.outcomes), 0)
	events := 0
	needs := func(who uint32) {
		if who&several != 0 {
			sets.need(int(who &^ several))
		}
		l.persons.each(who, func(p uint32) { single.need(int(p) - 1) })
	}
	for _, who := range l.about {
		needs(who)
	}
	for _, c := range l.cases {
		events += int(c.n)
		for i := c.from; i < c.from+c.n; i++ {
			activities.need(int(l.codes[i]))
			if came := l.outcomeOf(i); came != 0 {
				outcomes.need(int(came) - 1)
			}
			needs(l.whoOf(i))
		}
	}
	w.count(activities.number() - l.known)
	activities.each(func(i int) {
		if i >= l.known {
			w.text(l.activities[i])
		}
	})
	w.count(outcomes.number())
	outcomes.each(func(i int) { w.text(l.outcomes[i]) })
	w.count(single.number())
	single.each(func(i int) { w.text(s.names[i]) })
	w.count(sets.number())
	sets.each(func(i int) {
		w.count(len(l.persons.of[i]))
		for _, p := range l.persons.of[i] {
			w.count(single.at(int(p) - 1))
		}
	})
	whoIs := func(who uint32) uint32 { // as it is written
		switch {
		case who&several != 0:
			return several | uint32(sets.at(int(who&^several)))
		case who != 0:
			return uint32(single.at(int(who)-1)) + 1
		}
		return 0
	}
	w.count(len(l.cases))
	for i, c := range l.cases {
		w.text(l.ids[i])
		w.count(int(c.n))
		w.bit(c.closed)
		if l.about == nil {
			w.count(0)
		} else {
			w.count(int(whoIs(l.about[i])))
		}
	}
	s.characterizes(w)
	w.count(events)
	s.column(w, func(i uint32) {
		w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(activities.at(int(l.codes[i]))))
	})
	s.column(w, func(i uint32) { w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(l.times[i])) })
	s.column(w, func(i uint32) {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, whoIs(l.whoOf(i)))
	})
	s.column(w, func(i uint32) { w.bit(l.tied[i]) })
	s.column(w, func(i uint32) { w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(l.feltOf(i))) })
	s.column(w, func(i uint32) {
		came := l.outcomeOf(i)
		if came != 0 {
			came = uint32(outcomes.at(int(came)-1)) + 1
		}
		w.buf = binary.LittleEndian.AppendUint32(w.buf, came)
	})
	w.flush()
	return w.err
}

// column writes something of each event, case by case.
func (s *Snapshot) column(w *encoder, write func(i uint32)) {
	for _, c := range s.log.cases {
		for i := c.from; i < c.from+c.n; i++ {
			write(i)
		}
		w.room()
	}
}

// Restore has a Builder in which nothing was put take what a Snapshot has written: so many bytes, of a Builder of the same activities. After an
// error the Builder is of no use.
func (b *Builder) Restore(from io.Reader, size int64) error {
	r := &decoder{from: bufio.NewReaderSize(from, chunk), left: size}
	b.restore(r)
	if r.err == nil && r.left > 0 {
		r.fail("%d bytes are left behind the end", r.left)
	}
	return r.err
}

func (b *Builder) restore(r *decoder) {
	l := &b.log
	for range r.count(1) {
		if _, err := b.Activity(r.text()); err != nil {
			r.fail("%w", err)
			return
		}
	}
	for range r.count(1) {
		b.outcome(r.text())
	}
	names := make([]string, r.count(1))
	for i := range names {
		names[i] = r.text()
		l.persons.one(names[i])
	}
	for range r.count(1) {
		b.restoreSet(r, names)
	}
	if len(l.persons.names) != len(names) || len(l.persons.sets) != len(l.persons.of) {
		r.fail("a person, or a set of them, stands twice among these")
	}
	sets := len(l.persons.of)
	if l.personal { // one that was written before these were left out may have some
		l.persons = newPersons()
	}
	events := b.restoreCases(r, len(names), sets)
	b.restoreTraits(r)
	if n := r.count(1); n != events || int64(n)*bytesOfEvent != r.left {
		r.fail("%d events are told, cases have %d, and %d bytes are left for them", n, events, r.left)
	}
	if r.err != nil {
		return
	}
	b.restoreEvents(r, events, len(names), sets)
}

// bytesOfEvent are those of its columns.
const bytesOfEvent = 2 + 8 + 4 + 1 + 4 + 4

// restoreSet reads a set of persons.
func (b *Builder) restoreSet(r *decoder, names []string) {
	p := b.log.persons
	set, called := make([]uint32, r.count(1)), []string{}
	if len(set) < 2 {
		r.fail("a set has two persons or more, not %d", len(set))
		return
	}
	for i := range set {
		n := r.count(0)
		if n >= len(names) {
			r.fail("a set has the person %d, and there are %d", n, len(names))
			return
		}
		set[i], called = uint32(n+1), append(called, names[n])
	}
	p.sets[strings.Join(called, "\x00")] = several | uint32(len(p.of))
	p.of = append(p.of, set)
}

// restoreCases reads cases without their events, and tells how many these are.
func (b *Builder) restoreCases(r *decoder, persons, sets int) (events int) {
	l := &b.log
	n := r.count(4)
	l.cases, l.ids = make([]span, 0, n), make([]string, 0, n)
	for range n {
		id, has, closed, about := r.text(), r.count(0), r.bit(), uint32(r.count(0))
		r.isThere(about, persons, sets)
		if has > Most-events {
			r.fail("a log has at most %d events", int64(Most))
		}
		if r.err != nil {
			return 0
		}
		if place, twice := b.at.find(id, l.ids); twice {
			r.fail("the case at place %d stands twice among cases: at place %d, too", len(l.ids), place) // an id may be a person's
			return 0
		}
		l.ids, l.cases = append(l.ids, id), append(l.cases, span{from: uint32(events), n: uint32(has), closed: closed})
		l.aboutNext(about)
		b.at.add(l.ids)
		events += has
	}
	return events
}

// isThere fails where a person is told, or a set of them, that there is not.
func (r *decoder) isThere(who uint32, persons, sets int) {
	if who&several != 0 && int(who&^several) >= sets || who&several == 0 && int(who) > persons {
		r.fail("something is about the person %d, and there are %d, and %d sets of them", who, persons, sets)
	}
}

// aboutNext keeps whom a case is about that comes behind the others.
func (l *Log) aboutNext(who uint32) {
	switch {
	case bool(l.personal) || who == 0 && l.about == nil:
		return
	case l.about == nil:
		l.about = make([]uint32, len(l.ids)-1, cap(l.ids))
	}
	l.about = append(l.about, who)
}

func (b *Builder) restoreEvents(r *decoder, n, persons, sets int) {
	l := &b.log
	l.codes, l.times, l.tied = make([]uint16, n), make([]int64, n), make([]bool, n)
	if persons > 0 && !bool(l.personal) {
		l.who = make([]uint32, n)
	}
	if len(l.outcomes) > 0 {
		l.came = make([]uint16, n)
	}
	r.column(n, 2, func(i int, of []byte) {
		if l.codes[i] = binary.LittleEndian.Uint16(of); int(l.codes[i]) >= len(l.activities) {
			r.fail("an event has the activity %d, and there are %d", l.codes[i], len(l.activities))
		}
	})
	r.column(n, 8, func(i int, of []byte) { l.times[i] = int64(binary.LittleEndian.Uint64(of)) })
	r.column(n, 4, func(i int, of []byte) {
		who := binary.LittleEndian.Uint32(of)
		if l.who != nil {
			l.who[i] = who
		}
		r.isThere(who, persons, sets)
	})
	r.column(n, 1, func(i int, of []byte) { l.tied[i] = of[0] == 1 })
	r.column(n, 4, func(i int, of []byte) {
		felt := Felt(binary.LittleEndian.Uint32(of))
		if felt != 0 && l.felt == nil {
			l.felt = make([]Felt, n)
		}
		if felt != 0 {
			l.felt[i] = felt
		}
	})
	r.column(n, 4, func(i int, of []byte) {
		came := binary.LittleEndian.Uint32(of)
		if int(came) > len(l.outcomes) {
			r.fail("an event has the outcome %d, and there are %d", came, len(l.outcomes))
		} else if came > 0 {
			l.come(i, came)
		}
	})
	if r.err != nil {
		return
	}
	l.links = make([]uint16, n)
	for i := range l.cases {
		c := &l.cases[i]
		b.link(c)
		l.long(c)
		times := l.times[c.from : c.from+c.n]
		if !slices.IsSorted(times) {
			r.fail("the events of the case at place %d are not in order", i)
		}
		if c.n > 0 {
			l.Horizon = max(l.Horizon, times[c.n-1])
		}
	}
}
