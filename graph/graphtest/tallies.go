package graphtest

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// groups are those of a list's first tally.
func (x *fixture) groups(t testing.TB, l *graph.List) []graph.Group {
	t.Helper()
	return grouped(t, l, x.read(t, l)[0])
}

func grouped(t testing.TB, l *graph.List, res graph.ListResult) []graph.Group {
	t.Helper()
	require.Len(t, res.Tallies, len(l.Tallies))
	groups, err := graph.Groups(l.Tallies[0], res.Tallies[0])
	require.NoError(t, err)
	for i := range groups { // no keys, and no measures, may be nil or empty
		groups[i].Keys = append([]any{}, groups[i].Keys...)
		for j := range groups[i].Measures {
			groups[i].Measures[j] = append([]graph.Summary{}, groups[i].Measures[j]...)
		}
		groups[i].Measures = append([][]graph.Summary{}, groups[i].Measures...)
	}
	return groups
}

// group is one without measures, or with.
func group(count int64, keys []any, measures ...[]graph.Summary) graph.Group {
	return graph.Group{Keys: append([]any{}, keys...), Count: count, Measures: append([][]graph.Summary{}, measures...)}
}

func summary(currency string, count int64, sum, least, most any) []graph.Summary {
	return []graph.Summary{{Currency: currency, Count: count, Sum: sum, Min: least, Max: most}}
}

func (x *fixture) key(path string) graph.GroupKey {
	return graph.GroupKey{Ref: *x.mention(path), OnEdge: x.onEdge(path)}
}

func (x *fixture) measure(path string) graph.Measure {
	return graph.Measure{Ref: *x.mention(path), OnEdge: x.onEdge(path)}
}

func tallies(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "bolt", "name", "Bolt")
	x.node("Account", "none", "name", "None")
	for _, d := range []struct {
		name, account, stage string
		amount               any
	}{
		{"d1", "acme", "WON", eur(5)}, {"d2", "acme", "WON", eur(-7)}, {"d3", "acme", "LOST", usd(3)}, {"d4", "bolt", "WON", nil},
		{"d5", "bolt", "LOST", usd(4)}, {"d6", "", "", graph.Money{Amount: 1, Currency: "JPY"}},
	} {
		x.node("Deal", d.name, "name", d.name, "amount", d.amount)
		if d.stage != "" {
			x.batch.Nodes[len(x.batch.Nodes)-1].Set["stage"] = d.stage
		}
		if d.account != "" {
			x.link(d.name, "WITH", d.account)
		}
	}
	x.node("Product", "pump")
	x.node("Product", "pipe")
	x.link("d1", "FOR", "pump", "quantity", 2, "unitPrice", eur(1))
	x.link("d1", "FOR", "pipe", "quantity", 40, "unitPrice", usd(1))
	x.link("d2", "FOR", "pump")
	x.link("d3", "FOR", "pump", "quantity", -1)
	x.node("Customer", "ann", "introducesOthers", true, "name", "b")
	x.node("Customer", "bob", "introducesOthers", false, "name", "\uff5e")
	x.node("Customer", "cid", "name", "😀")
	x.node("Employee", "eve", "name", "Eve")
	x.link("acme", "OWNED_BY", "eve", "role", "AE")
	x.link("bolt", "OWNED_BY", "eve", "role", "AE")
	x.link("none", "OWNED_BY", "eve")
	x.write(t)
	deal := func(y *graph.Tally, with ...func(*graph.List)) []graph.Group {
		return x.groups(t, x.all("Deal", append(with, counting(y))...))
	}
	t.Run("without keys there is one group of all", func(t *testing.T) {
		require.Equal(t, []graph.Group{group(6, nil)}, deal(&graph.Tally{}))
	})
	t.Run("a filter applies", func(t *testing.T) {
		require.Equal(t, []graph.Group{group(3, nil)}, deal(&graph.Tally{}, where(x.test("Deal.stage", graph.Eq, "WON"))))
	})
	t.Run("pages do not", func(t *testing.T) {
		l := x.all("Deal", ordered(x.by("Deal.name")), limit(1))
		l.Tallies, l.Page.After, l.HasNext = []*graph.Tally{{}}, []any{"d2", x.ids["d2"]}, true
		res := x.read(t, l)[0]
		require.Equal(t, "d3", x.namesOf(res))
		require.True(t, res.HasNext)
		require.Equal(t, []graph.Group{group(6, nil)}, grouped(t, l, res))
	})
	t.Run("of nothing the count is 0 and there is no sum", func(t *testing.T) {
		nothing := where(x.test("Deal.name", graph.Eq, "x"))
		got := x.read(t, x.all("Deal", nothing, counting(&graph.Tally{Measures: []graph.Measure{x.measure("Deal.amount")}})))[0].Tallies[0]
		require.Len(t, got, 1)
		require.Equal(t, graph.TallyRow{Measures: []graph.Summary{{}}}, graph.TallyRow{Count: got[0].Count, Measures: got[0].Measures})
		require.Empty(t, deal(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}}, nothing))
	})
	t.Run("a key makes a group of each value, and one of those that miss it", func(t *testing.T) {
		require.Equal(t, []graph.Group{group(3, []any{"WON"}), group(2, []any{"LOST"}), group(1, []any{nil})}, deal(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}}))
	})
	t.Run("several keys make a group of each combination that occurs", func(t *testing.T) {
		by := []graph.GroupKey{{Path: []*graph.Edge{x.edge("Deal.account")}}, x.key("Deal.stage")}
		require.ElementsMatch(t, []graph.Group{
			group(2, []any{x.ids["acme"], "WON"}), group(1, []any{x.ids["acme"], "LOST"}), group(1, []any{x.ids["bolt"], "WON"}),
			group(1, []any{x.ids["bolt"], "LOST"}), group(1, []any{nil, nil}),
		}, deal(&graph.Tally{By: by}))
	})
	t.Run("amounts are added up by currency", func(t *testing.T) {
		want := []graph.Summary{{Currency: "EUR", Count: 2, Sum: int64(-2e4), Min: int64(-7e4), Max: int64(5e4)},
			{Currency: "JPY", Count: 1, Sum: int64(1), Min: int64(1), Max: int64(1)}, {Currency: "USD", Count: 2, Sum: int64(7e4), Min: int64(3e4), Max: int64(4e4)}}
		require.Equal(t, []graph.Group{group(6, nil, want)}, deal(&graph.Tally{Measures: []graph.Measure{x.measure("Deal.amount")}}))
	})
	t.Run("amounts are added up in each group", func(t *testing.T) {
		require.Equal(t, []graph.Group{
			group(3, []any{"WON"}, summary("EUR", 2, int64(-2e4), int64(-7e4), int64(5e4))),
			group(2, []any{"LOST"}, summary("USD", 2, int64(7e4), int64(3e4), int64(4e4))),
			group(1, []any{nil}, summary("JPY", 1, int64(1), int64(1), int64(1))),
		}, deal(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}, Measures: []graph.Measure{x.measure("Deal.amount")}}))
	})
	t.Run("two measures do not disturb each other", func(t *testing.T) {
		l := x.along("Deal.products", counting(&graph.Tally{Measures: []graph.Measure{x.measure("FOR.unitPrice"), x.measure("FOR.quantity")}}))
		require.Equal(t, []graph.Group{group(2, nil, append(summary("EUR", 1, int64(1e4), int64(1e4), int64(1e4)), summary("USD", 1, int64(1e4), int64(1e4), int64(1e4))...),
			summary("", 2, int64(42), int64(2), int64(40)))}, grouped(t, l, x.beyond(t, "d1", l)))
	})
	t.Run("over an edge each of its relationships is one", func(t *testing.T) {
		over := &graph.Tally{Over: &graph.Over{Edge: x.edge("Deal.products")}, Measures: []graph.Measure{x.measure("FOR.quantity"), x.measure("Product.name")}}
		require.Equal(t, []graph.Group{group(4, nil, summary("", 3, int64(41), int64(-1), int64(40)), []graph.Summary{})}, deal(over))
	})
	t.Run("over an edge the keys are of the row", func(t *testing.T) {
		over := &graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}, Over: &graph.Over{Edge: x.edge("Deal.products")}, Measures: []graph.Measure{x.measure("FOR.quantity")}}
		require.Equal(t, []graph.Group{group(3, []any{"WON"}, summary("", 2, int64(42), int64(2), int64(40))), group(1, []any{"LOST"}, summary("", 1, int64(-1), int64(-1), int64(-1)))}, deal(over))
	})
	t.Run("under an edge each row has its own", func(t *testing.T) {
		deals := x.along("Account.deals", counting(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}, Measures: []graph.Measure{x.measure("Deal.amount")}}, &graph.Tally{}))
		rows := x.read(t, x.all("Account", ordered(x.by("Account.name")), below(deals)))[0].Rows
		require.Equal(t, []graph.Group{
			group(2, []any{"WON"}, summary("EUR", 2, int64(-2e4), int64(-7e4), int64(5e4))), group(1, []any{"LOST"}, summary("USD", 1, int64(3e4), int64(3e4), int64(3e4))),
		}, grouped(t, deals, rows[0].Lists[0]))
		require.Equal(t, []graph.Group{
			group(1, []any{"WON"}, []graph.Summary{}), group(1, []any{"LOST"}, summary("USD", 1, int64(4e4), int64(4e4), int64(4e4))),
		}, grouped(t, deals, rows[1].Lists[0]))
		require.Empty(t, grouped(t, deals, rows[2].Lists[0]))
		for i, n := range []int64{3, 2, 0} {
			require.Len(t, rows[i].Lists[0].Tallies[1], 1)
			require.Equal(t, n, rows[i].Lists[0].Tallies[1][0].Count)
		}
	})
	t.Run("under an edge by a property of the relationship", func(t *testing.T) {
		l := x.along("Employee.accounts", counting(&graph.Tally{By: []graph.GroupKey{x.key("OWNED_BY.role")}}))
		require.Equal(t, []graph.Group{group(2, []any{"AE"}), group(1, []any{nil})}, grouped(t, l, x.beyond(t, "eve", l)))
	})
	t.Run("values come in their order, of each group and currency, but for those that are missing", func(t *testing.T) {
		worth := x.measure("Deal.amount")
		worth.Values = true
		with := func(s []graph.Summary, values ...int64) []graph.Summary {
			s[0].Values = values
			return s
		}
		require.Equal(t, []graph.Group{
			group(3, []any{"WON"}, with(summary("EUR", 2, int64(-2e4), int64(-7e4), int64(5e4)), -7e4, 5e4)),
			group(2, []any{"LOST"}, with(summary("USD", 2, int64(7e4), int64(3e4), int64(4e4)), 3e4, 4e4)),
			group(1, []any{nil}, with(summary("JPY", 1, int64(1), int64(1), int64(1)), 1)),
		}, deal(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}, Measures: []graph.Measure{worth}}))
		quantity := graph.Measure{Ref: *x.mention("FOR.quantity"), OnEdge: true, Values: true}
		require.Equal(t, []graph.Group{group(4, nil, with(summary("", 3, int64(41), int64(-1), int64(40)), -1, 2, 40))},
			deal(&graph.Tally{Over: &graph.Over{Edge: x.edge("Deal.products")}, Measures: []graph.Measure{quantity}}))
		require.Equal(t, []graph.Group{group(1, nil, []graph.Summary{})},
			deal(&graph.Tally{Measures: []graph.Measure{worth}}, where(x.test("Deal.name", graph.Eq, "d4"))), "none")
	})
	t.Run("texts and truth values have a least and a greatest, and no sum", func(t *testing.T) {
		measures := []graph.Measure{x.measure("Customer.name"), x.measure("Customer.introducesOthers")}
		require.Equal(t, []graph.Group{group(3, nil, summary("", 3, nil, "b", "😀"), summary("", 2, nil, false, true))},
			x.groups(t, x.all("Customer", counting(&graph.Tally{Measures: measures}))))
	})
	t.Run("groups by truth value, and by text", func(t *testing.T) {
		require.ElementsMatch(t, []graph.Group{group(1, []any{false}), group(1, []any{true}), group(1, []any{nil})},
			x.groups(t, x.all("Customer", counting(&graph.Tally{By: []graph.GroupKey{x.key("Customer.introducesOthers")}}))))
		require.Equal(t, []graph.Group{group(1, []any{"b"}), group(1, []any{"\uff5e"}), group(1, []any{"😀"})},
			x.groups(t, x.all("Customer", counting(&graph.Tally{By: []graph.GroupKey{x.key("Customer.name")}}))))
	})
}

// sums is about those that are too large.
func sums(t *testing.T, x *fixture) {
	for name, n := range map[string]int64{"most": math.MaxInt64, "least": math.MinInt64, "one": 1, "minus": -1} {
		x.node("Deal", name, "name", name, "amount", graph.Money{Amount: n, Currency: "EUR"})
		x.node("Account", "of "+name, "name", name)
		x.link(name, "WITH", "of "+name)
	}
	x.node("Account", "too much", "name", "too much")
	x.node("Deal", "a", "name", "a", "amount", graph.Money{Amount: math.MaxInt64, Currency: "USD"})
	x.node("Deal", "b", "name", "b", "amount", graph.Money{Amount: 1, Currency: "USD"})
	x.link("a", "WITH", "too much")
	x.link("b", "WITH", "too much")
	x.write(t)
	sum := func(names ...string) ([]graph.Group, error) {
		l := x.all("Deal", where(x.is(names...)), counting(&graph.Tally{Measures: []graph.Measure{x.measure("Deal.amount")}}))
		res, err := x.store.Read(context.Background(), &graph.Fetch{Now: Now, Lists: []*graph.List{l}})
		if err != nil {
			return nil, err
		}
		return graph.Groups(l.Tallies[0], res.Lists[0].Tallies[0])
	}
	for _, c := range []struct {
		name  string
		deals []string
		want  any
	}{
		{"the greatest", []string{"most"}, int64(math.MaxInt64)},
		{"the least", []string{"least"}, int64(math.MinInt64)},
		{"just below the greatest", []string{"most", "minus"}, int64(math.MaxInt64 - 1)},
		{"just above the least", []string{"least", "one"}, int64(math.MinInt64 + 1)},
		{"the greatest and the least", []string{"most", "least"}, int64(-1)},
	} {
		t.Run(c.name+" is exact", func(t *testing.T) {
			groups, err := sum(c.deals...)
			require.NoError(t, err)
			require.Equal(t, c.want, groups[0].Measures[0][0].Sum)
		})
	}
	for name, deals := range map[string][]string{"above the greatest": {"most", "one"}, "below the least": {"least", "minus"}} {
		t.Run(name+" is an error", func(t *testing.T) {
			_, err := sum(deals...)
			requireCode(t, graph.BadInput, err)
		})
	}
	t.Run("an order by a sum that is too large is an error", func(t *testing.T) {
		order := func(currency string) *graph.List {
			return x.all("Account", ordered(desc(graph.Order{Sum: &graph.Over{Edge: x.edge("Account.deals"), Prop: x.mention("Deal.amount")}, Currency: currency})), limit(1))
		}
		_, err := x.store.Read(context.Background(), &graph.Fetch{Now: Now, Lists: []*graph.List{order("USD")}})
		requireCode(t, graph.BadInput, err)
		require.Equal(t, "of most", x.rows(t, order("EUR")))
	})
}

func requireCode(t testing.TB, code graph.Code, err error) {
	t.Helper()
	var e *graph.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, code, e.Code)
	assert.NotEmpty(t, e.Message)
}
