package lease_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/lease"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
)

// process is one on the store: what it goes by may change.
type process struct {
	*lease.Lease
	terms lease.Terms
}

// fixture is a store, and the clock of its processes.
type fixture struct {
	store lease.Store
	now   time.Time
}

func (x *fixture) process(name, policy, key string) *process {
	p := &process{terms: lease.Terms{Policy: policy, Key: key}}
	p.Lease = lease.New(lease.Options{Store: x.store, Name: name, Terms: func() lease.Terms { return p.terms }, Now: func() time.Time { return x.now }})
	return p
}

// taken is a process that holds a lease.
func (x *fixture) taken(t *testing.T, name, policy, key string) *process {
	t.Helper()
	p := x.process(name, policy, key)
	require.NoError(t, p.Take(t.Context()))
	require.Empty(t, p.Outdated())
	return p
}

func refused(t *testing.T, p *process, says ...string) {
	t.Helper()
	checked, err := p.Check(t.Context()), p.Take(t.Context())
	require.Error(t, checked)
	assert.EqualError(t, err, checked.Error())
	require.Equal(t, graph.Conflict, graph.CodeOf(err), "%v", err)
	for _, text := range says {
		assert.ErrorContains(t, err, text)
	}
	assert.NotEmpty(t, p.Outdated(), "who holds no lease answers nothing")
}

// outdated looks, and says whether the process may answer.
func outdated(t *testing.T, p *process) string {
	t.Helper()
	require.NoError(t, p.Look(t.Context()))
	return p.Outdated()
}

func onBothStores(t *testing.T, test func(t *testing.T, x *fixture)) {
	cat, _, err := sdl.Load(kith.Schema)
	require.NoError(t, err)
	t.Run("SQLite", func(t *testing.T) {
		s, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		test(t, &fixture{s, time.Now()})
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := neo4jdev.Start(t)
		neo4jdev.Empty(t, addr)
		s, err := neo4j.Open(t.Context(), addr, cat, neo4j.Options{})
		require.NoError(t, err)
		require.NoError(t, s.Ready(t.Context()))
		t.Cleanup(func() {
			require.NoError(t, s.Close())
			neo4jdev.Empty(t, addr)
		})
		test(t, &fixture{s, time.Now()})
	})
}

func TestProcessesOnOneStoreGoByOnePolicyAndOneKey(t *testing.T) {
	onBothStores(t, func(t *testing.T, x *fixture) {
		a := x.taken(t, "process 1 on alpha", "old", "key")
		b := x.taken(t, "process 2 on beta", "old", "key")
		refused(t, x.process("c", "new", "key"), "the policy old", "process 1 on alpha (until", "this process goes by new")
		refused(t, x.process("c", "old", "other"), "a key with the hash key", "process 1 on alpha (until", "has the hash other")
		command := x.taken(t, "a command without a policy", "", "key")
		refused(t, x.process("c", "", "other"), "has the hash other")
		assert.Empty(t, outdated(t, a))
		assert.Empty(t, outdated(t, b))

		for _, p := range []*process{a, b} {
			refused(t, x.process("c", "new", "key"), "the policy old")
			require.NoError(t, p.Release(t.Context()))
		}
		c := x.taken(t, "c", "new", "key")
		require.NoError(t, command.Release(t.Context()))
		assert.Empty(t, outdated(t, c))
		refused(t, x.process("a again", "old", "key"), "the policy new", "this process goes by old")
	})
}

func TestALeaseThatIsNotRenewedEndsByItself(t *testing.T) {
	onBothStores(t, func(t *testing.T, x *fixture) {
		killed := x.taken(t, "killed", "old", "key")
		x.now = x.now.Add(lease.Term - time.Second)
		refused(t, x.process("next", "new", "key"), "the policy old")
		require.NoError(t, killed.Renew(t.Context()))
		x.now = x.now.Add(lease.Term - time.Second)
		refused(t, x.process("next", "new", "key"), "the policy old")
		assert.Empty(t, killed.Outdated())
		x.now = x.now.Add(2 * time.Second)
		assert.Contains(t, killed.Outdated(), "it does not hold its lease")
		x.taken(t, "next", "new", "another")

		assert.Contains(t, outdated(t, killed), "it does not hold its lease", "it was not killed, but asleep")
		require.NoError(t, killed.Renew(t.Context()))
		assert.Contains(t, outdated(t, killed), "the store is used under a key with the hash another, and the key of this process has the hash key")
	})
}

func TestWhosePolicyIsOldAnswersNothingUntilItHasReadTheNewest(t *testing.T) {
	onBothStores(t, func(t *testing.T, x *fixture) {
		a, b := x.taken(t, "a", "old", "key"), x.taken(t, "b", "old", "key")
		a.terms.Policy = "new" // it has read it
		assert.Empty(t, a.Outdated(), "it is newer than the store's")
		assert.Empty(t, outdated(t, a))
		require.NoError(t, a.Renew(t.Context()))
		assert.Empty(t, outdated(t, a))
		assert.Equal(t, "the store's newest policy is new, and this process has not read it: it goes by old", outdated(t, b))
		require.NoError(t, b.Renew(t.Context()))
		assert.NotEmpty(t, outdated(t, b), "to go on changes nothing")
		require.NoError(t, a.Release(t.Context()))
		require.NoError(t, b.Renew(t.Context()))
		assert.NotEmpty(t, outdated(t, b), "that the others have gone changes nothing either")
		c := x.process("c", "old", "key")
		refused(t, c, "the policy new", "this process goes by old")

		b.terms.Policy = "new"
		assert.Empty(t, outdated(t, b))
		require.NoError(t, b.Renew(t.Context()))
		x.taken(t, "a again", "new", "key")

		b.terms.Policy = "old" // to go back is a change like any other
		require.NoError(t, b.Renew(t.Context()))
		assert.Empty(t, outdated(t, b))
		require.NoError(t, c.Take(t.Context()))
	})
}

// away is a store that does not answer.
type away struct{ lease.Store }

func (away) Read(context.Context, *graph.Fetch) (*graph.Result, error) { return nil, errAway }

var errAway = errors.New("away")

func TestALeaseIsKeptAndToldOfWhereItCannotBe(t *testing.T) {
	onBothStores(t, func(t *testing.T, x *fixture) {
		a, b := x.taken(t, "a", "old", "key"), x.taken(t, "b", "old", "key")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan bool)
		go func() {
			b.Keep(ctx, func(err error) { assert.NoError(t, err) })
			close(ended)
		}()
		require.Empty(t, b.Outdated())
		a.terms.Policy = "new"
		require.NoError(t, a.Renew(t.Context()))
		require.Eventually(t, func() bool { return b.Outdated() != "" }, time.Minute, 50*time.Millisecond)
		stop()
		<-ended

		lost := lease.New(lease.Options{Store: away{x.store}, Name: "lost", Terms: func() lease.Terms { return a.terms }})
		ctx, stop = context.WithCancel(t.Context())
		told := make(chan error, 100)
		go lost.Keep(ctx, func(err error) { told <- err })
		select {
		case err := <-told:
			require.ErrorIs(t, err, errAway)
		case <-time.After(time.Minute):
			t.Fatal("nothing is told")
		}
		stop()
	})
}
