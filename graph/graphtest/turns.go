package graphtest

import (
	"cmp"
	"crypto/sha256"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// What takes turns is decided by the seed, which has a part for each sort of turn: so whatever has its turn in one way has it, with some seed,
// together with whatever has its turn in another.
const (
	perText  = 12                 // numbers of texts are told apart by the seed's remainder
	perStore = 12                 // tests that ask Neo4j, too, by that of the next part
	perRun   = perText * perStore // and tests that this run has, by what is left
)

// TextInTurn reports whether the i-th of many texts has its turn, which one of so many has. of divides 12.
func TextInTurn(seed uint64, i, of int) bool { return uint64(i)%uint64(of) == seed%perText%uint64(of) }

// StoreInTurn reports whether a test has its turn to ask a further store, too, which one of so many has. of divides 12.
func StoreInTurn(seed uint64, name string, of int) bool {
	hash := sha256.Sum256([]byte(name))
	return (uint64(hash[0])+seed/perText)%uint64(of) == 0
}

// runInTurn reports whether a test has its turn in a run of this seed.
func runInTurn(seed uint64, name string, of uint64) bool {
	hash := sha256.Sum256([]byte(name))
	return (uint64(hash[1])+seed/perRun)%of == 0
}

// Turns is of how many runs one has a test that waits for Neo4j, for a browser or for Node: KITH_TEST_TURNS, else 1, which is each. CI has
// all of them each time; who is about to send a change has one of so many.
func Turns(t testing.TB) uint64 {
	t.Helper()
	text := cmp.Or(os.Getenv("KITH_TEST_TURNS"), "1")
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		t.Fatalf("KITH_TEST_TURNS must be of how many runs one has a test, a whole number from 1 to 65535, and is %q", text)
	}
	return n
}

// turned has the names of tests that have their turn.
var turned sync.Map

// InTurn skips a test unless it has its turn in this run. Tests within one that has its turn have it, too.
func InTurn(t testing.TB) {
	t.Helper()
	of := Turns(t)
	if of == 1 || hasTurn(t.Name()) {
		return
	}
	if !runInTurn(Seed(), t.Name(), of) {
		t.Skip("it has its turn with another seed, and each time without KITH_TEST_TURNS")
	}
	turned.Store(t.Name(), true)
}

// EachTime gives a test, and those within, its turn in each run. It says how many of n things it does there: all, or the part of one run, where
// what it does is drawn by the seed.
func EachTime(t testing.TB, n int) int {
	t.Helper()
	turned.Store(t.Name(), true)
	return max(1, n/int(Turns(t)))
}

func hasTurn(name string) bool {
	for name != "" {
		if _, has := turned.Load(name); has {
			return true
		}
		name = name[:max(0, strings.LastIndexByte(name, '/'))]
	}
	return false
}
