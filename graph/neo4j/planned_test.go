package neo4j_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// sent notes what a store says of the statements it is about to send.
type sent struct {
	mu     sync.Mutex
	keys   []uint64
	waited []time.Duration
	ask    func(context.Context) bool
}

func (s *sent) plan(ctx context.Context, key uint64, send func(context.Context, func()) (time.Duration, error), planning func(context.Context) bool) error {
	planned := false
	s.mu.Lock()
	s.ask = planning
	s.mu.Unlock()
	waited, err := send(ctx, func() { planned = true })
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && !planned {
		panic("it was carried out, and was never planned")
	}
	s.keys, s.waited = append(s.keys, key), append(s.waited, waited)
	return err
}

// asks says whether the statement that was sent last is being planned.
func (s *sent) asks(ctx context.Context) bool {
	s.mu.Lock()
	ask := s.ask
	s.mu.Unlock()
	return ask != nil && ask(ctx)
}

// planningStore is a store whose statements are noted, over the nodes that are there.
func planningStore(t *testing.T) (*neo4j.Store, *world, *sent) {
	_, w := opened(t)
	s := &sent{}
	store, err := neo4j.Open(ctx, address(t), w.cat, neo4j.Options{Plan: s.plan})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store, w, s
}

// TestWhatIsWarmedIsNotPlannedAgain compares with what the server counts, for values of each length that it tells apart where they are
// parameters of their own, as lists are that a value is looked for in.
func TestWhatIsWarmedIsNotPlannedAgain(t *testing.T) {
	addr := address(t)
	if _, _, ok := neo4jdev.Planned(t, addr); !ok {
		t.Skip("this server does not count what it plans")
	}
	store, w, s := planningStore(t)
	o := of{w}
	run(t, "UNWIND range(0, 100) AS n CREATE (:Account {id: 'acc_' + reduce(x = '', i IN range(1, n) | x + 'x')})", nil) // of what is not there more is asked
	neo4jdev.Forget(t, address(t))
	named := func(name string) *graph.Fetch {
		l := o.root(7, o.sel("Account", []string{"name"}, o.along("Account", "people", 3, o.sel("Customer", []string{"name"}))))
		l.Filter = and(o.test("Account", "name", graph.Eq, name), o.test("Account", "accountStage", graph.In, []string{"CUSTOMER", "LEAD"}))
		return fetch(l)
	}
	ids := func(n int) *graph.Fetch {
		l := o.root(7, o.sel("Account", []string{"name"}))
		for i := range n {
			l.IDs = append(l.IDs, "acc_"+strings.Repeat("x", i))
		}
		return fetch(l)
	}
	in := func(n int) *graph.Fetch {
		l := o.root(7, o.sel("Account", []string{"name"}))
		l.Filter = o.test("Account", "name", graph.In, make([]string, n))
		return fetch(l)
	}
	for _, c := range []struct {
		name       string
		warm, read *graph.Fetch
		planned    int64 // when it is read, after it was warmed
	}{
		{"the same values", named("Acme"), named("Acme"), 0},
		{"a text of like length", named("Nova"), named("Umbrella"), 0},
		{"a long text", named("Acme"), named(strings.Repeat("x", 999)), 0},
		{"a text of one letter", named("Acme"), named("A"), 0},
		{"no text", named("Acme"), named(""), 0},
		{"some ids", ids(2), ids(10), 0},
		{"many ids", ids(2), ids(101), 0},
		{"one id", ids(1), ids(1), 0},
		{"one of some", in(2), in(10), 0},
		{"one of more", in(2), in(11), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NoError(t, store.Warm(ctx, c.warm))
			before, _, _ := neo4jdev.Planned(t, addr)
			_, err := store.Read(ctx, c.read)
			require.NoError(t, err)
			after, _, _ := neo4jdev.Planned(t, addr)
			assert.Equal(t, c.planned, after-before)
			n := len(s.keys)
			assert.Equal(t, c.planned == 0, s.keys[n-2] == s.keys[n-1], "the store knows beforehand")
		})
	}
}

func TestWarmingReadsNothing(t *testing.T) {
	store, w, _ := planningStore(t)
	o := of{w}
	run(t, "CREATE (:Account:KithNode {id: 'acc_1', name: 'Acme'})", nil)
	var sent []graph.StatementRun
	l := o.root(7, o.sel("Account", []string{"name"}))
	l.IDs = []string{"acc_1"}
	st := neo4j.Compile(fetch(l))
	require.Contains(t, st.Params["p"], "v0")
	require.NoError(t, store.Warm(noting(&sent), fetch(l)))
	require.Len(t, sent, 1)
	assert.Equal(t, st.Text, sent[0].Text, "the text is the one that is planned for")
}

// TestAStatementSaysWhenItIsPlanned has one that takes long to plan, and nothing to carry out, planned until it was asked meanwhile: on a
// busy machine an answer may come when all is over.
func TestAStatementSaysWhenItIsPlanned(t *testing.T) {
	store, w, s := planningStore(t)
	o := of{w}
	f := o.test("Customer", "name", graph.Eq, "x")
	for range 2 {
		f = o.some("Account", "people", o.some("Customer", "employments", not(o.some("Account", "people", f))))
		f = o.some("Customer", "employments", f)
	}
	f = o.some("Account", "people", f)
	l := o.root(7, o.sel("Account", nil))
	l.Filter = f
	var began, told time.Time // when the database first and last said so
	for until := time.Now().Add(time.Minute); began.IsZero(); {
		require.True(t, time.Now().Before(until), "the database says that it is planning")
		neo4jdev.Forget(t, address(t))
		s.waited = nil
		done := make(chan error, 1)
		go func() {
			_, err := store.Read(ctx, fetch(l))
			done <- err
		}()
		for len(done) == 0 {
			if s.asks(ctx) {
				if told = time.Now(); began.IsZero() {
					began = told
				}
			}
			time.Sleep(time.Millisecond)
		}
		require.NoError(t, <-done)
		require.False(t, s.asks(ctx), "it is planned no more")
		require.Len(t, s.waited, 1)
		require.Greater(t, s.waited[0], told.Sub(began), "all the time of planning was waited for")
	}
}

// TestAStatementThatNobodyWaitsForEndsInTheDatabase gives up without a deadline that the database could know.
func TestAStatementThatNobodyWaitsForEndsInTheDatabase(t *testing.T) {
	store, _, _ := planningStore(t)
	const text = "UNWIND range(1, 3000000000) AS x WITH x WHERE x % $never_ends = 1 RETURN count(x) AS n"
	going, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := store.Profile(going, neo4j.Statement{Text: text, Params: map[string]any{"never_ends": 7}})
		ended <- err
	}()
	running := func() bool {
		return len(run(t, "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'never_ends = 1 RETURN' AND NOT currentQuery STARTS WITH 'SHOW'", nil)) > 0
	}
	require.Eventually(t, running, time.Minute, 10*time.Millisecond)
	stop()
	require.Error(t, <-ended)
	assert.Eventually(t, func() bool { return !running() }, time.Minute, 50*time.Millisecond)
}
