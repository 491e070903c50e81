package journey

import "math/bits"

// Which activity an event directly follows is known when its case is put, so it is kept beside the event, packed in 16 bits: what is asked of
// neighbours is one pass over this column then, whatever stands between cases.

// A link is the number of the pair of an event's activity and the one before it in the case, and, in its low bits, whether the event is the
// first of its activity in the case, and whether it is the first of its pair.
const (
	firstOfActivity = 1 << iota
	firstOfPair
	pairShift = iota
)

// mostPairs is how many pairs links tell apart, and mostLinked of how many activities, of all that a log has had since it was read. One of more has no links,
// and is looked at case by case, until it is read anew.
const (
	mostPairs  = 1 << (16 - pairShift)
	mostLinked = 1024
)

// noActivity is what the first event of a case follows.
const noActivity = Hidden

// A linker makes links.
type linker struct {
	rows  [][]uint16 // by 1 + the activity before, 0: none, and by the activity: 1 + the number of the pair
	cases uint64     // how many were linked
	codes []uint64   // by activity: the case in which it was last seen
	seen  []uint64   // by pair: the same
}

// link keeps the links of a case whose events are the last ones of the columns, and which activities it has, in which order.
func (b *Builder) link(s *span) {
	l := &b.log
	x := b.linker
	if x != nil {
		x.cases++
	}
	before, key := uint16(noActivity), firstKey(s.n)
	for i := s.from; i < s.from+s.n; i++ {
		code := l.codes[i]
		s.has |= bitOf(code)
		key = nextKey(key, code)
		l.live[code]++
		if x == nil {
			continue
		}
		pair, ok := b.pair(before, code)
		if !ok {
			x, b.linker, l.links, l.pairs = nil, nil, nil, nil // logs of before keep theirs
			continue
		}
		link := pair << pairShift
		if x.codes[code] != x.cases {
			x.codes[code] = x.cases
			link |= firstOfActivity
		}
		if x.seen[pair] != x.cases {
			x.seen[pair] = x.cases
			link |= firstOfPair
		}
		l.links[i] = link
		before = code
	}
	if s.n > 0 {
		s.variant = b.numbers.number(l.codes, s, key)
	}
}

// pair is the number of two activities that follow each other. Not ok: there are more than links tell apart.
func (b *Builder) pair(before, code uint16) (pair uint16, ok bool) {
	x, row := b.linker, int(before)+1
	if before == noActivity {
		row = 0
	}
	if row < len(x.rows) && int(code) < len(x.rows[row]) && x.rows[row][code] > 0 {
		return x.rows[row][code] - 1, true
	}
	l := &b.log
	if row > mostLinked || int(code) >= mostLinked || len(l.pairs) == mostPairs {
		return 0, false
	}
	for len(x.rows) <= row {
		x.rows = append(x.rows, nil)
	}
	for len(x.rows[row]) <= int(code) {
		x.rows[row] = append(x.rows[row], 0)
	}
	for len(x.codes) <= int(code) {
		x.codes = append(x.codes, 0)
	}
	l.pairs, x.seen = append(l.pairs, [2]uint16{before, code}), append(x.seen, 0)
	x.rows[row][code] = uint16(len(l.pairs))
	return uint16(len(l.pairs) - 1), true
}

// bitOf stands for an activity among those that a case has, together with those whose codes are 32 more or less.
func bitOf(code uint16) uint32 { return 1 << (code & 31) }

// A need is what some activities stand for in spans: a case that has none of it has none of them.
type need uint32

// needs are those of activities, by their codes.
func (v *View) needs() []need {
	needs := make([]need, len(v.def.Names))
	for code, name := range v.def.Named {
		if name != Hidden {
			needs[name] |= need(bitOf(uint16(code)))
		}
	}
	return needs
}

// needOf is that of activities which are set.
func (v *View) needOf(set []bool) (any need) {
	for code, n := range v.needs() {
		if set[code] {
			any |= n
		}
	}
	return any
}

// tells reports whether a case that has something of what activities stand for has one of them.
func (l *Log) tells(set []bool, of uint32) bool {
	if l.live == nil {
		return false // others may have been looked at
	}
	for code, n := range l.live {
		if n > 0 && !set[code] && of&bitOf(uint16(code)) != 0 {
			return false
		}
	}
	return true
}

// needAll are those of codes, each for itself; what is no activity needs nothing.
func (v *View) needAll(codes ...uint16) (all []need) {
	needs := v.needs()
	for _, code := range codes {
		if code < v.start() {
			all = append(all, needs[code])
		}
	}
	return all
}

// having are those of some cases that have events, and of each of what is needed something.
func (l *Log) having(of choice, needs []need) choice {
	if len(needs) == 0 {
		needs = []need{^need(0)}
	}
	out := make(choice, (len(l.cases)+63)/64)
	for w := range out {
		cases, word := l.cases[w<<6:min((w+1)<<6, len(l.cases))], of.word(w)
		if bits.OnesCount64(word) <= sparse {
			for left := word; left != 0; left &= left - 1 {
				if at := &cases[bits.TrailingZeros64(left)]; at.lacks(needs) {
					word &^= left & -left
				}
			}
			out[w] = word
			continue
		}
		for _, n := range needs {
			some := uint64(0)
			for i := range cases {
				some |= bitIf(cases[i].has&uint32(n) != 0) << (i & 63)
			}
			word &= some
		}
		out[w] = word
	}
	return out
}

// sparse is of how many of 64 cases each is looked at by itself.
const sparse = 16

// lacks reports whether a case has nothing of one of several.
func (s *span) lacks(needs []need) bool {
	for _, n := range needs {
		if s.has&uint32(n) == 0 {
			return true
		}
	}
	return false
}

// A run are cases, from one to before another, whose events stand one behind the other in the columns, from one to before another.
type run struct {
	first, behind, from, to uint32
}

// runs are those of the population, where all events are looked at. closed: how many of its cases are. A stretch of cases is one, but for cases without events, and
// those that were put anew.
func (v *View) runs() (out []run, closed uint32) {
	cases, r := v.log.cases, run{}
	if v.in != nil {
		out = make([]run, 0, v.in.stretches())
	}
	ever, idle := v.def.From == nil && v.def.To == nil, v.def.Idle > 0
	for c, n := v.in.next(0, len(cases)), len(cases); c < n; c = v.in.next(c+1, n) {
		at := &cases[c]
		if at.n == 0 || !ever && !v.begins(at) {
			continue
		}
		if at.from != r.to || uint32(c) != r.behind {
			if r.from < r.to {
				out = push(out, r)
			}
			r = run{first: uint32(c), from: at.from}
		}
		if r.behind, r.to = uint32(c)+1, at.from+at.n; idle {
			closed += uint32(v.closes(at))
		} else {
			closed += uint32(bitIf(at.closed))
		}
	}
	if r.from < r.to {
		out = append(out, r)
	}
	return out, closed
}

// begins reports whether a case begins in the period, where its first event is looked at.
func (v *View) begins(at *span) bool {
	return v.def.From == nil && v.def.To == nil || v.def.within(v.log.times[at.from])
}

// closes is 1 for a case that has ended.
func (v *View) closes(at *span) uint64 {
	return bitIf(at.closed || v.def.Idle > 0 && v.log.Horizon-v.log.times[at.from+at.n-1] > v.def.Idle)
}
