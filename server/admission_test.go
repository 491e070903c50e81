package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// A crowd lets callers ask in a test's own time, and notes who is let in, in what order.
type crowd struct {
	*admission
	in []string
	no []*refusal
}

func asks(l Limits) *crowd { return &crowd{admission: newAdmission(l)} }

// ask has a caller ask an operation that takes so long.
func (a *crowd) ask(ctx context.Context, who, operation string, takes time.Duration) {
	go func() {
		leave, no := a.enter(ctx, who, operation)
		a.mu.Lock()
		if no != nil {
			a.no = append(a.no, no)
		} else {
			a.in = append(a.in, who)
		}
		a.mu.Unlock()
		if no != nil {
			return
		}
		time.Sleep(takes)
		leave()
	}()
	synctest.Wait()
}

// let are who were let in, sent those who were sent away, and kept how much there is of anybody still.
func (a *crowd) let() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.in)
}

func (a *crowd) sent() []*refusal {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.no)
}

func (a *crowd) kept() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.running + a.waiting + len(a.callers)
}

func TestACallerHasHalfOfTheReadersAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 4, Slow: 4, Queue: 100})
		for range 10 {
			a.ask(t.Context(), "greedy", "{ a }", time.Second)
		}
		assert.Equal(t, []string{"greedy", "greedy"}, a.let())
		a.ask(t.Context(), "modest", "{ b }", time.Millisecond)
		assert.Equal(t, []string{"greedy", "greedy", "modest"}, a.let(), "at once")
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Len(t, a.let(), 11, "all are let in in the end")
		assert.Zero(t, a.kept(), "and nothing is kept of them")
	})
}

func TestWhoHasHadLeastIsNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 1, Slow: 1, Queue: 100})
		for range 4 {
			a.ask(t.Context(), "often", "{ a }", 10*time.Millisecond)
		}
		for _, who := range []string{"first", "second", "first"} {
			a.ask(t.Context(), who, "{ a }", 10*time.Millisecond)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Len(t, a.let(), 7)
		assert.ElementsMatch(t, []string{"often", "first", "second"}, a.let()[:3], "each once before anybody twice")
		assert.Equal(t, "often", a.let()[6], "who asks most waits longest")
	})
}

func TestQuickOperationsDoNotWaitForSlowOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 8, Slow: 1, Queue: 100})
		for _, operation := range []string{"{ slow }", "{ quick }"} {
			a.ask(t.Context(), "first", operation, map[string]time.Duration{"{ slow }": time.Second, "{ quick }": time.Millisecond}[operation])
			time.Sleep(time.Minute)
			synctest.Wait()
		}
		for i := range 5 {
			a.ask(t.Context(), fmt.Sprint("hostile ", i), []string{"{ slow }", fmt.Sprintf("{ new%d }", i)}[i%2], time.Second)
		}
		assert.Len(t, a.let(), 3, "of what is slow, or may be, one runs")
		for range 3 {
			a.ask(t.Context(), "modest", "{ quick }", time.Second) // it takes longer than it did, since the machine is busy
			a.ask(t.Context(), "another", "{ quick }", time.Millisecond)
		}
		assert.Len(t, a.let(), 9, "what is quick is let in at once, and stays quick")
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Len(t, a.let(), 13)
	})
}

func TestACallerHasHalfOfThePlacesOfSlowOperationsAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 16, Slow: 4, Queue: 100})
		for i := range 6 {
			a.ask(t.Context(), "greedy", fmt.Sprintf("{ new%d }", i), time.Second)
		}
		assert.Equal(t, []string{"greedy", "greedy"}, a.let())
		a.ask(t.Context(), "modest", "{ another }", time.Second)
		assert.Equal(t, []string{"greedy", "greedy", "modest"}, a.let(), "at once")
		(&Server{admission: a.admission}).SlowReaders(6)
		synctest.Wait()
		assert.Equal(t, []string{"greedy", "greedy", "modest", "greedy"}, a.let(), "half of more")
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Len(t, a.let(), 7)
		assert.Zero(t, a.kept())
	})
}

func TestWhoFindsTooManyWaitingIsSentAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 2, Slow: 2, Queue: 8})
		for i := range 12 {
			a.ask(t.Context(), fmt.Sprint("caller ", i/4), "{ a }", time.Second)
		}
		// One of each caller's four runs while there is room; two wait, and who has two waiting is sent away.
		var told []string
		for _, no := range a.sent() {
			assert.Equal(t, graph.Overloaded, no.code)
			told = append(told, fmt.Sprint(no.status, " ", no.message))
		}
		const mine = "429 2 requests of the same caller wait to be answered, which is the limit: ask again later"
		assert.Equal(t, []string{mine, mine, mine, mine}, told)
		for i := range 4 {
			a.ask(t.Context(), fmt.Sprint("another ", i), "{ a }", time.Second)
		}
		assert.Equal(t, "8 requests wait to be answered, which is the limit: ask again later", a.sent()[len(a.sent())-1].message)
		assert.Equal(t, http.StatusServiceUnavailable, a.sent()[len(a.sent())-1].status)
		a.mu.Lock()
		assert.NotContains(t, a.callers, "another 3", "nothing is kept of who was sent away")
		a.mu.Unlock()
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Zero(t, a.kept())
	})
}

func TestWhoHasWaitedForAllHerTimeIsSentAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := asks(Limits{Readers: 1, Slow: 1, Queue: 8})
		a.ask(t.Context(), "first", "{ a }", time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		a.ask(ctx, "second", "{ a }", 0)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.Len(t, a.sent(), 1)
		assert.Equal(t, http.StatusServiceUnavailable, a.sent()[0].status)
		assert.Equal(t, 2, a.kept(), "the first runs")
		time.Sleep(time.Hour)
		synctest.Wait()
		assert.Equal(t, []string{"first"}, a.let())
	})
}
