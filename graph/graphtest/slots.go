package graphtest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// slots is about the guard's other slots, which are not of one mention of a property: ann and bob work at acme, cid at zenith;
// ann and cid agree.
func slots(t *testing.T, x *fixture) {
	for _, a := range []string{"acme", "zenith"} {
		x.node("Account", a, "name", a)
	}
	for _, c := range []struct {
		name, at string
		agrees   any
		year     int
	}{{"ann", "acme", true, 4}, {"bob", "acme", nil, 2}, {"cid", "zenith", true, 3}} {
		x.node("Customer", c.name, "name", c.name, "introducesOthers", c.agrees, "birthYear", c.year)
		x.link(c.name, "WORKS_AT", c.at)
		x.node("Order", "order of "+c.name, "number", c.name, "total", eur(c.year))
		x.link("order of "+c.name, "PLACED_BY", c.name)
	}
	x.node("Deal", "big", "name", "big", "openedAt", -1)
	x.node("Deal", "small", "name", "small", "openedAt", 1)
	x.link("big", "WITH", "acme")
	x.link("small", "WITH", "zenith")
	x.write(t)
	agrees := x.test("Customer.introducesOthers", graph.Eq, true)
	isAcme := x.test("Account.name", graph.Eq, "acme")
	t.Run("where the owner does not permit it a list has no rows and counts nothing", func(t *testing.T) {
		orders := x.along("Customer.orders", func(l *graph.List) {
			l.When, l.HasNext = agrees, true
			l.Tallies = []*graph.Tally{{Key: "count"}}
		})
		rows := x.read(t, x.all("Customer", ordered(x.by("Customer.name")), below(orders)))[0].Rows
		require.Len(t, rows, 3)
		for i, want := range []string{"order of ann", "", "order of cid"} {
			l := rows[i].Lists[0]
			assert.Equal(t, want, x.namesOf(l))
			count := int64(0)
			for _, r := range l.Tallies[0] {
				count += r.Count
			}
			assert.Equal(t, int64(len(l.Rows)), count)
		}
	})
	t.Run("each condition that is asked is told to be true of the node", func(t *testing.T) {
		l := x.all("Customer", ordered(x.by("Customer.name")))
		l.Nodes[0].Asks = []*graph.Filter{agrees, not(agrees), x.some("Customer.employments", isAcme), {}, or()}
		l.Nodes[0].Props = []graph.Ref{x.guarded("Customer.name", agrees), x.guarded("Customer.birthYear", not(agrees)), *x.mention("Customer.name")}
		var got [][]bool
		for i, r := range x.read(t, l)[0].Rows {
			got = append(got, r.Met)
			want := []any{nil, nil, []string{"ann", "bob", "cid"}[i]}
			if r.Met[0] {
				want[0] = want[2]
			}
			assert.Equal(t, want, r.Props, "a mention may name what is asked, or what is not")
		}
		assert.Equal(t, [][]bool{{true, false, true, true, false}, {false, false, true, true, false}, {true, false, false, true, false}}, got, "what is unknown is not true")
	})
	t.Run("a condition may name what the fetch brings along", func(t *testing.T) {
		l := x.all("Deal", ordered(x.by("Deal.name")))
		l.Nodes[0].Asks = []*graph.Filter{x.test("Deal.openedAt", graph.Lte, graph.GivenNow), x.test("Deal.openedAt", graph.Gt, graph.GivenNow),
			{Test: &graph.Test{ID: true, Value: graph.GivenAsker}}, {Not: &graph.Filter{Test: &graph.Test{ID: true, Value: graph.GivenAsker}}}}
		var memo graph.Memo
		for _, c := range []struct {
			now        graph.Time
			asker      string
			big, small []bool
		}{
			{0, "small", []bool{true, false, false, true}, []bool{false, true, true, false}},
			{1 << 60, "big", []bool{true, false, true, false}, []bool{true, false, false, true}},
		} {
			res, err := x.store.Read(t.Context(), &graph.Fetch{Now: c.now, Asker: x.ids[c.asker], Lists: []*graph.List{l}, Memo: &memo})
			require.NoError(t, err)
			rows := res.Lists[0].Rows
			assert.Equal(t, c.big, rows[0].Met)
			assert.Equal(t, c.small, rows[1].Met)
		}
	})
	x.inOrder(t, "Customer", []orderCase{
		{"an order by a number is missing where the node does not permit it", []graph.Order{{Count: &graph.Over{Edge: x.edge("Customer.orders"), When: agrees}}, x.by("Customer.name")}, "ann cid bob"},
		{"an order by a number counts what passes", []graph.Order{desc(graph.Order{Count: &graph.Over{Edge: x.edge("Customer.orders"), Filter: x.test("Order.number", graph.Eq, "bob")}}), x.by("Customer.name")}, "bob ann cid"},
		{"an order by a sum is missing where the node does not permit it", []graph.Order{desc(in("EUR", graph.Order{Sum: &graph.Over{Edge: x.edge("Customer.orders"), When: agrees, Prop: x.mention("Order.total")}}))}, "ann cid bob"},
	})
	x.inOrder(t, "Deal", []orderCase{
		{"an order along a path is missing where the row does not permit it", []graph.Order{{Path: []*graph.Edge{x.edge("Deal.account")}, When: x.some("Deal.account", not(isAcme)), Prop: x.mention("Account.name")}}, "small big"},
		{"and is there where it does", []graph.Order{{Path: []*graph.Edge{x.edge("Deal.account")}, When: x.some("Deal.account", isAcme), Prop: x.mention("Account.name")}}, "big small"},
	})
	t.Run("a tally over an edge has no units where the node does not permit it, and those that pass", func(t *testing.T) {
		over := func(o *graph.Over) []graph.Group {
			return x.groups(t, x.all("Customer", counting(&graph.Tally{Over: o, Measures: []graph.Measure{x.measure("Order.total")}})))
		}
		assert.Equal(t, []graph.Group{group(2, nil, summary("EUR", 2, int64(7e4), int64(3e4), int64(4e4)))}, over(&graph.Over{Edge: x.edge("Customer.orders"), When: agrees}))
		assert.Equal(t, []graph.Group{group(1, nil, summary("EUR", 1, int64(2e4), int64(2e4), int64(2e4)))}, over(&graph.Over{Edge: x.edge("Customer.orders"), Filter: x.test("Order.number", graph.Eq, "bob")}))
	})
	t.Run("a distinct tally counts different nodes", func(t *testing.T) {
		edge := &graph.Over{Edge: x.edge("Customer.employments")}
		assert.Equal(t, []graph.Group{group(3, nil)}, x.groups(t, x.all("Customer", counting(&graph.Tally{Over: edge}))))
		assert.Equal(t, []graph.Group{group(2, nil)}, x.groups(t, x.all("Customer", counting(&graph.Tally{Over: edge, Distinct: true}))))
		with := func(g graph.Group, names ...string) graph.Group {
			for _, n := range names {
				g.Units = append(g.Units, x.ids[n])
			}
			slices.Sort(g.Units)
			return g
		}
		all := x.all("Customer", counting(&graph.Tally{Over: edge, Distinct: true, Units: true}))
		assert.Equal(t, []graph.Group{with(group(2, nil), "acme", "zenith")}, x.groups(t, all))
		all.Filter = x.is()
		assert.Equal(t, []graph.Group{group(0, nil)}, x.groups(t, all), "of nothing there are none")
		byAgrees := &graph.Tally{By: []graph.GroupKey{x.key("Customer.introducesOthers")}, Over: edge, Distinct: true, Units: true}
		groups := x.groups(t, x.all("Customer", counting(byAgrees)))
		assert.ElementsMatch(t, []graph.Group{with(group(2, []any{true}), "acme", "zenith"), with(group(1, []any{nil}), "acme")}, groups, "of each group")
		folded, err := graph.Fold(byAgrees, groups)
		require.NoError(t, err)
		assert.Equal(t, int64(2), folded.Count, "of two groups together those of both")
	})
	t.Run("a group by a to-one edge is of the missing where the row does not permit it", func(t *testing.T) {
		key := graph.GroupKey{Path: []*graph.Edge{x.edge("Deal.account")}, When: x.some("Deal.account", isAcme)}
		by := func() []graph.Group {
			return x.groups(t, x.all("Deal", counting(&graph.Tally{By: []graph.GroupKey{key}})))
		}
		assert.ElementsMatch(t, []graph.Group{group(1, []any{x.ids["acme"]}), group(1, []any{nil})}, by())
		key.Ref = *x.mention("Account.name")
		assert.ElementsMatch(t, []graph.Group{group(1, []any{"acme"}), group(1, []any{nil})}, by(), "by what it leads to has")
		key.When, key.Ref = nil, x.guarded("Account.name", not(isAcme))
		assert.ElementsMatch(t, []graph.Group{group(1, []any{"zenith"}), group(1, []any{nil})}, by(), "where that permits it")
	})
	fails := func(f *graph.Filter) *graph.Filter { return &graph.Filter{Fails: f} }
	x.filtered(t, "Customer", []filterCase{
		{"what fails is false or unknown", fails(agrees), "bob"},
		{"what does not fail is true", fails(fails(agrees)), "ann cid"},
		{"nothing fails what is true of everything", fails(&graph.Filter{}), ""},
		{"everything fails what is true of nothing", fails(or()), "ann bob cid"},
		{"what fails beyond an edge", x.every("Customer.employments", fails(isAcme)), "cid"},
	})
}
