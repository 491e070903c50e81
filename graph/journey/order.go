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
	ranks := [3]int{max(0, n/2-1), n / 2, (9*n+9)/10 - 1}
	var at [3]int64
	if n < leastBuckets || !inBuckets(times, ranks, &at) {
		rest := times
		for i := len(ranks) - 1; i >= 0; i-- { // what is not greater stands before each
			at[i] = nth(rest, ranks[i])
			rest = rest[:ranks[i]+1]
		}
	}
	below, middle := at[0], at[1]
	out := &Spread{Median: float64(middle), P90: float64(at[2])}
	if n%2 == 0 {
		out.Median = float64(below) + float64(middle-below)/2
	}
	return out
}

// leastBuckets is how many values are at least found by buckets.
const leastBuckets = 4096

// bucketOf is one of 64 for each power of two from 64 on, below it one for each number: of two numbers from 0 on the greater has none before the other's.
func bucketOf(n int64) int {
	exponent := max(0, bits.Len64(uint64(n))-7)
	return exponent<<6 + int(n>>exponent)
}

const buckets = (64-7)<<6 + 128

// inBuckets finds the values of some ranks, which ascend: it counts values by buckets, and looks into those alone in which a rank is. Not ok: there are
// values below 0.
func inBuckets(values []int64, ranks [3]int, at *[3]int64) (ok bool) {
	var counts [buckets]int32
	for _, n := range values {
		if n < 0 {
			return false
		}
		counts[bucketOf(n)]++
	}
	var of, before [3]int // the bucket of each rank, and how many values come before those of it
	sum, r := 0, 0
	for b := 0; r < len(ranks); b++ {
		for r < len(ranks) && ranks[r] < sum+int(counts[b]) {
			of[r], before[r] = b, sum
			r++
		}
		sum += int(counts[b])
	}
	var in [3][]int64
	for _, n := range values {
		switch bucketOf(n) {
		case of[0]:
			in[0] = append(in[0], n)
		case of[1]:
			in[1] = append(in[1], n)
		case of[2]:
			in[2] = append(in[2], n)
		}
	}
	for r := range ranks {
		first := slices.Index(of[:], of[r])
		at[r] = nth(in[first], ranks[r]-before[r])
	}
	return true
}
