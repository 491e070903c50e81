package journey

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestASpreadIsThatOfTheValuesInOrder has few values and many, near each other and far apart, and some below 0.
func TestASpreadIsThatOfTheValuesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 3, 10, leastBuckets - 1, leastBuckets, leastBuckets + 1}).Draw(t, "n")
		most := rapid.SampledFrom([]int64{0, 1, 63, 64, 1e3, 1e12, math.MaxInt64}).Draw(t, "most")
		some := rapid.SliceOfN(rapid.Int64Range(0, most), 1, 50).Draw(t, "values")
		if rapid.IntRange(0, 9).Draw(t, "negative") == 0 {
			some = append(some, -1)
		}
		times := make([]int64, n)
		for i := range times {
			times[i] = some[(i*7919+i/len(some))%len(some)]
		}
		sorted := slices.Sorted(slices.Values(times))
		median := float64(sorted[n/2])
		if n%2 == 0 {
			median = float64(sorted[n/2-1]) + float64(sorted[n/2]-sorted[n/2-1])/2
		}
		p90 := sorted[int(math.Ceil(0.9*float64(n)))-1]
		assert.Equal(t, Spread{Median: median, P90: float64(p90)}, *spread(times))
	})
}

func TestBucketsAreInTheOrderOfTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, math.MaxInt64).Draw(t, "a"), rapid.Int64Range(0, math.MaxInt64).Draw(t, "b")
		if a <= b {
			assert.LessOrEqual(t, bucketOf(a), bucketOf(b))
		}
		assert.Less(t, bucketOf(a), buckets)
	})
	assert.Less(t, bucketOf(math.MaxInt64), buckets)
}

// TestTheFirstVariantsAreThoseOfAll has many that are as frequent as others.
func TestTheFirstVariantsAreThoseOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 400)
		all := v.Variants(math.MaxInt, 0)
		assert.True(t, slices.IsSortedFunc(all.Rows, func(a, b Path) int { return cmp.Compare(b.Cases, a.Cases) }))
		first := rapid.IntRange(1, 1+len(all.Rows)).Draw(t, "first")
		some := v.Variants(first, 0)
		require.Len(t, some.Rows, min(first, len(all.Rows)))
		sum := some.Other.Cases
		for i, r := range some.Rows {
			assert.Equal(t, all.Rows[i], r, fmt.Sprint("row ", i))
			sum += r.Cases
		}
		assert.Equal(t, all.Total.Cases, sum)
		assert.Equal(t, len(all.Rows)-len(some.Rows), some.Other.Paths)
	})
}
