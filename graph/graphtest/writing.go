package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// props are properties of the one node of this name.
func (x *fixture) props(t testing.TB, name string, paths ...string) []any {
	t.Helper()
	rows := x.read(t, x.called(name, x.wants(paths...)))[0].Rows
	require.Len(t, rows, 1)
	return rows[0].Props
}

func counts(r *graph.Report) graph.Report {
	c := *r
	c.IDs, c.Nodes, c.Edges = nil, nil, nil
	return c
}

// writingNodes is about what a batch does to nodes, and what it reports.
func writingNodes(t *testing.T, x *fixture) {
	t.Run("a node is created with an id of its kind, and keeps it", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann", "birthYear", 1980)
		x.node("Account", "acme", "name", "Acme")
		report := x.write(t)
		require.Len(t, report.IDs, 2)
		assert.True(t, strings.HasPrefix(report.IDs[0], "cus_") && len(report.IDs[0]) > 10, report.IDs[0])
		assert.True(t, strings.HasPrefix(report.IDs[1], "acc_"), report.IDs[1])
		assert.Equal(t, graph.Report{NodesCreated: 2}, counts(report))
		assert.True(t, report.Changed())
		x.node("Account", "acme", "accountStage", "PARTNER")
		x.node("Customer", "ann", "name", "Anna")
		again := x.write(t)
		assert.Equal(t, []string{report.IDs[1], report.IDs[0]}, again.IDs)
		assert.Equal(t, graph.Report{NodesChanged: 2}, counts(again))
	})
	t.Run("a property that is not named stays as it is", func(t *testing.T) {
		assert.Equal(t, []any{"Anna", int64(1980)}, x.props(t, "ann", "Customer.name", "Customer.birthYear"))
		assert.Equal(t, []any{"Acme", "PARTNER"}, x.props(t, "acme", "Account.name", "Account.accountStage"))
	})
	t.Run("the same again changes nothing", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna", "birthYear", 1980)
		report := x.write(t)
		assert.Equal(t, graph.Report{}, counts(report))
		assert.False(t, report.Changed())
		assert.Equal(t, []string{x.ids["ann"]}, report.IDs)
	})
	t.Run("an upsert that says nothing changes nothing", func(t *testing.T) {
		x.node("Customer", "ann")
		assert.False(t, x.write(t).Changed())
	})
	t.Run("nil clears a property, with all that was kept of it", func(t *testing.T) {
		x.node("Customer", "ann", "name", nil)
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, []any{nil, int64(1980)}, x.props(t, "ann", "Customer.name", "Customer.birthYear"))
		assert.Equal(t, "ann", x.rows(t, x.all("Customer", where(x.missing("Customer.name")))))
		assert.Empty(t, x.rows(t, x.all("Customer", where(x.folded("Customer.name", graph.StartsWith, "ann")))))
		x.node("Customer", "ann", "name", nil)
		assert.False(t, x.write(t).Changed(), "once is enough")
		x.node("Customer", "new", "name", nil, "email", "a@b.example")
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(x.write(t)))
		assert.Equal(t, []any{nil, "a@b.example"}, x.props(t, "new", "Customer.name", "Customer.email"))
	})
	t.Run("a text is found by its new value only, folded and not", func(t *testing.T) {
		x.node("Customer", "ann", "name", "ÄNNE")
		x.write(t)
		assert.Equal(t, "ann", x.rows(t, x.all("Customer", where(x.folded("Customer.name", graph.Eq, "anne")))))
		x.node("Customer", "ann", "name", "Ann")
		x.write(t)
		assert.Empty(t, x.rows(t, x.all("Customer", where(x.folded("Customer.name", graph.Eq, "anne")))))
		assert.Equal(t, "ann", x.rows(t, x.all("Customer", where(x.test("Customer.name", graph.Eq, "Ann")))))
	})
	t.Run("an amount changes with its currency", func(t *testing.T) {
		x.node("Deal", "deal", "amount", eur(1))
		x.write(t)
		x.node("Deal", "deal", "amount", usd(1))
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, []any{usd(1)}, x.props(t, "deal", "Deal.amount"))
		x.node("Deal", "deal", "amount", nil)
		x.write(t)
		assert.Equal(t, []any{nil}, x.props(t, "deal", "Deal.amount"))
	})
	t.Run("values of every type are kept, and are the same again", func(t *testing.T) {
		for range 2 {
			x.node("Firmographics", "firm", "industry", "x", "employeeCount", -1, "revenue", eur(-1), "growth", -500_000, "technologies", []string{"a", "b"})
			x.node("Deal", "typed", "type", "RENEWAL", "expectedClose", -day, "openedAt", -1)
			x.node("Customer", "typed", "introducesOthers", false)
			x.node("Firmographics", "bare", "technologies", []string{})
			report := x.write(t)
			if report.NodesCreated > 0 {
				assert.Equal(t, graph.Report{NodesCreated: 4}, counts(report))
			} else {
				assert.False(t, report.Changed())
			}
		}
		x.node("Firmographics", "firm", "technologies", []string{"b", "a"})
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(x.write(t)), "the order of a list counts")
	})
	t.Run("of several upserts of one node the last wins, property by property", func(t *testing.T) {
		x.node("Customer", "bob", "name", "First", "email", "first", "phone", "1")
		x.node("Customer", "bob", "name", "Second", "phone", nil)
		report := x.write(t)
		require.Len(t, report.IDs, 2)
		assert.Equal(t, report.IDs[0], report.IDs[1])
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(report))
		assert.Equal(t, []any{"Second", "first", nil}, x.props(t, "bob", "Customer.name", "Customer.email", "Customer.phone"))
	})
	t.Run("one id in two kinds names two nodes", func(t *testing.T) {
		x.node("Product", "ann", "name", "not Ann")
		report := x.write(t)
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(report))
		assert.True(t, strings.HasPrefix(report.IDs[0], "pro_"))
	})
	t.Run("one id in two sources names two nodes", func(t *testing.T) {
		report, err := x.store.Write(t.Context(), &graph.Batch{Source: "another", Nodes: []graph.Upsert{{Kind: x.cat.MustKind("Customer"), ID: "bob", Set: graph.Values{"name": "Another"}}}})
		require.NoError(t, err)
		assert.Equal(t, 1, report.NodesCreated)
		assert.NotEqual(t, x.ids["bob"], report.IDs[0])
		assert.Equal(t, []any{"Second"}, x.props(t, "bob", "Customer.name"))
	})
	t.Run("an empty batch changes nothing", func(t *testing.T) {
		assert.Equal(t, graph.Report{}, counts(x.write(t)))
	})
}

// edgesOf are what an edge of a node leads to, and the relationships' properties.
func (x *fixture) edgesOf(t testing.TB, name string, path string, props ...string) (names string, values [][]any) {
	t.Helper()
	var order []graph.Order
	if len(props) > 0 {
		order = one(x.by(props[0]))
	}
	res := x.beyond(t, name, x.along(path, x.wants(props...), ordered(order...)))
	for _, r := range res.Rows {
		values = append(values, r.Edge)
	}
	return x.namesOf(res), values
}

// writingEdges is about what a batch does to relationships.
func writingEdges(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob"} {
		x.node("Customer", name)
	}
	x.node("Account", "acme")
	x.node("Account", "bolt")
	x.write(t)
	links := func() *graph.Report { return x.write(t) }
	byID := func(id string) { x.batch.Edges[len(x.batch.Edges)-1].ID = id }
	const jobs, title, limit = "Customer.employments", "WORKS_AT.title", "WORKS_AT.approvalLimit"

	t.Run("a relationship is known by its ends and its key properties", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "department", "Board")
		x.link("ann", "WORKS_AT", "acme", "title", "Adviser")
		x.link("ann", "WORKS_AT", "acme")
		assert.Equal(t, graph.Report{EdgesCreated: 3}, counts(links()))
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "department", "Sales", "approvalLimit", eur(1))
		x.link("ann", "WORKS_AT", "acme", "title", "Adviser")
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(links()))
		names, values := x.edgesOf(t, "ann", jobs, title, "WORKS_AT.department", limit)
		assert.Equal(t, "acme acme acme", names)
		assert.Equal(t, [][]any{{"Adviser", nil, nil}, {"Chair", "Sales", eur(1)}, {nil, nil, nil}}, values)
	})
	t.Run("the same again changes nothing", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "department", "Sales", "approvalLimit", eur(1))
		x.link("ann", "WORKS_AT", "acme")
		assert.False(t, links().Changed())
	})
	t.Run("nil clears a property of a relationship", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "approvalLimit", nil)
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(links()))
		_, values := x.edgesOf(t, "ann", jobs, title, "WORKS_AT.department", limit)
		assert.Equal(t, []any{"Chair", "Sales", nil}, values[1])
	})
	t.Run("without key properties two nodes have one relationship of a type", func(t *testing.T) {
		x.link("acme", "SUBSIDIARY_OF", "bolt", "share", 1)
		x.link("acme", "SUBSIDIARY_OF", "bolt", "share", 2)
		assert.Equal(t, graph.Report{EdgesCreated: 1}, counts(links()))
		_, values := x.edgesOf(t, "acme", "Account.parents", "SUBSIDIARY_OF.share")
		assert.Equal(t, [][]any{{int64(2)}}, values)
	})
	t.Run("a relationship with an id is known by it, whatever its key properties", func(t *testing.T) {
		x.link("bob", "WORKS_AT", "acme", "title", "Clerk")
		byID("job 1")
		x.link("bob", "WORKS_AT", "acme", "title", "Clerk")
		byID("job 2")
		x.link("bob", "WORKS_AT", "acme", "title", "Clerk")
		assert.Equal(t, graph.Report{EdgesCreated: 3}, counts(links()))
		x.link("bob", "WORKS_AT", "acme", "title", "Boss")
		byID("job 2")
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(links()))
		_, values := x.edgesOf(t, "bob", jobs, title)
		assert.Equal(t, [][]any{{"Boss"}, {"Clerk"}, {"Clerk"}}, values)
	})
	t.Run("a relationship with an id may move to other ends, with its properties", func(t *testing.T) {
		x.link("bob", "WORKS_AT", "bolt", "department", "Moved")
		byID("job 2")
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(links()))
		names, values := x.edgesOf(t, "bob", jobs, title, "WORKS_AT.department")
		assert.Equal(t, [][]any{{"Boss", "Moved"}, {"Clerk", nil}, {"Clerk", nil}}, values)
		assert.Equal(t, "bolt acme acme", names)
		x.link("ann", "WORKS_AT", "bolt")
		byID("job 2")
		assert.Equal(t, graph.Report{EdgesChanged: 1}, counts(links()))
		names, _ = x.edgesOf(t, "bob", jobs, title)
		assert.Equal(t, "acme acme", names)
		names, values = x.edgesOf(t, "bolt", "Account.people", title, "WORKS_AT.department")
		assert.Equal(t, "ann", names)
		assert.Equal(t, [][]any{{"Boss", "Moved"}}, values)
		x.link("ann", "WORKS_AT", "bolt")
		byID("job 2")
		assert.False(t, links().Changed())
	})
	t.Run("of several links of one relationship the last wins, property by property", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "a", "department", "a")
		byID("job 3")
		x.link("ann", "WORKS_AT", "bolt", "title", "b", "seniority", "VP")
		byID("job 3")
		assert.Equal(t, graph.Report{EdgesCreated: 1}, counts(links()))
		names, values := x.edgesOf(t, "ann", jobs, title, "WORKS_AT.department", "WORKS_AT.seniority")
		assert.Equal(t, "acme bolt bolt acme acme", names)
		assert.Equal(t, []any{"b", "a", "VP"}, values[1])
	})
	t.Run("a batch may link nodes that it creates, and nodes of another source", func(t *testing.T) {
		k := x.cat.MustKind("Customer")
		b := &graph.Batch{Source: "another", Nodes: []graph.Upsert{{Kind: k, ID: "zoe"}}, Edges: []graph.Link{
			{Rel: x.cat.Rel("WORKS_AT"), From: ref(k, "zoe"), To: graph.NodeRef{Kind: x.cat.MustKind("Account"), External: graph.External{Source: source, ID: "bolt"}}, ID: "job 1"}}}
		report, err := x.store.Write(t.Context(), b)
		require.NoError(t, err)
		assert.Equal(t, graph.Report{NodesCreated: 1, EdgesCreated: 1}, counts(report))
		x.names[report.IDs[0]] = "zoe"
		names, _ := x.edgesOf(t, "bolt", "Account.people")
		assert.Equal(t, "ann ann zoe", sorted(names))
	})
	t.Run("a node may be linked to itself", func(t *testing.T) {
		x.link("ann", "REPORTS_TO", "ann", "kind", "DOTTED")
		assert.Equal(t, graph.Report{EdgesCreated: 1}, counts(links()))
		for _, path := range []string{"Customer.managers", "Customer.reports"} {
			names, _ := x.edgesOf(t, "ann", path)
			assert.Equal(t, "ann", names)
		}
	})
}

// writingToOne is about edges that lead to one node at most.
func writingToOne(t *testing.T, x *fixture) {
	for _, name := range []string{"acme", "bolt", "core"} {
		x.node("Account", name)
	}
	x.node("Customer", "ann")
	x.node("Deal", "deal")
	x.node("Deal", "other")
	x.node("Claim", "claim")
	x.node("Firmographics", "f1")
	x.node("Firmographics", "f2")
	x.node("Firmographics", "f3")
	x.node("Employee", "eve")
	x.node("Employee", "sam")
	x.node("Employee", "tom")
	x.write(t)
	leads := func(want, name, path string) {
		t.Helper()
		names, _ := x.edgesOf(t, name, path)
		assert.Equal(t, want, sorted(names))
	}
	t.Run("a new relationship takes the place of the old one", func(t *testing.T) {
		x.link("deal", "WITH", "acme")
		assert.Equal(t, graph.Report{EdgesCreated: 1}, counts(x.write(t)))
		x.link("deal", "WITH", "bolt")
		x.link("other", "WITH", "bolt")
		assert.Equal(t, graph.Report{EdgesCreated: 2, EdgesRemoved: 1}, counts(x.write(t)))
		leads("bolt", "deal", "Deal.account")
		leads("", "acme", "Account.deals")
		leads("deal other", "bolt", "Account.deals")
		x.link("deal", "WITH", "bolt")
		assert.False(t, x.write(t).Changed())
	})
	t.Run("the last one of a batch wins, and the batch again changes nothing", func(t *testing.T) {
		links := func() *graph.Report {
			x.link("deal", "WITH", "core")
			x.link("deal", "WITH", "bolt")
			x.link("deal", "WITH", "acme")
			return x.write(t)
		}
		links()
		leads("acme", "deal", "Deal.account")
		assert.False(t, links().Changed())
		leads("acme", "deal", "Deal.account")
	})
	t.Run("what is there already wins where it comes last", func(t *testing.T) {
		x.link("deal", "WITH", "bolt")
		x.link("deal", "WITH", "acme")
		assert.False(t, x.write(t).Changed())
		leads("acme", "deal", "Deal.account")
	})
	t.Run("another kind of node takes the place, too", func(t *testing.T) {
		x.link("claim", "ON", "deal")
		x.write(t)
		x.link("claim", "ON", "acme")
		assert.Equal(t, graph.Report{EdgesCreated: 1, EdgesRemoved: 1}, counts(x.write(t)))
		leads("acme", "claim", "Claim.undertaking")
		leads("", "deal", "Deal.claims")
	})
	t.Run("a relationship with an id is replaced by one without, and moved it replaces another", func(t *testing.T) {
		x.node("Product", "pump")
		x.node("Product", "pipe")
		x.node("Case", "c1")
		x.node("Case", "c2")
		x.link("c1", "ABOUT", "pump")
		x.batch.Edges[0].ID = "about"
		x.link("c2", "ABOUT", "pipe")
		x.write(t)
		x.link("c2", "ABOUT", "pump")
		x.batch.Edges[0].ID = "about"
		assert.Equal(t, graph.Report{EdgesChanged: 1, EdgesRemoved: 1}, counts(x.write(t)))
		leads("", "c1", "Case.product")
		leads("pump", "c2", "Case.product")
		x.link("c2", "ABOUT", "pipe")
		assert.Equal(t, graph.Report{EdgesCreated: 1, EdgesRemoved: 1}, counts(x.write(t)))
		leads("pipe", "c2", "Case.product")
	})
	t.Run("only edges of that kind are replaced", func(t *testing.T) {
		x.link("claim", "ABOUT", "ann")
		x.node("Interaction", "call")
		x.link("call", "ABOUT", "pump")
		x.link("call", "ABOUT", "pipe")
		assert.Equal(t, 3, x.write(t).EdgesCreated)
		names, _ := x.edgesOf(t, "call", "Interaction.products")
		assert.Equal(t, "pipe pump", sorted(names))
	})
	writingToOneInTime(t, x)
}

func writingToOneInTime(t *testing.T, x *fixture) {
	at := func(n int64) int64 { return int64(Now) + n }
	refused := func(t *testing.T, index int) {
		t.Helper()
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		require.NotEmpty(t, bad.Problems)
		assert.Equal(t, graph.Problem{Edge: true, Index: index, Reason: bad.Problems[0].Reason}, bad.Problems[0])
	}
	versions := func() [][]any {
		_, values := x.edgesOf(t, "acme", "Account.firmographicsVersions", "DESCRIBED_BY.from", "DESCRIBED_BY.to")
		return values
	}
	t.Run("one after the other is fine", func(t *testing.T) {
		x.link("acme", "DESCRIBED_BY", "f1", "from", at(0), "to", at(10))
		x.link("acme", "DESCRIBED_BY", "f2", "from", at(10), "to", at(20))
		assert.Equal(t, graph.Report{EdgesCreated: 2}, counts(x.write(t)))
		want := [][]any{{at(0), at(10)}, {at(10), at(20)}}
		assert.Equal(t, want, versions())
	})
	t.Run("one that overlaps another in time is refused, and the batch with it", func(t *testing.T) {
		for _, valid := range [][]any{{"from", at(19)}, {"to", at(1)}, {}, {"from", at(5), "to", at(6)}, {"from", first1, "to", last9999}} {
			x.node("Account", "refused")
			x.link("bolt", "DESCRIBED_BY", "f3", "to", int64(0))
			x.link("acme", "DESCRIBED_BY", "f3", append(valid, "to", nil)[:len(valid)]...)
			refused(t, 1)
		}
		x.link("bolt", "DESCRIBED_BY", "f1", "from", at(3)) // the firmographics, too, have one account at a time
		refused(t, 0)
		names, _ := x.edgesOf(t, "bolt", "Account.firmographicsVersions")
		assert.Empty(t, names)
		assert.Len(t, versions(), 2)
		assert.Equal(t, "acme bolt core", x.set(t, x.all("Account")))
	})
	t.Run("two of one batch that overlap are refused", func(t *testing.T) {
		x.link("bolt", "DESCRIBED_BY", "f3", "from", at(100), "to", at(200))
		x.link("core", "DESCRIBED_BY", "f3", "from", at(0), "to", at(101))
		refused(t, 1)
	})
	t.Run("a batch may end one and begin the next", func(t *testing.T) {
		x.link("acme", "DESCRIBED_BY", "f2", "to", at(15))
		x.link("acme", "DESCRIBED_BY", "f3", "from", at(15))
		assert.Equal(t, graph.Report{EdgesCreated: 1, EdgesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, [][]any{{at(0), at(10)}, {at(10), at(15)}, {at(15), nil}}, versions())
	})
	t.Run("making one longer may be refused", func(t *testing.T) {
		x.link("acme", "DESCRIBED_BY", "f2", "to", at(16))
		refused(t, 0)
		assert.Equal(t, [][]any{{at(0), at(10)}, {at(10), at(15)}, {at(15), nil}}, versions())
	})
	t.Run("an edge with key properties is held to it, too", func(t *testing.T) {
		x.link("eve", "REPORTS_TO", "sam", "kind", "LINE", "from", at(0))
		x.write(t)
		x.link("eve", "REPORTS_TO", "tom", "kind", "DOTTED", "from", at(5))
		refused(t, 0)
		x.link("eve", "REPORTS_TO", "tom", "kind", "LINE", "to", at(0))
		x.link("tom", "REPORTS_TO", "sam")
		assert.Equal(t, graph.Report{EdgesCreated: 2}, counts(x.write(t)))
	})
}
