package exposure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// everything is seen.
var everything = func() (s Seen) {
	for k := range s.Before {
		s.Before[k] = true
	}
	for o := range s.After {
		s.After[o] = true
	}
	return s
}()

// month is a span of four weeks and two days.
const month = 30 * 24 * 3600e6

// nothing is what is known of nobody afterwards.
func nothing() (after [outcomes]float64) {
	after[Satisfaction], after[Sentiment], after[Retained] = math.NaN(), math.NaN(), math.NaN()
	return after
}

// lived is a customer of so many days' tenure.
func lived(id string, exposed bool, tenure float64) Subject {
	s := Subject{ID: id, Exposed: exposed, After: nothing()}
	s.Before[Tenure] = tenure
	return s
}

func TestTheNearestIsTakenOnce(t *testing.T) {
	// The means are 4 and 4, the variances 7 and 18.7: a standard deviation is 3.58. Who is farthest from 4 comes first: b, and then c before a by id.
	all := []Subject{lived("a", true, 3), lived("b", true, 7), lived("c", true, 2), lived("v", false, 0), lived("w", false, 3), lived("x", false, 3), lived("y", false, 10)}
	for range 5 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var got []string
		for _, p := range match(all, everything).pairs {
			got = append(got, p.exposed.ID+p.matched.ID)
		}
		assert.Equal(t, []string{"by", "cw", "ax"}, got, "of two that are as near, w")
	}
	all = append(all, lived("d", true, 20))
	m := match(all, everything)
	assert.False(t, slices.ContainsFunc(m.pairs, func(p pair) bool { return p.exposed.ID == "d" }), "nobody is near enough to d")
}

func TestGroupsThatCannotBeAlikeAreRefused(t *testing.T) {
	group := func(exposed bool, n int, tenure func(i int) float64) (out []Subject) {
		for i := range n {
			out = append(out, lived(fmt.Sprint(exposed, i), exposed, tenure(i)))
		}
		return out
	}
	same := func(int) float64 { return 3 }
	for _, c := range []struct {
		name    string
		exposed []Subject
		others  []Subject
		want    Refusal
		matched int
	}{
		{"twenty of one kind", group(true, 20, same), group(false, 30, same), NotRefused, 20},
		{"nineteen", group(true, 19, same), group(false, 30, same), TooFew, 19},
		{"twenty, and nineteen others", group(true, 20, same), group(false, 19, same), TooFew, 19},
		{"nobody", nil, group(false, 30, same), TooFew, 0},
		{"nobody else", group(true, 30, same), nil, TooFew, 0},
		{"all of one side differ alike", group(true, 30, same), group(false, 30, func(int) float64 { return 4 }), Unbalanced, 0},
		{"each is half a deviation from her match", group(true, 30, func(i int) float64 { return float64(i%2)*2 + 0.5 }), group(false, 30, func(i int) float64 { return float64(i%2) * 2 }), Unbalanced, 30},
		// 0.49 each, of a deviation of 1.02: (10 - r) 0.49 is at most 0.1 (30 - r) if r is 5.
		{"ten are, of whom five are left out", group(true, 30, func(i int) float64 { return float64(i%3/2)*0.5 + float64(i%2)*2 }), group(false, 30, func(i int) float64 { return float64(i%2) * 2 }), NotRefused, 25},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := After(append(c.exposed, c.others...), everything, month, 0)
			assert.Equal(t, c.want, got.Refusal)
			assert.Equal(t, c.matched, *got.Matched)
			assert.Equal(t, len(c.exposed)-c.matched, *got.Unmatched)
			assert.Equal(t, c.want != NotRefused, len(got.Differences) == 0, "none is told of groups that differ")
			if c.want == NotRefused {
				assert.LessOrEqual(t, math.Abs(*got.Balance[Tenure].After), Balanced)
			}
		})
	}
}

func TestOutcomesByHand(t *testing.T) {
	var all []Subject
	for i := range 48 {
		s := lived(fmt.Sprint(i), i < 24, 3)
		switch {
		case i < 16:
			s.After[Contacts] = 2
		case i >= 24 && i < 30:
			s.After[Contacts] = 1
		}
		if i < 2 || i == 24 || i == 25 {
			s.After[Complaints] = 1
		}
		if i != 0 {
			s.After[Satisfaction] = float64(i%2) / 2
		}
		if i < 19 {
			s.After[Sentiment] = -1
		}
		all = append(all, s)
	}
	got := After(all, everything, month, 0)
	of := func(o Outcome) Difference { return got.Differences[o] }
	// 32 of 24, and 6 of 24. The squares come to 16 (2/3)² + 8 (4/3)² = 64/3, and 6 (3/4)² + 18 (1/4)² = 9/2, each by 24², times 48/47; t of 47 is 2.0117.
	half := 2.0117 * math.Sqrt((64.0/3+9.0/2)/576*48/47)
	g := of(Contacts).Gap
	require.NotNil(t, g)
	require.NotNil(t, g.Within)
	assert.InDelta(t, 4.0/3, g.Exposed, 1e-9)
	assert.InDelta(t, 0.25, g.Matched, 1e-9)
	assert.InDelta(t, 13.0/12, g.Difference, 1e-9)
	assert.InDelta(t, 13.0/12-half, g.Low, 1e-4)
	assert.InDelta(t, 13.0/12+half, g.High, 1e-4)
	assert.Nil(t, of(Complaints).Gap, "four have any")
	assert.Nil(t, of(Orders).Gap, "nobody has")
	assert.Equal(t, []int{23, 24}, []int{*of(Satisfaction).OfExposed, *of(Satisfaction).OfMatched})
	assert.InDelta(t, 6.0/23, of(Satisfaction).Exposed, 1e-9, "who answers has one part in it")
	assert.Nil(t, of(Sentiment).Gap, "19 have one, and none of the others")
	for i := range all {
		all[i].Company = fmt.Sprint(i % 9)
	}
	assert.Nil(t, After(all, everything, month, 0).Differences[Contacts].Gap, "nine companies are too few to judge by")
}

func TestOfGroupsNoOutcomeOfFewIsTold(t *testing.T) {
	for _, c := range []struct {
		name                 string
		exposed, some, else_ int // how many were exposed of 60, and have any, of these and of the others
		told                 bool
	}{
		{"five and five", 30, 5, 5, true}, {"four of those who were exposed", 30, 4, 9, false}, {"four of the others", 30, 9, 4, false}, {"all but four", 30, 26, 9, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []Subject
			for i := range 60 {
				s := lived(fmt.Sprintf("%02d", i), i < c.exposed, 3)
				if i < c.some || i >= c.exposed && i < c.exposed+c.else_ {
					s.After[Contacts] = 1
				}
				all = append(all, s)
			}
			got := After(all, everything, month, 5)
			assert.Equal(t, c.told, got.Differences[Contacts].OfExposed != nil)
			assert.Equal(t, c.told, got.Differences[Contacts].Gap != nil)
			assert.True(t, got.Partial, "nobody has an order")
		})
	}
	t.Run("four have a case that is no complaint", func(t *testing.T) {
		for others, told := range map[int]bool{0: true, 4: false, 5: true} {
			var all []Subject
			for i := range 60 {
				s := lived(fmt.Sprintf("%02d", i), i < 30, 3)
				if i%30 < 10 {
					s.After[Cases], s.After[Complaints] = 1, 1
				}
				if i < others {
					s.After[Cases]++
				}
				all = append(all, s)
			}
			got := After(all, everything, month, 5)
			assert.NotNil(t, got.Differences[Cases].Gap)
			assert.Equal(t, told, got.Differences[Complaints].Gap != nil)
		}
	})
	t.Run("too few were exposed, or were not", func(t *testing.T) {
		for _, n := range []int{4, 56} {
			var all []Subject
			for i := range 60 {
				all = append(all, lived(fmt.Sprint(i), i < n, 3))
			}
			assert.Nil(t, After(all, everything, month, 5))
		}
	})
	t.Run("of those who are left over one is few, and others are left over with her", func(t *testing.T) {
		var all []Subject
		for i := range 60 {
			all = append(all, lived(fmt.Sprint(i), i < 29, 3))
		}
		all[0].Before[Tenure] = 90
		got := After(all, everything, month, 5)
		assert.GreaterOrEqual(t, *got.Unmatched, 5)
	})
}

func TestMatchesAreDisjointAndAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var all []Subject
		for i := range rapid.IntRange(0, 120).Draw(t, "customers") {
			s := lived(fmt.Sprint(i), r.IntN(3) == 0, r.Float64()*9)
			s.Before[Employed], s.Before[CasesBefore], s.After[Contacts] = float64(r.IntN(2)), float64(r.IntN(3)), float64(r.IntN(4))
			s.Company = []string{"", fmt.Sprint(r.IntN(30))}[r.IntN(2)]
			all = append(all, s)
		}
		fewest := rapid.SampledFrom([]int{0, 5}).Draw(t, "fewest")
		m := match(all, everything)
		taken := map[string]bool{}
		for _, p := range m.pairs {
			assert.True(t, p.exposed.Exposed && !p.matched.Exposed)
			assert.False(t, taken[p.exposed.ID] || taken[p.matched.ID], "nobody is in two pairs")
			taken[p.exposed.ID], taken[p.matched.ID] = true, true
			assert.False(t, math.IsInf(m.distance(p.exposed, p.matched, caliper), 1))
		}
		got := After(slices.Clone(all), everything, month, fewest)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		require.Equal(t, got, After(all, everything, month, fewest), "whoever comes first")
		if got == nil || got.Refusal != NotRefused {
			return
		}
		assert.Equal(t, len(m.exposed), *got.Matched+*got.Unmatched)
		assert.GreaterOrEqual(t, *got.Matched, fewestPairs)
		for _, b := range got.Balance {
			if b.After != nil {
				assert.LessOrEqual(t, math.Abs(*b.After), Balanced+1e-9)
			}
		}
		for _, d := range got.Differences {
			if d.Gap != nil {
				assert.LessOrEqual(t, d.Low, d.Difference)
				assert.LessOrEqual(t, d.Difference, d.High)
			}
		}
	})
}
