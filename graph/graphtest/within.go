package graphtest

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// A Writer is a store whose transactions may be looked into.
type Writer interface {
	graph.Store
	// Within does something in one transaction, which is given up if that fails.
	Within(ctx context.Context, do func(write.Tx) error) error
}

// Within is a store that reads within transactions.
func Within(s graph.Store) graph.Store { return within{s.(Writer)} }

type within struct{ Writer }

func (w within) Read(ctx context.Context, f *graph.Fetch) (res *graph.Result, err error) {
	err = w.Within(ctx, func(tx write.Tx) error {
		res, err = graph.Following(ctx, f, tx.Read)
		return err
	})
	return res, err
}

// withinTransactions are the parts of the contract that are about what is read: it is the same within a transaction.
var withinTransactions = []section{
	{"edges", edges},
	{"valid time", validTime},
	{"unions", unions},
	{"roots", roots},
	{"results", results},
	{"filters on edges", filtersOnEdges},
	{"guards", guards},
	{"erasures are read as they are written", erasure},
}

// transactions is about what a transaction sees of itself, and leaves.
func transactions(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann")
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "bolt", "name", "Côre-Bolts (2)")
	x.node("Account", "core")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair")
	x.write(t)
	customer, job := x.cat.MustKind("Customer"), x.cat.Rel("WORKS_AT")
	key := func(from, to string) string { return x.ids[from] + "|" + x.ids[to] + "|Chair|" }
	stop := errors.New("enough")
	in := func(t *testing.T, do func(tx write.Tx)) {
		t.Helper()
		err := x.store.(Writer).Within(t.Context(), func(tx write.Tx) error {
			do(tx)
			return stop
		})
		require.ErrorIs(t, err, stop)
	}
	read := func(t *testing.T, tx write.Tx, l *graph.List) []graph.Row {
		t.Helper()
		res, err := tx.Read(t.Context(), &graph.Fetch{Now: Now, Lists: []*graph.List{l}})
		require.NoError(t, err)
		return res.Lists[0].Rows
	}
	carryOut := func(t *testing.T, tx write.Tx, c write.Changes) {
		t.Helper()
		require.NoError(t, tx.Write(t.Context(), &c))
	}
	at := func(name string) write.Node { return write.Node{ID: x.ids[name], Key: source + ":" + name} }
	t.Run("it sees what it has written, and others do not, if it is given up", func(t *testing.T) {
		in(t, func(tx write.Tx) {
			bob := write.Node{ID: "cus_bob", Key: "suite:bob", Values: graph.Values{"name": "Bob"}}
			ann := at("ann")
			ann.Values = graph.Values{"name": nil, "email": "ann@kith.example"}
			carryOut(t, tx, write.Changes{
				NewNodes:     []*write.NodeChange{{Kind: customer, Node: bob}},
				ChangedNodes: []*write.NodeChange{{Kind: customer, Node: ann}},
				NewEdges:     []*write.EdgeChange{{Rel: job, Edge: write.Edge{Key: "theirs", From: "cus_bob", To: x.ids["acme"], Values: graph.Values{"title": "Clerk"}}}},
			})
			l := x.along("Account.people", x.wants("Customer.name", "Customer.email", "WORKS_AT.title"), ordered(desc(x.by("WORKS_AT.title"))))
			rows := read(t, tx, x.called("acme", below(l)))[0].Lists[0].Rows
			require.Len(t, rows, 2)
			assert.Equal(t, []any{"Bob", nil}, rows[0].Props)
			assert.Equal(t, []any{nil, "ann@kith.example"}, rows[1].Props)
		})
		assert.Equal(t, "ann", x.rows(t, x.all("Customer")))
		assert.Equal(t, []any{"Ann"}, x.props(t, "ann", "Customer.name"))
	})
	t.Run("a relationship goes, and another takes its key", func(t *testing.T) {
		in(t, func(tx write.Tx) {
			moved := write.Edge{Key: key("ann", "acme"), From: x.ids["ann"], To: x.ids["bolt"], Values: graph.Values{}}
			carryOut(t, tx, write.Changes{GoneEdges: []*write.EdgeChange{{Rel: job, Edge: write.Edge{Key: moved.Key}}}, NewEdges: []*write.EdgeChange{{Rel: job, Edge: moved}}})
			found, err := tx.Edges(t.Context(), job, []string{moved.Key, "none"})
			require.NoError(t, err)
			assert.Equal(t, []write.Edge{moved}, found)
		})
	})
	t.Run("keys change", func(t *testing.T) {
		in(t, func(tx write.Tx) {
			carryOut(t, tx, write.Changes{ChangedNodes: []*write.NodeChange{{Kind: customer, Node: at("ann"), NewKey: "erased|mark"}},
				ChangedEdges: []*write.EdgeChange{{Rel: job, Edge: write.Edge{Key: key("ann", "acme")}, NewKey: "job"}}})
			byKey := func(key string) *graph.List {
				return x.all("Customer", func(l *graph.List) { l.External = []graph.External{{ID: key}} })
			}
			assert.Len(t, read(t, tx, byKey("erased|mark")), 1, "one that is no source's")
			assert.Empty(t, read(t, tx, byKey("suite:ann")))
			found, err := tx.Edges(t.Context(), job, []string{"job", key("ann", "acme")})
			require.NoError(t, err)
			assert.Equal(t, []write.Edge{{Key: "job", From: x.ids["ann"], To: x.ids["acme"], Values: graph.Values{"title": "Chair", graph.RecordedAt: int64(Now)}}}, found)
		})
	})
	t.Run("what stores keep for themselves is asked for by ids", func(t *testing.T) {
		in(t, func(tx write.Tx) {
			mark := write.Node{ID: "m", Key: "m", Values: graph.Values{graph.AppliedHash: "h", graph.AppliedIDs: []string{"a", "b"}}}
			carryOut(t, tx, write.Changes{NewNodes: []*write.NodeChange{{Kind: graph.Applied, Node: mark}}})
			sel := &graph.Selection{Kind: graph.Applied}
			for _, p := range graph.Applied.Properties {
				sel.Props = append(sel.Props, graph.Ref{Prop: p})
			}
			rows := read(t, tx, &graph.List{Key: "own", IDs: []string{"m", "n"}, Rows: true, Nodes: []*graph.Selection{sel}})
			require.Len(t, rows, 1)
			assert.Equal(t, []any{"h", []string{"a", "b"}}, rows[0].Props)
		})
	})
	t.Run("a text is looked for in others", func(t *testing.T) {
		x.filtered(t, "Account", []filterCase{
			{"whatever stands between its letters", x.test("Account.name", graph.Mentions, []any{"orebolts"}), "bolt"},
			{"one of several", x.test("Account.name", graph.Mentions, []any{"zzz", "cm"}), "acme"},
			{"none of them", x.test("Account.name", graph.Mentions, []any{"zzz"}), ""},
			{"none at all", x.test("Account.name", graph.Mentions, []any{}), ""},
			{"its contrary is unknown where there is no text", not(x.test("Account.name", graph.Mentions, []any{"zzz"})), "acme bolt"},
			{"and so it is of none at all", not(x.test("Account.name", graph.Mentions, []any{})), "acme bolt"},
		})
	})
}
