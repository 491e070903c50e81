package journey

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestALookupFindsWhatIsInItsList adds and removes texts in any order, and finds each that is there and none that is not.
func TestALookupFindsWhatIsInItsList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, list := newLookup(), []string(nil)
		for range rapid.IntRange(0, 200).Draw(t, "changes") {
			text := fmt.Sprint(rapid.IntRange(0, 40).Draw(t, "text"))
			place := slices.Index(list, text)
			if place < 0 {
				list = append(list, text)
				x.add(list)
			} else {
				x.remove(text, list)
				list[place] = list[len(list)-1]
				list = list[:len(list)-1]
			}
			if rapid.IntRange(0, 9).Draw(t, "shrink") == 0 {
				x.shrink(list)
				require.Len(t, x.table, placesFor(len(list)))
			}
			require.Equal(t, len(list), x.n)
			for n := range 41 {
				place, is := x.find(fmt.Sprint(n), list)
				require.Equal(t, slices.Index(list, fmt.Sprint(n)), place)
				require.Equal(t, place >= 0, is)
			}
		}
	})
}
