package graphtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// talliesOfTheForemost is about tallies that have more groups than come by themselves. Stages have 4, 3, 2 and 1 deals, and none has 1.
func talliesOfTheForemost(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "bolt", "name", "Bolt")
	n := 0
	for stage, amounts := range map[string][]any{
		"WON": {eur(1), eur(2), eur(30), usd(7)}, "LOST": {eur(9), eur(10), nil}, "PROPOSAL": {eur(8), usd(5)}, "NEGOTIATION": {eur(50)}, "": {eur(6)},
	} {
		for i, a := range amounts {
			name := fmt.Sprint(stage, i)
			x.node("Deal", name, "name", name, "amount", a)
			if stage != "" {
				x.batch.Nodes[len(x.batch.Nodes)-1].Set["stage"] = stage
			}
			x.link(name, "WITH", []string{"acme", "bolt"}[i%2])
			n++
		}
	}
	x.node("Product", "pump")
	x.node("Product", "pipe")
	for _, name := range []string{"WON0", "LOST0", "PROPOSAL0", "PROPOSAL1", "NEGOTIATION0"} {
		x.link(name, "FOR", "pump", "quantity", 1)
	}
	x.link("NEGOTIATION0", "FOR", "pipe", "quantity", 5)
	x.write(t)

	stages := func(most int, o *graph.GroupOrder) *graph.Tally {
		amount := x.measure("Deal.amount")
		amount.Values = true
		return &graph.Tally{By: []graph.GroupKey{x.key("Deal.stage")}, Measures: []graph.Measure{amount}, Order: o, Most: most}
	}
	// told are the stages that come by themselves, in their order, and how many rows the others have.
	told := func(groups []graph.Group) (names []any, rest, rows int64) {
		for i, g := range groups {
			if g.Rest > 0 {
				require.Equal(t, len(groups)-1, i, "they stand behind those")
				rest, rows = g.Rest, g.Count
				continue
			}
			names = append(names, g.Keys[0])
		}
		return names, rest, rows
	}
	t.Run("of as many groups as may be each comes by itself", func(t *testing.T) {
		names, rest, _ := told(x.groups(t, x.all("Deal", counting(stages(5, nil)))))
		assert.Equal(t, []any{"WON", "LOST", "PROPOSAL", "NEGOTIATION", nil}, names)
		assert.Zero(t, rest)
	})
	t.Run("of more the largest do, and all others come together", func(t *testing.T) {
		groups := x.groups(t, x.all("Deal", counting(stages(2, nil))))
		names, rest, rows := told(groups)
		assert.Equal(t, []any{"WON", "LOST"}, names)
		assert.Equal(t, []int64{3, 4}, []int64{rest, rows})
		values := func(of ...int64) []int64 { return of }
		assert.Equal(t, []graph.Summary{
			{Currency: "EUR", Count: 3, Sum: int64(64e4), Min: int64(6e4), Max: int64(50e4), Values: values(6e4, 8e4, 50e4)},
			{Currency: "USD", Count: 1, Sum: int64(5e4), Min: int64(5e4), Max: int64(5e4), Values: values(5e4)},
		}, groups[2].Measures[0], "of which all is known that is of one")
		assert.Equal(t, []graph.Summary{
			{Currency: "EUR", Count: 3, Sum: int64(33e4), Min: int64(1e4), Max: int64(30e4), Values: values(1e4, 2e4, 30e4)},
			{Currency: "USD", Count: 1, Sum: int64(7e4), Min: int64(7e4), Max: int64(7e4), Values: values(7e4)},
		}, groups[0].Measures[0])
		all := int64(0)
		for _, g := range groups {
			all += g.Count
		}
		assert.EqualValues(t, n, all, "together they have all rows")
	})
	t.Run("the order says which do", func(t *testing.T) {
		for _, c := range []struct {
			order graph.GroupOrder
			want  []any
		}{
			{graph.GroupOrder{By: graph.RankCount}, []any{"NEGOTIATION", nil}},
			{graph.GroupOrder{By: graph.RankKey}, []any{"PROPOSAL", "NEGOTIATION"}},
			{graph.GroupOrder{By: graph.RankKey, First: true}, []any{nil, "PROPOSAL"}},
			{graph.GroupOrder{By: graph.RankKey, Desc: true}, []any{"LOST", "WON"}},
			{graph.GroupOrder{By: graph.RankSum, Currency: "EUR", Desc: true}, []any{"NEGOTIATION", "WON"}},
			{graph.GroupOrder{By: graph.RankSum, Currency: "USD"}, []any{"PROPOSAL", "WON"}},
			{graph.GroupOrder{By: graph.RankMean, Currency: "EUR", Desc: true}, []any{"NEGOTIATION", "WON"}},
			{graph.GroupOrder{By: graph.RankMedian, Currency: "EUR"}, []any{"WON", nil}},
			{graph.GroupOrder{By: graph.RankMinimum, Currency: "EUR", Desc: true}, []any{"NEGOTIATION", "LOST"}},
			{graph.GroupOrder{By: graph.RankMaximum, Currency: "EUR"}, []any{nil, "PROPOSAL"}},
			{graph.GroupOrder{By: graph.RankMaximum, Currency: "USD", First: true}, []any{"NEGOTIATION", "LOST"}},
		} {
			names, rest, _ := told(x.groups(t, x.all("Deal", counting(stages(2, &c.order)))))
			assert.Equal(t, c.want, names, "%s %+v", c.order.By, c.order)
			assert.EqualValues(t, 3, rest)
		}
	})
	t.Run("tallies by the same keys are of the same groups", func(t *testing.T) {
		own := stages(2, nil)
		over := &graph.Tally{By: own.By, Over: &graph.Over{Edge: x.edge("Deal.products")}, Measures: []graph.Measure{x.measure("FOR.quantity")}}
		differing := &graph.Tally{By: own.By, Over: &graph.Over{Edge: x.edge("Deal.products")}, Distinct: true, Units: true}
		l := x.all("Deal", counting(own, over, differing))
		beside := x.all("Deal", where(x.test("Deal.stage", graph.Eq, "PROPOSAL")), counting(&graph.Tally{By: own.By}))
		beside.Key = "beside"
		res := x.read(t, l, beside)
		groups, err := graph.Groups(over, res[0].Tallies[1])
		require.NoError(t, err)
		require.Len(t, groups, 3)
		rest := groups[2]
		assert.Equal(t, []int64{3, 4}, []int64{rest.Rest, rest.Count}, "of %v", groups)
		assert.Equal(t, summary("", 4, int64(8), int64(1), int64(5)), rest.Measures[0])
		groups, err = graph.Groups(differing, res[0].Tallies[2])
		require.NoError(t, err)
		assert.Equal(t, int64(2), groups[2].Count, "a node that several groups have is one")
		assert.Len(t, groups[2].Units, 2)
		groups, err = graph.Groups(beside.Tallies[0], res[1].Tallies[0])
		require.NoError(t, err)
		require.Len(t, groups, 1)
		assert.Equal(t, []int64{3, 2}, []int64{groups[0].Rest, groups[0].Count}, "in a list beside, too")
	})
	t.Run("under an edge each row has its own", func(t *testing.T) {
		own := stages(1, nil)
		own.Measures = nil
		deals := x.along("Account.deals", counting(own, &graph.Tally{By: own.By}))
		for _, row := range x.read(t, x.all("Account", ordered(x.by("Account.name")), below(deals)))[0].Rows {
			for i, tally := range deals.Tallies {
				groups, err := graph.Groups(tally, row.Lists[0].Tallies[i])
				require.NoError(t, err)
				names, rest, rows := told(groups)
				assert.Equal(t, []any{"WON"}, names)
				assert.Equal(t, map[string][]int64{"acme": {4, 5}, "bolt": {2, 2}}[x.names[row.ID]], []int64{rest, rows})
			}
		}
	})
}
