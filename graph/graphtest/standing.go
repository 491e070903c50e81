package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// standing is about what stores keep on persons of what they said and of their contracts: it is there when Write returns,
// whatever came first.
func standing(t *testing.T, x *fixture) {
	x.node("Customer", "ann")
	x.node("Customer", "bob")
	x.node("Account", "acme")
	x.write(t)
	of := func(t *testing.T, name string, properties ...string) []any {
		t.Helper()
		l := x.called(name)
		for _, p := range properties {
			l.Nodes[0].Props = append(l.Nodes[0].Props, *x.mention("Customer." + p))
		}
		return x.read(t, l)[0].Rows[0].Props
	}
	say := func(id, who, status string, at int) {
		x.node("Consent", id, "purpose", "SALES", "status", status, "at", at)
		x.link(id, "GIVEN_BY", who)
	}
	objected, until, withdrawn := graph.ObjectedAt(graph.Sales), graph.ConsentUntil(graph.Sales), graph.WithdrawnAt(graph.Sales)
	t.Run("who has said nothing has nothing", func(t *testing.T) {
		assert.Equal(t, []any{nil, nil, nil, nil, nil}, of(t, "ann", graph.Party, graph.RestrictedAt, objected, until, withdrawn))
	})
	t.Run("what is said is in force when it is written", func(t *testing.T) {
		say("s3", "ann", graph.Objected, 3)
		x.write(t)
		assert.Equal(t, []any{int64(3), nil, nil}, of(t, "ann", objected, until, withdrawn))
	})
	t.Run("of others it changes nothing", func(t *testing.T) {
		assert.Equal(t, []any{nil, nil, nil}, of(t, "bob", objected, until, withdrawn))
	})
	t.Run("what was said earlier and comes late is earlier", func(t *testing.T) {
		say("s1", "ann", graph.Granted, 1)
		x.write(t)
		assert.Equal(t, []any{int64(3), nil, nil}, of(t, "ann", objected, until, withdrawn))
	})
	t.Run("what is said later counts", func(t *testing.T) {
		say("s5", "ann", graph.Granted, 5)
		x.batch.Authority = graph.BySubject
		x.write(t)
		assert.Equal(t, []any{nil, forever, nil}, of(t, "ann", objected, until, withdrawn))
	})
	t.Run("a statement that is corrected counts as it is then", func(t *testing.T) {
		x.node("Consent", "s5", "expiresAt", 9)
		x.batch.Authority = graph.BySubject
		x.write(t)
		assert.Equal(t, []any{nil, int64(9), nil}, of(t, "ann", objected, until, withdrawn))
		x.node("Consent", "s5", "status", graph.Withdrawn)
		x.write(t)
		assert.Equal(t, []any{int64(3), nil, nil}, of(t, "ann", objected, until, withdrawn), "there is nothing to withdraw after an objection")
	})
	t.Run("several in one batch count together", func(t *testing.T) {
		say("b1", "bob", graph.Granted, 1)
		say("b2", "bob", graph.Withdrawn, 2)
		x.node("Consent", "b3", "status", graph.Restricted, "at", 4)
		x.link("b3", "GIVEN_BY", "bob")
		x.write(t)
		assert.Equal(t, []any{nil, nil, int64(2), int64(4)}, of(t, "bob", objected, until, withdrawn, graph.RestrictedAt))
	})
	t.Run("written again it changes nothing", func(t *testing.T) {
		say("b1", "bob", graph.Granted, 1)
		report := x.write(t)
		assert.False(t, report.Changed())
	})
	t.Run("who places an order is party to a contract", func(t *testing.T) {
		x.node("Order", "hers")
		x.link("hers", "PLACED_BY", "ann")
		x.node("Order", "theirs")
		x.link("theirs", "PLACED_BY", "acme")
		x.write(t)
		assert.Equal(t, []any{true}, of(t, "ann", graph.Party))
		assert.Equal(t, []any{nil}, of(t, "bob", graph.Party))
	})
	t.Run("who turns out not to have placed it is not", func(t *testing.T) {
		x.link("hers", "PLACED_BY", "bob")
		x.write(t)
		assert.Equal(t, []any{nil}, of(t, "ann", graph.Party))
		assert.Equal(t, []any{true}, of(t, "bob", graph.Party))
	})
	t.Run("who sends goods back is not party to a contract by that", func(t *testing.T) {
		x.node("Return", "back")
		x.link("back", "RETURNED_BY", "ann")
		x.write(t)
		assert.Equal(t, []any{nil}, of(t, "ann", graph.Party))
	})
	t.Run("who holds a subscription is party to a contract", func(t *testing.T) {
		x.node("SubscriptionContract", "plan")
		x.link("plan", "HELD_BY", "ann")
		x.node("SubscriptionContract", "their plan")
		x.link("their plan", "HELD_BY", "acme")
		x.write(t)
		assert.Equal(t, []any{true}, of(t, "ann", graph.Party))
	})
	t.Run("who hands it on is not, unless there is another contract", func(t *testing.T) {
		x.node("Customer", "cid")
		x.link("plan", "HELD_BY", "cid")
		x.write(t)
		assert.Equal(t, []any{nil}, of(t, "ann", graph.Party))
		assert.Equal(t, []any{true}, of(t, "cid", graph.Party))
		x.link("hers", "PLACED_BY", "cid")
		x.write(t)
		x.link("hers", "PLACED_BY", "ann")
		x.write(t)
		assert.Equal(t, []any{true}, of(t, "cid", graph.Party), "the subscription is still hers")
	})
}
