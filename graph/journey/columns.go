package journey

import "slices"

// columns have a place for each event.
type columns struct {
	codes []uint16
	links []uint16 // nil: there are too many pairs
	times []int64
	who   []uint32 // one person, or a set of several; 0: nobody. Nil: none is about anybody, or each case is one person
	tied  []bool   // neither time nor sequence put it behind the event before it
	felt  []Felt   // nil: no event says anything
	came  []uint16 // 1 + the place of what came of it among outcomes; 0: nothing is known. Nil: of none
	above []uint16 // what of that place is beyond 16 bits. Nil: nothing, as where there are few
}

// roomFor is of how many events columns that are written anew have room for one more.
const roomFor = 8

// room has columns take so many events more without moving what is there.
func (c *columns) room(n int) {
	if len(c.codes)+n <= cap(c.codes) {
		return
	}
	*c = c.first(len(c.codes), len(c.codes)+max(n, len(c.codes)/roomFor, 64))
}

// first are columns of their own with the first n events, and room for so many.
func (c *columns) first(n, room int) columns {
	return columns{first(c.codes, n, room), first(c.links, n, room), first(c.times, n, room), first(c.who, n, room), first(c.tied, n, room), first(c.felt, n, room), first(c.came, n, room), first(c.above, n, room)}
}

// first are the first n of a column; nil stays nil.
func first[T any](of []T, n, room int) []T {
	if of == nil {
		return nil
	}
	return append(make([]T, 0, room), of[:n]...)
}

// extend adds so many events, of which nothing is told yet.
func (c *columns) extend(n int) {
	c.room(n)
	n += len(c.codes)
	c.codes, c.times, c.tied = c.codes[:n], c.times[:n], c.tied[:n]
	c.who, c.links, c.felt, c.came = c.who[:min(n, cap(c.who))], c.links[:min(n, cap(c.links))], c.felt[:min(n, cap(c.felt))], c.came[:min(n, cap(c.came))]
	c.above = c.above[:min(n, cap(c.above))]
}

// concern keeps whom an event is about.
func (c *columns) concern(i int, who uint32) {
	if c.who == nil {
		c.who = make([]uint32, len(c.codes), cap(c.codes))
	}
	c.who[i] = who
}

// feel keeps what an event says.
func (c *columns) feel(i int, f Felt) {
	if c.felt == nil {
		c.felt = make([]Felt, len(c.codes), cap(c.codes))
	}
	c.felt[i] = f
}

// come keeps what came of an event.
func (c *columns) come(i int, came uint32) {
	if c.came == nil {
		c.came = make([]uint16, len(c.codes), cap(c.codes))
	}
	if came>>16 > 0 && c.above == nil {
		c.above = make([]uint16, len(c.codes), cap(c.codes))
	}
	if c.came[i] = uint16(came); c.above != nil {
		c.above[i] = uint16(came >> 16)
	}
}

// add takes in events of others.
func (c *columns) add(o *columns, from, to uint32) {
	c.codes, c.times = append(c.codes, o.codes[from:to]...), append(c.times, o.times[from:to]...)
	c.tied = append(c.tied, o.tied[from:to]...)
	c.who, c.links, c.felt, c.came = part(c.who, o.who, from, to), part(c.links, o.links, from, to), part(c.felt, o.felt, from, to), part(c.came, o.came, from, to)
	c.above = part(c.above, o.above, from, to)
}

// part appends a part of a column; nil stays nil.
func part[T any](to, of []T, from, behind uint32) []T {
	if of == nil {
		return nil
	}
	return append(to, of[from:behind]...)
}

// Compact gives back what events take that no case has any more. Not: there are none.
func (b *Builder) Compact() bool {
	if b.gone == 0 {
		return false
	}
	b.compact()
	return true
}

// compact writes the columns anew, without what no case has, and with as much room as they get when they have none left. Logs of before keep theirs.
func (b *Builder) compact() {
	b.ownCases()
	l := &b.log
	n := len(l.codes) - b.gone
	out := l.first(0, n+n/roomFor)
	from, to := uint32(0), uint32(0) // what stands one behind the other is taken together
	for i := range l.cases {
		s := &l.cases[i]
		if s.from != to {
			out.add(&l.columns, from, to)
			from, to = s.from, s.from
		}
		to += s.n
		s.from = uint32(len(out.codes)) + s.from - from
	}
	out.add(&l.columns, from, to)
	l.columns, l.dead, l.order, b.gone = out, nil, &gapOrder{}, 0
	b.numbers = b.numbers.anew(l.cases)
	if l.persons.most = 0; l.who != nil {
		l.forgetNobody()
	}
	l.persons.seen(l.about)
	b.fit()
}

// forgetNobody has columns not say whom events are about where they are about nobody any more.
func (l *Log) forgetNobody() {
	if l.persons.seen(l.who); l.persons.most > 0 {
		return
	}
	l.who = nil
	for i := range l.cases {
		l.long(&l.cases[i])
	}
}

// fit gives back what lists of cases take that have become short. Logs of before keep the ids that they have.
func (b *Builder) fit() {
	l := &b.log
	if cap(l.cases) > 2*len(l.cases) {
		l.cases, b.told = slices.Clone(l.cases), false
	}
	if cap(l.ids) > 2*len(l.ids) {
		b.shared = true
		b.own()
	}
	b.at.shrink(l.ids)
}

// Bytes are about how many a Builder holds: columns, the order of gaps, cases with their ids, sequences of activities, and persons.
func (b *Builder) Bytes() int64 {
	l := &b.log
	places := len(b.at.table) + len(l.persons.at.table) + len(b.numbers.table)
	return l.bytes(cap(l.codes), 2*cap(l.who)+2*cap(l.felt)+cap(l.came)+cap(l.above), cap(l.cases), len(l.persons.names), len(l.persons.sets), len(b.numbers.of), places)
}

// bytes are those of a log that has room for so many events and, in two bytes each, for so much more of them, and for so many cases, and that has so many
// persons, sets of them, sequences of activities, and places in the tables by which these are found.
func (l *Log) bytes(events, more, cases, persons, sets, sequences, places int) int64 {
	return int64(events)*21 + int64(more)*2 + int64(cases)*20 + int64(cap(l.ids))*16 + int64(len(l.ids))*54 + int64(persons)*50 + int64(sets)*160 + int64(sequences)*24 + int64(places)*4 + int64(len(l.activities)+len(l.outcomes))*120 + l.bytesOfTraits()
}
