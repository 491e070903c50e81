package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// roots is about lists that begin a fetch.
func roots(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob", "cid"} {
		x.node("Customer", name, "name", name)
	}
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "ann", "name", "Ann Ltd.") // the name of a customer, but another kind
	x.link("acme", "SUBSIDIARY_OF", "ann")
	x.kinds["ann"] = x.cat.MustKind("Customer")
	x.link("ann", "WORKS_AT", "acme")
	x.write(t)
	ids := map[string]string{}
	for _, k := range []string{"Customer", "Account"} {
		for _, r := range x.read(t, x.all(k, x.wants(k+".name")))[0].Rows {
			ids[r.Props[0].(string)] = r.ID
		}
	}
	withIDs := func(kind string, ids ...string) *graph.List {
		return x.all(kind, func(l *graph.List) { l.IDs = append([]string{}, ids...) }, x.wants(kind+".name"))
	}
	external := func(kind string, ext ...graph.External) *graph.List {
		return x.all(kind, func(l *graph.List) { l.External = append([]graph.External{}, ext...) }, x.wants(kind+".name"))
	}
	from := func(id string) graph.External { return graph.External{Source: source, ID: id} }
	names := func(l *graph.List) []any {
		out := []any{}
		for _, r := range x.read(t, l)[0].Rows {
			out = append(out, r.Props[0])
		}
		return out
	}
	for _, c := range []struct {
		name string
		list *graph.List
		want []any
	}{
		{"a node by its id", withIDs("Customer", ids["ann"]), []any{"ann"}},
		{"several nodes by their ids", withIDs("Customer", ids["ann"], ids["cid"]), []any{"ann", "cid"}},
		{"ids that there are not are left out", withIDs("Customer", ids["ann"], "cus_nobody", "", ids["bob"]), []any{"ann", "bob"}},
		{"an id that is named twice comes once", withIDs("Customer", ids["ann"], ids["ann"]), []any{"ann"}},
		{"ids of another kind are left out", withIDs("Customer", ids["Acme"], ids["bob"]), []any{"bob"}},
		{"no ids are no rows", withIDs("Customer"), []any{}},
		{"a node by the row it came from", external("Customer", from("bob")), []any{"bob"}},
		{"several nodes by the rows they came from", external("Customer", from("bob"), from("cid"), from("nobody")), []any{"bob", "cid"}},
		{"a row that is named twice comes once", external("Customer", from("bob"), from("bob")), []any{"bob"}},
		{"rows of another source are others", external("Customer", graph.External{Source: "other", ID: "bob"}), []any{}},
		{"rows of another kind are others", external("Account", from("bob")), []any{}},
		{"one row may have made nodes of two kinds", external("Account", from("ann")), []any{"Ann Ltd."}},
		{"no rows are none", external("Customer"), []any{}},
	} {
		t.Run(c.name, func(t *testing.T) { require.ElementsMatch(t, c.want, names(c.list)) })
	}
	t.Run("a filter holds of named nodes, too", func(t *testing.T) {
		l := withIDs("Customer", ids["ann"], ids["bob"])
		l.Filter = x.test("Customer.name", graph.Eq, "bob")
		require.Equal(t, []any{"bob"}, names(l))
	})
	t.Run("named nodes are not cut to a page", func(t *testing.T) {
		l := withIDs("Customer", ids["ann"], ids["bob"], ids["cid"])
		l.Page.Limit = 1
		require.Len(t, names(l), 3)
		l.Page.Limit = 0
		require.Len(t, names(l), 3)
	})
	t.Run("named nodes may be counted", func(t *testing.T) {
		l := withIDs("Customer", ids["ann"], ids["bob"], "cus_nobody")
		l.Tallies = []*graph.Tally{{}}
		require.Equal(t, int64(2), x.read(t, l)[0].Tallies[0][0].Count)
	})
	t.Run("several roots are answered in their order", func(t *testing.T) {
		first, second := withIDs("Account", ids["Acme"]), withIDs("Customer", ids["cid"], ids["ann"])
		third := x.all("Product")
		fourth := x.all("Customer", ordered(desc(x.by("Customer.name"))), limit(2))
		fourth.Key = "page"
		fourth.HasNext = true
		second.Nodes[0].Lists = []*graph.List{x.along("Customer.employments")}
		res := x.read(t, first, second, third, fourth)
		assert.Equal(t, "acme", x.namesOf(res[0]))
		assert.Len(t, res[1].Rows, 2)
		assert.Empty(t, res[2].Rows)
		assert.Equal(t, ids["cid"], res[3].Rows[0].ID)
		assert.Equal(t, ids["bob"], res[3].Rows[1].ID)
		assert.True(t, res[3].HasNext)
		for _, r := range res[1].Rows {
			assert.Len(t, r.Lists[0].Rows, map[string]int{ids["ann"]: 1, ids["cid"]: 0}[r.ID])
		}
	})
	t.Run("a fetch of nothing is answered by nothing", func(t *testing.T) {
		require.Empty(t, x.read(t))
	})
}

// results is about the shape of what comes back.
func results(t *testing.T, x *fixture) {
	set := []any{"name", "Ann", "gender", "FEMALE", "birthYear", -5, "introducesOthers", false}
	x.node("Customer", "ann", set...)
	x.node("Customer", "bob", "name", "")
	x.node("Deal", "deal", "amount", graph.Money{Amount: -1, Currency: "JPY"}, "expectedClose", -day, "openedAt", -1)
	x.node("Claim", "claim", "confidence", 123_456)
	x.node("Firmographics", "firm", "technologies", []string{"b", "a", "", "b"})
	x.node("Firmographics", "empty", "technologies", []string{})
	x.node("Account", "acme")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair", "approvalLimit", eur(1), "from", -1)
	x.write(t)
	props := func(l *graph.List) []any { return x.read(t, l)[0].Rows[0].Props }
	t.Run("values have the types of the contract, and missing ones are nil", func(t *testing.T) {
		customer := x.wants("Customer.name", "Customer.gender", "Customer.birthYear", "Customer.introducesOthers", "Customer.email")
		assert.Equal(t, []any{"Ann", "FEMALE", int64(-5), false, nil}, props(x.called("ann", customer)))
		assert.Equal(t, []any{"", nil, nil, nil, nil}, props(x.called("bob", customer)))
		assert.Equal(t, []any{graph.Money{Amount: -1, Currency: "JPY"}, -day, int64(-1), nil},
			props(x.called("deal", x.wants("Deal.amount", "Deal.expectedClose", "Deal.openedAt", "Deal.closedAt"))))
		assert.Equal(t, []any{int64(123_456)}, props(x.called("claim", x.wants("Claim.confidence"))))
		assert.Equal(t, []any{[]string{"b", "a", "", "b"}, nil}, props(x.called("firm", x.wants("Firmographics.technologies", "Firmographics.revenue"))))
		assert.Equal(t, []any{[]string{}}, props(x.called("empty", x.wants("Firmographics.technologies"))))
	})
	t.Run("properties come in the order they were asked for, even twice", func(t *testing.T) {
		assert.Equal(t, []any{int64(-5), "Ann", int64(-5)}, props(x.called("ann", x.wants("Customer.birthYear", "Customer.name", "Customer.birthYear"))))
	})
	t.Run("a row has its id even where nothing else is wanted", func(t *testing.T) {
		row := x.read(t, x.called("ann"))[0].Rows[0]
		assert.Equal(t, x.ids["ann"], row.ID)
		assert.Empty(t, row.Props)
		assert.Empty(t, row.Edge)
		assert.Empty(t, row.Lists)
		assert.Equal(t, "Customer", row.Sel.Kind.Name)
	})
	t.Run("a row's selection is the one of the fetch", func(t *testing.T) {
		l := x.all("Customer")
		assert.Same(t, l.Nodes[0], x.read(t, l)[0].Rows[0].Sel)
	})
	t.Run("there are no keys unless cursors are wanted", func(t *testing.T) {
		l := x.all("Customer", ordered(desc(x.by("Customer.name")), x.by("Customer.gender")), below(x.along("Customer.employments", ordered(x.by("WORKS_AT.from")))))
		row := x.read(t, l)[0].Rows[0]
		assert.Empty(t, row.Keys)
		assert.Empty(t, row.Lists[0].Rows[0].Keys)
	})
	t.Run("keys are the values of the order and the id, under an edge the relationship's key, too", func(t *testing.T) {
		jobs := x.along("Customer.employments", ordered(in("EUR", x.by("WORKS_AT.approvalLimit")), x.by("Account.name")))
		jobs.Cursors = true
		l := x.all("Customer", below(jobs), ordered(desc(x.by("Customer.name")), x.by("Customer.gender"), x.by("Customer.introducesOthers"),
			graph.Order{Count: &graph.Over{Edge: x.edge("Customer.employments")}},
			graph.Order{Sum: &graph.Over{Edge: x.edge("Customer.employments"), Prop: x.mention("WORKS_AT.approvalLimit"), OnEdge: true}, Currency: "EUR"},
		))
		l.Cursors = true
		rows := x.read(t, l)[0].Rows
		require.Len(t, rows, 2)
		assert.Equal(t, []any{"Ann", "FEMALE", false, int64(1), int64(1e4), x.ids["ann"]}, rows[0].Keys)
		assert.Equal(t, []any{"", nil, nil, int64(0), nil, x.ids["bob"]}, rows[1].Keys)
		keys := rows[0].Lists[0].Rows[0].Keys
		require.Len(t, keys, 4)
		assert.Equal(t, []any{int64(1e4), nil, x.ids["acme"]}, keys[:3])
		assert.IsType(t, "", keys[3])
	})
	t.Run("without an order the keys are the id alone", func(t *testing.T) {
		l := x.all("Deal")
		l.Cursors = true
		assert.Equal(t, []any{x.ids["deal"]}, x.read(t, l)[0].Rows[0].Keys)
	})
	t.Run("nothing is an empty list", func(t *testing.T) {
		l := x.all("Order", ordered(x.by("Order.number")))
		l.HasNext, l.HasPrevious, l.Cursors = true, true, true
		res := x.read(t, l)[0]
		assert.Empty(t, res.Rows)
		assert.False(t, res.HasNext)
		assert.False(t, res.HasPrevious)
	})
	t.Run("how a fetch is answered can be told without an error", func(t *testing.T) {
		_, err := x.store.Explain(t.Context(), &graph.Fetch{Now: Now, Lists: []*graph.List{x.all("Customer", ordered(x.by("Customer.name")))}})
		require.NoError(t, err)
	})
	t.Run("a store may be made ready again", func(t *testing.T) {
		require.NoError(t, x.store.Ready(t.Context()))
		require.Equal(t, "ann bob", x.set(t, x.all("Customer")))
	})
}
