package journey

import (
	"fmt"
	"math"
	"slices"
)

// Repeats says what becomes of an activity that comes again in a case.
type Repeats uint8

// The ways.
const (
	Keep     Repeats = iota // all of them stay
	Cut                     // of each activity the first alone stays
	Collapse                // of those that follow each other the first alone stays
)

// A Definition says which events of which cases are looked at, and what they are called. It holds for all that is asked of a View.
type Definition struct {
	// Names are the activities that are told apart, and Named has, for each activity of the log, which of them it is; Hidden: none, and
	// its events are not looked at: those before and behind it are neighbours then.
	Names   []string
	Named   []uint16
	Repeats Repeats
	// Cases chooses the population, by the places of cases; nil: all. Its cases keep all their events. It is asked about each case once, when a view is made.
	Cases func(c int) bool
	// Having is the population, where it is known which cases it has; nil: Cases says it.
	Having *Having
	// From and To bound when a case begins, by its first event that is looked at, and of a funnel when it is entered: From is inclusive, To
	// is not; nil: no bound.
	From, To *int64
	// Idle is after how long without an event, before the horizon, a case is taken for closed; 0: never.
	Idle int64
}

// Hidden stands in Definition.Named for no activity.
const Hidden = math.MaxUint16

// A View is a log as a definition has it. It may be used side by side.
type View struct {
	log *Log
	def Definition
	raw bool   // all events are looked at, as they are called in the log
	in  choice // the population, as far as the case filter says which it is
	// entire: all events are looked at. linked: and the log has links. distinct: no two of their activities are called the same, either.
	entire, linked, distinct bool
}

// View checks a definition.
func (l *Log) View(d Definition) (*View, error) {
	if len(d.Names) > MostActivities {
		return nil, fmt.Errorf("at most %d activities are told apart, not %d", MostActivities, len(d.Names))
	}
	if len(d.Named) != len(l.activities) {
		return nil, fmt.Errorf("the definition names %d activities, and the log has %d", len(d.Named), len(l.activities))
	}
	raw := d.Repeats == Keep && len(d.Names) == len(l.activities)
	for i, n := range d.Named {
		if n != Hidden && int(n) >= len(d.Names) {
			return nil, fmt.Errorf("the activity %s is called by the name %d, and there are %d", l.activities[i], n, len(d.Names))
		}
		raw = raw && int(n) == i
	}
	if d.From != nil && d.To != nil && *d.From >= *d.To {
		return nil, fmt.Errorf("the period ends before it begins")
	}
	v := &View{log: l, def: d, raw: raw, in: d.population(len(l.cases))}
	entire, distinct := l.looked(&d)
	v.entire, v.linked, v.distinct = entire, entire && l.links != nil, distinct
	return v, nil
}

// population is that of n cases.
func (d *Definition) population(n int) choice {
	if d.Having != nil {
		return d.Having.of
	}
	return choose(n, d.Cases)
}

// chosen is the view of other cases.
func (v *View) chosen(is func(c int) bool) *View {
	out := *v
	out.in = choose(len(v.log.cases), is)
	return &out
}

// looked reports whether a definition looks at all events, and whether it calls no two activities of events the same.
func (l *Log) looked(d *Definition) (entire, distinct bool) {
	if d.Repeats != Keep {
		return false, false
	}
	distinct = true
	called := make([]bool, len(d.Names))
	for code, name := range d.Named {
		if l.live != nil && l.live[code] == 0 {
			continue
		}
		if name == Hidden {
			return false, false
		}
		distinct = distinct && !called[name]
		called[name] = true
	}
	return true, distinct
}

// As the log is called: a Definition that changes nothing.
func (l *Log) As() Definition {
	d := Definition{Names: l.activities, Named: make([]uint16, len(l.activities))}
	for i := range d.Named {
		d.Named[i] = uint16(i)
	}
	return d
}

// start, end, open and more are the codes behind those of the activities: before the first event of a case, behind the last one of a case
// that is closed, and of one that is not, and for events that a path has no room for.
func (v *View) start() uint16 { return uint16(len(v.def.Names)) }
func (v *View) end() uint16   { return v.start() + 1 }
func (v *View) open() uint16  { return v.start() + 2 }
func (v *View) more() uint16  { return v.start() + 3 }

// Names of what stands before the first event and behind the last one.
const (
	Start = "<start>"
	End   = "<end>"
	Open  = "<open>"
	// More stands for events between others that a path has no room for.
	More = "…"
)

func (v *View) name(code uint16) string {
	switch code {
	case v.start():
		return Start
	case v.end():
		return End
	case v.open():
		return Open
	case v.more():
		return More
	}
	return v.def.Names[code]
}

func (v *View) names(codes []uint16) []string {
	return mapped(codes, v.name)
}

// code is that of a name; not ok: nothing is called so.
func (v *View) code(name string) (uint16, bool) {
	switch name {
	case Start:
		return v.start(), true
	case End:
		return v.end(), true
	case Open:
		return v.open(), true
	case More:
		return v.more(), true
	}
	i := slices.Index(v.def.Names, name)
	return uint16(i), i >= 0
}

// set is a table of which activities are meant.
func (v *View) set(what string, names []string) ([]bool, error) {
	out := make([]bool, len(v.def.Names))
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: at least one activity is to be named", what)
	}
	for _, name := range names {
		i := slices.Index(v.def.Names, name)
		if i < 0 {
			return nil, fmt.Errorf("%s: %w", what, v.unknown(name))
		}
		out[i] = true
	}
	return out, nil
}

// inLog is a table of which activities of the log are meant, where all events are looked at; else it stays that of the definition's.
func (v *View) inLog(set []bool) []bool {
	if !v.entire {
		return set
	}
	out := make([]bool, len(v.def.Named))
	for code, name := range v.def.Named {
		out[code] = name != Hidden && set[name]
	}
	return out
}

// A sequence are the events of a case that are looked at, in order.
type sequence struct {
	c      int // the case
	closed bool
	in     bool // the case filter's
	has    need // what its activities stand for
	codes  []uint16
	times  []int64
	who    []uint32
	tied   []bool // with the one before it among these
	at     []int  // where they stand among all events of the case; nil: these are all
}

// ends is the code of what stands behind the last event.
func (v *View) ends(s *sequence) uint16 {
	if s.closed {
		return v.end()
	}
	return v.open()
}

// sequences visits all cases with an event that is looked at, those that the case filter leaves out, too. What it gives is good until the next one.
func (v *View) sequences(visit func(*sequence)) { v.walk(nil, false, visit, nil) }

// walk is sequences of some cases, but for those that lack what is needed. inLog: all events are looked at, and activities are those of the log, however they
// are called.
func (v *View) walk(of choice, inLog bool, visit func(*sequence), needs []need) {
	of = v.log.having(of, needs)
	if v.raw || inLog {
		v.asTheyAre(of, visit)
		return
	}
	var s sequence
	var codes []uint16
	var times []int64
	var who []uint32
	var tied []bool
	var places []int
	seen := make([]int, len(v.def.Names)) // 1 + the case in which an activity was last seen
	for c, n := of.next(0, len(v.log.cases)), len(v.log.cases); c < n; c = of.next(c+1, n) {
		at := &v.log.cases[c]
		from, to := at.from, at.from+at.n
		s = sequence{c: c, has: need(at.has), codes: v.log.codes[from:to], times: v.log.times[from:to], who: v.log.whom(at), tied: v.log.tied[from:to]}
		if codes = v.called(codes[:0], s.codes); v.def.Repeats == Keep && len(codes) == len(s.codes) {
			s.codes = codes
		} else {
			codes, times, who, tied, places = codes[:0], times[:0], who[:0], tied[:0], places[:0]
			between := true // all that was left out since the last event is tied with it
			for i, code := range s.codes {
				between = between && s.tied[i]
				n := v.def.Named[code]
				again := n != Hidden && (v.def.Repeats == Collapse && len(codes) > 0 && codes[len(codes)-1] == n || v.def.Repeats == Cut && seen[n] == c+1)
				if n == Hidden || again {
					continue
				}
				seen[n] = c + 1
				codes, times, who, tied = append(codes, n), append(times, s.times[i]), append(who, s.who[i]), append(tied, between && len(codes) > 0)
				places = append(places, i)
				between = true
			}
			if len(codes) == 0 {
				continue
			}
			s.codes, s.times, s.who, s.tied, s.at = codes, times, who, tied, places
		}
		s.closed = at.closed || v.def.Idle > 0 && v.log.Horizon-s.times[len(s.times)-1] > v.def.Idle
		s.in = v.in.has(c)
		visit(&s)
	}
}

// asTheyAre visits some cases, which have events, with all of these, as they are called in the log.
func (v *View) asTheyAre(of choice, visit func(*sequence)) {
	l, idle := v.log, v.def.Idle
	codes, times, tied := l.codes, l.times, l.tied
	var s sequence
	for c, n := of.next(0, len(l.cases)), len(l.cases); c < n; c = of.next(c+1, n) {
		at := &l.cases[c]
		from, to := at.from, at.from+at.n
		s.c, s.in, s.has, s.codes, s.times, s.who, s.tied = c, v.in.has(c), need(at.has), codes[from:to], times[from:to], l.whom(at), tied[from:to]
		s.closed = at.closed || idle > 0 && l.Horizon-times[to-1] > idle
		visit(&s)
	}
}

// called appends what the activities of events are called, up to one that is not looked at.
func (v *View) called(to, codes []uint16) []uint16 {
	named := v.def.Named
	for _, code := range codes {
		n := named[code]
		if n == Hidden {
			break
		}
		to = append(to, n)
	}
	return to
}

// within reports whether an instant is in the period.
func (d *Definition) within(at int64) bool {
	return (d.From == nil || at >= *d.From) && (d.To == nil || at < *d.To)
}

// population visits the cases that the case filter and the period leave, but for those that lack what is needed.
func (v *View) population(visit func(*sequence), needs ...need) {
	if v.def.From == nil && v.def.To == nil {
		v.walk(v.in, false, visit, needs)
		return
	}
	v.walk(v.in, false, func(s *sequence) {
		if v.def.within(s.times[0]) {
			visit(s)
		}
	}, needs)
}

// A Tally says how many cases and persons stand behind a number. Persons that are not known are not counted.
type Tally struct{ Cases, Persons int }

// A tally counts them: cases come one after the other, so that each is counted once.
type tally struct {
	last    int // 1 + the case that was counted last
	cases   int
	persons map[uint32]struct{} // nil: as many as cases
	newest  uint32              // who was counted last, as most are once more at once
	of      *persons
}

func (v *View) tally() tally {
	if v.log.personal {
		return tally{}
	}
	return tally{persons: map[uint32]struct{}{}, of: v.log.persons}
}

func (t *tally) add(c int, who ...uint32) {
	if t.last != c+1 {
		t.last = c + 1
		t.cases++
	}
	if t.persons == nil {
		return
	}
	for _, w := range who {
		if w != t.newest {
			t.newest = w
			t.of.each(w, func(p uint32) { t.persons[p] = struct{}{} })
		}
	}
}

func (t *tally) told() Tally { return Tally{t.cases, t.behind()} }

// behind is how many persons stand behind it.
func (t *tally) behind() int {
	if t.persons == nil {
		return t.cases
	}
	return len(t.persons)
}
