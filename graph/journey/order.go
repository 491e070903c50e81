package journey

import (
	"math/bits"
	"slices"
)

// nth puts the value that has n smaller ones, or equal ones, before it into its place of a slice, and gives it. What is before it is not
// greater, and what is behind it not smaller.
func nth(a []int64, n int) int64 {
	lo, hi := 0, len(a)-1
	for lo < hi {
		mid := lo + (hi-lo)/2
		if a[mid] < a[lo] {
			a[mid], a[lo] = a[lo], a[mid]
		}
		if a[hi] < a[lo] {
			a[hi], a[lo] = a[lo], a[hi]
		}
		if a[hi] < a[mid] {
			a[hi], a[mid] = a[mid], a[hi]
		}
		pivot := a[mid]
		i, j := lo, hi
		for i <= j {
			for a[i] < pivot {
				i++
			}
			for a[j] > pivot {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			hi = j
		case n >= i:
			lo = i
		default:
			return a[n]
		}
	}
	return a[n]
}

// A Spread is how long something took, in microseconds.
type Spread struct {
	Median float64 // of an even number the mean of the two in the middle
	P90    float64 // the least that nine tenths do not exceed
}

// spread is that of times, which it puts in another order; nil: of none.
func spread(times []int64) *Spread {
	n := len(times)
	if n == 0 {
		return nil
	}
	q := quantiles{ranks: ranksOf(n)}
	if n >= leastBuckets {
		counts := make([]uint32, buckets)
		negative := int64(0)
		for _, t := range times {
			counts[bucketOf(t)]++
			negative |= t
		}
		if negative >= 0 {
			q.seek(n, counts)
			for _, t := range times {
				q.take(bucketOf(t), t)
			}
			return q.spread()
		}
	}
	rest := times
	var at [3]int64
	for i := len(at) - 1; i >= 0; i-- { // what is not greater stands before each
		at[i] = nth(rest, q.ranks[i])
		rest = rest[:q.ranks[i]+1]
	}
	return spreadOf(n, at)
}

// leastBuckets is how many values are at least found by buckets.
const leastBuckets = 4096

// bucketOf is one of 16 for each power of two from 16 on, below it one for each number: of two numbers from 0 on the greater has none before the other's.
func bucketOf(n int64) int {
	exponent := max(0, bits.Len64(uint64(n))-5)
	return exponent<<4 + int(uint64(n)>>exponent)
}

const buckets = (64-5)<<4 + 32

// ranksOf are those of the values that a spread of so many is of: the two in the middle, and the one that nine tenths do not exceed.
func ranksOf(n int) [3]int { return [3]int{max(0, n/2-1), n / 2, (9*n+9)/10 - 1} }

func spreadOf(n int, at [3]int64) *Spread {
	out := &Spread{Median: float64(at[1]), P90: float64(at[2])}
	if n%2 == 0 {
		out.Median = float64(at[0]) + float64(at[1]-at[0])/2
	}
	return out
}

// A quantiles finds the values of some ranks, which ascend, among many from 0 on: once it is known how many there are in each bucket, it looks at those
// alone that are in the bucket of a rank.
type quantiles struct {
	n      int
	ranks  [3]int
	bucket [3]int     // of each rank
	before [3]int     // how many values come before those of it
	in     [3][]int64 // its values; those of ranks in one bucket are in that of the first
}

// seek takes in how many values are in each bucket.
func (q *quantiles) seek(n int, counts []uint32) {
	q.n, q.ranks = n, ranksOf(n)
	sum, r := 0, 0
	for b := 0; r < len(q.ranks); b++ {
		for r < len(q.ranks) && q.ranks[r] < sum+int(counts[b]) {
			q.bucket[r], q.before[r] = b, sum
			r++
		}
		sum += int(counts[b])
	}
	for r := range q.in {
		if slices.Index(q.bucket[:], q.bucket[r]) == r {
			q.in[r] = make([]int64, 0, counts[q.bucket[r]])
		}
	}
}

// take looks at a value.
func (q *quantiles) take(bucket int, value int64) {
	if bucket == q.bucket[0] || bucket == q.bucket[1] || bucket == q.bucket[2] {
		q.keep(bucket, value)
	}
}

func (q *quantiles) keep(bucket int, value int64) {
	r := slices.Index(q.bucket[:], bucket)
	q.in[r] = append(q.in[r], value)
}

// spread is that of all values; nil: there were none.
func (q *quantiles) spread() *Spread {
	if q.n == 0 {
		return nil
	}
	var at [3]int64
	for r := range at {
		at[r] = nth(q.in[slices.Index(q.bucket[:], q.bucket[r])], q.ranks[r]-q.before[r])
	}
	return spreadOf(q.n, at)
}
