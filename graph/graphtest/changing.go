package graphtest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// updated is how many microseconds after Now a node was last changed.
func (x *fixture) updated(t testing.TB, name string) any {
	t.Helper()
	at, ok := x.props(t, name, x.kinds[name].Name+"."+graph.UpdatedAt)[0].(int64)
	if !ok {
		return nil
	}
	return int(at - int64(Now))
}

// at is an instant so many microseconds after Now.
func at(n int) int64 { return int64(Now) + int64(n) }

// marking is about when nodes were changed. The clock stands still, so that the instants tell how often.
func marking(t *testing.T, x *fixture) {
	for _, name := range []string{"acme", "bolt"} {
		x.node("Account", name, "name", name)
	}
	x.node("Customer", "ann", "name", "Ann")
	x.node("Deal", "deal", "name", "Pump")
	x.node("Employee", "eve")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair")
	x.link("acme", "OWNED_BY", "eve", "role", "AE", "from", at(0))
	x.write(t)
	expect := func(acme, ann, deal int) {
		t.Helper()
		assert.Equal(t, []any{acme, 0, ann, deal}, []any{x.updated(t, "acme"), x.updated(t, "bolt"), x.updated(t, "ann"), x.updated(t, "deal")})
	}
	t.Run("a node is marked with the instant of its creation, its relationships included", func(t *testing.T) { expect(0, 0, 0) })
	t.Run("a change marks it with a later one, though the clock stands still", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna")
		x.write(t)
		expect(0, 1, 0)
	})
	t.Run("what changes nothing marks nothing", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna")
		x.link("ann", "WORKS_AT", "acme", "title", "Chair")
		assert.False(t, x.write(t).Changed())
		expect(0, 1, 0)
	})
	t.Run("a relationship marks the node that it leaves, and not the one it reaches", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "department", "Board")
		x.write(t)
		expect(0, 2, 0)
		x.link("ann", "WORKS_AT", "bolt")
		x.write(t)
		expect(0, 3, 0)
		x.link("deal", "WITH", "acme")
		x.write(t)
		expect(0, 3, 1)
	})
	t.Run("one that takes the place of another marks it once", func(t *testing.T) {
		x.link("deal", "WITH", "bolt")
		x.node("Deal", "deal", "name", "Pumps")
		x.write(t)
		expect(0, 3, 2)
	})
	t.Run("one that moves marks both nodes that it leaves", func(t *testing.T) {
		x.node("Customer", "bob")
		x.link("ann", "WORKS_AT", "bolt")
		x.batch.Edges[0].ID = "job"
		x.write(t)
		expect(0, 4, 2)
		x.link("bob", "WORKS_AT", "bolt")
		x.batch.Edges[0].ID = "job"
		x.write(t)
		expect(0, 5, 2)
		assert.Equal(t, 1, x.updated(t, "bob"))
	})
	t.Run("one that leads to a person marks nothing, since she may withhold it", func(t *testing.T) {
		x.link("ann", "REPORTS_TO", "bob", "kind", "LINE")
		x.write(t)
		expect(0, 5, 2)
	})
	t.Run("what a person says of her data does not mark her", func(t *testing.T) {
		x.node("Consent", "word", "purpose", "SALES", "status", graph.Objected, "at", 1)
		x.link("word", "GIVEN_BY", "ann")
		x.write(t)
		expect(0, 5, 2)
	})
	t.Run("nobody else may mark it", func(t *testing.T) {
		x.node("Deal", "deal", graph.UpdatedAt, at(9))
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, graph.UpdatedAt, bad.Problems[0].Property)
	})
}

// conflict expects the batch to be refused for what is there.
func (x *fixture) conflict(t *testing.T, p graph.Problem) {
	t.Helper()
	_, err := x.try()
	var bad *graph.BatchError
	require.ErrorAs(t, err, &bad)
	require.Len(t, bad.Problems, 1)
	p.Conflict, p.Reason = true, bad.Problems[0].Reason
	assert.Equal(t, p, bad.Problems[0])
}

// conditions is about upserts that are made only if the node is as the caller knows it.
func conditions(t *testing.T, x *fixture) {
	x.node("Deal", "deal", "name", "Pump", "stage", "PROPOSAL")
	x.node("Employee", "eve")
	x.write(t)
	deal := x.ids["deal"]
	by := func(name string, since graph.Time) {
		x.batch.Nodes = append(x.batch.Nodes, graph.Upsert{Kind: x.cat.MustKind("Deal"), Node: deal, Set: graph.Values{"name": name}, IfUpdatedAt: &since})
	}
	t.Run("a node may be named by its id", func(t *testing.T) {
		x.batch.Nodes = []graph.Upsert{{Kind: x.cat.MustKind("Deal"), Node: deal, Set: graph.Values{"stage": nil}}}
		b := x.batch
		b.Source, x.batch = source, graph.Batch{}
		report, err := x.store.Write(t.Context(), &b)
		require.NoError(t, err)
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(report))
		assert.Equal(t, []string{deal}, report.IDs)
		assert.Equal(t, []any{"Pump", nil}, x.props(t, "deal", "Deal.name", "Deal.stage"))
	})
	t.Run("an id that names nothing, or nothing of the kind, is refused", func(t *testing.T) {
		for _, id := range []string{"dea_none", x.ids["eve"], ""} {
			_, err := x.store.Write(t.Context(), &graph.Batch{Source: source, Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Deal"), Node: id}}})
			var bad *graph.BatchError
			require.ErrorAs(t, err, &bad)
			assert.False(t, bad.Problems[0].Conflict)
		}
	})
	t.Run("one that has not changed since is changed", func(t *testing.T) {
		by("Pumps", Now+1)
		_, err := x.store.Write(t.Context(), &graph.Batch{Source: source, Nodes: x.batch.Nodes})
		x.batch = graph.Batch{}
		require.NoError(t, err)
		assert.Equal(t, 2, x.updated(t, "deal"))
	})
	t.Run("one that has changed since is not, and nothing else of the batch is", func(t *testing.T) {
		x.node("Deal", "another")
		by("Lost", Now+1)
		x.conflict(t, graph.Problem{Index: 1})
		assert.Equal(t, []any{"Pumps"}, x.props(t, "deal", "Deal.name"))
		assert.Equal(t, "deal", x.set(t, x.all("Deal")))
	})
	t.Run("one that is not there has not changed at any instant", func(t *testing.T) {
		x.node("Deal", "none")
		since := Now
		x.batch.Nodes[0].IfUpdatedAt = &since
		x.conflict(t, graph.Problem{})
	})
	t.Run("one that is to be new is made once", func(t *testing.T) {
		x.node("Deal", "new", "name", "First")
		x.batch.Nodes[0].IfNew = true
		x.write(t)
		x.node("Deal", "new", "name", "Second")
		x.batch.Nodes[0].IfNew = true
		x.conflict(t, graph.Problem{})
		assert.Equal(t, []any{"First"}, x.props(t, "new", "Deal.name"))
	})
	t.Run("of many who change it at the same time one does", func(t *testing.T) {
		since := Now + 2
		won, refused := race(t, x.store, func(i int) *graph.Batch {
			return &graph.Batch{Source: source, Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Deal"), Node: deal, Set: graph.Values{"competitor": string(rune('a' + i))}, IfUpdatedAt: &since}}}
		})
		assert.Equal(t, []int{1, racers - 1}, []int{won, refused})
		assert.Equal(t, 3, x.updated(t, "deal"))
	})
}

const racers = 20

// race writes batches at the same time, and counts those that were applied and those that met a conflict.
func race(t *testing.T, store graph.Store, batch func(i int) *graph.Batch) (won, refused int) {
	t.Helper()
	errs := make([]error, racers)
	var wait sync.WaitGroup
	for i := range racers {
		wait.Go(func() { _, errs[i] = store.Write(context.Background(), batch(i)) })
	}
	wait.Wait()
	for _, err := range errs {
		var bad *graph.BatchError
		switch {
		case err == nil:
			won++
		case errors.As(err, &bad) && bad.Problems[0].Conflict, errors.Is(err, graph.ErrKeyUsed):
			refused++
		default:
			require.NoError(t, err)
		}
	}
	return won, refused
}

// once is about batches with a key.
func once(t *testing.T, x *fixture) {
	k := x.cat.MustKind("Deal")
	send := func(key, hash, name string) (*graph.Report, error) {
		return x.store.Write(t.Context(), &graph.Batch{Source: source, Once: &graph.Once{Key: key, Hash: hash}, Nodes: []graph.Upsert{{Kind: k, ID: "deal", Set: graph.Values{"name": name}}}})
	}
	first, err := send("k1", "h1", "First")
	require.NoError(t, err)
	x.ids["deal"], x.kinds["deal"] = first.IDs[0], k
	second, err := send("k2", "h2", "Second")
	require.NoError(t, err)
	assert.Equal(t, []bool{false, false}, []bool{first.Repeated, second.Repeated})
	t.Run("sent again it changes nothing, whatever has changed since, and reports the ids of then", func(t *testing.T) {
		again, err := send("k1", "h1", "First")
		require.NoError(t, err)
		assert.Equal(t, &graph.Report{IDs: first.IDs, Repeated: true}, again)
		assert.Equal(t, []any{"Second"}, x.props(t, "deal", "Deal.name"))
	})
	t.Run("another batch with the key is refused", func(t *testing.T) {
		_, err := send("k1", "h2", "Third")
		assert.ErrorIs(t, err, graph.ErrKeyUsed)
		assert.Equal(t, []any{"Second"}, x.props(t, "deal", "Deal.name"))
	})
	t.Run("a batch that was refused has not used its key", func(t *testing.T) {
		_, err := send("k3", "h3", "a\x00b")
		require.Error(t, err)
		third, err := send("k3", "h4", "Third")
		require.NoError(t, err)
		assert.Equal(t, 1, third.NodesChanged)
	})
	t.Run("a batch without nodes is repeated, too", func(t *testing.T) {
		for _, repeated := range []bool{false, true} {
			report, err := x.store.Write(t.Context(), &graph.Batch{Source: source, Once: &graph.Once{Key: "k4", Hash: "h"}})
			require.NoError(t, err)
			assert.Equal(t, repeated, report.Repeated)
			assert.Empty(t, report.IDs)
		}
	})
	t.Run("of many with one key that differ one is applied", func(t *testing.T) {
		won, refused := race(t, x.store, func(i int) *graph.Batch {
			return &graph.Batch{Source: source, Once: &graph.Once{Key: "k5", Hash: string(rune('a' + i))}, Nodes: []graph.Upsert{{Kind: k, ID: string(rune('a' + i))}}}
		})
		assert.Equal(t, []int{1, racers - 1}, []int{won, refused})
		assert.Len(t, x.read(t, x.all("Deal"))[0].Rows, 2)
	})
}

// succession is about relationships that take over from others.
func succession(t *testing.T, x *fixture) {
	x.node("Account", "acme")
	for _, name := range []string{"eve", "sam", "tom"} {
		x.node("Employee", name)
	}
	x.link("acme", "OWNED_BY", "tom", "role", "CSM", "from", at(0))
	x.write(t)
	owned := func(who, role string, from int) {
		x.link("acme", "OWNED_BY", who, "role", role, "from", at(from))
		x.batch.Edges[len(x.batch.Edges)-1].Succeeds = true
	}
	history := func() [][]any {
		l := x.along("Account.owners", x.wants("OWNED_BY.role", "OWNED_BY.from", "OWNED_BY.to"), ordered(x.by("OWNED_BY.role"), x.by("OWNED_BY.from")))
		history := *l.Edge
		history.History = true
		l.Edge = &history
		var out [][]any
		for _, r := range x.beyond(t, "acme", l).Rows {
			out = append(out, append([]any{x.names[r.ID]}, r.Edge...))
		}
		return out
	}
	csm := []any{"tom", "CSM", at(0), nil}
	t.Run("the first has nobody to take over from", func(t *testing.T) {
		owned("eve", "AE", 1)
		assert.Equal(t, graph.Report{EdgesCreated: 1}, counts(x.write(t)))
		assert.Equal(t, [][]any{{"eve", "AE", at(1), nil}, csm}, history())
	})
	t.Run("the next ends the one before it, and no other role", func(t *testing.T) {
		owned("sam", "AE", 5)
		assert.Equal(t, graph.Report{EdgesCreated: 1, EdgesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, [][]any{{"eve", "AE", at(1), at(5)}, {"sam", "AE", at(5), nil}, csm}, history())
	})
	t.Run("who has it already goes on having it", func(t *testing.T) {
		owned("sam", "AE", 9)
		assert.False(t, x.write(t).Changed())
	})
	t.Run("one before the last is refused", func(t *testing.T) {
		owned("tom", "AE", 4)
		x.conflict(t, graph.Problem{Edge: true})
		assert.Len(t, history(), 3)
	})
	t.Run("whoever had it before may have it again", func(t *testing.T) {
		owned("eve", "AE", 7)
		x.write(t)
		assert.Equal(t, [][]any{{"eve", "AE", at(1), at(5)}, {"sam", "AE", at(5), at(7)}, {"eve", "AE", at(7), nil}, csm}, history())
	})
	t.Run("one that does not say when is refused", func(t *testing.T) {
		x.link("acme", "OWNED_BY", "tom", "role", "AE")
		x.batch.Edges[0].Succeeds = true
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
	})
	ends := func(who string, kv ...any) {
		x.link("acme", "OWNED_BY", who, kv...)
		x.batch.Edges[len(x.batch.Edges)-1].Ends = true
	}
	t.Run("what ends ends between two nodes, and as far as it is like that", func(t *testing.T) {
		ends("eve", "role", "AE", "to", at(9))
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, [][]any{{"eve", "AE", at(1), at(5)}, {"sam", "AE", at(5), at(7)}, {"eve", "AE", at(7), at(9)}, csm}, history())
		ends("tom", "to", at(9))
		x.write(t)
		csm[3] = at(9)
		assert.Equal(t, csm, history()[3])
	})
	t.Run("what has ended, has not begun, or is another cannot end", func(t *testing.T) {
		for _, kv := range [][]any{{"role", "AE", "to", at(9)}, {"role", "AE", "to", at(1)}, {"role", "CSM", "to", at(8)}} {
			ends("eve", kv...)
			_, err := x.try()
			var bad *graph.BatchError
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, []graph.Problem{{Edge: true, Reason: bad.Problems[0].Reason}}, bad.Problems)
			assert.Contains(t, bad.Problems[0].Reason, "there is no such OWNED_BY at")
		}
		ends("eve", "role", "AE")
		_, err := x.try()
		assert.ErrorContains(t, err, "OWNED_BY ends, and says not when")
	})
	t.Run("of many at the same time one has it in the end", func(t *testing.T) {
		names := []string{"eve", "sam", "tom"}
		won, _ := race(t, x.store, func(i int) *graph.Batch {
			rel := x.cat.Rel("OWNED_BY")
			return &graph.Batch{Source: source, Edges: []graph.Link{{Rel: rel, From: x.ref("acme"), To: x.ref(names[i%3]), Set: graph.Values{"role": "AE", "from": at(100)}, Succeeds: true}}}
		})
		assert.Equal(t, racers, won)
		current := 0
		for _, h := range history() {
			if h[1] == "AE" && h[3] == nil {
				current++
			}
		}
		assert.Equal(t, 1, current)
	})
}
