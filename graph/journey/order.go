package journey

import (
	"math"
	"math/bits"
	"slices"
)

// nth puts the value that has n smaller ones, or equal ones, before it into its place of a slice, and gives it. What is before it is not
// greater, and what is behind it not smaller.
func nth(a []int64, n int) int64 {
	for lo, hi := 0, len(a); ; {
		if hi-lo <= 1 {
			return a[n]
		}
		x, y, z := a[lo], a[lo+(hi-lo)/2], a[hi-1]
		pivot := max(min(x, y), min(max(x, y), z))
		if less := lo + smaller(a[lo:hi], pivot); n < less {
			hi = less
		} else if pivot == math.MaxInt64 {
			return pivot
		} else if lo = less + smaller(a[less:hi], pivot+1); n < lo { // it is one of those that are equal
			return pivot
		}
	}
}

// smaller puts those that are smaller than another value before all others, and tells how many they are. There is no branch in the loop, which would often
// be guessed wrong.
func smaller(a []int64, than int64) (n int) {
	for i, v := range a {
		a[i] = a[n]
		a[n] = v
		is := 0
		if v < than {
			is = 1
		}
		n += is
	}
	return n
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
	low, middle, most := q.ranks[0], q.ranks[1], q.ranks[2]
	at := [3]int64{1: nth(times, middle)}
	at[0] = at[1]
	if low < middle { // it is the greatest of those before
		at[0] = slices.Max(times[:middle])
	}
	at[2] = nth(times[middle:], most-middle)
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
