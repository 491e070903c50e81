package journey

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestTheHorizonIsThatOfTheCasesThatAreThere puts cases, puts them again and takes them out, now and then with a log between.
func TestTheHorizonIsThatOfTheCasesThatAreThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, err := NewBuilder([]string{"a"}, false)
		require.NoError(t, err)
		last := map[string]int64{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			c := Case{ID: fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "case"))}
			delete(last, c.ID)
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				b.Remove(c.ID)
				continue
			}
			for range rapid.IntRange(0, 3).Draw(t, "events") {
				at := rapid.Int64Range(-5, 5).Draw(t, "at")
				c.Events = append(c.Events, Event{At: at})
				if known, ok := last[c.ID]; !ok || at > known {
					last[c.ID] = at
				}
			}
			require.NoError(t, b.Put(c))
			if rapid.Bool().Draw(t, "log") {
				want := int64(math.MinInt64)
				for _, at := range last {
					want = max(want, at)
				}
				assert.Equal(t, want, b.Log().Horizon)
			}
		}
	})
}
