package journey

import "slices"

// Which variant a case is of is asked of all cases at once. So the different sequences of activities that cases have are numbered when these are put, and the number
// stands in the span of a case.

// A numbering has the sequences that cases have had since the columns were written anew.
type numbering struct {
	of    []placed
	table []uint32 // 1 + a number, where the key says or the next free place behind; as many as a power of two
}

// A placed is where in the columns a sequence stands.
type placed struct{ from, n, key uint32 }

// firstKey is the key of so many activities before any of them is taken in. It is not 0, or the first activity would leave no trace in it.
func firstKey(n uint32) uint32 { return 2166136261 ^ n*0x9e3779b1 }

// nextKey takes an activity into the key of those before it.
func nextKey(key uint32, code uint16) uint32 { return (key ^ uint32(code)) * 16777619 }

// number is that of the sequence of a case.
func (x *numbering) number(codes []uint16, s *span, key uint32) uint32 {
	if 4*(len(x.of)+1) > 3*len(x.table) {
		x.enter(placesFor(len(x.of) + 1))
	}
	mask := uint32(len(x.table) - 1)
	at := spreadKey(key) & mask
	for ; x.table[at] > 0; at = (at + 1) & mask {
		n := x.table[at] - 1
		if p := &x.of[n]; p.key == key && p.n == s.n && slices.Equal(codes[p.from:p.from+p.n], codes[s.from:s.from+s.n]) {
			return n
		}
	}
	x.of = push(x.of, placed{s.from, s.n, key})
	x.table[at] = uint32(len(x.of))
	return x.table[at] - 1
}

// spreadKey brings the high bits of a key into the low ones.
func spreadKey(key uint32) uint32 {
	key ^= key >> 15
	key *= 0x2c1b3c6d
	return key ^ key>>14
}

// enter fills a table of so many places.
func (x *numbering) enter(places int) {
	x.table = make([]uint32, places)
	mask := uint32(len(x.table) - 1)
	for n, p := range x.of {
		at := spreadKey(p.key) & mask
		for x.table[at] > 0 {
			at = (at + 1) & mask
		}
		x.table[at] = uint32(n + 1)
	}
}

// anew numbers those anew that cases have, whose events stand elsewhere now.
func (x *numbering) anew(cases []span) *numbering {
	out, number := &numbering{}, make([]uint32, len(x.of)) // 1 + the new one
	for i := range cases {
		s := &cases[i]
		if s.n == 0 {
			continue
		}
		if number[s.variant] == 0 {
			out.of = append(out.of, placed{s.from, s.n, x.of[s.variant].key})
			number[s.variant] = uint32(len(out.of))
		}
		s.variant = number[s.variant] - 1
	}
	out.enter(placesFor(len(out.of)))
	return out
}

// variantIDs are 1 + the ids of rows, by variants; 0: it has none yet.
type variantIDs struct {
	all []uint32
	few map[uint64]uint32 // where there are far more variants than cases, of which a table would take longer to be cleared than they to be counted
}

// manyVariants is how many times as many variants as cases are far more.
const manyVariants = 32

func newVariantIDs(variants, cases int) variantIDs {
	if variants/manyVariants > cases {
		return variantIDs{few: make(map[uint64]uint32, cases)}
	}
	return variantIDs{all: make([]uint32, variants)}
}

// known is 1 + the id of a variant. It is small enough to be inlined.
func (x variantIDs) known(variant uint64) uint32 {
	if x.all == nil {
		return x.few[variant]
	}
	return x.all[variant]
}

func (x variantIDs) enter(variant uint64, id uint32) {
	if x.all == nil {
		x.few[variant] = id
	} else {
		x.all[variant] = id
	}
}

// numbered are the variants of a view that looks at all events, and calls no two activities of these the same.
func (v *View) numbered() *collection {
	l, x := v.log, v.collection()
	x.inLog = v.starting()
	ids := newVariantIDs(2*l.sequences, len(x.inLog))
	x.ids = ids
	counts := make([]uint32, min(len(x.inLog), 2*l.sequences))
	x.rows = make([]gathered, 0, len(counts))
	for _, c := range x.inLog {
		variant := v.variantOf(&l.cases[c])
		id := ids.known(variant)
		if id == 0 {
			x.rows = append(x.rows, gathered{from: c, id: uint32(len(x.rows))})
			id = uint32(len(x.rows))
			ids.enter(variant, id)
		}
		counts[id-1]++
	}
	for i := range x.rows {
		x.rows[i].cases = counts[i]
	}
	if l.personal {
		x.total.cases = len(x.inLog)
		return x
	}
	x.crowd = v.tallies(len(x.rows))
	for _, c := range x.inLog {
		whom := l.whom(&l.cases[c])
		x.total.add(int(c), whom...)
		x.crowd[x.idOf(c)].add(int(c), whom...)
	}
	return x
}

// variantOf is the number of a case's activities, and whether it has ended.
func (v *View) variantOf(at *span) uint64 { return uint64(at.variant)<<1 | v.closes(at) }

// idOf is that of the row of a case.
func (x *collection) idOf(c uint32) uint32 {
	return x.ids.known(x.view.variantOf(&x.view.log.cases[c])) - 1
}

// starting are the places of the population's cases, where all events are looked at.
func (v *View) starting() []uint32 {
	cases, most := v.log.cases, len(v.log.cases)
	if v.in != nil {
		most = v.in.count()
	}
	out := make([]uint32, 0, most)
	for c, n := v.in.next(0, len(cases)), len(cases); c < n; c = v.in.next(c+1, n) {
		if at := &cases[c]; at.n > 0 && v.begins(at) {
			out = append(out, uint32(c))
		}
	}
	return out
}
