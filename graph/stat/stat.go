// Package stat has what is said of shares: how far the true one may be from the observed one, by how much two differ, and what is chance.
package stat

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
)

// Z is how many standard errors an interval of 95 % confidence reaches to either side.
const Z = 1.959964

// Wilson is the interval within which the true share lies with 95 % confidence, where with of n have something (Wilson 1927): the shares
// for which the observed one lies within Z standard errors. Of none it is everything, from 0 to 1.
func Wilson(with, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	p, size := float64(with)/float64(n), float64(n)
	center := (p + Z*Z/(2*size)) / (1 + Z*Z/size)
	half := Z / (1 + Z*Z/size) * math.Sqrt(p*(1-p)/size+Z*Z/(4*size*size))
	return max(0, center-half), min(1, center+half)
}

// Newcombe is the interval within which the difference of two true shares lies with 95 % confidence, of samples that do not depend on each
// other (Newcombe 1998, method 10): it is put together from the intervals of Wilson, and never leaves -1 to 1.
func Newcombe(withA, a, withB, b int) (low, high float64) {
	if a == 0 || b == 0 {
		return -1, 1
	}
	p, q := float64(withA)/float64(a), float64(withB)/float64(b)
	lowA, highA := Wilson(withA, a)
	lowB, highB := Wilson(withB, b)
	return max(-1, p-q-math.Hypot(p-lowA, highB-q)), min(1, p-q+math.Hypot(highA-p, q-lowB))
}

// CohenH is how large the difference of two shares is (Cohen 1988): that of the angles by which the variance of a share does not depend on
// it. 0.2 is small, 0.5 is medium, 0.8 is large.
func CohenH(p, q float64) float64 {
	return 2*math.Asin(math.Sqrt(p)) - 2*math.Asin(math.Sqrt(q))
}

// Fisher is how probable shares are that lie as far apart as the observed ones, or farther, where the true ones are equal: the exact test of
// Fisher, on both sides, which adds up all tables that are no more probable than the observed one.
func Fisher(withA, a, withB, b int) float64 {
	n, with := a+b, withA+withB
	least, most := max(0, with-b), min(a, with)
	if least == most {
		return 1
	}
	log := func(x int) float64 { // of the probability that a has x of them
		return choose(with, x) + choose(n-with, a-x) - choose(n, a)
	}
	observed := log(withA) + 1e-7 // what differs from it in the last digits alone is as probable
	peak := min(most, max(least, int(float64(a+1)*float64(with+1)/float64(n+2))))
	below := sort.Search(peak-least+1, func(i int) bool { return log(least+i) > observed })
	above := sort.Search(most-peak, func(i int) bool { return log(peak+1+i) <= observed })
	p := 0.0
	add := func(x int) (further bool) { // the farther out, the less probable
		q := math.Exp(log(x))
		p += q
		return q > p*1e-17
	}
	for x := least + below - 1; x >= least && add(x); x-- {
	}
	for x := peak + 1 + above; x <= most && add(x); x++ {
	}
	return Rounded(min(1, p))
}

// Rounded is a number to nine digits, which is what sums of many others, and logarithms of factorials, are exact to on all machines.
func Rounded(f float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 9, 64), 64)
	if err != nil { // it has just been written
		panic(err)
	}
	return r
}

// choose is the logarithm of how many ways there are to take k of n.
func choose(n, k int) float64 {
	of := func(n int) float64 { l, _ := math.Lgamma(float64(n + 1)); return l }
	return of(n) - of(k) - of(n-k)
}

// Holm corrects probabilities for how many of them there are (Holm 1979): each is what it would have to be if it were asked for alone, so that
// one of all below 0.05 by chance is found in at most one of twenty answers.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	out, most := make([]float64, len(p)), 0.0
	for rank, i := range order {
		most = max(most, min(1, p[i]*float64(len(p)-rank)))
		out[i] = most
	}
	return out
}

// A Spell is how long something lasted, and whether it is over then; if not, it is known to have lasted at least so long.
type Spell struct {
	Long int64
	Over bool
}

// KaplanMeier visits the times after which spells are over, the shortest first: how many are, and the share that goes on behind it, with those
// included that are known to have gone on for a while (Kaplan and Meier 1958). It puts spells into another order.
func KaplanMeier(spells []Spell, visit func(long int64, over int, going float64) (further bool)) {
	slices.SortFunc(spells, func(a, b Spell) int { return cmp.Compare(a.Long, b.Long) })
	going := 1.0
	for i := 0; i < len(spells); {
		long, over, left := spells[i].Long, 0, len(spells)-i
		for ; i < len(spells) && spells[i].Long == long; i++ {
			if spells[i].Over {
				over++
			}
		}
		if going *= 1 - float64(over)/float64(left); over > 0 && !visit(long, over, going) {
			return
		}
	}
}

// Survival is after how long half of all spells are over, those included that go on. Not reached: more than half of them last longer than any of
// those that are over.
func Survival(spells []Spell) (median int64, reached bool) {
	KaplanMeier(spells, func(long int64, _ int, going float64) bool {
		median, reached = long, going <= 0.5+1e-12
		return !reached
	})
	if !reached {
		return 0, false
	}
	return median, true
}
