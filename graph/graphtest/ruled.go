package graphtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// faults are what is wrong with the batch, as it is told.
func (x *fixture) faults(t testing.TB, with ...func(*graph.Batch)) (out []string) {
	t.Helper()
	b := x.batch
	b.Source, x.batch = source, graph.Batch{}
	for _, w := range with {
		w(&b)
	}
	report, err := x.store.Write(t.Context(), &b)
	var bad *graph.BatchError
	switch {
	case err == nil:
		for i, n := range b.Nodes {
			x.ids[n.ID], x.names[report.IDs[i]] = report.IDs[i], n.ID
		}
		return nil
	case !errors.As(err, &bad):
		require.NoError(t, err)
	}
	for _, p := range bad.Problems {
		out = append(out, p.In(&b))
	}
	return out
}

func asLoad(b *graph.Batch) { b.Loads = true }

// ruled is about rules for values. What one of them says is tested where it is worked out, in graph/rules: here it is that whatever is
// written keeps it, beside what is there.
func ruled(t *testing.T, x *fixture) {
	t.Run("all that is wrong is told at once, of relationships, too", func(t *testing.T) {
		x.node("Customer", "ann", "email", "not an address", "birthYear", 2999)
		x.node("Account", "acme")
		x.node("Deal", "deal", "stage", "WON", "outcome", "LOST", "amount", eur(-5), "openedAt", at(-1), "closedAt", at(-2))
		x.node("Interaction", "call", "sentiment", 7_000_000, "at", at(1))
		x.link("ann", "WORKS_AT", "acme", "from", at(0), "to", at(-1), "approvalLimit", eur(-1))
		assert.Equal(t, []string{
			`Customer.email must be an e-mail address such as ann@kith.example: "not an address"`,
			"Customer.birthYear must not be in the future: 2999",
			"Deal.amount must not be less than 0: -5.00 EUR",
			"Deal.closedAt must not be before openedAt, which is 2026-03-01T11:59:59.999999Z: 2026-03-01T11:59:59.999998Z",
			"Deal.outcome must be WON with the stage WON: LOST",
			"Interaction.at must not be in the future: 2026-03-01T12:00:00.000001Z",
			"Interaction.sentiment must be between -1 and 1: 7",
			"WORKS_AT.approvalLimit must not be less than 0: -1.00 EUR",
			"WORKS_AT.to must be after from, which is 2026-03-01T12:00:00Z: 2026-03-01T11:59:59.999999Z",
		}, x.faults(t))
		assert.Empty(t, x.read(t, x.all("Customer"))[0].Rows)
	})
	x.node("Customer", "ann", "givenName", "Ann", "familyName", "Albers")
	x.node("Account", "acme")
	x.node("Deal", "deal", "stage", "PROPOSAL", "openedAt", at(-10), "lossReason", "Price")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair", "from", at(-10))
	require.Nil(t, x.faults(t))
	deal := func(t *testing.T) []any {
		t.Helper()
		return x.props(t, "deal", "Deal.stage", "Deal.closedAt", "Deal.outcome", "Deal.lossReason")
	}
	t.Run("a value is held against one that is there", func(t *testing.T) {
		x.node("Deal", "deal", "closedAt", at(-5))
		assert.Equal(t, []string{"Deal.closedAt must be missing with the stage PROPOSAL: 2026-03-01T11:59:59.999995Z"}, x.faults(t))
		x.node("Deal", "deal", "stage", "WON", "closedAt", at(-11))
		assert.Equal(t, []string{"Deal.closedAt must not be before openedAt, which is 2026-03-01T11:59:59.99999Z: 2026-03-01T11:59:59.999989Z"}, x.faults(t))
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "from", at(-10))
		x.batch.Edges[0].Set["to"] = at(-10)
		assert.Len(t, x.faults(t), 1)
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "from", at(-10), "to", at(-9))
		assert.Nil(t, x.faults(t))
	})
	t.Run("what an end needs follows from the state, and what it forbids goes", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "WON")
		require.Nil(t, x.faults(t))
		assert.Equal(t, []any{"WON", at(0), "WON", nil}, deal(t))
	})
	t.Run("one end may become another, at the same time", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "LOST", "lossReason", "Price")
		require.Nil(t, x.faults(t))
		assert.Equal(t, []any{"LOST", at(0), "LOST", "Price"}, deal(t))
	})
	t.Run("what has not ended any more has no end", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "NEGOTIATION")
		require.Nil(t, x.faults(t))
		assert.Equal(t, []any{"NEGOTIATION", nil, nil, "Price"}, deal(t))
	})
	t.Run("a load need not say when something ended, and it is not now", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "WON")
		require.Nil(t, x.faults(t, asLoad))
		assert.Equal(t, []any{"WON", nil, "WON", nil}, deal(t))
		x.node("Deal", "deal", "closedAt", at(-3))
		require.Nil(t, x.faults(t, asLoad))
		assert.Equal(t, []any{"WON", at(-3), "WON", nil}, deal(t))
	})
	t.Run("what belongs to a state that was changed here stays with it when it is loaded again", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "ENGAGING")
		require.Nil(t, x.faults(t))
		x.node("Deal", "deal", "stage", "LOST", "closedAt", at(-2), "outcome", "LOST", "lossReason", "Price", "name", "Pump")
		require.Nil(t, x.faults(t, asLoad))
		assert.Equal(t, []any{"ENGAGING", nil, nil, nil}, deal(t))
		assert.Equal(t, []any{"Pump"}, x.props(t, "deal", "Deal.name"))
	})
	t.Run("what lies there is not looked at", func(t *testing.T) {
		x.node("Case", "case")
		x.node("Customer", "bob")
		require.Nil(t, x.faults(t))
		x.breaks(t, "case", "status", "OPEN", "resolvedAt", 5, "openedAt", 9)
		x.breaks(t, "bob", "email", "bob", "birthYear", 7)
		x.node("Case", "case", "subject", "Noise")
		x.node("Customer", "bob", "gender", "MALE")
		assert.Nil(t, x.faults(t))
		x.node("Case", "case", "openedAt", 8)
		x.node("Customer", "bob", "birthYear", 8)
		assert.Equal(t, []string{"Customer.birthYear must not be less than 1850: 8", "Case.openedAt must not be after resolvedAt, which is 1970-01-01T00:00:00.000005Z: 1970-01-01T00:00:00.000008Z"}, x.faults(t))
	})
	t.Run("a name follows from given and family name until it is given", func(t *testing.T) {
		name := func(set ...any) any {
			t.Helper()
			x.node("Customer", "ann", set...)
			require.Nil(t, x.faults(t))
			return x.props(t, "ann", "Customer.name")[0]
		}
		assert.Equal(t, []any{"Ann Albers"}, x.props(t, "ann", "Customer.name"))
		assert.Equal(t, "Ann Berg", name("familyName", "Berg"))
		assert.Equal(t, "Ann", name("familyName", nil))
		assert.Equal(t, "Dr. Ann Berg", name("familyName", "Berg", "name", "Dr. Ann Berg"))
		assert.Equal(t, "Dr. Ann Berg", name("familyName", "Albers"))
		x.node("Customer", "bob", "givenName", strings.Repeat("Bob", 2000))
		assert.Equal(t, []string{"Customer.name must have at most 8000 bytes together with itself without case and diacritics, and has 12000"}, x.faults(t))
		assert.Equal(t, "ann name=", x.hits(t, x.search("berg", "Customer")), "and is found by it")
	})
	t.Run("somebody is said to have said something in the past, to a purpose that takes it, and not for a time before", func(t *testing.T) {
		x.node("Consent", "word", "purpose", "SELF", "status", graph.Granted, "at", at(1))
		x.link("word", "GIVEN_BY", "ann")
		assert.Equal(t, []string{"Consent.purpose must be one that takes a consent, and that somebody can object to: SELF", "Consent.at must not be in the future: 2026-03-01T12:00:00.000001Z"}, x.faults(t))
		x.node("Consent", "word", "purpose", "SALES", "status", graph.Granted, "at", at(-1), graph.ConsentExpires, at(-1))
		assert.Equal(t, []string{"Consent.expiresAt must be after at, which is 2026-03-01T11:59:59.999999Z: 2026-03-01T11:59:59.999999Z"}, x.faults(t))
	})
	t.Run("one that takes over from another at the instant when that began is none that ends before", func(t *testing.T) {
		for i, who := range []string{"eve", "sam"} {
			x.node("Employee", who)
			x.link("acme", "OWNED_BY", who, "role", "AE", "from", at(-4))
			x.batch.Edges[0].Succeeds = true
			assert.Nil(t, x.faults(t), fmt.Sprint(i))
		}
	})
	t.Run("with the states that something was in it is told when it had ended", func(t *testing.T) {
		exactly, noon := onDay(3)+graph.Time(day)/2, onDay(1)+graph.Time(day)/2
		for _, name := range []string{"ticket", "short", "twice"} {
			x.kinds[name] = x.cat.MustKind("Case")
		}
		x.was(onDay(4), "ticket", "status", "CLOSED") // in any order
		x.was(onDay(1), "ticket", "status", "OPEN")
		x.was(onDay(3), "ticket", "status", "RESOLVED")
		x.node("Case", "ticket", "status", "CLOSED", "openedAt", int64(noon), "resolvedAt", int64(exactly))
		x.on(t, onDay(8), asLoad)
		assert.Equal(t, fmt.Sprint("3@8 ", int64(exactly)), x.history(t, "ticket", "Case.resolvedAt"))
		x.was(onDay(3), "ticket", "status", "RESOLVED")
		assert.False(t, x.on(t, onDay(9), asLoad).Changed(), "told again")

		x.was(onDay(1), "short", "status", "RESOLVED") // that morning, as a file has it that knows days alone
		x.node("Case", "short", "status", "RESOLVED", "openedAt", int64(noon))
		x.on(t, onDay(8), asLoad)
		assert.Equal(t, "", x.history(t, "short", "Case.resolvedAt"), "a file need not know when that was")

		x.was(onDay(5), "twice", "status", "OPEN")
		x.was(onDay(3), "twice", "status", "RESOLVED")
		x.was(onDay(2), "twice", "status", "OPEN")
		x.node("Case", "twice", "status", "OPEN", "openedAt", int64(onDay(2)))
		x.on(t, onDay(8), asLoad)
		assert.Equal(t, fmt.Sprintf("3@8 %d, 5@8 <nil>", int64(onDay(3))), x.history(t, "twice", "Case.resolvedAt"))

		x.node("Deal", "earlier", "name", "Earlier", "stage", "WON", "openedAt", int64(onDay(1)), "closedAt", int64(exactly), "outcome", "WON")
		x.on(t, onDay(4), asLoad) // as a store has it from before its past was told
		x.was(onDay(1), "earlier", "stage", "ENGAGING")
		x.was(onDay(3), "earlier", "stage", "WON")
		x.on(t, onDay(8), asLoad)
		assert.Equal(t, "3@8 WON", strings.Split(x.history(t, "earlier", "Deal.outcome"), ", ")[0])
		assert.Equal(t, []any{"WON", int64(exactly)}, x.read(t, x.called("earlier", x.wants("Deal.outcome", "Deal.closedAt")))[0].Rows[0].Props)
	})
}

// breaks gives a node values that no batch could give it: they lie there from before there was a rule.
func (x *fixture) breaks(t testing.TB, name string, pairs ...any) {
	t.Helper()
	require.NoError(t, x.store.(Writer).Within(t.Context(), func(tx write.Tx) error {
		n := write.Node{ID: x.ids[name], Values: values(pairs)}
		return tx.Write(t.Context(), &write.Changes{ChangedNodes: []*write.NodeChange{{Kind: x.kinds[name], Node: n}}})
	}))
}
