package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/journey"
)

// TestAnEventTakesAtMostFortyBytes measures logs with all that there is of events and of cases: how they were felt, what came of them, what cases are told apart by, the
// order of gaps, and ids as stores make them. A case is about nobody, is a person, or is about one of its own.
func TestAnEventTakesAtMostFortyBytes(t *testing.T) {
	l := newLog(1_000_000)
	for _, c := range []struct {
		name            string
		personal, about bool
		most            float64
	}{{"nobody", false, false, mostBytes}, {"persons", true, false, mostBytes}, {"a person each", false, true, 48}} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 2))
			before := heap()
			b, err := journey.NewBuilder(names(), c.personal)
			require.NoError(t, err)
			b.WithTraits(4)
			for i := range l.count() {
				x := l.journey(i, l.length(i))
				x.ID, x.Traits = fmt.Sprintf("cas_%024d", i), []string{"REQUEST", []string{"order", "return"}[i%2], "", "OPEN"}
				for j := range x.Events {
					e := &x.Events[j]
					if e.Felt, e.Outcome = journey.Mood(rng.Int64N(2e6)-1e6), []string{"paid", "refused", ""}[rng.IntN(3)]; !c.about {
						e.Persons = nil
					}
				}
				require.NoError(t, b.Put(x))
			}
			log := b.Log()
			v, err := log.View(log.As())
			require.NoError(t, err)
			v.Map(true)
			took, told := float64(heap()-before)/float64(len(l.codes)), float64(b.Bytes())/float64(len(l.codes))
			t.Logf("%.1f bytes an event, of which the Builder tells %.1f", took, told)
			assert.LessOrEqual(t, took, c.most)
			runtime.KeepAlive(log)
			runtime.KeepAlive(b)
		})
	}
}
