package exposure

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// followed are 24 companies on either side, with what they keep as of the ends of three weeks, and the week in which one left.
func followed(levels func(i int) [3]float64) (all []Subject) {
	return weekly(func(i int, s *Subject) {
		of := levels(i % 24)
		s.NoteKept(21*day, func(until int64) float64 { return of[until/(7*day)-1] })
		s.After[Left], s.After[Retained] = float64(index(of[2] == 0)), of[2]
		if w := leftIn(of); w >= 0 {
			s.Note(Left, 1, int64(7*w+1)*day, 21*day)
		}
	})
}

// leftIn is the week in which a company left; -1: it did not.
func leftIn(levels [3]float64) int {
	for w := 2; w >= 0; w-- {
		if levels[w] != 0 {
			if w == 2 {
				return -1
			}
			return w + 1
		}
	}
	return 0
}

// TestWhatIsKeptDoesNotTellTheWeekInWhichFewLeft has groups of companies on either side; all others keep what they have.
func TestWhatIsKeptDoesNotTellTheWeekInWhichFewLeft(t *testing.T) {
	first, second, third, gap := [3]float64{0, 0, 0}, [3]float64{1, 0, 0}, [3]float64{1, 1, 0}, [3]float64{0, 1, 1}
	type group struct {
		companies int
		levels    [3]float64
	}
	for _, c := range []struct {
		name       string
		groups     []group
		left, kept [3]bool
	}{
		{"five left in each", []group{{5, first}, {5, second}, {5, third}}, [3]bool{true, true, true}, [3]bool{true, true, true}},
		{"four left in the last: 18 of 24 kept all as of the first, 7 left in the second, and 17 in all", []group{{6, first}, {7, second}, {4, third}}, [3]bool{false, true, false},
			[3]bool{false, false, true}},
		{"four left in either of two, whom the end of the second does not tell apart", []group{{4, first}, {4, second}, {7, third}}, [3]bool{false, false, true}, [3]bool{false, true, true}},
		{"one has none for a while, and five left by then", []group{{5, first}, {5, second}, {5, third}, {1, gap}}, [3]bool{true, true, true}, [3]bool{false, true, true}},
		{"five have none for a while", []group{{6, first}, {6, third}, {5, gap}}, [3]bool{false, false, true}, [3]bool{true, true, true}},
		{"five have, and all but four others left", []group{{5, first}, {5, second}, {5, third}, {5, gap}}, [3]bool{true, true, true}, [3]bool{false, true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := After(followed(func(i int) [3]float64 {
				for _, g := range c.groups {
					if i -= g.companies; i < 0 {
						return g.levels
					}
				}
				return [3]float64{1, 1, 1}
			}), everything, 21*day, 5)
			for w := range 3 {
				assert.Equal(t, c.left[w], told(t, got, w, Left).OfExposed != nil, "who left in week %d", w)
				assert.Equal(t, c.kept[w], told(t, got, w, Retained).OfExposed != nil, "what is kept as of week %d", w)
			}
		})
	}
}

// TestNoFewCompaniesFollowFromWhatIsToldOfThem adds and subtracts numbers that are told of who left and of what is kept, in every way: what is left is of nobody, or of
// five companies.
func TestNoFewCompaniesFollowFromWhatIsToldOfThem(t *testing.T) {
	shown, untold := map[Outcome]int{}, map[Outcome]int{}
	rapid.Check(t, func(t *rapid.T) {
		leave, others := [][3]float64{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}}, [][3]float64{{0, 1, 1}, {1, 0, 1}, {0, 0, 1}, {0, 1, 0}, {1, 0.5, 0.5}}
		var levels [48][3]float64
		for side := range 2 {
			have := levels[24*side : 24*side]
			group := func(way [3]float64, companies []int) {
				for range rapid.SampledFrom(companies).Draw(t, fmt.Sprint("of side ", side, " go ", way)) {
					have = append(have, way)
				}
			}
			for _, way := range leave {
				group(way, []int{0, 4, 5, 5, 6})
			}
			group(rapid.SampledFrom(others).Draw(t, "others"), []int{0, 0, 1, 5})
			for len(have) < 24 {
				have = append(have, [3]float64{1, 1, 1})
			}
		}
		next := -1
		got := After(followed(func(int) [3]float64 { next++; return levels[next] }), everything, 21*day, 5)
		for side := range 2 {
			have := levels[24*side : 24*side+24]
			numbers := [][]float64{slices.Repeat([]float64{1}, 24)} // by company: what it is counted as
			number := func(of func(levels [3]float64) float64) {
				var one []float64
				for _, l := range have {
					one = append(one, of(l))
				}
				numbers = append(numbers, one)
			}
			if got.Differences[Left].OfExposed != nil {
				number(func(l [3]float64) float64 { return 1 - float64(index(leftIn(l) < 0)) })
			}
			for w := range 3 {
				for o, of := range map[Outcome]func(l [3]float64) float64{
					Left:     func(l [3]float64) float64 { return float64(index(leftIn(l) == w)) },
					Retained: func(l [3]float64) float64 { return l[w] },
				} {
					if told(t, got, w, o).OfExposed == nil {
						untold[o]++
						continue
					}
					number(of)
					if shown[o]++; o == Retained && w < 2 && told(t, got, 2, o).OfExposed != nil {
						shown[outcomes]++
					}
				}
			}
			if n := fewest(numbers, make([]float64, 24)); n < 5 {
				t.Fatalf("%d companies follow from %v", n, numbers)
			}
		}
	})
	for _, o := range []Outcome{Left, Retained} {
		assert.NotZero(t, shown[o], "%d", o)
		assert.NotZero(t, untold[o], "%d", o)
	}
	assert.NotZero(t, shown[outcomes], "a week beside the last")
}

// fewest is of how many companies a sum of numbers is, each added, subtracted or left out, where it is of any.
func fewest(numbers [][]float64, sum []float64) (least int) {
	if len(numbers) == 0 {
		for _, v := range sum {
			least += index(v != 0)
		}
		if least == 0 {
			return len(sum)
		}
		return least
	}
	least = len(sum)
	for _, sign := range []float64{-1, 0, 1} {
		next := slices.Clone(sum)
		for i, v := range numbers[0] {
			next[i] += sign * v
		}
		least = min(least, fewest(numbers[1:], next))
	}
	return least
}
