package journey

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// anyView is a view of a log that looks at all events, or hides some, calls activities otherwise, and chooses cases or not.
func anyView(t testing.TB, rng *rand.Rand, l *Log) *View {
	d := l.As()
	for code, name := range rng.Perm(len(d.Names)) {
		d.Named[code] = uint16(name)
	}
	switch rng.IntN(4) {
	case 0:
		d.Named[rng.IntN(len(d.Named))] = Hidden
	case 1:
		d.Named[rng.IntN(len(d.Named))] = d.Named[rng.IntN(len(d.Named))]
	}
	if every := rng.IntN(3); every > 0 {
		d.Cases = func(c int) bool { return c%3 != every }
	}
	if rng.IntN(3) == 0 {
		from := rng.Int64N(5)
		d.From = &from
	}
	d.Idle = rng.Int64N(3)
	v, err := l.View(d)
	require.NoError(t, err)
	return v
}

// countsAsCasesDo compares a view with one that visits each case.
func countsAsCasesDo(t testing.TB, v *View) {
	byCase := *v
	byCase.linked, byCase.distinct = false, false
	want := byCase.Map(true)
	got := v.Map(true)
	require.Equal(t, want, got)
	for _, first := range []int{1, 5, 1000} {
		require.Equal(t, byCase.Variants(first, 0), v.Variants(first, 0))
	}
	if !v.log.personal {
		require.Equal(t, personsBehind(v), got.personsBehind())
		f := v.following()
		require.Equal(t, v.behind(f), v.crowd(f, 1), "it is no matter how many are counted at a time")
	}
	for _, e := range want.Edges {
		all, err := byCase.BehindEdge(e.From, e.To)
		require.NoError(t, err)
		some, err := v.BehindEdge(e.From, e.To)
		require.NoError(t, err)
		require.Equal(t, all, some, "%s to %s", e.From, e.To)
		require.Len(t, some, e.Cases)
	}
	for _, a := range want.Activities {
		var all []int
		code, _ := v.code(a.Name)
		v.population(func(s *sequence) {
			if slices.Contains(s.codes, code) {
				all = append(all, s.c)
			}
		})
		some, err := v.BehindActivity(a.Name)
		require.NoError(t, err)
		require.Equal(t, all, some, "a case that has an activity does not lack it")
		require.Len(t, some, a.Cases)
	}
}

// personsBehind are how many persons the events of each activity, and of each edge, are about.
func personsBehind(v *View) map[string]int {
	sets := map[string]*tally{}
	add := func(name string, s *sequence, i int) {
		if sets[name] == nil {
			of := v.tally()
			sets[name] = &of
		}
		sets[name].add(s.c, s.whoAt(i))
	}
	v.population(func(s *sequence) {
		for i, code := range s.codes {
			add(v.name(code), s, i)
		}
		v.edges(s, func(from, to uint16, i, j int) {
			add(v.name(from)+" "+v.name(to), s, i)
			add(v.name(from)+" "+v.name(to), s, j)
		})
	})
	out := map[string]int{}
	for name, of := range sets {
		out[name] = len(of.persons)
	}
	return out
}

func (m Map) personsBehind() map[string]int {
	out := map[string]int{}
	for _, a := range m.Activities {
		out[a.Name] = a.Persons
	}
	for _, e := range m.Edges {
		out[e.From+" "+e.To] = e.Persons
	}
	return out
}

func TestLinksCountAsCasesDo(t *testing.T) {
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 19))
		b, err := NewBuilder([]string{"x", "y"}, seed%2 == 0)
		require.NoError(t, err)
		for i := range 300 { // which stay, so that what changes is little of all
			c := Case{ID: fmt.Sprint("one that stays ", i)}
			for range 1 + rng.IntN(6) {
				c.Events = append(c.Events, Event{At: rng.Int64N(10) - 5, Activity: uint16(rng.IntN(2))})
			}
			require.NoError(t, b.Put(c))
		}
		var before []*View
		ordered, kept, chosen, most := 0, 0, 0, 0
		for range 500 {
			for range 1 + rng.IntN(2) {
				change(t, rng, b)
			}
			if rng.IntN(4) > 0 {
				continue
			}
			l := b.Log()
			v := anyView(t, rng, l)
			if rng.IntN(2) == 0 {
				v = viewOf(t, l)
			}
			of := l.order.of
			countsAsCasesDo(t, v)
			f := v.following()
			most = max(most, len(f.nodes)+len(f.edges))
			whole := v.distinct && v.def.Cases == nil && v.def.From == nil
			if v.distinct && !whole && v.log.spreads(f.runs) != nil && l.changed(l.order.of) > 0 {
				chosen++
			}
			switch {
			case l.order.of != of:
				ordered++
			case whole && of != nil && l.changed(of) > 0:
				require.Same(t, of, l.moves.since, "what changed was looked at beside it")
				countsAsCasesDo(t, v) // as it is once more
				kept++
			}
			if before = append(before, v); len(before) > 20 {
				countsAsCasesDo(t, before[rng.IntN(20)]) // it stays as it is, whatever came since
				before = before[1:]
			}
		}
		assert.Greater(t, ordered, 3, "gaps are put in order anew where much has changed")
		assert.Greater(t, kept, 20, "and are not where little has, beside which they are looked at")
		assert.Greater(t, chosen, 10, "so are those of cases that are chosen")
		assert.Greater(t, most, 64, "persons are counted in several parts")
		assert.NotNil(t, b.log.links)
	}
}

// TestFewRunsTakeLittleRoom leaves one case of many out, and takes every third: room is made for as many runs as there are.
func TestFewRunsTakeLittleRoom(t *testing.T) {
	b, err := NewBuilder([]string{"a"}, true)
	require.NoError(t, err)
	const cases = 3000
	for i := range cases {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(i), Events: []Event{{At: int64(i)}}}))
	}
	for _, c := range []struct {
		is   func(c int) bool
		runs int
	}{
		{func(c int) bool { return c != cases/2 }, 2},
		{func(c int) bool { return c%3 == 1 }, cases / 3},
		{func(int) bool { return false }, 0},
	} {
		runs, _ := viewOf(t, b.Log(), func(d *Definition) { d.Cases = c.is }).runs()
		assert.Len(t, runs, c.runs)
		assert.LessOrEqual(t, cap(runs), c.runs)
	}
	require.NoError(t, b.Put(Case{ID: "2", Events: []Event{{At: 1}}})) // which stands behind all others now
	runs, _ := viewOf(t, b.Log(), func(d *Definition) { d.Cases = func(c int) bool { return c < 5 } }).runs()
	assert.Len(t, runs, 3)
}

// TestShortSequencesHaveKeysOfTheirOwn has all sequences of few activities, those that begin with the first one time and again included.
func TestShortSequencesHaveKeysOfTheirOwn(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b", "c"}, true)
	require.NoError(t, err)
	var put func(codes []uint16)
	put = func(codes []uint16) {
		c := Case{ID: fmt.Sprint(codes)}
		for i, code := range codes {
			c.Events = append(c.Events, Event{At: int64(i), Activity: code})
		}
		require.NoError(t, b.Put(c))
		for code := range uint16(3) {
			if len(codes) < 8 {
				put(append(slices.Clip(codes), code))
			}
		}
	}
	put(nil)
	keys := map[uint32]bool{}
	for _, p := range b.numbers.of {
		keys[p.key] = true
	}
	assert.Len(t, b.numbers.of, (3*3*3*3*3*3*3*3*3-3)/2)
	assert.Len(t, keys, len(b.numbers.of))
	assert.False(t, keys[0])
}

// TestOfNobodyNoOrderIsLookedFor chooses no case, of which there is nothing to put in order.
func TestOfNobodyNoOrderIsLookedFor(t *testing.T) {
	l, late := logOf(t, "a0 b10 a20 b50!", "a0 b20", "b5!"), int64(100)
	for _, change := range []func(*Definition){
		func(d *Definition) { d.Cases = func(int) bool { return false } },
		func(d *Definition) { d.From = &late },
	} {
		v := viewOf(t, l, change)
		assert.Empty(t, v.Map(true))
		assert.Nil(t, l.order.of)
	}
	viewOf(t, l).Map(true)
	assert.NotNil(t, l.order.of)
}

// TestVariantsOfFewCasesAreThoseOfTheirCases chooses few cases of many variants, with persons and without, in numbers at both sides of where a table of all pays.
func TestVariantsOfFewCasesAreThoseOfTheirCases(t *testing.T) {
	for _, personal := range []bool{false, true} {
		b, err := NewBuilder([]string{"a", "b"}, personal)
		require.NoError(t, err)
		const variants = 1024
		for i := range 2 * variants {
			c := Case{ID: fmt.Sprint(i), Closed: i%3 == 0}
			for bit := range 10 {
				c.Events = append(c.Events, Event{At: int64(bit * i), Sequence: int64(bit), Activity: uint16(i / 2 >> bit & 1), Persons: []string{fmt.Sprint(i % 7)}})
			}
			require.NoError(t, b.Put(c))
		}
		l := b.Log()
		require.Equal(t, variants, l.sequences)
		few := 0
		for _, n := range []int{0, 1, 5, 2*variants/manyVariants - 1, 2 * variants / manyVariants, variants} {
			v := viewOf(t, l, func(d *Definition) { d.Cases = func(c int) bool { return c >= 100 && c < 100+n } })
			if x := v.numbered(); x.ids.all == nil {
				few++
			}
			countsAsCasesDo(t, v)
		}
		assert.Equal(t, 4, few)
	}
}

func TestSequencesOfOneKeyHaveNumbersOfTheirOwn(t *testing.T) {
	x, codes := &numbering{}, []uint16{1, 2, 1, 2, 2, 1}
	first, again, other := &span{n: 2}, &span{from: 2, n: 2}, &span{from: 4, n: 2}
	longer := &span{from: 2, n: 3}
	for range 2 {
		assert.Equal(t, []uint32{0, 0, 1, 2}, []uint32{x.number(codes, first, 7), x.number(codes, again, 7), x.number(codes, other, 7), x.number(codes, longer, 7)})
		x.enter(2 * len(x.table))
	}
	other.variant = 1
	x = x.anew([]span{*other})
	assert.Equal(t, []uint32{0, 1}, []uint32{x.number(codes, other, 7), x.number(codes, first, 7)}, "those that cases have come first")
}

func TestALogOfManyPairsIsCountedByCases(t *testing.T) {
	for _, n := range []int{mostLinked, mostLinked + 1} {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprint("a", i))
		}
		b, err := NewBuilder(names, true)
		require.NoError(t, err)
		c := Case{ID: "one"}
		for i := range n {
			c.Events = append(c.Events, Event{At: int64(i * i), Sequence: int64(i), Activity: uint16(i)})
		}
		before := b.Log()
		require.NoError(t, b.Put(c))
		l := b.Log()
		assert.Equal(t, n <= mostLinked, l.links != nil, "%d activities", n)
		assert.NotNil(t, before.links, "logs of before keep theirs")
		countsAsCasesDo(t, viewOf(t, l))
	}
	b, err := NewBuilder([]string{"a"}, true)
	require.NoError(t, err)
	for i := range 140 {
		_, err := b.Activity(fmt.Sprint("a", i))
		require.NoError(t, err)
	}
	for i := range 140 { // 19,600 pairs
		c := Case{ID: fmt.Sprint(i)}
		for j := range 140 {
			c.Events = append(c.Events, Event{At: int64(2 * j), Sequence: 0, Activity: uint16(i)}, Event{At: int64(2*j + 1), Activity: uint16(j)})
		}
		require.NoError(t, b.Put(c))
		if l := b.Log(); i == 30 {
			require.NotNil(t, l.links)
			countsAsCasesDo(t, viewOf(t, l))
		}
	}
	l := b.Log()
	assert.Nil(t, l.links)
	m := viewOf(t, l).Map(true)
	assert.Greater(t, len(m.Edges), mostPairs)
}

func TestGapsAreInOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, leastDigits - 1, leastDigits, 5000} {
		for _, most := range []int64{1, 2048, 1 << 40, 1 << 62} {
			some := make([]timed, n)
			for i := range some {
				some[i] = timed{rng.Int64N(most), uint32(i)}
			}
			want := slices.Clone(some)
			slices.SortStableFunc(want, func(a, b timed) int { return int(min(1, max(-1, a.gap-b.gap))) })
			got := byGap(some, make([]timed, n))
			for i := range want {
				require.Equal(t, want[i].gap, got[i].gap)
			}
		}
	}
}

// edges visits all edges of a sequence, those at its ends included: which events they lead between, -1 at an end.
func (v *View) edges(s *sequence, visit func(from, to uint16, i, j int)) {
	before := v.start()
	for i, code := range s.codes {
		visit(before, code, i-1, i)
		before = code
	}
	visit(before, v.ends(s), len(s.codes)-1, -1)
}

// whoAt is whom an event is about; nobody at an end of the case.
func (s *sequence) whoAt(i int) uint32 {
	if i < 0 {
		return 0
	}
	return s.who[i]
}
