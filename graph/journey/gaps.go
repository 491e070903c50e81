package journey

import (
	"cmp"
	"slices"
	"sort"
	"sync"
)

// How long after each other two activities take place is asked of all cases most often. So the events of a log are put in order of that once, pair by
// pair, and a quantile of all is where it stands then. What changed since is few, and looked at beside it.

// A gapOrder is that order, for the logs of a Builder whose columns begin alike. It is made when somebody asks.
type gapOrder struct {
	mu sync.Mutex
	of *gaps
}

// gaps are the places of events in the columns: by the numbers of pairs, and of each in order of the time since the event before.
type gaps struct {
	at     []uint32
	of     []uint32 // of each event, where it stands there; behind all of them, where it is the first of its case, or of none
	first  []uint32 // where each pair begins, and behind them the number of all
	events uint32   // how many the columns had
	dead   int      // how many spans no case had any more
}

// mostChanged is which part of the events may have changed since they were put in order: one of so many. Of more, to look at what changed takes as long as to
// look at all.
const mostChanged = 32

// gaps are those of the log, or of one before it; nil: of one behind it, whose columns may tell of more.
func (l *Log) gaps() *gaps {
	o := l.order
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil || l.changed(o.of) > len(l.codes)/mostChanged {
		o.of = l.inOrder()
	}
	if int(o.of.events) > len(l.codes) || o.of.dead > len(l.dead) {
		return nil
	}
	return o.of
}

// changed is about how many events came or went since.
func (l *Log) changed(g *gaps) (n int) {
	for _, s := range l.dead[min(g.dead, len(l.dead)):] {
		n += int(s.n)
	}
	return n + len(l.codes) - int(g.events)
}

// gap is how long an event took place after the one before it.
func (l *Log) gap(i uint32) int64 { return l.times[i] - l.times[i-1] }

// inOrder puts the events of a log in order.
func (l *Log) inOrder() *gaps {
	g := &gaps{first: make([]uint32, len(l.pairs)+1), events: uint32(len(l.codes)), dead: len(l.dead)}
	each := func(visit func(i uint32)) {
		for _, s := range l.cases {
			for i := s.from + 1; i < s.from+s.n; i++ {
				visit(i)
			}
		}
	}
	each(func(i uint32) { g.first[l.links[i]>>pairShift+1]++ })
	for pair := range l.pairs {
		g.first[pair+1] += g.first[pair]
	}
	next := slices.Clone(g.first)
	g.at = make([]uint32, g.first[len(l.pairs)])
	each(func(i uint32) {
		pair := l.links[i] >> pairShift
		g.at[next[pair]] = i
		next[pair]++
	})
	g.of = make([]uint32, len(l.codes))
	for i := range g.of {
		g.of[i] = uint32(len(g.at))
	}
	var some, spare []timed // of one pair at a time
	for pair := range l.pairs {
		at := g.at[g.first[pair]:g.first[pair+1]]
		some = some[:0]
		for _, i := range at {
			some = append(some, timed{l.gap(i), i})
		}
		spare = slices.Grow(spare[:0], len(at))[:len(at)]
		for i, t := range byGap(some, spare) {
			at[i], g.of[t.at] = t.at, g.first[pair]+uint32(i)
		}
	}
	return g
}

// A timed is an event and how long, from 0 on, it took place after the one before it.
type timed struct {
	gap int64
	at  uint32
}

// leastDigits is how many gaps are at least put in order by their digits.
const leastDigits = 512

// byGap puts some in order, there or in what is spare: by digits from the last to the first (radix sort), or by comparing where they are few.
func byGap(some, spare []timed) []timed {
	if len(some) < leastDigits {
		slices.SortFunc(some, func(a, b timed) int { return cmp.Compare(a.gap, b.gap) })
		return some
	}
	const digit = 11
	bits := int64(0)
	for _, t := range some {
		bits |= t.gap
	}
	for shift := 0; bits>>shift > 0; shift += digit {
		var next [1 << digit]uint32
		for _, t := range some {
			next[t.gap>>shift&(1<<digit-1)]++
		}
		sum := uint32(0)
		for d, n := range next {
			next[d] = sum
			sum += n
		}
		for _, t := range some {
			d := t.gap >> shift & (1<<digit - 1)
			spare[next[d]] = t
			next[d]++
		}
		some, spare = spare, some
	}
	return some
}

// A moved is a gap of a pair that went since events were put in order, or that came.
type moved struct {
	pair uint16
	gap  int64
}

// moves are the gaps of a log that went and that came since an order was made, pair by pair and in order. They are looked for when somebody asks.
type moves struct {
	mu         sync.Mutex
	since      *gaps
	gone, came []moved
}

// changes are those since.
func (l *Log) changes(g *gaps) (gone, came []moved) {
	m := l.moves
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.since != g {
		m.gone, m.came = l.changesSince(g)
		m.since = g
	}
	return m.gone, m.came
}

func (l *Log) changesSince(g *gaps) (gone, came []moved) {
	for _, s := range l.dead[g.dead:] {
		if s.from < g.events { // else it came since, too
			gone = l.moved(gone, s.from, s.from+s.n)
		}
	}
	for _, s := range l.cases {
		if s.from >= g.events {
			came = l.moved(came, s.from, s.from+s.n)
		}
	}
	sortMoved(gone)
	sortMoved(came)
	return gone, came
}

// moved appends the gaps of some events.
func (l *Log) moved(to []moved, from, behind uint32) []moved {
	for i := from; i < behind; i++ {
		if pair := l.links[i] >> pairShift; l.pairs[pair][0] != noActivity {
			to = append(to, moved{pair, l.gap(i)})
		}
	}
	return to
}

func sortMoved(some []moved) {
	slices.SortFunc(some, func(a, b moved) int { return cmp.Or(cmp.Compare(a.pair, b.pair), cmp.Compare(a.gap, b.gap)) })
}

// ofPair takes the changes of a pair off the first ones.
func ofPair(some []moved, pair uint16) (of, rest []moved) {
	n := 0
	for n < len(some) && some[n].pair == pair {
		n++
	}
	return some[:n], some[n:]
}

// spreads are those of all cases, or of those of some runs, by the numbers of pairs; nil: there is no order of gaps for this log.
func (l *Log) spreads(of []run) []*Spread {
	g := l.gaps()
	if g == nil {
		return nil
	}
	var chosen *ranking
	var gone, came []moved
	if of == nil {
		gone, came = l.changes(g)
	} else {
		chosen, came = l.among(g, of)
	}
	out := make([]*Spread, len(l.pairs))
	for pair := range out {
		r := ranked{log: l}
		if pair+1 < len(g.first) { // else it was found since
			r.from, r.n = g.among(chosen, pair)
			r.at, r.chosen = g.at, chosen
		}
		r.gone, gone = ofPair(gone, uint16(pair))
		r.came, came = ofPair(came, uint16(pair))
		if n := r.n - len(r.gone) + len(r.came); n > 0 {
			var at [3]int64
			ranks := ranksOf(n)
			for i := n % 2; i < len(ranks); i++ { // of an odd number one is in the middle
				at[i] = r.nth(ranks[i])
			}
			out[pair] = spreadOf(n, at)
		}
	}
	return out
}

// among are the places, in the order of gaps, of the events of some runs, and the gaps of those that came since.
func (l *Log) among(g *gaps, of []run) (chosen *ranking, came []moved) {
	places := make(choice, len(g.at)/64+1)
	for _, r := range of {
		for _, at := range g.of[min(r.from, g.events):min(r.to, g.events)] {
			places[at>>6] |= 1 << (at & 63)
		}
		came = l.moved(came, max(r.from, g.events), r.to)
	}
	sortMoved(came)
	return places.ranking(), came
}

// among is where a pair begins among what is chosen, and how many of its events are.
func (g *gaps) among(chosen *ranking, pair int) (from, n int) {
	from, to := int(g.first[pair]), int(g.first[pair+1])
	if chosen == nil {
		return from, to - from
	}
	from = chosen.before(from)
	return from, chosen.before(to) - from
}

// A ranked are the gaps of a pair in order, of which some are gone and to which others came.
type ranked struct {
	log        *Log
	at         []uint32 // those of all pairs
	chosen     *ranking // which of them are looked at; nil: all
	from, n    int      // where among these those of the pair begin, and how many they are
	gone, came []moved
}

// gap is that which has i before it of those that were put in order.
func (r *ranked) gap(i int) int64 {
	i += r.from
	if r.chosen != nil {
		i = r.chosen.nth(i)
	}
	return r.log.gap(r.at[i])
}

// nth is the gap that has n smaller ones, or equal ones, before it. It is the least one up to which there are more than n, and stands at most so many
// places before or behind the n-th as came or are gone.
func (r *ranked) nth(n int) int64 {
	if len(r.gone)+len(r.came) == 0 {
		return r.gap(n)
	}
	low, high := max(0, n-len(r.came)), min(r.n, n+len(r.gone)+1)
	upTo := func(gap int64) int { // how many there are; where all before high are, more than n
		more := low + sort.Search(high-low, func(i int) bool { return r.gap(low+i) > gap })
		return more - countUpTo(r.gone, gap) + countUpTo(r.came, gap)
	}
	i := low + sort.Search(high-low, func(i int) bool { return upTo(r.gap(low+i)) > n })
	j := sort.Search(len(r.came), func(j int) bool { return upTo(r.came[j].gap) > n })
	switch {
	case i == high:
		return r.came[j].gap
	case j == len(r.came):
		return r.gap(i)
	}
	return min(r.gap(i), r.came[j].gap)
}

func countUpTo(some []moved, gap int64) int {
	return sort.Search(len(some), func(i int) bool { return some[i].gap > gap })
}
