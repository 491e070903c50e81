package stat

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAnIntervalOfADifferenceIsThatOfNewcombe(t *testing.T) {
	// Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
	for _, c := range []struct {
		withA, a, withB, b int
		low, high          float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1},
		{10, 10, 0, 10, 0.6075, 1},
		{0, 0, 1, 2, -1, 1},
	} {
		t.Run(fmt.Sprintf("%d of %d against %d of %d", c.withA, c.a, c.withB, c.b), func(t *testing.T) {
			low, high := Newcombe(c.withA, c.a, c.withB, c.b)
			assert.InDelta(t, c.low, low, 0.00006)
			assert.InDelta(t, c.high, high, 0.00006)
		})
	}
}

func TestFishersTestAddsUpWhatIsNoMoreProbable(t *testing.T) {
	for _, c := range []struct {
		name               string
		withA, a, withB, b int
		want               float64
	}{
		{"the lady who tastes tea: 1 + 16 + 16 + 1 of 70", 3, 4, 1, 4, 34.0 / 70},
		{"all right: 1 + 1 of 70", 4, 4, 0, 4, 2.0 / 70},
		{"as many as can be expected", 5, 10, 5, 10, 1},
		{"nobody has it", 0, 7, 0, 9, 1},
		{"one side is empty", 0, 0, 3, 9, 1},
		{"R: fisher.test(matrix(c(1, 9, 11, 3), 2))", 1, 10, 11, 14, 0.002759456},
		{"R: fisher.test(matrix(c(8, 2, 1, 5), 2))", 8, 10, 1, 6, 0.03496503},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.InDelta(t, c.want, Fisher(c.withA, c.a, c.withB, c.b), 1e-6)
			assert.InDelta(t, c.want, Fisher(c.withB, c.b, c.withA, c.a), 1e-6, "it is the same the other way round")
		})
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 { // the tails are found as they are where all tables are looked at
		a, b := rng.IntN(40), rng.IntN(40)
		withA, withB := rng.IntN(a+1), rng.IntN(b+1)
		p, all := 0.0, 0.0
		at := func(x int) float64 { return pascal(withA+withB, x) * pascal(a+b-withA-withB, a-x) }
		for x := range a + 1 {
			if all += at(x); at(x) <= at(withA)*(1+1e-7) {
				p += at(x)
			}
		}
		assert.InDelta(t, p/all, Fisher(withA, a, withB, b), 1e-9, "%d of %d against %d of %d", withA, a, withB, b)
	}
	assert.Less(t, Fisher(600_000, 1_000_000, 500_000, 1_000_000), 1e-100, "millions are no matter")
}

// pascal is how many ways there are to take k of n.
func pascal(n, k int) float64 {
	if k < 0 || k > n {
		return 0
	}
	ways := 1.0
	for i := range k {
		ways = ways * float64(n-i) / float64(i+1)
	}
	return ways
}

func TestHolmCorrectsForHowManyThereAre(t *testing.T) {
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		{"the least counts as often as there are any", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{"none becomes more than 1", []float64{0.9, 0.6}, []float64{1, 1}},
		{"one alone stays", []float64{0.03}, []float64{0.03}},
		{"of none there is none", nil, []float64{}},
	} {
		t.Run(c.name, func(t *testing.T) { assert.InDeltaSlice(t, c.want, Holm(c.p), 1e-12) })
	}
}

func TestTheSizeOfADifferenceIsThatOfAngles(t *testing.T) {
	assert.InDelta(t, 0.2013579, CohenH(0.6, 0.5), 1e-6)
	assert.InDelta(t, -3.1415927, CohenH(0, 1), 1e-6)
}

func TestHalfOfAllSpellsAreOverAfterTheirMedian(t *testing.T) {
	over := func(long int64) Spell { return Spell{long, true} }
	on := func(long int64) Spell { return Spell{long, false} }
	for _, c := range []struct {
		name    string
		spells  []Spell
		median  int64
		reached bool
	}{
		{"without any that goes on it is the lower of the two in the middle", []Spell{over(4), over(1), over(3), over(2)}, 2, true},
		{"what goes on counts as long as it is known: 3/4, then 3/4 of 1/2", []Spell{over(1), on(2), over(3), on(9)}, 3, true},
		{"what goes on at an instant is still there when others end then", []Spell{on(2), over(2), over(5)}, 5, true},
		{"more than half go on", []Spell{over(1), on(1), on(1)}, 0, false},
		{"there is none", nil, 0, false},
		{"it is over at once", []Spell{over(0), on(0)}, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			median, reached := Survival(c.spells)
			assert.Equal(t, c.reached, reached)
			assert.Equal(t, c.median, median)
		})
	}
}
