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

// TestWhatCompaniesKeepDoesNotTellWhoLeft has 30 companies on either side. Of so many nobody knows what they pay, or of them it is half as much.
func TestWhatCompaniesKeepDoesNotTellWhoLeft(t *testing.T) {
	type side struct{ left, unknown, half, free int } // of the unknown, as many as there are left
	five := side{left: 5}
	for _, c := range []struct {
		name            string
		exposed, others side
		left, kept      bool
	}{
		{"five left on either side, and all others keep all", five, five, true, true},
		{"nobody left, of either", side{}, side{}, false, false},
		{"nobody left, of one", five, side{}, false, false},
		{"four did", five, side{left: 4}, false, false},
		{"all but four", side{left: 26}, five, false, false},
		{"five pay half", side{5, 0, 5, 0}, five, true, true},
		{"one pays half", side{5, 0, 1, 0}, five, true, false},
		{"all others do", side{5, 0, 25, 0}, side{5, 0, 25, 0}, true, true},
		{"all others but one", five, side{5, 0, 24, 0}, true, false},
		{"of five who left, nobody knows what they paid", side{5, 5, 0, 0}, side{5, 5, 0, 0}, true, true},
		{"five pay nothing any more, and stay", side{5, 0, 0, 5}, five, true, true},
		{"one does, whom less five who left would tell", side{5, 0, 0, 1}, five, true, false},
		{"of one who left it is known", side{6, 5, 0, 0}, five, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []Subject
			for i := range 60 {
				s, of := lived(fmt.Sprint(i), i < 30, 3), c.others
				if s.Exposed {
					of = c.exposed
				}
				s.After[Left], s.After[Retained] = float64(index(i%30 < of.left)), 1
				switch n := i % 30; {
				case n < of.unknown:
					s.After[Retained] = math.NaN()
				case n < of.left:
					s.After[Retained] = 0
				case n < of.left+of.half:
					s.After[Retained] = 0.5
				case n < of.left+of.half+of.free:
					s.After[Retained] = 0
				}
				all = append(all, s)
			}
			got := After(all, everything, NoWeeks, 5)
			require.Equal(t, NotRefused, got.Refusal)
			assert.Equal(t, c.left, got.Differences[Left].OfExposed != nil)
			assert.Equal(t, c.kept, got.Differences[Retained].OfExposed != nil)
			assert.Equal(t, c.kept, got.Differences[Retained].Gap != nil)
			assert.NotNil(t, After(all, everything, NoWeeks, 0).Differences[Retained].Gap)
		})
	}
}

// TestWhatCompaniesKeepByWeek has 30 companies on either side, and three weeks.
func TestWhatCompaniesKeepByWeek(t *testing.T) {
	const all, half, nothing = 1, 0.5, 0
	unknown := math.NaN()
	type group struct {
		companies int
		levels    [3]float64 // by week
	}
	for _, c := range []struct {
		name   string
		groups []group // of either side; of the others nothing changes
		want   [3]bool
	}{
		{"five leave in each week", []group{{5, [3]float64{nothing, nothing, nothing}}, {5, [3]float64{all, nothing, nothing}}, {5, [3]float64{all, all, nothing}}}, [3]bool{true, true, true}},
		{"four leave in the last, beside whom five had left", []group{{5, [3]float64{all, nothing, nothing}}, {4, [3]float64{all, all, nothing}}}, [3]bool{true, false, true}},
		{"four leave in the second, of whom the first would tell", []group{{5, [3]float64{nothing, nothing, nothing}}, {4, [3]float64{all, nothing, nothing}}}, [3]bool{false, true, true}},
		{"one pays less for a week", []group{{6, [3]float64{nothing, nothing, nothing}}, {1, [3]float64{all, half, all}}}, [3]bool{true, false, true}},
		{"one comes back, as one leaves", []group{{6, [3]float64{nothing, nothing, nothing}}, {1, [3]float64{nothing, all, all}}, {1, [3]float64{all, nothing, nothing}}}, [3]bool{false, true, true}},
		{"of four it is not known any more", []group{{6, [3]float64{nothing, nothing, nothing}}, {4, [3]float64{all, all, unknown}}}, [3]bool{true, true, false}},
		{"of four it is known at last", []group{{6, [3]float64{nothing, nothing, nothing}}, {4, [3]float64{unknown, all, all}}}, [3]bool{false, true, true}},
		{"of five it is not", []group{{6, [3]float64{nothing, nothing, nothing}}, {5, [3]float64{all, all, unknown}}}, [3]bool{true, true, true}},
		{"nobody leaves, of whom the weeks would tell", []group{{5, [3]float64{half, half, half}}}, [3]bool{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var companies []Subject
			for side := range 2 {
				n := 0
				add := func(levels [3]float64) {
					s := lived(fmt.Sprint(side, n), side == 0, 3)
					s.NoteKept(21*day, func(until int64) float64 { return levels[until/(7*day)-1] })
					s.After[Left], s.After[Retained] = float64(index(levels[2] == nothing)), levels[2]
					companies, n = append(companies, s), n+1
				}
				for _, g := range c.groups {
					for range g.companies {
						add(g.levels)
					}
				}
				for n < 30 {
					add([3]float64{all, all, all})
				}
			}
			for _, fewest := range []int{0, 5} {
				got := After(companies, everything, 21*day, fewest)
				assert.Nil(t, told(t, got, -1, Retained).OfExposed, "who had nothing then is not among them")
				for w, is := range c.want {
					var sum, have float64
					for i := range 30 {
						level := 1.0
						for _, g := range c.groups {
							if i -= g.companies; i < 0 {
								level = g.levels[w]
								break
							}
						}
						if !math.IsNaN(level) {
							sum, have = sum+level, have+1
						}
					}
					d := told(t, got, w, Retained)
					if is = is || fewest == 0; assert.Equal(t, is, d.OfExposed != nil, "week %d, of %d", w, fewest) && is {
						assert.InDelta(t, sum/have, d.Exposed, 1e-9)
						assert.Equal(t, []int{int(have), int(have)}, []int{*d.OfExposed, *d.OfMatched})
					}
				}
				last, whole := told(t, got, 2, Retained), got.Differences[Retained]
				assert.Equal(t, whole.OfExposed != nil, last.OfExposed != nil, "the last week has what the whole span has")
				assert.Equal(t, whole.Gap, last.Gap)
			}
		})
	}
}

// TestNoCompanyFollowsFromTwoWeeks holds that of any two weeks which are told, what companies keep differs for nobody or enough of either side.
func TestNoCompanyFollowsFromTwoWeeks(t *testing.T) {
	shown, untold := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rate := rapid.SampledFrom([]float64{0.1, 0.3, 0.5}).Draw(t, "who changes in a week")
		to := rapid.SampledFrom([][]float64{{0}, {0, 0.5}, {0, 1}, {0, 0.5, 1, math.NaN()}}).Draw(t, "to which levels")
		changes := rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 3, rapid.ID).Draw(t, "weeks in which anybody does")
		var levels [][4]float64
		all := weekly(func(_ int, s *Subject) {
			level, of := 1.0, [4]float64{}
			for w := range of {
				if slices.Contains(changes, w) && r.Float64() < rate {
					level = to[r.IntN(len(to))]
				}
				of[w] = level
			}
			levels = append(levels, of)
			s.NoteKept(28*day, func(until int64) float64 { return of[until/(7*day)-1] })
			s.After[Left], s.After[Retained] = float64(index(level == 0)), level
		})
		got := After(all, everything, 28*day, 5)
		for w := range 4 {
			if told(t, got, w, Retained).OfExposed == nil {
				untold++
				continue
			}
			shown++
			for v := range w {
				if told(t, got, v, Retained).OfExposed == nil {
					continue
				}
				differ := map[bool]int{}
				for i, of := range levels {
					differ[all[i].Exposed] += index(of[w] != of[v] && !(math.IsNaN(of[w]) && math.IsNaN(of[v])))
				}
				if !some(5, differ[true], differ[false]) {
					t.Fatalf("the weeks %d and %d differ for %d and %d companies", v, w, differ[true], differ[false])
				}
			}
		}
	})
	assert.NotZero(t, shown)
	assert.NotZero(t, untold)
}
