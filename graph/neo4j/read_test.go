package neo4j_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// small is a world in which each of the tests below finds what it needs.
func small(t *testing.T) (*neo4j.Store, of) {
	s, w := opened(t)
	w.node("Account", "a", "name", "Alpha", "accountStage", "CUSTOMER")
	w.node("Account", "b", "name", "Beta")
	w.node("Customer", "ann", "name", "Ann", "birthYear", 1980)
	w.node("Customer", "bob", "name", "bob")
	w.node("Customer", "cem", "birthYear", 1990)
	w.node("Employee", "eve", "name", "Eve", "team", "Support")
	w.link("Customer:ann", "WORKS_AT", "Account:a", "title", "CEO")
	w.link("Customer:ann", "WORKS_AT", "Account:a", "title", "CFO", "from", 1)
	w.link("Customer:bob", "WORKS_AT", "Account:a", "title", "Clerk", "to", int64(now))
	w.link("Customer:cem", "WORKS_AT", "Account:a", "title", "Clerk", "from", int64(now))
	w.link("Customer:cem", "WORKS_AT", "Account:b", "title", "Clerk", "from", int64(now)+1)
	for i, amount := range []any{eur(10), eur(30), usd(20), nil} {
		id := string(rune('1' + i))
		w.node("Deal", id, "name", "Deal "+id, "amount", amount, "openedAt", int64(i-2)*20*day)
		w.link("Deal:"+id, "WITH", "Account:a")
	}
	w.node("Interaction", "i", "at", 5)
	w.link("Interaction:i", "PARTICIPANT", "Customer:ann", "role", "FROM")
	w.link("Interaction:i", "PARTICIPANT", "Employee:eve", "role", "TO")
	w.node("Claim", "c", "role", "CHAMPION")
	w.link("Claim:c", "ON", "Deal:1")
	w.write(t, s)
	return s, of{w}
}

func rows(t *testing.T, s graph.Store, l *graph.List) graph.ListResult {
	t.Helper()
	res, err := s.Read(ctx, fetch(l))
	require.NoError(t, err)
	return res.Lists[0]
}

// first is the first property of each row.
func first(res graph.ListResult) []any {
	out := []any{}
	for _, r := range res.Rows {
		out = append(out, r.Props[0])
	}
	return out
}

func TestRead(t *testing.T) {
	s, o := small(t)
	account := func(below ...*graph.List) *graph.List {
		l := o.root(1, o.sel("Account", []string{"name"}, below...))
		l.External = []graph.External{{Source: "test", ID: "a"}}
		return l
	}

	t.Run("two jobs at one account are two rows, told apart by their keys", func(t *testing.T) {
		people := o.along("Account", "people", 10, o.sel("Customer", []string{"name"}))
		people.Props, people.Cursors = o.refs("WORKS_AT", "title"), true
		people.Order = []graph.Order{o.by("Customer", "name")}
		got := rows(t, s, account(people)).Rows[0].Lists[0]
		assert.Equal(t, []any{"Ann", "Ann", nil}, first(got))
		assert.Equal(t, []any{"CEO"}, got.Rows[0].Edge)
		assert.Equal(t, []any{"CFO"}, got.Rows[1].Edge)
		require.Len(t, got.Rows[0].Keys, 3)
		assert.Equal(t, got.Rows[0].ID, got.Rows[1].ID)
		assert.Less(t, got.Rows[0].Keys[2], got.Rows[1].Keys[2])

		people.Page = graph.Page{Limit: 1, After: got.Rows[0].Keys}
		people.HasNext, people.HasPrevious = true, true
		next := rows(t, s, account(people)).Rows[0].Lists[0]
		assert.Equal(t, got.Rows[1], shift(next.Rows[0], got.Rows[1]), "the page goes on between the two")
		assert.True(t, next.HasNext)
		assert.True(t, next.HasPrevious)
	})

	t.Run("an edge is there from its first to before its last instant", func(t *testing.T) {
		people := o.along("Account", "people", 10, o.sel("Customer", []string{"birthYear"}))
		people.Filter = o.test("WORKS_AT", "title", graph.Eq, "Clerk")
		assert.Equal(t, []any{int64(1990)}, first(rows(t, s, account(people)).Rows[0].Lists[0]))
	})

	t.Run("a union gives each node as its own kind", func(t *testing.T) {
		l := o.root(1, o.sel("Interaction", []string{"at"}, o.along("Interaction", "participants", 10,
			o.sel("Customer", []string{"name"}, o.along("Customer", "employments", 5, o.sel("Account", []string{"name"}))),
			o.sel("Employee", []string{"name", "team"}))))
		got := rows(t, s, l).Rows[0].Lists[0]
		require.Len(t, got.Rows, 2)
		customer, employee := got.Rows[0], got.Rows[1]
		assert.Equal(t, "Customer", customer.Sel.Kind.Name)
		assert.Equal(t, []any{"Alpha", "Alpha"}, first(customer.Lists[0]))
		assert.Equal(t, []any{"Eve", "Support"}, employee.Props)
		assert.Empty(t, employee.Lists)
	})

	t.Run("a to-one edge to a union gives one node or none", func(t *testing.T) {
		on := o.along("Claim", "undertaking", 1, o.sel("Deal", []string{"name"}), o.sel("Account", []string{"name"}))
		by := o.along("Claim", "assertedBy", 1, o.sel("Employee", []string{"name"}))
		got := rows(t, s, o.root(1, o.sel("Claim", []string{"role"}, on, by))).Rows[0]
		assert.Equal(t, []any{"Deal 1"}, first(got.Lists[0]))
		assert.Empty(t, got.Lists[1].Rows)
	})

	t.Run("nodes that are asked for by name come once each, and none for what is not there", func(t *testing.T) {
		l := o.root(1, o.sel("Customer", []string{"name"}))
		l.External = []graph.External{{Source: "test", ID: "ann"}, {Source: "test", ID: "ann"}, {Source: "else", ID: "bob"}}
		assert.Equal(t, []any{"Ann"}, first(rows(t, s, l)))
		l.External, l.IDs = nil, []string{}
		assert.Empty(t, rows(t, s, l).Rows)
	})

	t.Run("several roots are one statement", func(t *testing.T) {
		var sent []graph.StatementRun
		res, err := s.Read(noting(&sent), fetch(account(), o.root(5, o.sel("Customer", []string{"name"})), o.root(5, o.sel("Deal", nil))))
		require.NoError(t, err)
		require.Len(t, sent, 1)
		assert.Nil(t, sent[0].List, "it answers all")
		assert.Len(t, res.Lists[0].Rows, 1)
		assert.Len(t, res.Lists[1].Rows, 3)
		assert.Len(t, res.Lists[2].Rows, 4)
	})

	t.Run("amounts in another currency are missing from an order, and neither more nor less", func(t *testing.T) {
		l := o.root(10, o.sel("Deal", []string{"amount"}))
		l.Order, l.Cursors = []graph.Order{desc(in("EUR", o.by("Deal", "amount")))}, true
		got := rows(t, s, l)
		assert.Equal(t, []any{eur(30), eur(10)}, first(got)[:2])
		assert.Equal(t, eur(30).Amount, got.Rows[0].Keys[0])
		assert.Nil(t, got.Rows[2].Keys[0])

		matching := func(f *graph.Filter) []any {
			l := o.root(10, o.sel("Deal", []string{"name"}))
			l.Filter, l.Order = f, []graph.Order{o.by("Deal", "name")}
			return first(rows(t, s, l))
		}
		less := o.test("Deal", "amount", graph.Lt, eur(20))
		assert.Equal(t, []any{"Deal 1"}, matching(less))
		assert.Equal(t, []any{"Deal 2"}, matching(not(less)), "dollars and missing amounts are unknown")
		same := o.test("Deal", "amount", graph.Eq, eur(10))
		assert.Equal(t, []any{"Deal 2", "Deal 3"}, matching(not(same)), "dollars are another amount")
	})

	t.Run("what may not be seen is missing in output, order, filter and tally", func(t *testing.T) {
		adult := o.test("Customer", "birthYear", graph.Lt, int64(1985))
		name := graph.Ref{Prop: o.prop("Customer", "name"), When: adult}
		l := &graph.List{Key: "root", Rows: true, Nodes: []*graph.Selection{{Kind: o.cat.MustKind("Customer"), Props: []graph.Ref{name}}},
			Order: []graph.Order{{Prop: &name, Desc: true}}, Page: graph.Page{Limit: 10},
			Tallies: []*graph.Tally{{By: []graph.GroupKey{{Ref: name}}}}}
		got := rows(t, s, l)
		assert.Equal(t, []any{"Ann", nil, nil}, first(got), "bob, of unknown age, is not seen")
		groups, err := graph.Groups(l.Tallies[0], got.Tallies[0])
		require.NoError(t, err)
		assert.Equal(t, []graph.Group{{Keys: []any{nil}, Count: 2, Measures: [][]graph.Summary{}}, {Keys: []any{"Ann"}, Count: 1, Measures: [][]graph.Summary{}}}, groups)
		for _, f := range []*graph.Filter{
			{Test: &graph.Test{Ref: name, Op: graph.Eq, Value: "bob"}}, {Not: &graph.Filter{Test: &graph.Test{Ref: name, Op: graph.Eq, Value: "bob"}}},
			{Test: &graph.Test{Ref: name, Op: graph.IsNull}}, {Not: &graph.Filter{Test: &graph.Test{Ref: name, Op: graph.IsNull}}},
		} {
			l.Filter = f
			for _, n := range first(rows(t, s, l)) {
				assert.Equal(t, "Ann", n)
			}
		}
	})

	t.Run("times are grouped by day, month and year, before 1970, too", func(t *testing.T) {
		for cut, want := range map[graph.Cut][]any{
			graph.ByDay:   {-40 * day, -20 * day, int64(0), 20 * day},
			graph.ByMonth: {-61 * day, -31 * day, int64(0)},
			graph.ByYear:  {-365 * day, int64(0)},
		} {
			tally := &graph.Tally{By: []graph.GroupKey{{Ref: graph.Ref{Prop: o.prop("Deal", "openedAt")}, Cut: cut}}}
			got := rows(t, s, &graph.List{Key: "root", Nodes: []*graph.Selection{o.sel("Deal", nil)}, Tallies: []*graph.Tally{tally}})
			var keys []any
			for _, r := range got.Tallies[0] {
				keys = append(keys, r.Keys[0])
			}
			assert.ElementsMatch(t, want, keys)
		}
	})

	t.Run("a tally adds up each currency, and times not at all", func(t *testing.T) {
		tally := &graph.Tally{Over: &graph.Over{Edge: o.edge("Account", "deals")}, Measures: []graph.Measure{{Ref: o.refs("Deal", "amount")[0]}, {Ref: o.refs("Deal", "openedAt")[0]}}}
		got := rows(t, s, &graph.List{Key: "root", Nodes: []*graph.Selection{o.sel("Account", nil)}, Tallies: []*graph.Tally{tally}})
		groups, err := graph.Groups(tally, got.Tallies[0])
		require.NoError(t, err)
		assert.Equal(t, []graph.Group{{Count: 4, Measures: [][]graph.Summary{
			{{Currency: "EUR", Count: 2, Sum: int64(40e4), Min: int64(10e4), Max: int64(30e4)}, {Currency: "USD", Count: 1, Sum: int64(20e4), Min: int64(20e4), Max: int64(20e4)}},
			{{Count: 4, Min: -40 * day, Max: 20 * day}},
		}}}, groups)
	})

	t.Run("a tally of nothing is a row of nothing, and no group", func(t *testing.T) {
		measure := []graph.Measure{{Ref: o.refs("Order", "total")[0]}}
		l := &graph.List{Key: "root", Nodes: []*graph.Selection{o.sel("Order", nil)}, Tallies: []*graph.Tally{{Measures: measure},
			{By: []graph.GroupKey{{Ref: o.refs("Order", "orderStatus")[0]}}, Measures: measure}}}
		got := rows(t, s, l)
		assert.Equal(t, []graph.TallyRow{{Measures: []graph.Summary{{}}}}, got.Tallies[0])
		assert.Empty(t, got.Tallies[1])
	})

	t.Run("a page that nothing stands on knows what it stands between", func(t *testing.T) {
		l := o.root(2, o.sel("Customer", []string{"name"}))
		l.Order, l.HasNext, l.HasPrevious = []graph.Order{o.by("Customer", "name")}, true, true
		l.Page.After = []any{nil, "cus_~"} // behind all
		got := rows(t, s, l)
		assert.Empty(t, got.Rows)
		assert.False(t, got.HasNext)
		assert.True(t, got.HasPrevious)
		l.Page = graph.Page{Limit: 2, Before: []any{"", "cus_"}, Backward: true}
		got = rows(t, s, l)
		assert.Empty(t, got.Rows)
		assert.True(t, got.HasNext)
		assert.False(t, got.HasPrevious)
	})
}

// shift gives a row the selection of another, which is the same in another fetch.
func shift(r, like graph.Row) graph.Row {
	r.Sel = like.Sel
	return r
}

func TestASumThatLeavesInt64IsTheCallersMistake(t *testing.T) {
	s, w := opened(t)
	w.node("Account", "a")
	for _, id := range []string{"1", "2"} {
		w.node("Deal", id, "amount", graph.Money{Amount: math.MaxInt64 - 1, Currency: "EUR"})
		w.link("Deal:"+id, "WITH", "Account:a")
	}
	w.write(t, s)
	o := of{w}
	_, err := s.Read(ctx, fetch(&graph.List{Key: "root", Nodes: []*graph.Selection{o.sel("Deal", nil)},
		Tallies: []*graph.Tally{{Measures: []graph.Measure{{Ref: o.refs("Deal", "amount")[0]}}}}}))
	assert.Equal(t, graph.BadInput, graph.CodeOf(err), "%v", err)

	l := o.root(1, o.sel("Account", nil))
	l.Order = []graph.Order{{Sum: &graph.Over{Edge: o.edge("Account", "deals"), Prop: &o.refs("Deal", "amount")[0]}, Currency: "EUR"}}
	_, err = s.Read(ctx, fetch(l))
	assert.Equal(t, graph.BadInput, graph.CodeOf(err), "%v", err)
}

func TestTextsCompareByCodePoint(t *testing.T) {
	s, w := opened(t)
	o := of{w}
	names := []any{"", "Z", "a", "a\uffee", "a😀", "ä", "😀", "😀\uffee", "😀😀"}
	order := []any{"", "Z", "a", "a\uffee", "a😀", "ä", "😀", "😀\uffee", "😀😀"}
	for i, n := range names {
		w.node("Order", string(rune('a'+i)), "number", n)
		w.node("Customer", string(rune('a'+i)), "occupation", n)
	}
	w.write(t, s)
	for kind, property := range map[string]string{"Order": "number", "Customer": "occupation"} { // with an index, and without
		l := o.root(1, o.sel(kind, []string{property}))
		l.Order, l.Cursors = []graph.Order{o.by(kind, property)}, true
		var found []any
		for {
			got := rows(t, s, l)
			if len(got.Rows) == 0 {
				break
			}
			found = append(found, got.Rows[0].Props[0])
			l.Page.After = got.Rows[0].Keys
			require.LessOrEqual(t, len(found), len(order))
		}
		assert.Equal(t, order, found, property)
		for i, n := range order {
			l := o.root(20, o.sel(kind, []string{property}))
			l.Order, l.Filter = []graph.Order{o.by(kind, property)}, o.test(kind, property, graph.Gte, n)
			assert.Equal(t, order[i:], first(rows(t, s, l)), "from %q", n)
			l.Filter = not(l.Filter)
			assert.Equal(t, order[:i], first(rows(t, s, l)), "before %q", n)
		}
	}
}
