// Package journey keeps an event log in columns and answers what analysts ask of journeys: which activity follows which, which variants,
// paths and funnels there are, and whose they are. It is pure: it knows no store, and its log is filled by a Builder.
package journey

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// MostActivities is how many activities a log may tell apart: further codes are Hidden, Start, End, Open and More.
const MostActivities = math.MaxUint16 - 4

// NoSequence is the place of an event that its source gave none: it comes last of those of one instant.
const NoSequence = math.MaxInt64

// An Event is something that took place in a case.
type Event struct {
	At       int64 // microseconds since 1970
	Sequence int64 // what is of one instant goes by this; NoSequence: it has none
	ID       string
	Activity uint16   // a place among the log's activities
	Persons  []string // whom it is about, as far as they are known; none: nobody
	Outcome  string   // what came of it; empty: nothing is known
	Felt
}

// A Case is a journey: of a customer, an account, a deal, a ticket or an order.
type Case struct {
	ID     string
	Events []Event  // in any order
	Closed bool     // nothing comes any more
	About  []string // the persons whom it is about itself, whomever its events are about
	Traits []string // what the Builder tells cases apart by, empty where that is not known; nil: nothing is
}

// A Log has cases, each with its events in order: by time, then by the source's sequence, then by id, and never by the activity's name.
// Nothing in it changes: With makes another, which shares what did not change.
type Log struct {
	activities []string
	known      int   // how many of them there are whatever events are; further ones were found in events
	Horizon    int64 // of the newest event of all; math.MinInt64: there is none

	cases  []span
	ids    []string
	traits []trait
	about  []uint32 // by case: whom it is about itself, as who has it. Nil: none is about anybody, or each is one person

	columns
	// sequences is how many different ones of activities are numbered; 0: they are not.
	sequences int
	live      []uint32    // by activity: how many events of cases have it. Nil: that is not known
	pairs     [][2]uint16 // of links, by their numbers: an activity, and the one behind it
	dead      []span      // where events stand that no case has any more
	order     *gapOrder   // of all logs whose columns begin alike
	moves     *moves      // of this log alone

	outcomes []string

	persons *persons
	personal
	nobody []uint32 // as many as the longest case has events, where it is not kept whom these are about
}

// personal reports whether each case is one person, and she has no other: then persons are counted as cases are.
type personal bool

// A span is where the events of a case stand.
type span struct {
	from    uint32
	n       uint32
	has     uint32 // bitOf its activities, and maybe of others
	variant uint32 // the number of its activities in their order
	closed  bool
}

// Most is how many events a log may have.
const Most = math.MaxUint32

// A Builder makes logs of the same activities, one after the other. It is not used side by side; the logs that it has made may be, meanwhile.
type Builder struct {
	log   Log
	found map[string]uint16 // activities, by their names
	came  map[string]uint32 // 1 + the places of outcomes
	// gone is how many events stand in the columns that no case has any more.
	gone    int
	linker  *linker // nil: there are too many pairs
	numbers *numbering
	at      *lookup // of the ids of cases
	// late: the log's horizon may be later than that of its cases, at all of which is to be looked then.
	late bool
	// shared: a log has the ids and the traits.
	shared bool
	// told: a log has the cases.
	told bool
}

// NewBuilder makes a Builder. Personal: each case is the one person whom all its events are about.
func NewBuilder(activities []string, isPersonal bool) (*Builder, error) {
	if len(activities) > MostActivities {
		return nil, fmt.Errorf("a log tells %d activities apart, not %d", MostActivities, len(activities))
	}
	found := make(map[string]uint16, len(activities))
	for i, name := range activities {
		found[name] = uint16(i)
	}
	return &Builder{found: found, came: map[string]uint32{}, linker: &linker{}, numbers: &numbering{}, at: newLookup(), log: Log{columns: columns{[]uint16{}, []uint16{}, []int64{}, nil, []bool{}, nil, nil, nil}, Horizon: math.MinInt64, activities: slices.Clip(activities), known: len(activities), live: make([]uint32, len(activities)),
		order: &gapOrder{}, personal: personal(isPersonal), persons: newPersons()}}, nil
}

// Activity is the one of a name, which is found now if it was not known.
func (b *Builder) Activity(name string) (uint16, error) {
	if code, known := b.found[name]; known {
		return code, nil
	}
	if len(b.log.activities) == MostActivities {
		return 0, fmt.Errorf("a log tells %d activities apart, and there are more", MostActivities)
	}
	code := uint16(len(b.log.activities))
	b.log.activities, b.log.live = append(b.log.activities, strings.Clone(name)), append(b.log.live, 0)
	b.found[b.log.activities[code]] = code
	return code, nil
}

// inOrderOf says which of two events of a case comes first.
func inOrderOf(a, b *Event) int {
	switch {
	case a.At != b.At:
		return cmp.Compare(a.At, b.At)
	case a.Sequence != b.Sequence:
		return cmp.Compare(a.Sequence, b.Sequence)
	}
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Activity, b.Activity))
}

// sorted checks the events of a case, and gives them in order.
func (l *Log) sorted(events []Event) ([]Event, error) {
	are := true // as most come
	for j := range events {
		e := &events[j]
		if int(e.Activity) >= len(l.activities) {
			return nil, fmt.Errorf("the event %s has the activity %d, and there are %d", e.ID, e.Activity, len(l.activities))
		}
		are = are && (j == 0 || inOrderOf(&events[j-1], e) <= 0)
	}
	if are {
		return events, nil
	}
	return slices.SortedFunc(slices.Values(events), func(a, b Event) int { return inOrderOf(&a, &b) }), nil
}

// Put adds a case, or has it in the place of the one with its id. One without events is there and has none.
func (b *Builder) Put(c Case) error {
	l := &b.log
	if len(l.codes)+len(c.Events) > Most {
		return fmt.Errorf("a log has at most %d events", int64(Most))
	}
	events, err := l.sorted(c.Events)
	if err != nil {
		return err
	}
	i, known := b.at.find(c.ID, l.ids)
	if !known {
		i = len(l.cases)
	}
	if err := b.characterize(i, c.Traits); err != nil {
		return err
	}
	b.concerns(i, c.About)
	if !known {
		l.ids, l.cases = append(l.ids, c.ID), append(l.cases, span{})
		b.at.add(l.ids)
	}
	if known {
		b.ownCases()
	}
	b.forget(l.cases[i])
	at := &l.cases[i]
	*at = span{from: uint32(len(l.codes)), n: uint32(len(events)), closed: c.Closed}
	if n := len(events); n > 0 && events[n-1].At >= l.Horizon {
		l.Horizon, b.late = events[n-1].At, false
	}
	l.extend(len(events))
	l.long(at)
	who := uint32(0)
	for j := range events {
		e, i := &events[j], int(at.from)+j
		l.codes[i], l.times[i] = e.Activity, e.At
		if !l.personal {
			if j == 0 || !slices.Equal(e.Persons, events[j-1].Persons) {
				who = l.persons.who(e.Persons)
			}
			if who != 0 || l.who != nil {
				l.concern(i, who)
			}
		}
		l.tied[i] = j > 0 && events[j-1].At == e.At && events[j-1].Sequence == e.Sequence
		if e.Felt != 0 || l.felt != nil {
			l.feel(i, e.Felt)
		}
		if e.Outcome != "" || l.came != nil {
			l.come(i, b.outcome(e.Outcome))
		}
	}
	b.link(at)
	return nil
}

// long makes room for a case where it is not kept whom events are about.
func (l *Log) long(s *span) {
	if n := int(s.n); l.who == nil && n > len(l.nobody) {
		l.nobody = make([]uint32, max(n, 2*len(l.nobody)))
	}
}

// whoOf is whom an event is about; of a personal log nobody.
func (l *Log) whoOf(i uint32) uint32 {
	if l.who == nil {
		return 0
	}
	return l.who[i]
}

// whom are those whom the events of a case are about: of a personal log nobody, since persons are counted as cases are.
func (l *Log) whom(s *span) []uint32 {
	if l.who == nil {
		return l.nobody[:s.n]
	}
	return l.who[s.from : s.from+s.n]
}

// forget says that no case has the events of a span any more.
func (b *Builder) forget(s span) {
	if s.n == 0 {
		return
	}
	b.gone += int(s.n)
	b.log.dead = append(b.log.dead, s)
	for _, code := range b.log.codes[s.from : s.from+s.n] {
		b.log.live[code]--
	}
	if b.log.times[s.from+s.n-1] == b.log.Horizon {
		b.late = true // it may have been the only one
	}
}

// Remove takes a case out.
func (b *Builder) Remove(id string) {
	l := &b.log
	i, known := b.at.find(id, l.ids)
	if !known {
		return
	}
	b.forget(l.cases[i])
	b.own()
	b.ownCases()
	b.at.remove(id, l.ids)
	last := len(l.cases) - 1
	l.cases[i], l.ids[i] = l.cases[last], l.ids[last]
	l.cases, l.ids = l.cases[:last], l.ids[:last]
	if l.about != nil {
		l.about[i] = l.about[last]
		l.about = l.about[:last]
	}
	for j := range l.traits {
		if t := &l.traits[j]; t.of != nil {
			t.of[i] = t.of[last]
			t.of = t.of[:last]
		}
	}
}

// Log is what was put so far. It stays as it is, whatever is put later.
func (b *Builder) Log() *Log {
	if b.gone > 1024 && b.gone > len(b.log.codes)/4 {
		b.compact()
	}
	if b.late {
		b.log.Horizon, b.late = math.MinInt64, false
		for _, s := range b.log.cases {
			if s.n > 0 {
				b.log.Horizon = max(b.log.Horizon, b.log.times[s.from+s.n-1])
			}
		}
	}
	out := b.log
	out.cases, out.live, out.ids = slices.Clip(b.log.cases), slices.Clone(b.log.live), slices.Clip(b.log.ids)
	out.traits, out.about = shared(b.log.traits), slices.Clip(b.log.about)
	out.moves, out.sequences = &moves{}, len(b.numbers.of)
	b.shared, b.told = true, true
	out.persons = &persons{of: slices.Clip(b.log.persons.of), most: b.log.persons.most}
	return &out
}

// ownCases has where events stand be the Builder's own, so that what logs have stays as it is. What comes behind that is in none of them.
func (b *Builder) ownCases() {
	if b.told {
		b.log.cases, b.told = slices.Clone(b.log.cases), false
	}
}

// Cases is how many cases there are, with or without events.
func (l *Log) Cases() int { return len(l.cases) }

// ID is that of a case.
func (l *Log) ID(c int) string { return l.ids[c] }

// Activities are the names of the activities.
func (l *Log) Activities() []string { return l.activities }

// CasesWith are the ids of the cases that have an event of some kinds.
func (b *Builder) CasesWith(some func(kind string) bool) map[string]bool {
	out, l := map[string]bool{}, &b.log
	of := make([]bool, len(l.activities))
	for i, name := range l.activities {
		kind, _, _ := strings.Cut(name, between)
		of[i] = some(kind)
	}
	if !slices.Contains(of, true) {
		return out
	}
	for i, s := range l.cases {
		if slices.ContainsFunc(l.codes[s.from:s.from+s.n], func(code uint16) bool { return of[code] }) {
			out[l.ids[i]] = true
		}
	}
	return out
}

// CasesOf are the ids of the cases that are about one of some persons, or have an event which is.
func (b *Builder) CasesOf(persons map[string]bool) map[string]bool {
	out, l := map[string]bool{}, &b.log
	if l.personal {
		return out // each is her own case
	}
	of := map[uint32]bool{}
	for name := range persons {
		if place, known := l.persons.at.find(name, l.persons.names); known {
			of[uint32(place+1)] = true
		}
	}
	if len(of) == 0 {
		return out
	}
	for i, s := range l.cases {
		is := func(p uint32) {
			if of[p] {
				out[l.ids[i]] = true
			}
		}
		if l.about != nil {
			l.persons.each(l.about[i], is)
		}
		for _, who := range l.whom(&s) {
			l.persons.each(who, is)
		}
	}
	return out
}
