package journey

import "math/bits"

// Which variant a case is of is asked of all cases at once. So a hash of its activities stands in its span: cases of different hashes, lengths and activities are of
// different variants, and of those that are alike in all that, the activities are compared where they stand. Nothing is copied, and of a variant that one case alone has
// nothing is read.

// next16 takes an activity into a hash of those before it.
func next16(hash uint32, code uint16) uint32 { return (hash ^ uint32(code)) * 16777619 }

// fold16 are 16 bits of it.
func fold16(hash uint32) uint16 { return uint16(hash ^ hash>>16) }

// sequenceKey is the same for cases of the same activities in the same order.
func (v *View) sequenceKey(at *span) uint64 {
	h := (uint64(at.has)<<32 | uint64(at.n)) ^ uint64(at.hash)<<16 ^ v.closes(at)<<63
	h *= 0x9e3779b97f4a7c15
	return (h ^ h>>32) * 0xd6e8feb86659fd93
}

// A variant is the first case of it that was met, by its place, and how many are of it.
type variant struct{ first, cases uint32 }

// abreast is of how many cases it is looked up together where they may have their variants, since each waits for memory.
const abreast = 32

// alike are the variants of a view that looks at all events, and calls no two activities of these the same.
func (v *View) alike() *collection {
	x, cases := v.collection(), v.starting()
	x.inLog, x.row = cases, make([]uint32, len(cases))
	width := bits.Len(uint(2 * len(cases)))
	table := make([]uint32, 1<<width) // 1 + a variant, and above it as much of its key as there is room for
	numbers := uint32(1)<<bits.Len(uint(len(cases))) - 1
	variants := make([]variant, 0, len(cases))
	var keys [abreast]uint64
	for from := 0; from < len(cases); from += abreast {
		some, met := cases[from:min(from+abreast, len(cases))], uint32(0)
		for i, c := range some {
			keys[i] = v.sequenceKey(&v.log.cases[c])
			met |= table[keys[i]>>(64-width)]
		}
		x.row[from] = met // so that it is read
		for i, c := range some {
			tag := uint32(keys[i]) &^ numbers
			at := int(keys[i] >> (64 - width))
			for table[at] != 0 && (table[at]&^numbers != tag || !v.same(variants[table[at]&numbers-1].first, c)) {
				at = (at + 1) & (len(table) - 1)
			}
			if table[at] == 0 {
				variants = append(variants, variant{first: c})
				table[at] = tag | uint32(len(variants))
			}
			n := table[at]&numbers - 1
			variants[n].cases++
			x.row[from+i] = n
		}
	}
	x.gather(variants)
	return x
}

// gather takes in variants.
func (x *collection) gather(variants []variant) {
	x.rows = make([]gathered, len(variants))
	for i, one := range variants {
		x.rows[i] = gathered{from: one.first, id: uint32(i), hits: hits{events: one.cases, cases: one.cases}}
	}
	if x.view.log.personal {
		x.total.cases = len(x.inLog)
		return
	}
	x.crowd = x.view.tallies(len(variants))
	for i, c := range x.inLog {
		whom := x.view.log.whom(&x.view.log.cases[c])
		x.total.add(int(c), whom...)
		x.crowd[x.row[i]].add(int(c), whom...)
	}
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

// same reports whether two cases are of the same variant.
func (v *View) same(a, b uint32) bool {
	l, s, t := v.log, &v.log.cases[a], &v.log.cases[b]
	if s.has != t.has || s.hash != t.hash || s.n != t.n || v.closes(s) != v.closes(t) {
		return false
	}
	of := l.codes[t.from : t.from+t.n]
	for i, code := range l.codes[s.from : s.from+s.n] {
		if of[i] != code {
			return false
		}
	}
	return true
}
