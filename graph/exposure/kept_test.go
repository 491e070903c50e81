package exposure

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWhatCompaniesKeepDoesNotTellWhoLeft has 30 companies on either side. Of so many nobody knows what they pay, or of them it is half as much.
func TestWhatCompaniesKeepDoesNotTellWhoLeft(t *testing.T) {
	type side struct{ left, unknown, half int } // of the unknown, as many as there are left
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
		{"five pay half", side{5, 0, 5}, five, true, true},
		{"one pays half", side{5, 0, 1}, five, true, false},
		{"all others do", side{5, 0, 25}, side{5, 0, 25}, true, true},
		{"all others but one", five, side{5, 0, 24}, true, false},
		{"of five who left, nobody knows what they paid", side{5, 5, 0}, side{5, 5, 0}, true, true},
		{"of one who left it is known", side{6, 5, 0}, five, true, false},
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
