package journey

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAChoiceIsWhatWasChosen compares choices with lists of what is chosen, at both sides of where words end.
func TestAChoiceIsWhatWasChosen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 63, 64, 65, 128, 200} {
		for name, is := range map[string]func(c int) bool{
			"none":       func(int) bool { return false },
			"all":        func(int) bool { return true },
			"all but 1":  func(c int) bool { return c != n/2 },
			"ends":       func(c int) bool { return c&63 == 63 || c&63 == 0 },
			"half":       func(int) bool { return rng.IntN(2) == 0 },
			"few":        func(int) bool { return rng.IntN(20) == 0 },
			"stretches":  func(c int) bool { return c/7%2 == 0 },
			"last alone": func(c int) bool { return c == n-1 },
		} {
			t.Run(fmt.Sprint(n, " ", name), func(t *testing.T) {
				chosen := make([]bool, n)
				for c := range chosen {
					chosen[c] = is(c)
				}
				x := choose(n, func(c int) bool { return chosen[c] })
				require.Len(t, x, (n+63)/64)
				isAsChosen(t, chosen, x)
				kept := rng.IntN(3)
				x.keep(func(c int) bool {
					require.True(t, chosen[c], "what is not chosen is not asked about")
					return c%3 != kept
				})
				for c := range chosen {
					chosen[c] = chosen[c] && c%3 != kept
				}
				isAsChosen(t, chosen, x)
			})
		}
		var x choice
		for c := range n {
			assert.True(t, x.has(c))
			assert.Equal(t, c, x.next(c, n))
		}
		assert.Equal(t, n, x.next(n, n))
		assert.Equal(t, ^uint64(0), x.word(n))
	}
}

func isAsChosen(t *testing.T, chosen []bool, x choice) {
	n, next := len(chosen), len(chosen)
	for c := n; c >= 0; c-- {
		if c < n && chosen[c] {
			next = c
		}
		require.Equal(t, next, x.next(c, n), "behind %d of %d", c, n)
	}
	var all []int
	stretches, r := 0, x.ranking()
	for c, is := range chosen {
		require.Equal(t, is, x.has(c))
		require.Equal(t, is, x.word(c>>6)>>(c&63)&1 == 1)
		require.Equal(t, len(all), r.before(c), "before %d of %d", c, n)
		if is {
			if c == 0 || !chosen[c-1] {
				stretches++
			}
			require.Equal(t, c, r.nth(len(all)), "the one of %d that has %d before it", n, len(all))
			all = append(all, c)
		}
	}
	require.Equal(t, all, x.all())
	require.Equal(t, len(all), x.count())
	require.Equal(t, stretches, x.stretches())
}
