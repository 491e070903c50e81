package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// guarded is a mention that has a value only where when is true of the node.
func (x *fixture) guarded(path string, when *graph.Filter) graph.Ref {
	r := *x.mention(path)
	r.When = when
	return r
}

// guards is about Ref.When: ann and bob agree, cid does not, and of dee it is unknown.
func guards(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	x.node("Interaction", "call", "at", 1)
	x.node("Employee", "eve", "name", "Eve")
	for _, c := range []struct {
		name   string
		agrees any
		year   int64
	}{{"ann", true, 4}, {"bob", true, 2}, {"cid", false, 3}, {"dee", nil, 1}} {
		x.node("Customer", c.name, "name", c.name, "introducesOthers", c.agrees, "birthYear", c.year)
		x.link(c.name, "WORKS_AT", "acme", "title", "job of "+c.name, "approvalLimit", eur(int(c.year)))
		x.link("call", "PARTICIPANT", c.name, "role", "TO")
	}
	x.node("Customer", "eli", "introducesOthers", true)
	x.node("Deal", "big", "name", "big", "amount", eur(9), "stage", "WON", "openedAt", -1)
	x.node("Deal", "small", "name", "small", "amount", eur(1), "stage", "LOST", "openedAt", 5)
	x.link("call", "PARTICIPANT", "eve", "role", "FROM")
	x.link("big", "WITH", "acme")
	x.link("small", "WITH", "acme")
	x.write(t)
	agrees := x.test("Customer.introducesOthers", graph.Eq, true)
	name, year := x.guarded("Customer.name", agrees), x.guarded("Customer.birthYear", agrees)
	customers := func(with ...func(*graph.List)) *graph.List { return x.all("Customer", with...) }
	by := func(r graph.Ref) graph.Order { return graph.Order{Prop: &r} }
	t.Run("in the output what is withheld is missing", func(t *testing.T) {
		l := customers(ordered(x.by("Customer.name")))
		l.Nodes[0].Props = []graph.Ref{name, *x.mention("Customer.name"), year}
		var got [][]any
		for _, r := range x.read(t, l)[0].Rows {
			got = append(got, r.Props)
		}
		require.Equal(t, [][]any{{"ann", "ann", int64(4)}, {"bob", "bob", int64(2)}, {nil, "cid", nil}, {nil, "dee", nil}, {nil, nil, nil}}, got)
	})
	t.Run("in the output of amounts, too, and of what another filter is about", func(t *testing.T) {
		l := x.all("Deal", ordered(x.by("Deal.name")))
		l.Nodes[0].Props = []graph.Ref{x.guarded("Deal.amount", x.test("Deal.stage", graph.Eq, "WON")), x.guarded("Deal.amount", x.some("Deal.account", x.test("Account.name", graph.Eq, "Acme"))), x.guarded("Deal.amount", or())}
		rows := x.read(t, l)[0].Rows
		require.Equal(t, []any{eur(9), eur(9), nil}, rows[0].Props)
		require.Equal(t, []any{nil, eur(1), nil}, rows[1].Props)
	})
	test := func(r graph.Ref, op graph.Op, v any) *graph.Filter {
		return &graph.Filter{Test: &graph.Test{Ref: r, Op: op, Value: v}}
	}
	fold := func(f *graph.Filter) *graph.Filter { f.Test.Fold = true; return f }
	eq := test(name, graph.Eq, "cid")
	x.filtered(t, "Customer", []filterCase{
		{"in a filter what is withheld is unknown", test(year, graph.Gte, int64(2)), "ann bob"},
		{"nor is its contrary known", not(test(year, graph.Gte, int64(4))), "bob"},
		{"a value that is withheld cannot be asked for", eq, ""},
		{"nor excluded", not(eq), "ann bob"},
		{"nor asked for folded", fold(test(name, graph.Contains, "i")), ""},
		{"nor by how it starts", test(name, graph.StartsWith, "c"), ""},
		{"nor among several", test(name, graph.In, []any{"ann", "cid", "dee"}), "ann"},
		{"nor not among several", not(test(name, graph.In, []any{"ann", "dee"})), "bob"},
		{"nor not among none", not(test(name, graph.In, []any{})), "ann bob"},
		{"whether what is withheld is missing is unknown", test(name, graph.IsNull, nil), "eli"},
		{"whether what is withheld is there is unknown", not(test(name, graph.IsNull, nil)), "ann bob"},
		{"unknown or true is true", or(eq, x.test("Customer.birthYear", graph.Lt, 4)), "bob cid dee"},
		{"a guard that is true of everything withholds nothing", test(x.guarded("Customer.name", &graph.Filter{}), graph.Eq, "cid"), "cid"},
		{"a guard that is true of nothing withholds everything", not(test(x.guarded("Customer.name", or()), graph.Eq, "cid")), ""},
		{"a guard may be a negation", test(x.guarded("Customer.name", not(agrees)), graph.In, []any{"ann", "cid", "dee"}), "cid"},
		{"a guard may have a guard", test(x.guarded("Customer.name", test(x.guarded("Customer.birthYear", agrees), graph.Gt, int64(2))), graph.Gte, ""), "ann"},
		{"a guard may ask beyond an edge", test(x.guarded("Customer.name", x.some("Customer.employments", x.test("WORKS_AT.approvalLimit", graph.Gt, eur(2)))), graph.Gte, ""), "ann cid"},
	})
	x.filtered(t, "Account", []filterCase{
		{"some of what is withheld", x.some("Account.people", eq), ""},
		{"none of what is withheld is unknown", x.none("Account.people", eq), ""},
		{"every one, of which some are withheld", x.every("Account.people", test(year, graph.Gte, int64(0))), ""},
		{"every one of those who agree", x.every("Account.people", or(not(agrees), x.missing("Customer.introducesOthers"), test(year, graph.Gte, int64(0)))), "acme"},
		{"a property of the relationship is guarded by the node it leads to", x.some("Account.people", &graph.Filter{Test: &graph.Test{Ref: x.guarded("WORKS_AT.title", agrees), OnEdge: true, Value: "job of bob"}}), "acme"},
		{"and withheld by it", x.some("Account.people", &graph.Filter{Test: &graph.Test{Ref: x.guarded("WORKS_AT.title", agrees), OnEdge: true, Value: "job of cid"}}), ""},
	})
	x.inOrder(t, "Customer", []orderCase{
		{"in an order what is withheld comes with what is missing", []graph.Order{by(year), x.by("Customer.name")}, "bob ann cid dee eli"},
		{"downward, too", []graph.Order{desc(by(year)), desc(x.by("Customer.name"))}, "ann bob dee cid eli"},
		{"by an indexed text", []graph.Order{by(name), x.by("Customer.birthYear")}, "ann bob dee cid eli"},
		{"by an indexed text downward", []graph.Order{desc(by(name)), desc(x.by("Customer.birthYear"))}, "bob ann cid dee eli"},
	})
	t.Run("keys and pages have no value of what is withheld", func(t *testing.T) {
		l := customers(ordered(desc(by(name)), x.by("Customer.birthYear")))
		x.walk(t, l, func(l *graph.List) *graph.List { return l }, func(r graph.ListResult) graph.ListResult { return r })
		require.Equal(t, []any{nil, int64(1), x.ids["dee"]}, x.read(t, l)[0].Rows[2].Keys)
	})
	t.Run("in orders by sums and by paths", func(t *testing.T) {
		won := x.test("Deal.stage", graph.Eq, "WON")
		amount := x.guarded("Deal.amount", won)
		l := x.all("Account", ordered(graph.Order{Sum: &graph.Over{Edge: x.edge("Account.deals"), Prop: &amount}, Currency: "EUR"}))
		l.Cursors = true
		require.Equal(t, []any{int64(9e4), x.ids["acme"]}, x.read(t, l)[0].Rows[0].Keys)
		hidden := x.guarded("Account.name", x.test("Account.name", graph.Eq, "x"))
		path := x.all("Deal", ordered(graph.Order{Path: []*graph.Edge{x.edge("Deal.account")}, Prop: &hidden}))
		path.Cursors = true
		for _, r := range x.read(t, path)[0].Rows {
			require.Nil(t, r.Keys[0])
		}
	})
	t.Run("under an edge the relationship's properties are withheld by the node", func(t *testing.T) {
		title := x.guarded("WORKS_AT.title", agrees)
		l := x.along("Account.people", ordered(graph.Order{Prop: &title, OnEdge: true, Desc: true}, x.by("Customer.name")))
		l.Props, l.Cursors = []graph.Ref{title, x.guarded("WORKS_AT.approvalLimit", not(agrees))}, true
		rows := x.beyond(t, "acme", l)
		require.Equal(t, "bob ann cid dee", x.namesOf(rows))
		assert.Equal(t, []any{"job of bob", nil}, rows.Rows[0].Edge)
		assert.Equal(t, []any{nil, eur(3)}, rows.Rows[2].Edge)
		assert.Equal(t, []any{nil, nil}, rows.Rows[3].Edge)
		assert.Nil(t, rows.Rows[2].Keys[0])
	})
	t.Run("among several kinds each has its own", func(t *testing.T) {
		role := x.guarded("PARTICIPANT.role", or(x.kind("Employee", nil), x.kind("Customer", agrees)))
		l := x.along("Interaction.participants", ordered(graph.Order{Prop: &role, OnEdge: true}))
		l.Props = []graph.Ref{role}
		l.Nodes[0].Props, l.Nodes[1].Props = []graph.Ref{name}, []graph.Ref{x.guarded("Employee.name", x.test("Employee.name", graph.Eq, "x"))}
		rows := x.beyond(t, "call", l).Rows
		require.Len(t, rows, 5)
		assert.Equal(t, x.ids["eve"], rows[0].ID)
		assert.Equal(t, []any{nil}, rows[0].Props)
		for i, want := range []any{"FROM", "TO", "TO", nil, nil} {
			assert.Equal(t, []any{want}, rows[i].Edge)
		}
	})
	t.Run("in measures and group keys", func(t *testing.T) {
		key := graph.GroupKey{Ref: x.guarded("Customer.name", agrees)}
		l := customers(counting(&graph.Tally{By: []graph.GroupKey{key}, Measures: []graph.Measure{{Ref: year}}}))
		require.Equal(t, []graph.Group{
			group(3, []any{nil}, []graph.Summary{}),
			group(1, []any{"ann"}, summary("", 1, int64(4), int64(4), int64(4))),
			group(1, []any{"bob"}, summary("", 1, int64(2), int64(2), int64(2))),
		}, x.groups(t, l))
		cut := graph.GroupKey{Ref: x.guarded("Deal.openedAt", x.test("Deal.stage", graph.Eq, "WON")), Cut: graph.ByDay}
		amount := graph.Measure{Ref: x.guarded("Deal.amount", x.test("Deal.stage", graph.Eq, "LOST"))}
		require.Equal(t, []graph.Group{group(1, []any{-day}, []graph.Summary{}), group(1, []any{nil}, summary("EUR", 1, int64(1e4), int64(1e4), int64(1e4)))},
			x.groups(t, x.all("Deal", counting(&graph.Tally{By: []graph.GroupKey{cut}, Measures: []graph.Measure{amount}}))))
		over := &graph.Tally{Over: &graph.Over{Edge: x.edge("Account.people")}, Measures: []graph.Measure{{Ref: x.guarded("WORKS_AT.approvalLimit", agrees), OnEdge: true}, {Ref: year}}}
		require.Equal(t, []graph.Group{group(4, nil, summary("EUR", 2, int64(6e4), int64(2e4), int64(4e4)), summary("", 2, int64(6), int64(2), int64(4)))},
			x.groups(t, x.all("Account", counting(over))))
	})
}
