package journey

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A Path is a sequence of activities, and who went it.
type Path struct {
	Activities []string
	Tally
	Share   float64 // of all cases that are counted
	*Spread         // from its first event to its last; nil: it has none
}

// Paths are the most frequent ones, and all others together.
type Paths struct {
	Rows  []Path
	Total Tally // behind all
	Other Rest
}

// A Rest is what is not told apart.
type Rest struct {
	Paths int // how many different ones
	Tally
}

// A collection gathers sequences of codes.
type collection struct {
	view  *View
	table []int32 // 1 + a row, where the hash of its codes says or the next free place behind; as many as a power of two
	rows  []gathered
	codes []uint16 // of all rows, one behind the other
	took  []taken
	// inLog, where it is not nil, are the cases that are counted: a row has the codes of the one at from, and ids have that of each variant's.
	inLog []uint32
	ids   variantIDs
	crowd []tally // by ids of rows; nil: each case is one person
	total tally
}

// A gathered is a row. It has no pointers, so that nobody has to look through them.
type gathered struct {
	hash        uint64
	from, n, id uint32 // where its codes stand, and its place in the order in which rows were found
	hits
}

// A taken is between which events of the log a sequence was gone once: how long that took is read where it is told.
type taken struct{ id, from, to uint32 } // id: of the row

func (v *View) collection() *collection {
	return &collection{view: v, table: make([]int32, 256), total: v.tally()}
}

// add takes in that a case went a path from one event to another; below 0: it has no time.
func (x *collection) add(s *sequence, codes []uint16, i, j int, who ...uint32) {
	row := x.find(codes)
	row.add(uint32(s.c + 1))
	if x.total.add(s.c, who...); x.crowd != nil {
		x.crowd[row.id].add(s.c, who...)
	}
	if i >= 0 {
		from := x.view.log.cases[s.c].from
		x.took = push(x.took, taken{row.id, from + uint32(s.place(i)), from + uint32(s.place(j))})
	}
}

// find is the row of codes, which is there from now on.
func (x *collection) find(codes []uint16) *gathered {
	h := hash(codes)
	mask := uint64(len(x.table) - 1)
	at := h & mask
	for ; x.table[at] > 0; at = (at + 1) & mask {
		if row := &x.rows[x.table[at]-1]; row.hash == h && slices.Equal(x.of(row), codes) {
			return row
		}
	}
	x.rows = push(x.rows, gathered{hash: h, from: uint32(len(x.codes)), n: uint32(len(codes)), id: uint32(len(x.rows))})
	if !x.view.log.personal {
		x.crowd = append(x.crowd, x.view.tally())
	}
	if len(x.codes)+len(codes) > cap(x.codes) {
		x.codes = slices.Grow(x.codes, len(x.codes)+len(codes))
	}
	x.codes = append(x.codes, codes...)
	if x.table[at] = int32(len(x.rows)); len(x.rows) > len(x.table)/2 {
		x.grow()
	}
	return &x.rows[len(x.rows)-1]
}

// grow gives the table twice the places.
func (x *collection) grow() {
	x.table = make([]int32, 2*len(x.table))
	mask := uint64(len(x.table) - 1)
	for i := range x.rows {
		at := x.rows[i].hash & mask
		for x.table[at] > 0 {
			at = (at + 1) & mask
		}
		x.table[at] = int32(i + 1)
	}
}

// hash mixes codes: a multiplication for each, and the high bits into the low ones at the end.
func hash(codes []uint16) uint64 {
	h := uint64(len(codes))
	for _, c := range codes {
		h = (h ^ uint64(c)) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h ^ h>>32
}

// of are the codes of a row.
func (x *collection) of(r *gathered) []uint16 {
	if x.inLog == nil {
		return x.codes[r.from : r.from+r.n]
	}
	out := make([]uint16, x.long(r))
	for i := range out {
		out[i] = x.code(r, i)
	}
	return out
}

// long is how many codes a row has.
func (x *collection) long(r *gathered) int {
	if x.inLog == nil {
		return int(r.n)
	}
	return int(x.view.log.cases[r.from].n) + 1
}

// code is one of a row's.
func (x *collection) code(r *gathered, i int) uint16 {
	if x.inLog == nil {
		return x.codes[int(r.from)+i]
	}
	v, at := x.view, &x.view.log.cases[r.from]
	if i < int(at.n) {
		return v.def.Named[v.log.codes[int(at.from)+i]]
	}
	return v.open() - uint16(v.closes(at))
}

// compare says which of two rows has the codes that come first.
func (x *collection) compare(a, b *gathered) int {
	n, m := x.long(a), x.long(b)
	for i := range min(n, m) {
		if c := cmp.Compare(x.code(a, i), x.code(b, i)); c != 0 {
			return c
		}
	}
	return cmp.Compare(n, m)
}

// times are those of rows that have a place, counted from 1.
func (x *collection) times(place []int32, n int) [][]int64 {
	out := make([][]int64, n)
	times := x.view.log.times
	for _, t := range x.took {
		if at := place[t.id]; at > 0 {
			out[at-1] = append(out[at-1], times[t.to]-times[t.from])
		}
	}
	for _, c := range x.inLog {
		if at := place[x.idOf(c)]; at > 0 {
			s := &x.view.log.cases[c]
			out[at-1] = append(out[at-1], times[s.from+s.n-1]-times[s.from])
		}
	}
	return out
}

// tally is who stands behind a row.
func (x *collection) tally(r *gathered) Tally {
	if x.crowd == nil {
		return Tally{int(r.cases), int(r.cases)}
	}
	return x.crowd[r.id].told()
}

// appendKey writes codes as what they are found by.
func appendKey(b []byte, codes []uint16) []byte {
	for _, c := range codes {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	return b
}

func key(codes []uint16) string { return string(appendKey(nil, codes)) }

// order has the first so many rows come first: the most frequent, and of these that are as frequent by their activities' places in the definition. The others
// come behind them in any order. Nothing can be found any more.
func (x *collection) order(first int) {
	x.table = nil
	rows := x.rows
	if 0 < first && first < len(rows) { // many are rare, and need not be put in order
		counts := make([]int64, len(rows))
		for i := range rows {
			counts[i] = -int64(rows[i].cases)
		}
		least := uint32(-nth(counts, first-1))
		n := 0
		for i := range rows {
			if rows[i].cases >= least {
				rows[i], rows[n] = rows[n], rows[i]
				n++
			}
		}
		rows = rows[:n]
	}
	slices.SortFunc(rows, func(a, b gathered) int {
		if a.cases != b.cases {
			return cmp.Compare(b.cases, a.cases)
		}
		return x.compare(&a, &b)
	})
}

// told are the rows that are told apart, as they are in order.
func (x *collection) told(shown []bool, total Tally) (rows []Path) {
	place := make([]int32, len(x.rows)) // 1 + among those that are told, by id
	for i := range x.rows {
		if r := &x.rows[i]; shown[i] {
			rows = append(rows, Path{Activities: x.view.names(x.of(r)), Tally: x.tally(r), Share: float64(r.cases) / float64(total.Cases)})
			place[r.id] = int32(len(rows))
		}
	}
	for i, took := range x.times(place, len(rows)) {
		rows[i].Spread = spread(took)
	}
	return rows
}

// rest adds up rows that are not told. Who is behind several of them is counted once.
func (x *collection) rest(of func(i int) bool) Rest {
	all := x.view.tally()
	out := Rest{}
	cases := 0
	for i := range x.rows {
		if !of(i) {
			continue
		}
		out.Paths++
		cases += int(x.rows[i].cases)
		if x.crowd == nil {
			continue
		}
		for p := range x.crowd[x.rows[i].id].persons {
			all.persons[p] = struct{}{}
		}
	}
	if all.cases = cases; all.persons == nil {
		out.Tally = Tally{cases, cases}
	} else {
		out.Tally = Tally{cases, len(all.persons)}
	}
	return out
}

// page are the first rows, and the others together. fewest: at least so many persons stand behind each row that is told, and beside it; 0: any.
func (x *collection) page(first, fewest int) Paths {
	total, shown := x.shown(first, fewest)
	return x.apart(total, shown)
}

// shown says which rows are told apart, as they are in order then.
func (x *collection) shown(first, fewest int) (total Tally, shown []bool) {
	x.order(first)
	total = x.total.told()
	persons := make([]int, len(x.rows))
	for i := range x.rows {
		persons[i] = x.tally(&x.rows[i]).Persons
	}
	return total, Shown(persons, total.Persons, first, fewest, bool(x.view.log.personal))
}

// only are some rows, and the others together.
func (x *collection) only(told func(codes []uint16) bool) Paths {
	x.order(len(x.rows))
	shown := make([]bool, len(x.rows))
	for i := range shown {
		shown[i] = told(x.of(&x.rows[i]))
	}
	return x.apart(x.total.told(), shown)
}

func (x *collection) apart(total Tally, shown []bool) Paths {
	return Paths{Rows: x.told(shown, total), Total: total, Other: x.rest(func(i int) bool { return !shown[i] })}
}

// Variants are the whole sequences of cases, of which the first so many are told apart.
func (v *View) Variants(first, fewest int) Paths { return v.variants().page(first, fewest) }

func (v *View) variants() *collection {
	if v.distinct && v.log.sequences > 0 {
		return v.numbered()
	}
	x := v.collection()
	v.whole(func(s *sequence, codes []uint16) { x.add(s, codes, 0, len(s.times)-1, s.who...) })
	return x
}

// whole visits each case with its variant.
func (v *View) whole(visit func(s *sequence, codes []uint16)) {
	var codes []uint16
	v.population(func(s *sequence) {
		codes = append(append(codes[:0], s.codes...), v.ends(s))
		visit(s, codes)
	})
}
