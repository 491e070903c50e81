package journey

import (
	"math/bits"
	"slices"
	"sort"
)

// A choice has a bit for each case of a log, by its place; nil: of all of them.
type choice []uint64

// choose asks of each of n cases whether it is chosen.
func choose(n int, is func(c int) bool) choice {
	if is == nil {
		return nil
	}
	x := make(choice, (n+63)/64)
	for w := range x {
		word := uint64(0)
		for i := range min(64, n-w*64) {
			word |= bitIf(is(w*64+i)) << (i & 63)
		}
		x[w] = word
	}
	return x
}

// bitIf is 1 where something is so, else 0: without a branch, which would often be guessed wrong.
func bitIf(is bool) (bit uint64) {
	if is {
		bit = 1
	}
	return bit
}

func (x choice) has(c int) bool { return x == nil || x[c>>6]>>(c&63)&1 == 1 }

// word has the bits of 64 cases.
func (x choice) word(w int) uint64 {
	if x == nil {
		return ^uint64(0)
	}
	return x[w]
}

// next is the first case from one on, of n, that is chosen; n: there is none.
func (x choice) next(c, n int) int {
	if x == nil || c >= n {
		return c
	}
	w := c >> 6
	for left := x[w] >> (c & 63) << (c & 63); ; left = x[w] {
		if left != 0 {
			return w<<6 + bits.TrailingZeros64(left)
		}
		if w++; w == len(x) {
			return n
		}
	}
}

// keep takes out of a choice, which is not nil, what is not to be kept.
func (x choice) keep(is func(c int) bool) {
	for w, word := range x {
		for left := word; left != 0; left &= left - 1 {
			if !is(w<<6 + bits.TrailingZeros64(left)) {
				word &^= left & -left
			}
		}
		x[w] = word
	}
}

// count is how many are chosen, where not all are.
func (x choice) count() (n int) {
	for _, word := range x {
		n += bits.OnesCount64(word)
	}
	return n
}

// stretches is how many times what is chosen begins anew, behind what is not, where not all are.
func (x choice) stretches() (n int) {
	before := uint64(0) // whether the case before the word is chosen
	for _, word := range x {
		n += bits.OnesCount64(word &^ (word<<1 | before))
		before = word >> 63
	}
	return n
}

// all are the places of a choice that is not nil.
func (x choice) all() (out []int) {
	if n := x.count(); n > 0 {
		out = make([]int, 0, n)
	}
	for w, word := range x {
		for ; word != 0; word &= word - 1 {
			out = append(out, w<<6+bits.TrailingZeros64(word))
		}
	}
	return out
}

// A ranking is a choice that can be counted up to any place.
type ranking struct {
	choice
	counts []uint32 // how many are chosen before each word
}

func (x choice) ranking() *ranking {
	r, n := &ranking{x, make([]uint32, len(x))}, uint32(0)
	for w, word := range x {
		r.counts[w] = n
		n += uint32(bits.OnesCount64(word))
	}
	return r
}

// before is how many are chosen before a place.
func (r *ranking) before(i int) int {
	w := i >> 6
	return int(r.counts[w]) + bits.OnesCount64(r.choice[w]&(1<<(i&63)-1))
}

// nth is the one that has n before it.
func (r *ranking) nth(n int) int {
	w := sort.Search(len(r.counts), func(w int) bool { return int(r.counts[w]) > n }) - 1
	word := r.choice[w]
	for range n - int(r.counts[w]) {
		word &= word - 1
	}
	return w<<6 + bits.TrailingZeros64(word)
}

// push appends to what may become long, and has it take twice as much each time that there is no room.
func push[T any](to []T, value T) []T {
	if len(to) == cap(to) {
		to = slices.Grow(to, max(64, len(to)))
	}
	return append(to, value)
}
