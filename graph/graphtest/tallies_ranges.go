package graphtest

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// talliesByRanges is about ranges of numbers, of amounts in a currency, and of the time between two instants.
func talliesByRanges(t *testing.T, x *fixture) {
	for i, n := range []any{-5, 0, 999, 1000, 1001, math.MaxInt32, nil} {
		x.node("Firmographics", "firm "+strconv.Itoa(i), "employeeCount", n)
	}
	for i, a := range []any{eur(-1), eur(0), eur(5), eur(10), eur(11), usd(5), nil} {
		x.node("Deal", "deal "+strconv.Itoa(i), "name", strconv.Itoa(i), "amount", a)
	}
	x.node("Product", "pump", "name", "pump")
	for i, n := range []int{1, 2, 3} {
		x.link("deal "+strconv.Itoa(i), "FOR", "pump", "quantity", n)
	}
	for i, times := range [][]any{{}, {"openedAt", 0, "resolvedAt", 2 * second}, {"openedAt", 1 * second, "resolvedAt", 3*second - 1}, {"openedAt", 2 * second, "resolvedAt", 1 * second}, {"openedAt", 1 * second}} {
		x.node("Case", "case "+strconv.Itoa(i), append(times, "number", strconv.Itoa(i))...)
	}
	x.write(t)
	ranges := func(path string, bounds ...int64) graph.GroupKey {
		k := x.key(path)
		k.Bounds = bounds
		return k
	}
	counts := func(l *graph.List, k graph.GroupKey) map[any]int64 {
		counting(&graph.Tally{By: []graph.GroupKey{k}})(l)
		out := map[any]int64{}
		for _, g := range x.groups(t, l) {
			out[g.Keys[0]] += g.Count
		}
		return out
	}
	people := ranges("Firmographics.employeeCount", 0, 1000, 1001)
	amounts := ranges("Deal.amount", 0, 10e4)
	amounts.Currency = "EUR"
	guarded := amounts
	guarded.Ref = x.guarded("Deal.amount", x.test("Deal.name", graph.In, []any{"0", "3"}))
	took := ranges("Case.openedAt", 0, 2*second)
	took.Until = x.mention("Case.resolvedAt")
	hidden := took
	until := x.guarded("Case.resolvedAt", x.test("Case.number", graph.Eq, "2"))
	hidden.Until = &until
	for name, c := range map[string]struct {
		kind string
		key  graph.GroupKey
		want map[any]int64
	}{
		"a number has reached so many bounds, and one that is missing none": {"Firmographics", people, map[any]int64{int64(0): 1, int64(1): 2, int64(2): 1, int64(3): 2, nil: 1}},
		"one bound is enough":                                 {"Firmographics", ranges("Firmographics.employeeCount", math.MinInt64), map[any]int64{int64(1): 6, nil: 1}},
		"an amount in another currency is missing":            {"Deal", amounts, map[any]int64{int64(0): 1, int64(1): 2, int64(2): 2, nil: 2}},
		"so is one that may not be seen":                      {"Deal", guarded, map[any]int64{int64(0): 1, int64(2): 1, nil: 5}},
		"the time between two instants, which may be below 0": {"Case", took, map[any]int64{int64(0): 1, int64(1): 1, int64(2): 1, nil: 2}},
		"of which either may not be seen":                     {"Case", hidden, map[any]int64{int64(1): 1, nil: 4}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, counts(x.all(c.kind), c.key)) })
	}
	t.Run("a number of the relationship", func(t *testing.T) {
		k := ranges("FOR.quantity", 2)
		l := x.along("Product.deals", counting(&graph.Tally{By: []graph.GroupKey{k}}))
		assert.ElementsMatch(t, []graph.Group{group(1, []any{int64(0)}), group(2, []any{int64(1)})}, grouped(t, l, x.beyond(t, "pump", l)))
	})
	t.Run("at the end of a path", func(t *testing.T) {
		x.node("Account", "acme", "name", "acme")
		x.link("acme", "DESCRIBED_BY", "firm 4")
		x.link("deal 0", "WITH", "acme")
		x.write(t)
		k := ranges("Firmographics.employeeCount", 1000)
		k.Path = []*graph.Edge{x.edge("Deal.account"), x.edge("Account.firmographics")}
		assert.Equal(t, map[any]int64{int64(1): 1, nil: 6}, counts(x.all("Deal"), k))
	})
	t.Run("beside another key, and with what is added up", func(t *testing.T) {
		l := x.all("Deal", where(x.test("Deal.amount", graph.Gte, eur(0))), counting(&graph.Tally{By: []graph.GroupKey{x.key("Deal.stage"), amounts}, Measures: []graph.Measure{x.measure("Deal.amount")}}))
		assert.ElementsMatch(t, []graph.Group{group(2, []any{nil, int64(1)}, summary("EUR", 2, int64(5e4), int64(0), int64(5e4))),
			group(2, []any{nil, int64(2)}, summary("EUR", 2, int64(21e4), int64(10e4), int64(11e4)))}, x.groups(t, l))
	})
}
