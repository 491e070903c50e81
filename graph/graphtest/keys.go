package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// also adds a node that comes from other rows, too.
func (x *fixture) also(kind, name string, also []graph.External, pairs ...any) {
	x.node(kind, name, pairs...)
	x.batch.Nodes[len(x.batch.Nodes)-1].Also = also
}

// from are the names of the nodes of a kind that come from rows of sources.
func (x *fixture) from(t testing.TB, kind string, ext ...graph.External) string {
	t.Helper()
	return x.set(t, x.all(kind, func(l *graph.List) { l.External = ext }))
}

// keys are all of a node.
func (x *fixture) keys(t testing.TB, name string) []graph.External {
	t.Helper()
	k, l := x.kinds[name], x.called(name)
	l.Nodes[0].Props = []graph.Ref{{Prop: k.Key}, {Prop: k.Further}}
	row := x.read(t, l)[0].Rows[0]
	further, _ := row.Props[1].([]string)
	return graph.Externals(row.Props[0].(string), further)
}

// crm and shop are rows of other sources.
func crm(id string) graph.External { return graph.External{Source: "crm", ID: id} }

func shop(id string) graph.External { return graph.External{Source: "shop", ID: id} }

// severalKeys is about nodes that come from several rows of sources.
func severalKeys(t *testing.T, x *fixture) {
	x.also("Customer", "ann", []graph.External{crm("1"), shop("1")}, "name", "Ann")
	x.node("Customer", "bob", "name", "Bob")
	x.also("Account", "acme", []graph.External{crm("1")}, "name", "Acme")
	x.link("ann", "WORKS_AT", "acme", "title", "Chair")
	x.write(t)
	own := func(id string) graph.External { return graph.External{Source: source, ID: id} }
	write := func(t *testing.T, b graph.Batch) *graph.Report {
		t.Helper()
		report, err := x.store.Write(t.Context(), &b)
		require.NoError(t, err)
		return report
	}
	customer := x.kinds["ann"]
	t.Run("a node is found by each, once, and has all in the order in which they came", func(t *testing.T) {
		for _, e := range []graph.External{own("ann"), crm("1"), shop("1")} {
			assert.Equal(t, "ann", x.from(t, "Customer", e), e)
		}
		assert.Equal(t, "ann bob", x.from(t, "Customer", crm("1"), own("bob"), shop("1"), crm("none")))
		assert.Equal(t, []graph.External{own("ann"), crm("1"), shop("1")}, x.keys(t, "ann"))
		assert.Equal(t, []graph.External{own("bob")}, x.keys(t, "bob"))
	})
	t.Run("a key is one of a kind", func(t *testing.T) {
		assert.Equal(t, "acme", x.from(t, "Account", crm("1")))
		assert.Empty(t, x.from(t, "Account", shop("1")))
		assert.Empty(t, x.from(t, "Deal", crm("1")))
	})
	t.Run("nor is what a key is made of taken for one", func(t *testing.T) {
		assert.Empty(t, x.from(t, "Customer", graph.External{ID: "crm:1"}), "as it is stored, it is no first key")
		assert.Empty(t, x.from(t, "Customer", crm("1:"), crm(""), graph.External{Source: "cr", ID: "m:1"}))
	})
	t.Run("a filter holds of what is found, and the guard's conditions", func(t *testing.T) {
		l := x.all("Customer", where(x.test("Customer.name", graph.Eq, "Bob")), func(l *graph.List) { l.External = []graph.External{crm("1"), own("bob")} })
		assert.Equal(t, "bob", x.rows(t, l))
	})
	t.Run("another source changes the node by its own row, and links lead to it", func(t *testing.T) {
		report := write(t, graph.Batch{Source: "crm",
			Nodes: []graph.Upsert{{Kind: customer, ID: "1", Set: graph.Values{"email": "ann@example.com"}}},
			Edges: []graph.Link{{Rel: x.cat.Rel("REPORTS_TO"), From: graph.NodeRef{Kind: customer, External: own("bob")}, To: graph.NodeRef{Kind: customer, External: shop("1")}}}})
		assert.Equal(t, []string{x.ids["ann"]}, report.IDs)
		assert.Equal(t, graph.Report{NodesChanged: 1, EdgesCreated: 1}, counts(report))
		assert.Equal(t, []any{"Ann", "ann@example.com"}, x.props(t, "ann", "Customer.name", "Customer.email"))
		names, _ := x.edgesOf(t, "ann", "Customer.reports")
		assert.Equal(t, "bob", names)
	})
	t.Run("what is written by two of its names in one batch is of one node, and the last holds", func(t *testing.T) {
		report := write(t, graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: customer, ID: "1", Set: graph.Values{"name": "Anna"}}, {Kind: customer, Node: x.ids["ann"], Set: graph.Values{"name": "Ann"}}}})
		assert.Equal(t, []graph.Outcome{graph.Unchanged, graph.Folded}, report.Nodes)
		assert.Equal(t, []string{x.ids["ann"], x.ids["ann"]}, report.IDs)
	})
	t.Run("a node gets keys later, by any of its names, once", func(t *testing.T) {
		b := graph.Batch{Source: "web", Nodes: []graph.Upsert{{Kind: customer, ID: "b", Also: []graph.External{own("bob"), crm("2")}, Set: graph.Values{"phone": "+49 30 1"}}}}
		report := write(t, b)
		assert.Equal(t, []string{x.ids["bob"]}, report.IDs)
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(report))
		assert.Equal(t, []graph.External{own("bob"), {Source: "web", ID: "b"}, crm("2")}, x.keys(t, "bob"))
		assert.Equal(t, "bob", x.from(t, "Customer", crm("2")))
		assert.Equal(t, graph.Report{}, counts(write(t, b)), "written again it changes nothing")
		byID := graph.Batch{Source: "web", Nodes: []graph.Upsert{{Kind: customer, Node: x.ids["bob"], Also: []graph.External{shop("2")}}}}
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(write(t, byID)))
		assert.Equal(t, "bob", x.from(t, "Customer", shop("2")))
	})
	t.Run("nodes that the batch makes are one by what they have in common", func(t *testing.T) {
		report := write(t, graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: customer, ID: "3", Also: []graph.External{shop("3")}}, {Kind: customer, ID: "4", Also: []graph.External{shop("3")}},
			{Kind: customer, ID: "5", Also: []graph.External{crm("3")}}}})
		assert.Equal(t, []string{report.IDs[0], report.IDs[0], report.IDs[0]}, report.IDs)
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(report))
		x.names[report.IDs[0]] = "cid"
		assert.Equal(t, "cid", x.from(t, "Customer", crm("5"), crm("4"), shop("3")))
	})
	t.Run("names of two nodes are refused", func(t *testing.T) {
		x.also("Customer", "ann", []graph.External{crm("none"), crm("2")}, "name", "Ann")
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, []graph.Problem{{Conflict: true, Reason: "all its rows must be of one Customer: suite:ann and crm:2 are of two"}}, bad.Problems)
		assert.Empty(t, x.from(t, "Customer", crm("none")))
	})
	t.Run("names that cannot be are refused", func(t *testing.T) {
		for _, c := range []struct {
			e    graph.External
			says string
		}{{graph.External{Source: "crm"}, "the external id is empty"}, {graph.External{Source: "c:m", ID: "1"}, `the source "c:m" is not a name`}} {
			x.also("Customer", "ann", []graph.External{c.e})
			_, err := x.try()
			require.ErrorContains(t, err, c.says)
		}
	})
	t.Run("one that is to be new is not there by any of its names", func(t *testing.T) {
		_, err := x.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: customer, ID: "2", IfNew: true}}})
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		assert.True(t, bad.Problems[0].Conflict)
	})
	t.Run("what is removed leaves none of its keys", func(t *testing.T) {
		x.batch.Remove = []graph.Removal{{Kind: customer, ID: x.ids["bob"]}}
		x.write(t)
		assert.Empty(t, x.from(t, "Customer", crm("2"), shop("2"), own("bob")))
		report := write(t, graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: customer, ID: "2", Also: []graph.External{shop("2")}}}})
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(report), "another may have them")
		x.names[report.IDs[0]] = "newbob"
		assert.Equal(t, "newbob", x.set(t, x.all("Customer", func(l *graph.List) { l.External = []graph.External{shop("2")} })))
	})
}

// erasedKeys is about persons who were erased, and come again by any of their names.
func erasedKeys(t *testing.T, x *fixture) {
	x.also("Customer", "ann", []graph.External{crm("1"), shop("ann@example.com")}, "name", "Ann Albers", "email", "ann@example.com")
	x.node("Customer", "bob", "name", "Bob")
	x.also("Claim", "claim", []graph.External{crm("c1")}, "role", "CHAMPION")
	x.also("Order", "o1", []graph.External{shop("o1")}, "number", "4711")
	x.link("claim", "ABOUT", "ann")
	x.link("o1", "PLACED_BY", "ann")
	x.write(t)
	x.batch.Erase = []graph.Erasure{{Person: x.ids["ann"], Keep: kept}}
	x.write(t)
	customer := x.kinds["ann"]
	dump := x.dump(t)
	t.Run("none of her keys is answered, nor is she found by one", func(t *testing.T) {
		assert.Empty(t, x.keys(t, "ann"))
		assert.Empty(t, x.keys(t, "o1"), "nor those of what is kept of her")
		assert.Empty(t, x.from(t, "Customer", crm("1"), shop("ann@example.com")))
		assert.NotContains(t, dump, "ann@example.com")
	})
	for _, n := range []graph.Upsert{
		{Kind: customer, ID: "1"},
		{Kind: customer, ID: "new", Also: []graph.External{shop("ann@example.com")}},
		{Kind: customer, ID: "newer", Also: []graph.External{{Source: source, ID: "ann"}}},
	} {
		t.Run("she stays erased when she comes as "+n.ID, func(t *testing.T) {
			n.Set = graph.Values{"name": "Ann Albers"}
			report, err := x.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{n}})
			require.NoError(t, err)
			assert.Equal(t, []string{x.ids["ann"]}, report.IDs)
			assert.Positive(t, report.Suppressed)
			assert.Equal(t, []any{nil}, x.props(t, "ann", "Customer.name"))
			assert.Empty(t, x.keys(t, "ann"))
		})
	}
	t.Run("the keys that she has come by since are known, too", func(t *testing.T) {
		report, err := x.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: customer, ID: "newer", Set: graph.Values{"name": "Ann Albers"}}}})
		require.NoError(t, err)
		assert.Equal(t, []string{x.ids["ann"]}, report.IDs)
	})
	t.Run("nobody else gets a key of hers", func(t *testing.T) {
		x.also("Customer", "bob", []graph.External{crm("1"), {Source: source, ID: "ann"}, crm("b")}, "name", "Bob")
		assert.Equal(t, graph.Report{NodesChanged: 1, Suppressed: 2}, counts(x.write(t)))
		assert.Equal(t, []graph.External{{Source: source, ID: "bob"}, crm("b")}, x.keys(t, "bob"))
	})
	t.Run("what went with her stays away by any of its names", func(t *testing.T) {
		report, err := x.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Claim"), ID: "c1", Set: graph.Values{"role": "CHAMPION"}}}})
		require.NoError(t, err)
		assert.Equal(t, []graph.Outcome{graph.LeftOut}, report.Nodes)
		assert.Empty(t, x.rows(t, x.all("Claim")))
	})
	t.Run("it is known by which marks, as those do who set rows of hers aside", func(t *testing.T) {
		mark := "erased|" + Mark("node|Customer|shop:ann@example.com")
		l := &graph.List{Key: "known", IDs: []string{mark}, Rows: true, Nodes: []*graph.Selection{{Kind: graph.Suppressed}}}
		assert.Len(t, x.read(t, l)[0].Rows, 1)
	})
}
