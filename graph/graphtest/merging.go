package graphtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// twins is a world in which Ann is there twice.
func twins(x *fixture) {
	x.also("Customer", "ann", []graph.External{crm("1")}, "name", "Ann Albers", "journeyStage", "USE")
	x.also("Customer", "twin", []graph.External{shop("7")}, "name", "A. Albers", "email", "ann@example.com")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Account", "acme", "name", "Acme")
	x.node("Order", "o1", "number", "1")
	x.node("Order", "o2", "number", "2")
	x.node("Interaction", "call", "at", int64(Now), "kind", "CALL")
	x.node("Consent", "no", "status", graph.Restricted, "at", 1)
	x.node("Deal", "d1", "name", "Pumps", "stage", "PROPOSAL")
	x.node("Deal", "d2", "name", "Pumps again", "stage", "WON")
	x.node("Account", "beta", "name", "Beta")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair")
	x.link("twin", "WORKS_AT", "acme", "title", "Chair")
	x.link("twin", "WORKS_AT", "acme", "title", "Owner")
	x.link("o1", "PLACED_BY", "ann")
	x.link("o2", "PLACED_BY", "twin")
	x.batch.Edges[len(x.batch.Edges)-1].ID = "bought"
	x.link("call", "PARTICIPANT", "twin", "role", "FROM")
	x.link("call", "PARTICIPANT", "bob", "role", "TO")
	x.link("no", "GIVEN_BY", "twin")
	x.link("twin", "REPORTS_TO", "ann", "kind", "LINE")
	x.link("bob", "REPORTS_TO", "twin", "kind", "LINE")
	x.link("d1", "WITH", "acme")
	x.link("d2", "WITH", "beta")
}

func (x *fixture) merge(from, into string) {
	x.batch.Merge = append(x.batch.Merge, graph.Merge{From: x.ref(from), Into: x.ref(into)})
}

// merging is about nodes that were found to be the same.
func merging(t *testing.T, x *fixture) {
	twins(x)
	x.write(t)
	people := x.all("Customer", ordered(x.by("Customer.name")), limit(1))
	people.Cursors, people.HasNext = true, true
	first := x.read(t, people)[0]
	require.Equal(t, "twin", x.namesOf(first))
	ann, twin := x.ids["ann"], x.ids["twin"]
	report, err := x.store.Write(t.Context(), &graph.Batch{Source: source, Merge: []graph.Merge{{From: x.ref("twin"), Into: x.nodeRef("ann")}},
		Nodes: []graph.Upsert{{Kind: x.kinds["ann"], ID: "twin", Set: graph.Values{"phone": "+49 30 1"}}}})
	require.NoError(t, err)
	t.Run("what the batch says of the one is of the other", func(t *testing.T) {
		assert.Equal(t, []string{ann}, report.IDs)
		assert.Equal(t, 1, report.NodesRemoved)
		assert.Equal(t, "ann bob", x.set(t, x.all("Customer")))
	})
	t.Run("the one's values hold, and it gets those that it has not", func(t *testing.T) {
		assert.Equal(t, []any{"Ann Albers", "ann@example.com", "+49 30 1", "USE"}, x.props(t, "ann", "Customer.name", "Customer.email", "Customer.phone", "Customer.journeyStage"))
		assert.Equal(t, "ann name= email=", x.hits(t, x.search("ann@example.com", "Customer")))
	})
	t.Run("relationships are of the one, each once, and none leads from it to itself", func(t *testing.T) {
		names, _ := x.edgesOf(t, "ann", "Customer.orders")
		assert.Equal(t, "o1 o2", sorted(names))
		names, _ = x.edgesOf(t, "ann", "Customer.employments")
		assert.Equal(t, "acme acme", names, "by two titles")
		names, _ = x.edgesOf(t, "ann", "Customer.reports")
		assert.Equal(t, "bob", names)
		names, _ = x.edgesOf(t, "ann", "Customer.managers")
		assert.Empty(t, names)
		names, _ = x.edgesOf(t, "ann", "Customer.interactions")
		assert.Equal(t, "call", names)
	})
	t.Run("what she said counts", func(t *testing.T) {
		assert.Equal(t, []any{int64(1)}, x.hidden(t, "ann", graph.RestrictedAt))
		assert.Equal(t, []any{true}, x.hidden(t, "ann", graph.Party))
	})
	t.Run("the id that was leads to the one, alone, among others and in conditions", func(t *testing.T) {
		byID := func(ids ...string) *graph.List { return x.all("Customer", func(l *graph.List) { l.IDs = ids }) }
		assert.Equal(t, "ann", x.rows(t, byID(twin)))
		assert.Equal(t, "ann bob", x.set(t, byID(twin, x.ids["bob"], ann)))
		res, err := x.store.Read(t.Context(), &graph.Fetch{Now: Now, Lists: []*graph.List{byID(twin)}})
		require.NoError(t, err)
		if res.Leads != nil { // which a store that asks for it tells
			assert.Equal(t, ann, res.Leads.ID(twin))
		}
		is := func(op graph.Op, v any) *graph.Filter {
			return &graph.Filter{Test: &graph.Test{ID: true, Op: op, Value: v}}
		}
		x.filtered(t, "Customer", []filterCase{
			{"equal", is(graph.Eq, twin), "ann"},
			{"one of several", is(graph.In, []any{twin, x.ids["bob"]}), "ann bob"},
			{"no text is taken for a key", is(graph.Eq, "cus:shop:7"), ""},
			{"nor among several", is(graph.In, []any{"cus:shop:7", x.ids["bob"]}), "bob"},
			{"none of several", not(is(graph.In, []any{twin})), "bob"},
		})
		x.filtered(t, "Order", []filterCase{{"behind an edge", x.some("Order.placedBy", x.kind("Customer", is(graph.Eq, twin))), "o1 o2"}})
		assert.Equal(t, "ann", x.rows(t, x.all("Customer", func(l *graph.List) { l.IDs = []string{twin} }, where(is(graph.Eq, twin)))))
	})
	t.Run("a cursor of the one that is gone goes on from there", func(t *testing.T) {
		next := *people
		next.Page.After = first.Rows[0].Keys
		res := x.read(t, &next)[0]
		assert.Equal(t, "ann", x.namesOf(res))
		assert.True(t, res.HasNext)
	})
	t.Run("all keys are of the one", func(t *testing.T) {
		own := func(id string) graph.External { return graph.External{Source: source, ID: id} }
		assert.Equal(t, []graph.External{own("ann"), crm("1"), own("twin"), shop("7")}, x.keys(t, "ann"))
		assert.Equal(t, "ann", x.from(t, "Customer", own("twin"), shop("7")))
	})
	t.Run("changes and links follow the id and the keys, in whichever batch", func(t *testing.T) {
		b := graph.Batch{Source: "shop", Nodes: []graph.Upsert{{Kind: x.kinds["ann"], Node: twin, Set: graph.Values{"phone": nil}}, {Kind: x.kinds["ann"], ID: "7", Set: graph.Values{"gender": "FEMALE"}}},
			Edges: []graph.Link{{Rel: x.cat.Rel("PLACED_BY"), From: x.nodeRef("o1"), To: graph.NodeRef{Kind: x.kinds["ann"], ID: twin}}}}
		report, err := x.store.Write(t.Context(), &b)
		require.NoError(t, err)
		assert.Equal(t, []string{ann, ann}, report.IDs)
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(report))
		assert.Equal(t, []any{nil, "FEMALE"}, x.props(t, "ann", "Customer.phone", "Customer.gender"))
	})
	t.Run("what the source says again changes nothing", func(t *testing.T) {
		x.link("o2", "PLACED_BY", "twin")
		x.batch.Edges[0].ID = "bought"
		assert.Equal(t, graph.Report{}, counts(x.write(t)))
	})
	t.Run("they are one already", func(t *testing.T) {
		x.merge("twin", "ann")
		assert.Equal(t, graph.Report{}, counts(x.write(t)))
	})
	t.Run("an id leads on where the one becomes another in turn", func(t *testing.T) {
		x.merge("ann", "bob")
		x.write(t)
		for _, id := range []string{twin, ann, x.ids["bob"]} {
			assert.Equal(t, "bob", x.rows(t, x.all("Customer", func(l *graph.List) { l.IDs = []string{id} })))
		}
		assert.Equal(t, "bob", x.from(t, "Customer", shop("7")))
	})
	t.Run("what it leads to at most once stays", func(t *testing.T) {
		x.merge("d2", "d1")
		x.write(t)
		assert.Equal(t, []any{"Pumps", "PROPOSAL"}, x.props(t, "d1", "Deal.name", "Deal.stage"))
		names, _ := x.edgesOf(t, "d1", "Deal.account")
		assert.Equal(t, "acme", names)
	})
	t.Run("what cannot be one is refused", func(t *testing.T) {
		for reason, m := range map[string]graph.Merge{
			"two nodes are of one kind to become one: Customer and Account": {From: x.ref("bob"), Into: x.ref("acme")},
			"of Consent no two are the same":                                {From: x.ref("no"), Into: x.ref("no")},
			"there is no Account suite:none":                                {From: ref(x.kinds["acme"], "none"), Into: x.ref("acme")},
		} {
			x.batch.Merge = []graph.Merge{m}
			_, err := x.try()
			require.ErrorContains(t, err, reason)
		}
	})
}

// nodeRef names a node by its id.
func (x *fixture) nodeRef(name string) graph.NodeRef {
	return graph.NodeRef{Kind: x.kinds[name], ID: x.ids[name]}
}

// erasedOnes is about somebody who was there twice, and is erased.
func erasedOnes(t *testing.T, x *fixture) {
	twins(x)
	x.write(t)
	twin := x.ids["twin"]
	x.merge("twin", "ann")
	x.write(t)
	entries := func(t *testing.T) string { return fmt.Sprintf("%+v", x.behind(t, 0).Entries) }
	require.Contains(t, entries(t), twin)
	x.batch.Erase = []graph.Erasure{{Person: twin, Keep: kept}}
	x.write(t)
	t.Run("she is erased by the id that led to her, which leads nowhere then", func(t *testing.T) {
		assert.Equal(t, []any{nil}, x.props(t, "ann", "Customer.name"))
		assert.Empty(t, x.read(t, x.all("Customer", func(l *graph.List) { l.IDs = []string{twin} }))[0].Rows)
	})
	t.Run("nothing tells whom she was related to by the id that was, nor that it was hers", func(t *testing.T) {
		assert.NotContains(t, entries(t), twin)
		assert.NotContains(t, x.dump(t), twin)
	})
	t.Run("each key that either had keeps her out", func(t *testing.T) {
		for _, e := range []graph.External{{Source: source, ID: "ann"}, crm("1"), {Source: source, ID: "twin"}, shop("7")} {
			report, err := x.store.Write(t.Context(), &graph.Batch{Source: e.Source, Nodes: []graph.Upsert{{Kind: x.kinds["ann"], ID: e.ID, Set: graph.Values{"name": "Ann Albers"}}}})
			require.NoError(t, err)
			assert.Equal(t, []string{x.ids["ann"]}, report.IDs, e)
			assert.Equal(t, []any{nil}, x.props(t, "ann", "Customer.name"))
		}
	})
	t.Run("nobody becomes one with her", func(t *testing.T) {
		x.batch.Merge = []graph.Merge{{From: x.ref("bob"), Into: x.nodeRef("ann")}}
		_, err := x.try()
		require.ErrorContains(t, err, "was erased, or is about somebody who was: it stays apart")
	})
}
