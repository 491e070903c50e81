package journey

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
	middle := nth(times, n/2)
	out := &Spread{Median: float64(middle)}
	if n%2 == 0 {
		below := times[0]
		for _, t := range times[:n/2] {
			below = max(below, t)
		}
		out.Median = float64(below) + float64(middle-below)/2
	}
	out.P90 = float64(nth(times, (9*n+9)/10-1))
	return out
}
