package graphtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// injection puts every hostile text in every place that takes one. It comes back as it was, and nothing else changes.
func injection(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	for i, s := range hostile {
		n := fmt.Sprint("n", i)
		x.node("Customer", n, "name", s, "occupation", s, "email", n)
		x.node("Firmographics", n, "industry", s, "technologies", []string{s, "x" + s})
		x.kinds[n] = x.cat.MustKind("Customer")
		x.link(n, "WORKS_AT", "acme", "title", s, "department", s)
		x.batch.Edges[i].ID = "x" + s[:min(len(s), 400)]
		x.node("Employee", "x"+s[:min(len(s), 400)], "name", s) // hostile as an id in a source, too
	}
	x.write(t)
	whole := x.state(t)
	t.Run("what is written comes back", func(t *testing.T) {
		for i, s := range hostile {
			n := fmt.Sprint("n", i)
			l := x.all("Customer", x.wants("Customer.name", "Customer.occupation"), func(l *graph.List) { l.External = []graph.External{{Source: source, ID: n}} },
				below(x.along("Customer.employments", x.wants("WORKS_AT.title", "WORKS_AT.department"))))
			rows := x.read(t, l)[0].Rows
			require.Len(t, rows, 1, "%q", s)
			assert.Equal(t, []any{s, s}, rows[0].Props)
			assert.Equal(t, []any{s, s}, rows[0].Lists[0].Rows[0].Edge)
			l = x.all("Firmographics", x.wants("Firmographics.industry", "Firmographics.technologies"), func(l *graph.List) { l.External = []graph.External{{Source: source, ID: n}} })
			assert.Equal(t, []any{s, []string{s, "x" + s}}, x.read(t, l)[0].Rows[0].Props)
		}
	})
	t.Run("what is named by a hostile id is found by it", func(t *testing.T) {
		for _, s := range hostile {
			l := x.all("Employee", x.wants("Employee.name"), func(l *graph.List) { l.External = []graph.External{{Source: source, ID: "x" + s[:min(len(s), 400)]}} })
			rows := x.read(t, l)[0].Rows
			require.Len(t, rows, 1, "%q", s)
			assert.Equal(t, []any{s}, rows[0].Props)
		}
	})
	t.Run("texts are compared with texts, wherever they stand", func(t *testing.T) {
		email := func(i int) *graph.Filter {
			return x.test("Customer.email", graph.Eq, fmt.Sprint("n", i))
		}
		for i, s := range append(append([]string{}, hostile...), "\x00", "a\x00b") {
			id := &graph.Filter{Test: &graph.Test{ID: true, Op: graph.Eq, Value: s}}
			lists := []*graph.List{
				x.all("Customer", func(l *graph.List) { l.IDs = []string{s} }),
				x.all("Customer", func(l *graph.List) { l.External = []graph.External{{Source: s, ID: s}} }),
				x.all("Customer", where(or(id, x.some("Customer.employments", id)))),
				x.all("Deal", where(x.test("Deal.amount", graph.Gt, graph.Money{Currency: s}))),
				x.all("Deal", ordered(graph.Order{Prop: x.mention("Deal.amount"), Currency: s})),
				x.all("Account", where(x.test("Account.accountStage", graph.Eq, s))),
			}
			for j, l := range lists {
				l.Key = fmt.Sprint(j)
			}
			for _, res := range x.read(t, lists...) {
				assert.Empty(t, res.Rows, "%q", s)
			}
			page := x.all("Customer", ordered(x.by("Customer.name")), func(l *graph.List) { l.Page.After, l.Page.Before = []any{s, s}, []any{s, s} })
			assert.Empty(t, x.read(t, page)[0].Rows, "%q", s)
			if i >= len(hostile) {
				continue
			}
			found := x.all("Customer", where(and(email(i), x.folded("Customer.occupation", graph.Contains, fold.Key(s)),
				x.some("Customer.employments", and(x.test("WORKS_AT.title", graph.Eq, s), x.test("WORKS_AT.department", graph.StartsWith, s))))))
			assert.Equal(t, fmt.Sprint("n", i), x.rows(t, found))
			has := x.all("Firmographics", where(and(x.test("Firmographics.industry", graph.Eq, s), x.test("Firmographics.technologies", graph.Includes, s), x.test("Firmographics.technologies", graph.Includes, "x"+s))))
			assert.Len(t, x.read(t, has)[0].Rows, 1, "%q", s)
		}
	})
	t.Run("texts as group keys are themselves", func(t *testing.T) {
		require.Len(t, x.groups(t, x.all("Customer", counting(&graph.Tally{By: []graph.GroupKey{x.key("Customer.name")}}))), len(hostile))
	})
	t.Run("nothing has changed", func(t *testing.T) {
		require.Empty(t, Diff(Everything(x.cat), whole, x.state(t)))
	})
}

// state is all that there is.
func (x *fixture) state(t testing.TB) *graph.Result {
	t.Helper()
	res, err := x.store.Read(context.Background(), Everything(x.cat))
	require.NoError(t, err)
	return res
}

// concurrency lets writers and readers run at the same time.
func concurrency(t *testing.T, x *fixture) {
	const writers, batches = 4, 6
	x.node("Account", "acme")
	x.write(t)
	customer, deal := x.cat.MustKind("Customer"), x.cat.MustKind("Deal")
	var reports graph.Report
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range batches {
				b := &graph.Batch{Source: source, Nodes: []graph.Upsert{
					{Kind: customer, ID: "shared", Set: graph.Values{"name": fmt.Sprint("by ", w)}},
					{Kind: customer, ID: fmt.Sprint("all ", i), Set: graph.Values{"name": "x"}}, // every writer wants to create it
					{Kind: customer, ID: fmt.Sprint("own ", w, i)},
					{Kind: deal, ID: "deal"},
					{Kind: x.cat.MustKind("Account"), ID: fmt.Sprint("account ", w)},
				}, Edges: []graph.Link{
					{Rel: x.cat.Rel("WORKS_AT"), From: ref(customer, fmt.Sprint("all ", i)), To: ref(x.cat.MustKind("Account"), "acme")},
					{Rel: x.cat.Rel("WITH"), From: ref(deal, "deal"), To: ref(x.cat.MustKind("Account"), fmt.Sprint("account ", w))}, // one only may stay
				}}
				report, err := x.store.Write(context.Background(), b)
				if !assert.NoError(t, err) {
					return
				}
				mu.Lock()
				reports.Add(report)
				mu.Unlock()
			}
		})
		wg.Go(func() {
			for range batches {
				l := x.all("Customer", ordered(x.by("Customer.name")), below(x.along("Customer.employments")))
				_, err := x.store.Read(context.Background(), &graph.Fetch{Now: Now, Lists: []*graph.List{l}})
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	t.Run("nothing is created twice, and the reports add up", func(t *testing.T) {
		require.Len(t, x.read(t, x.all("Customer"))[0].Rows, 1+batches+writers*batches)
		require.Equal(t, 1+batches+writers*batches+1+writers, reports.NodesCreated)
		require.Len(t, x.beyond(t, "acme", x.along("Account.people")).Rows, batches)
	})
	t.Run("a to-one edge leads to one", func(t *testing.T) {
		deals := x.read(t, x.all("Account", counting(&graph.Tally{Over: &graph.Over{Edge: x.edge("Account.deals")}})))[0].Tallies[0]
		require.Equal(t, int64(1), deals[0].Count)
		require.Equal(t, batches+1, reports.EdgesCreated-reports.EdgesRemoved)
	})
}

// contexts is about requests that are given up.
func contexts(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann")
	x.write(t)
	f := &graph.Fetch{Now: Now, Lists: []*graph.List{x.all("Customer")}}
	over, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	gone, leave := context.WithCancel(context.Background())
	leave()
	for name, ctx := range map[string]context.Context{"a deadline that is over": over, "a request that is given up": gone} {
		t.Run(name, func(t *testing.T) {
			_, err := x.store.Read(ctx, f)
			requireCode(t, graph.Timeout, err)
			_, err = x.store.Write(ctx, &graph.Batch{Source: source, Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Customer"), ID: "late"}}})
			requireCode(t, graph.Timeout, err)
			assert.Equal(t, "ann", x.rows(t, x.all("Customer")), "nothing is written")
		})
	}
	t.Run("a deadline that passes while a batch is written", func(t *testing.T) {
		b := &graph.Batch{Source: source}
		for i := range 3000 {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: x.cat.MustKind("Product"), ID: fmt.Sprint(i), Set: graph.Values{"name": strings.Repeat("long ", 100)}})
		}
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Millisecond)
		defer cancel()
		_, err := x.store.Write(ctx, b)
		n := len(x.read(t, x.all("Product", limit(5000)))[0].Rows)
		if err == nil {
			require.Equal(t, 3000, n, "it was quicker")
			return
		}
		requireCode(t, graph.Timeout, err)
		require.Contains(t, []int{0, 3000}, n, "wholly or not at all")
	})
	t.Run("the store goes on", func(t *testing.T) {
		assert.Equal(t, "ann", x.rows(t, x.all("Customer")))
		x.node("Customer", "bob")
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(x.write(t)))
	})
}
