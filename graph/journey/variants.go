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
	at    map[string]int
	key   []byte
	rows  []gathered
	total tally
}

type gathered struct {
	codes []uint16
	tally
	times []int64
}

func (v *View) collection() *collection {
	return &collection{view: v, at: map[string]int{}, total: v.tally()}
}

// add takes in that a case went a path. took: how long, below 0 where it has no time.
func (x *collection) add(s *sequence, codes []uint16, took int64, who ...uint32) {
	x.key = appendKey(x.key[:0], codes)
	i, ok := x.at[string(x.key)]
	if !ok {
		i = len(x.rows)
		x.at[string(x.key)] = i
		x.rows = append(x.rows, gathered{codes: slices.Clone(codes), tally: x.view.tally()})
	}
	row := &x.rows[i]
	row.add(s.c, who...)
	x.total.add(s.c, who...)
	if took >= 0 {
		row.times = append(row.times, took)
	}
}

// appendKey writes codes as what they are found by.
func appendKey(b []byte, codes []uint16) []byte {
	for _, c := range codes {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	return b
}

func key(codes []uint16) string { return string(appendKey(nil, codes)) }

// told are all paths, the most frequent first, and of these that are as frequent by their activities' places in the definition.
func (x *collection) told() (rows []Path, total Tally) {
	slices.SortFunc(x.rows, func(a, b gathered) int {
		return cmp.Or(cmp.Compare(b.cases, a.cases), slices.Compare(a.codes, b.codes))
	})
	total = x.total.told()
	for i := range x.rows {
		r := &x.rows[i]
		rows = append(rows, Path{Activities: x.view.names(r.codes), Tally: r.tally.told(), Share: float64(r.cases) / float64(total.Cases), Spread: spread(r.times)})
	}
	return rows, total
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
		cases += x.rows[i].cases
		for p := range x.rows[i].persons {
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
func (x *collection) page(first, fewest int) Paths { return x.apart(x.shown(first, fewest)) }

// shown are all rows, and which of them are told apart.
func (x *collection) shown(first, fewest int) (rows []Path, total Tally, shown []bool) {
	rows, total = x.told()
	persons := make([]int, len(rows))
	for i := range rows {
		persons[i] = rows[i].Persons
	}
	return rows, total, Shown(persons, total.Persons, first, fewest, bool(x.view.log.personal))
}

// only are some rows, and the others together.
func (x *collection) only(told func(codes []uint16) bool) Paths {
	rows, total := x.told()
	shown := make([]bool, len(rows))
	for i := range shown {
		shown[i] = told(x.rows[i].codes)
	}
	return x.apart(rows, total, shown)
}

func (x *collection) apart(rows []Path, total Tally, shown []bool) Paths {
	out := Paths{Total: total, Other: x.rest(func(i int) bool { return !shown[i] })}
	for i := range rows {
		if shown[i] {
			out.Rows = append(out.Rows, rows[i])
		}
	}
	return out
}

// Variants are the whole sequences of cases, of which the first so many are told apart.
func (v *View) Variants(first, fewest int) Paths { return v.variants().page(first, fewest) }

func (v *View) variants() *collection {
	x := v.collection()
	v.whole(func(s *sequence, codes []uint16) { x.add(s, codes, s.times[len(s.times)-1]-s.times[0], s.who...) })
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
