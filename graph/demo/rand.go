package demo

import "math/bits"

// stream is a source of numbers that are the same wherever and whenever they are drawn: SplitMix64, and integers only, as
// neither another release of Go nor another processor may change what was loaded before.
type stream struct{ state uint64 }

// stream gives the numbers of one thing, which is named by words and numbers. Nothing else draws from it.
func (w *world) stream(name string, numbers ...int) *stream {
	h := uint64(14695981039346656037) ^ w.seed
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	for _, n := range numbers {
		h = mix(h ^ uint64(n)*0x9e3779b97f4a7c15)
	}
	return &stream{mix(h)}
}

func (r *stream) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	return mix(r.state)
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1.
func (r *stream) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between is a number from a to b, both included.
func (r *stream) between(a, b int) int { return a + r.below(b-a+1) }

// chance is true as often as permille says.
func (r *stream) chance(permille int) bool { return r.below(1000) < permille }

// count is a number of events where permille, at most 8000, are expected in a thousand.
func (r *stream) count(permille int) int {
	n := 0
	for range 8 {
		if r.below(8000) < permille {
			n++
		}
	}
	return n
}

// heavy is a weight of 1 to 100 of which few are large.
func (r *stream) heavy() int { return 100 / (1 + r.below(100)) }

func pick[T any](r *stream, of []T) T { return of[r.below(len(of))] }

// weighted is the place of a weight, as likely as it is heavy; -1 where all are 0.
func (r *stream) weighted(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		return -1
	}
	at := r.below(sum)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return -1
}
