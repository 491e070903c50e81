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

const day = 24 * 3600e6

func TestWeeksAreCountedFromWhatHappened(t *testing.T) {
	for since, want := range map[int64]int{
		0: 0, 7*day - 1: 0, 7 * day: 1, 28 * day: 4, 30 * day: 4, -1: -1, -7 * day: -1, -7*day - 1: -2, -28 * day: -4, -28*day - 1: -5, -30 * day: -5,
	} {
		assert.Equal(t, want, InWeek(since, month), "%d", since)
	}
	assert.Equal(t, 3, InWeek(28*day, 28*day), "the last instant of four whole weeks is in the last")
	assert.Equal(t, -4, InWeek(-28*day, 28*day))
}

// told is one outcome of a week.
func told(t require.TestingT, a *Aftermath, w int, o Outcome) Difference {
	for _, in := range a.Weeks {
		if i := slices.IndexFunc(in.Differences, func(d Difference) bool { return d.Outcome == o }); in.Week == w && i >= 0 {
			return in.Differences[i]
		}
	}
	require.Fail(t, "there is no such week", "%d", w)
	return Difference{}
}

// weekly are 48 customers, of whom 24 were exposed.
func weekly(note func(i int, s *Subject)) (all []Subject) {
	for i := range 48 {
		s := lived(fmt.Sprintf("%02d", i), i < 24, 3)
		note(i, &s)
		all = append(all, s)
	}
	return all
}

func TestWeeksByHand(t *testing.T) {
	all := weekly(func(i int, s *Subject) {
		if i%24 < 6 { // before, both alike
			s.Note(Contacts, 1, -3*day, month)
		}
		switch {
		case i < 16: // twice, in the first week and in the last days
			s.Note(Contacts, 1, day, month)
			s.Note(Contacts, 1, 30*day, month)
		case i >= 24 && i < 30:
			s.Note(Contacts, 1, day, month)
		}
		if i == 0 {
			s.Note(Satisfaction, 0.25, 8*day, month)
			s.Note(Satisfaction, 0.75, 9*day, month)
		}
	})
	got := After(all, everything, month, 0)
	require.Len(t, got.Weeks, 10)
	assert.Equal(t, -5, got.Weeks[0].Week)
	for w, want := range map[int][2]float64{-5: {0, 0}, -1: {0.25, 0.25}, 0: {16.0 / 24, 6.0 / 24}, 1: {0, 0}, 4: {16.0 / 24, 0}} {
		d := told(t, got, w, Contacts)
		assert.InDelta(t, want[0], d.Exposed, 1e-9)
		assert.InDelta(t, want[1], d.Matched, 1e-9)
		assert.InDelta(t, want[0]-want[1], d.Difference, 1e-9)
		assert.Equal(t, want[0]+want[1] > 0, d.Within != nil, "an interval, where at least five have any")
	}
	// 16 (1/3)² + 8 (2/3)² = 16/3, and 6 (3/4)² + 18 (1/4)² = 9/2, each by 24², times 48/47; t of 47 is 2.0117.
	half := 2.0117 * math.Sqrt((16.0/3+9.0/2)/576*48/47)
	assert.InDelta(t, 10.0/24-half, told(t, got, 0, Contacts).Low, 1e-4)
	assert.InDelta(t, 10.0/24+half, told(t, got, 0, Contacts).High, 1e-4)
	d := told(t, got, 1, Satisfaction)
	assert.Nil(t, d.Gap, "none of the others has said anything")
	assert.Equal(t, []int{1, 0}, []int{*d.OfExposed, *d.OfMatched})
	assert.Len(t, got.Weeks[0].Differences, int(outcomes))
	assert.Nil(t, told(t, got, -1, Left).OfExposed, "nobody leaves before")
	assert.Empty(t, After(all, everything, 52*7*day+1, 0).Weeks, "fifty-three weeks")
	assert.Len(t, After(all, everything, 52*7*day, 0).Weeks, 104)
}

// TestCompaniesThatLeftByWeek has 24 companies on either side, which leave in each of three weeks.
func TestCompaniesThatLeftByWeek(t *testing.T) {
	for _, c := range []struct {
		name  string
		left  [3]int
		whole bool
		weeks [3]bool
	}{
		{"five in each", [3]int{5, 5, 5}, true, [3]bool{true, true, true}},
		{"few in one: who knows the whole, and the other weeks, would know them", [3]int{6, 7, 4}, true, [3]bool{false, true, false}},
		{"none in one, which another week is not told with", [3]int{0, 7, 6}, true, [3]bool{false, true, false}},
		{"few stay: weeks would add up to all but them", [3]int{6, 7, 9}, false, [3]bool{}},
		{"nobody leaves", [3]int{}, false, [3]bool{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := weekly(func(i int, s *Subject) {
				n := i % 24
				s.After[Left] = 0
				for w, left := range c.left {
					if n >= 0 && n < left {
						s.Note(Left, 1, int64(7*w+1)*day, 21*day)
						s.After[Left] = 1
					}
					n -= left
				}
			})
			for _, fewest := range []int{0, 5} {
				got := After(all, everything, 21*day, fewest)
				assert.Equal(t, fewest == 0 || c.whole, got.Differences[Left].OfExposed != nil)
				for w, is := range c.weeks {
					d := told(t, got, w, Left)
					if is = is || fewest == 0; assert.Equal(t, is, d.OfExposed != nil, "week %d", w) && is {
						assert.Equal(t, []int{24, 24}, []int{*d.OfExposed, *d.OfMatched})
						assert.InDelta(t, float64(c.left[w])/24, d.Exposed, 1e-9)
						assert.Zero(t, d.Difference)
					}
				}
			}
		})
	}
}

func TestAWeekMayBeShort(t *testing.T) {
	for span, want := range map[int64]int{-1: 0, 0: 0, 1: 2, 3 * day: 2, 7 * day: 2, 7*day + 1: 4} {
		for _, fewest := range []int{0, 5} {
			all := weekly(func(i int, s *Subject) {
				for _, since := range []int64{-span, -1, 0, span} {
					s.Note(Contacts, 1, since, span)
				}
			})
			assert.Len(t, After(all, everything, span, fewest).Weeks, want, "of %d microseconds", span)
		}
	}
}

func TestAWeekOfFewIsNotToldNorWhatWouldTellIt(t *testing.T) {
	// Of each group 10 did something in the weeks 0 and 1, and four in week 2. Who knows the whole, and the weeks 0 and 1, would know these four.
	did := func(few int) []Subject {
		return weekly(func(i int, s *Subject) {
			note := func(days int64) {
				s.Note(Contacts, 1, days*day, 21*day)
				s.After[Contacts]++
			}
			if i%24 < 10 {
				note(1)
			}
			if i%24 < 11 {
				note(8)
			}
			if i%24 < few {
				note(15)
			}
		})
	}
	for few, want := range map[int][]bool{5: {true, true, true}, 4: {false, true, false}} {
		got := After(did(few), everything, 21*day, 5)
		require.NotNil(t, got.Differences[Contacts].Gap)
		for w, is := range want {
			d := told(t, got, w, Contacts)
			assert.Equal(t, is, d.OfExposed != nil, "%d of week 2: week %d", few, w)
			assert.Equal(t, is, d.Gap != nil)
		}
	}
	t.Run("of cases and complaints, those that are none", func(t *testing.T) {
		for others, told_ := range map[int]bool{0: true, 4: false, 5: true} {
			got := After(weekly(func(i int, s *Subject) {
				if i%24 < 10 {
					s.Note(Cases, 1, day, 7*day)
					s.Note(Complaints, 1, day, 7*day)
				}
				if i < others {
					s.Note(Cases, 1, day, 7*day)
				}
			}), everything, 7*day, 5)
			assert.NotNil(t, told(t, got, 0, Cases).OfExposed)
			assert.Equal(t, told_, told(t, got, 0, Complaints).OfExposed != nil, "%d", others)
		}
	})
}

// TestNoWeekFollowsFromTheOthers holds that what is left of a span without the weeks that are told is of nobody whose number is not told.
func TestNoWeekFollowsFromTheOthers(t *testing.T) {
	asked := []Outcome{Contacts, Orders, Satisfaction}
	shown, untold := map[Outcome]int{}, map[Outcome]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rate := rapid.SampledFrom([]float64{0.05, 0.2, 0.5}).Draw(t, "rate")
		again := rapid.SampledFrom([]float64{0, 0.03, 0.3}).Draw(t, "who answers in one of two weeks does so in others")
		until := rapid.SampledFrom([]int64{14, 28}).Draw(t, "days in which anybody answers")
		all := weekly(func(_ int, s *Subject) {
			for _, o := range asked {
				var all Amount
				main := 7 * r.Int64N(2)
				for since := int64(-28); since < 28; since += 7 {
					rate, v := rate, 1.0
					if o == Satisfaction {
						switch rate, v = again, r.Float64(); {
						case since == main:
							rate = 1
						case since >= until:
							rate = 0
						}
					}
					if r.Float64() < rate {
						if s.Note(o, v, since*day, 28*day); since >= 0 {
							all.Add(v)
						}
					}
				}
				if s.After[o] = all.sum; o == Satisfaction {
					s.After[o] = all.Mean()
				}
			}
		})
		got := After(all, everything, 28*day, 5)
		for i, o := range got.Weeks[0].Differences {
			if !slices.Contains(asked, o.Outcome) {
				continue
			}
			weeks, left := 0, map[bool]int{}
			for _, in := range got.Weeks {
				weeks += index(in.Week >= 0 && in.Differences[i].Gap != nil)
			}
			for k := range all {
				left[all[k].Exposed] += index(leftOver(&all[k], got, i))
			}
			if shown[o.Outcome], untold[o.Outcome] = shown[o.Outcome]+weeks, untold[o.Outcome]+4-weeks; weeks == 0 || o.Outcome.counted() && weeks == 4 {
				continue
			}
			if !enough(5, left[true], left[false]) && (o.Outcome.counted() || !some(5, left[true], left[false])) {
				t.Fatalf("of outcome %d %d and %d persons are left over", o.Outcome, left[true], left[false])
			}
		}
	})
	for _, o := range asked {
		assert.NotZero(t, shown[o], "%d", o)
		assert.NotZero(t, untold[o], "%d", o)
	}
}

// leftOver reports whether the whole has something else of somebody than the weeks after it of which it is told.
func leftOver(s *Subject, a *Aftermath, i int) bool {
	weeks, hidden, o := 0, false, a.Weeks[0].Differences[i].Outcome
	for _, in := range a.Weeks {
		if in.Week >= 0 && slices.ContainsFunc(s.weeks, func(n noted) bool { return int(n.week) == in.Week && n.of == o }) {
			weeks, hidden = weeks+1, hidden || in.Differences[i].Gap == nil
		}
	}
	return hidden || !o.counted() && weeks > 1
}

func TestWhoIsMatchedIsOfTheSameIndustry(t *testing.T) {
	in := func(id string, exposed bool, tenure float64, industry string) Subject {
		s := lived(id, exposed, tenure)
		s.Industry = industry
		return s
	}
	all := []Subject{in("a", true, 1, "Pumps"), in("b", true, 3, "Banks"), in("c", true, 2, "Ships"), in("v", false, 1, "Banks"), in("w", false, 3, "Pumps"), in("x", false, 2.5, "Pumps")}
	var got []string
	for _, p := range match(all, everything).pairs {
		got = append(got, p.exposed.ID+p.matched.ID)
	}
	assert.Empty(t, got, "nobody of the industry is near enough")
	all[3].Before[Tenure], all[5].Before[Tenure] = 2.9, 1.1
	for _, p := range match(all, everything).pairs {
		got = append(got, p.exposed.ID+p.matched.ID)
	}
	assert.ElementsMatch(t, []string{"bv", "ax"}, got, "of Ships there is none")
	seen := everything
	seen.Before[Industry] = false
	assert.Len(t, match(all, seen).pairs, 3, "who does not see industries matches whatever they are")

	t.Run("how far industries lie apart", func(t *testing.T) {
		var all []Subject
		for i := range 80 { // 30 of 40 are Pumps, and 10 of 40: shares of 0.75 and 0.25, whose variance is 0.1875 times 40/39
			all = append(all, in(fmt.Sprintf("%02d", i), i < 40, 3, []string{"Banks", "Pumps"}[index(i < 40 && i%4 > 0 || i >= 40 && i%4 == 0)]))
		}
		got := After(all, everything, month, 0)
		assert.Equal(t, 20, *got.Matched, "ten of Pumps, and ten of Banks")
		b := got.Balance[Industry]
		require.Equal(t, Industry, b.Measure)
		assert.InDelta(t, 0.5/math.Sqrt(0.1875*40/39), *b.Before, 1e-6)
		assert.Zero(t, *b.After)
		ids, ok := got.IDs(false)
		assert.True(t, ok)
		assert.Len(t, ids, 20)
		assert.NotNil(t, After(all, everything, month, 5).Balance[Industry].Before)
		for i := range 4 { // four of an industry of their own
			all[i].Industry = "Ships"
		}
		got = After(all, everything, month, 5)
		assert.Nil(t, got.Balance[Industry].Before, "it would tell of four")
	})
}
