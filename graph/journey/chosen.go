package journey

import (
	"math/bits"
	"slices"
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
			word |= bitIf(is(w*64+i)) << i
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

// push appends to what may become long, and has it take twice as much each time that there is no room.
func push[T any](to []T, value T) []T {
	if len(to) == cap(to) {
		to = slices.Grow(to, max(64, len(to)))
	}
	return append(to, value)
}
