package graphtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// beyond reads what lies beyond an edge of one node.
func (x *fixture) beyond(t testing.TB, name string, l *graph.List) graph.ListResult {
	t.Helper()
	rows := x.read(t, x.called(name, below(l)))[0].Rows
	require.Len(t, rows, 1)
	require.Len(t, rows[0].Lists, 1)
	return rows[0].Lists[0]
}

// twice asks for what lies along a to-one edge twice, of nodes that are found by it.
func (x *fixture) twice(t *testing.T, path string, filter *graph.Filter) string {
	again := x.along(path)
	again.Key = "again"
	owner, _ := split(path)
	rows := x.read(t, x.all(owner, where(filter), below(x.along(path), again)))[0].Rows
	var out []string
	for _, r := range rows {
		for _, l := range r.Lists {
			out = append(out, x.namesOf(l))
		}
	}
	return strings.Join(out, " ")
}

// edges is about lists along edges, and the relationships' own properties.
func edges(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Account", "one", "name", "One")
	x.node("Account", "two", "name", "Two")
	x.node("Account", "three", "name", "Three")
	x.link("ann", "WORKS_AT", "one", "title", "Chair", "approvalLimit", eur(5), "seniority", "OWNER")
	x.link("ann", "WORKS_AT", "one", "title", "Adviser")
	x.link("ann", "WORKS_AT", "two", "title", "Board")
	x.link("bob", "WORKS_AT", "two", "title", "Board", "approvalLimit", usd(1))
	x.link("one", "SUBSIDIARY_OF", "two", "share", 510_000)
	x.link("three", "SUBSIDIARY_OF", "two", "share", 1_000_000)
	x.link("one", "SUBSIDIARY_OF", "one", "share", 0)
	x.node("Deal", "d1", "name", "D1")
	x.node("Deal", "d2", "name", "D2")
	x.link("d1", "WITH", "one")
	x.write(t)
	jobs := func(with ...func(*graph.List)) *graph.List {
		return x.along("Customer.employments", append([]func(*graph.List){x.wants("WORKS_AT.title", "WORKS_AT.approvalLimit"), ordered(x.by("WORKS_AT.title"))}, with...)...)
	}
	t.Run("an edge may be asked for twice, of what is found by where it leads", func(t *testing.T) {
		assert.Equal(t, "one one", x.twice(t, "Deal.account", x.some("Deal.account", x.test("Account.name", graph.Eq, "One"))))
	})
	t.Run("a node that is reached by two relationships comes twice, with the properties of each", func(t *testing.T) {
		got := x.beyond(t, "ann", jobs())
		require.Equal(t, "one two one", x.namesOf(got))
		assert.Equal(t, []any{"Adviser", nil}, got.Rows[0].Edge)
		assert.Equal(t, []any{"Board", nil}, got.Rows[1].Edge)
		assert.Equal(t, []any{"Chair", eur(5)}, got.Rows[2].Edge)
	})
	t.Run("a filter takes relationships, not nodes", func(t *testing.T) {
		assert.Equal(t, "one", x.namesOf(x.beyond(t, "ann", jobs(where(x.test("WORKS_AT.title", graph.Eq, "Chair"))))))
		assert.Equal(t, "one", x.namesOf(x.beyond(t, "ann", jobs(where(and(x.missing("WORKS_AT.seniority"), x.is("one")))))))
		assert.Equal(t, "one one", x.namesOf(x.beyond(t, "ann", jobs(where(x.test("Account.name", graph.Eq, "One"))))))
		assert.Equal(t, "two", x.namesOf(x.beyond(t, "bob", jobs(where(x.test("WORKS_AT.approvalLimit", graph.Gte, usd(1)))))))
		assert.Empty(t, x.beyond(t, "bob", jobs(where(x.test("WORKS_AT.approvalLimit", graph.Gte, eur(0))))).Rows)
	})
	t.Run("the same relationships are read from the other end", func(t *testing.T) {
		people := x.along("Account.people", x.wants("WORKS_AT.title"), ordered(x.by("WORKS_AT.title"), x.by("Customer.name")))
		got := x.beyond(t, "two", people)
		require.Equal(t, "ann bob", x.namesOf(got))
		assert.Equal(t, []any{"Board"}, got.Rows[1].Edge)
		assert.Equal(t, "ann ann", x.namesOf(x.beyond(t, "one", people)))
		assert.Empty(t, x.beyond(t, "three", people).Rows)
	})
	t.Run("two directions of one type of relationship are two edges, and one that leads back is in both", func(t *testing.T) {
		assert.Equal(t, "one two", sorted(x.namesOf(x.beyond(t, "one", x.along("Account.parents")))))
		assert.Equal(t, "one", x.namesOf(x.beyond(t, "one", x.along("Account.subsidiaries"))))
		assert.Equal(t, "one three", x.namesOf(x.beyond(t, "two", x.along("Account.subsidiaries", ordered(x.by("Account.name"))))))
		assert.Equal(t, "three one", x.namesOf(x.beyond(t, "two", x.along("Account.subsidiaries", ordered(desc(x.by("SUBSIDIARY_OF.share")))))))
	})
	t.Run("a to-one edge has one row or none", func(t *testing.T) {
		account := x.along("Deal.account", x.wants("Account.name"))
		got := x.beyond(t, "d1", account)
		require.Equal(t, "one", x.namesOf(got))
		assert.Equal(t, []any{"One"}, got.Rows[0].Props)
		assert.Empty(t, x.beyond(t, "d2", account).Rows)
		assert.Empty(t, x.beyond(t, "d1", x.along("Deal.account", where(x.test("Account.name", graph.Eq, "Two")))).Rows)
	})
	t.Run("lists below lists, four deep, under every row its own", func(t *testing.T) {
		byName := ordered(x.by("Account.name"))
		deep := x.all("Customer", ordered(x.by("Customer.name")), below(
			x.along("Customer.employments", ordered(x.by("WORKS_AT.title")), below(
				x.along("Account.subsidiaries", byName, below(
					x.along("Account.people", ordered(x.by("WORKS_AT.title")), below(x.along("Customer.employments", limit(1), ordered(desc(x.by("WORKS_AT.title")))))), x.along("Account.deals"))),
			))))
		require.Equal(t, "ann(one(one(ann(one) ann(one)|d1)) two(one(ann(one) ann(one)|d1) three(|)) one(one(ann(one) ann(one)|d1))) "+
			"bob(two(one(ann(one) ann(one)|d1) three(|)))", x.tree(x.read(t, deep)[0]))
	})
	t.Run("siblings of one edge are answered each by its own arguments", func(t *testing.T) {
		first := x.along("Customer.employments", limit(1), ordered(x.by("WORKS_AT.title")))
		last := x.along("Customer.employments", limit(2), ordered(desc(x.by("WORKS_AT.title"))), x.wants("WORKS_AT.title"))
		last.Key = "last"
		row := x.read(t, x.called("ann", below(first, last)))[0].Rows[0]
		require.Equal(t, "one", x.namesOf(row.Lists[0]))
		require.Equal(t, "one two", x.namesOf(row.Lists[1]))
		require.Equal(t, []any{"Chair"}, row.Lists[1].Rows[0].Edge)
	})
}

// tree writes rows and what lies below them.
func (x *fixture) tree(res graph.ListResult) string {
	s := ""
	for i, r := range res.Rows {
		if i > 0 {
			s += " "
		}
		s += x.names[r.ID]
		for j, below := range r.Lists {
			s += []string{"(", "|"}[min(j, 1)] + x.tree(below)
		}
		if len(r.Lists) > 0 {
			s += ")"
		}
	}
	return s
}

// validTime is about relationships that begin and end.
func validTime(t *testing.T, x *fixture) {
	now := int64(Now)
	x.node("Account", "a", "name", "A")
	x.node("Account", "b", "name", "B")
	for _, e := range []struct {
		name  string
		valid []any
	}{
		{"always", nil}, {"begun", []any{"from", now - 1}}, {"begins", []any{"from", now}}, {"later", []any{"from", now + 1}},
		{"over", []any{"to", now - 1}}, {"ends", []any{"to", now}}, {"ending", []any{"to", now + 1}},
		{"within", []any{"from", now, "to", now + 1}}, {"instant", []any{"from", now, "to", now}}, {"past", []any{"from", first1, "to", int64(-1)}},
	} {
		x.node("Employee", e.name, "name", e.name)
		x.link("a", "OWNED_BY", e.name, e.valid...)
	}
	x.node("Firmographics", "old", "employeeCount", 1, "industry", "old")
	x.node("Firmographics", "new", "employeeCount", 2, "industry", "new")
	x.node("Firmographics", "next", "employeeCount", 3, "industry", "next")
	x.link("a", "DESCRIBED_BY", "old", "to", now)
	x.link("a", "DESCRIBED_BY", "new", "from", now, "to", now+day)
	x.link("a", "DESCRIBED_BY", "next", "from", now+day)
	x.link("b", "DESCRIBED_BY", "next", "from", first1, "to", int64(0))
	x.write(t)
	const current = "always begins begun ending within"
	all := func(at int64, l *graph.List) string {
		res, err := x.store.Read(t.Context(), &graph.Fetch{Now: graph.Time(at), Lists: []*graph.List{x.called("a", below(l))}})
		require.NoError(t, err)
		return sorted(x.namesOf(res.Lists[0].Rows[0].Lists[0]))
	}
	t.Run("from is inclusive, to exclusive, and a missing bound open", func(t *testing.T) {
		assert.Equal(t, current, all(now, x.along("Account.owners")))
		assert.Equal(t, "always begun ending ends", all(now-1, x.along("Account.owners")))
		assert.Equal(t, "always begins begun later", all(now+1, x.along("Account.owners")))
		assert.Equal(t, "always ending ends over past", all(-2, x.along("Account.owners")))
		assert.Equal(t, "always ending ends over", all(-1, x.along("Account.owners")))
	})
	t.Run("filters see what is current", func(t *testing.T) {
		for _, e := range []string{"always", "begun", "begins", "later", "over", "ends", "ending", "within", "instant", "past"} {
			want := ""
			if slices.Contains([]string{"always", "begun", "begins", "ending", "within"}, e) {
				want = "a"
			}
			assert.Equal(t, want, x.rows(t, x.all("Account", where(x.some("Account.owners", x.is(e))))), e)
		}
		assert.Equal(t, "b", x.rows(t, x.all("Account", where(x.none("Account.owners", nil)))))
		assert.Equal(t, "a b", x.set(t, x.all("Account", where(x.every("Account.owners", x.is("always", "begun", "begins", "ending", "within"))))))
		assert.Equal(t, "new next old", x.set(t, x.all("Firmographics", where(x.some("Firmographics.account", x.some("Account.firmographics", x.test("Firmographics.employeeCount", graph.Eq, 2)))))))
	})
	t.Run("counts, sums and tallies see what is current", func(t *testing.T) {
		rows := x.read(t, x.all("Account", ordered(desc(graph.Order{Count: &graph.Over{Edge: x.edge("Account.owners")}})), func(l *graph.List) { l.Cursors = true }))[0].Rows
		assert.Equal(t, []any{int64(5), x.ids["a"]}, rows[0].Keys)
		assert.Equal(t, []any{int64(0), x.ids["b"]}, rows[1].Keys)
		assert.Equal(t, int64(5), x.groups(t, x.all("Account", counting(&graph.Tally{Over: &graph.Over{Edge: x.edge("Account.owners")}})))[0].Count)
		assert.Equal(t, int64(5), x.beyond(t, "a", x.along("Account.owners", counting(&graph.Tally{}))).Tallies[0][0].Count)
		assert.Equal(t, []any{x.ids["new"]}, x.groups(t, x.all("Account", where(x.is("a")), counting(&graph.Tally{By: []graph.GroupKey{{Path: []*graph.Edge{x.edge("Account.firmographics")}}}})))[0].Keys)
		assert.Equal(t, "a b", x.rows(t, x.all("Account", ordered(behind(x.by("Firmographics.employeeCount"), x.edge("Account.firmographics"))))))
	})
	t.Run("an edge is read as of another time, and all else as of now", func(t *testing.T) {
		as := func(l *graph.List, e *graph.Edge) *graph.List { l.Edge = e; return l }
		owners, versions := x.edge("Account.owners"), x.edge("Account.firmographics")
		assert.Equal(t, "always begun ending ends", all(now, as(x.along("Account.owners"), owners.At(Now-1))))
		assert.Equal(t, "always ending ends over past", all(now, as(x.along("Account.owners"), owners.At(-2))))
		assert.Equal(t, "always begins begun ending ends instant later over past within", all(now, as(x.along("Account.owners"), owners.Ever())))
		assert.Equal(t, "old", all(now, as(x.along("Account.firmographics"), versions.At(Now-1))))
		assert.Equal(t, "next", all(now, as(x.along("Account.firmographics"), versions.At(Now+graph.Time(day)))))
		assert.Equal(t, "new", all(now+day, as(x.along("Account.firmographics"), versions.At(Now))))
		then := as(x.along("Account.owners", counting(&graph.Tally{})), owners.At(Now-1))
		assert.Equal(t, int64(4), x.beyond(t, "a", then).Tallies[0][0].Count)
		ever := as(x.along("Account.owners", counting(&graph.Tally{})), owners.Ever())
		assert.Equal(t, int64(10), x.beyond(t, "a", ever).Tallies[0][0].Count)
	})
	t.Run("an edge with history has everything", func(t *testing.T) {
		assert.Equal(t, "new next old", all(now, x.along("Account.firmographicsVersions")))
		assert.Equal(t, "new", all(now, x.along("Account.firmographics")))
		assert.Equal(t, "old", all(now-1, x.along("Account.firmographics")))
		assert.Equal(t, "next", all(now+2*day, x.along("Account.firmographics")))
		assert.Equal(t, "a", x.namesOf(x.beyond(t, "old", x.along("Firmographics.account"))))
		assert.Equal(t, "a", x.rows(t, x.all("Account", where(x.some("Account.firmographicsVersions", x.test("Firmographics.industry", graph.Eq, "old"))))))
		assert.Equal(t, "", x.rows(t, x.all("Account", where(x.some("Account.firmographics", x.test("Firmographics.industry", graph.Eq, "old"))))))
	})
	t.Run("a to-one edge that leads to several over time has the one whose id comes first", func(t *testing.T) {
		first := "a"
		if x.ids["b"] < x.ids["a"] {
			first = "b"
		}
		assert.Equal(t, first, x.namesOf(x.beyond(t, "next", x.along("Firmographics.account"))))
	})
}

// unions is about edges that lead to nodes of several kinds.
func unions(t *testing.T, x *fixture) {
	x.node("Interaction", "call", "at", 1)
	x.node("Interaction", "mail", "at", 2)
	x.node("Interaction", "still", "at", 3)
	x.node("Customer", "ann", "name", "Ann", "journeyStage", "USE")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Employee", "eve", "name", "Eve")
	x.node("Product", "pump", "name", "Pump")
	x.node("Deal", "deal", "name", "Deal")
	x.node("Case", "case", "number", "7")
	x.node("Account", "acme", "name", "Acme")
	x.node("Order", "o1", "number", "1")
	x.node("Order", "o2", "number", "2")
	x.node("Order", "o3", "number", "3")
	x.link("call", "PARTICIPANT", "ann", "role", "FROM")
	x.link("call", "PARTICIPANT", "eve", "role", "TO")
	x.link("mail", "PARTICIPANT", "bob", "role", "TO")
	x.link("mail", "PARTICIPANT", "ann", "role", "CC")
	x.link("mail", "PARTICIPANT", "eve")
	for _, about := range []string{"pump", "deal", "case"} {
		x.link("call", "ABOUT", about)
	}
	x.link("mail", "ABOUT", "pump")
	x.link("o1", "PLACED_BY", "ann")
	x.link("o2", "PLACED_BY", "acme")
	x.write(t)
	members := x.along("Interaction.participants", x.wants("Customer.name", "Customer.journeyStage", "Employee.name", "PARTICIPANT.role"), ordered(desc(x.by("PARTICIPANT.role"))),
		below(x.along("Customer.interactions", ordered(x.by("Interaction.at"))), x.along("Employee.interactions", limit(1), ordered(desc(x.by("Interaction.at"))))))
	t.Run("each row is of its kind, with that kind's properties and lists", func(t *testing.T) {
		got := x.beyond(t, "call", members)
		require.Equal(t, "eve(mail) ann(call mail)", x.tree(got))
		assert.Equal(t, "Employee", got.Rows[0].Sel.Kind.Name)
		assert.Equal(t, []any{"Eve"}, got.Rows[0].Props)
		assert.Equal(t, []any{"TO"}, got.Rows[0].Edge)
		assert.Equal(t, "Customer", got.Rows[1].Sel.Kind.Name)
		assert.Equal(t, []any{"Ann", "USE"}, got.Rows[1].Props)
		assert.Equal(t, []any{"FROM"}, got.Rows[1].Edge)
		assert.Equal(t, "ann(call mail) bob(mail) eve(mail)", x.tree(x.beyond(t, "mail", members)))
		assert.Empty(t, x.beyond(t, "still", members).Rows)
	})
	t.Run("pages go across kinds", func(t *testing.T) {
		page := *members
		page.Page, page.HasNext = graph.Page{Limit: 2}, true
		got := x.beyond(t, "mail", &page)
		assert.Equal(t, "ann bob", x.namesOf(got))
		assert.True(t, got.HasNext)
	})
	t.Run("edges to one of the kinds leave the others out", func(t *testing.T) {
		assert.Equal(t, "ann", x.namesOf(x.beyond(t, "call", x.along("Interaction.customers"))))
		assert.Equal(t, "eve", x.namesOf(x.beyond(t, "call", x.along("Interaction.employees"))))
		assert.Equal(t, "pump", x.namesOf(x.beyond(t, "call", x.along("Interaction.products"))))
		assert.Equal(t, "case deal pump", sorted(x.namesOf(x.beyond(t, "call", x.along("Interaction.topics")))))
	})
	t.Run("a to-one edge to one of several kinds", func(t *testing.T) {
		by := x.along("Order.placedBy", x.wants("Customer.name", "Account.name"))
		assert.Equal(t, "o1(ann) o2(acme) o3()", x.tree(x.read(t, x.all("Order", ordered(x.by("Order.number")), below(by)))[0]))
	})
	named := func(kind, name string) *graph.Filter {
		return x.kind(kind, x.test(kind+".name", graph.Eq, name))
	}
	x.filtered(t, "Interaction", []filterCase{
		{"some node of a kind", x.some("Interaction.participants", x.kind("Employee", nil)), "call mail"},
		{"some node of a kind that something is true of", x.some("Interaction.participants", named("Customer", "Bob")), "mail"},
		{"some node of one kind or another", x.some("Interaction.participants", or(named("Customer", "Bob"), named("Employee", "Eve"))), "call mail"},
		{"every node of a kind", x.every("Interaction.participants", x.kind("Customer", nil)), "still"},
		{"no node of a kind that something is true of", x.none("Interaction.participants", named("Customer", "Bob")), "call still"},
		{"not of a kind", x.some("Interaction.participants", not(x.kind("Customer", nil))), "call mail"},
		{"none that is not of a kind", x.none("Interaction.participants", not(x.kind("Customer", nil))), "still"},
		{"what is unknown of one kind is false of another", x.every("Interaction.participants", not(x.kind("Customer", x.test("Customer.journeyStage", graph.Eq, "USE")))), "still"},
		{"not of a kind that something is known not to be true of", x.some("Interaction.participants", and(x.is("ann", "bob"), not(x.kind("Customer", x.test("Customer.journeyStage", graph.Eq, "USE"))))), ""},
		{"a kind and the relationship", x.some("Interaction.participants", and(x.kind("Customer", nil), x.test("PARTICIPANT.role", graph.Eq, "TO"))), "mail"},
		{"the relationship within a kind", x.some("Interaction.participants", x.kind("Customer", x.test("PARTICIPANT.role", graph.Eq, "TO"))), "mail"},
		{"a kind within its own kind", x.some("Interaction.participants", x.kind("Customer", named("Customer", "Bob"))), "mail"},
		{"a kind within another", x.some("Interaction.participants", x.kind("Customer", x.kind("Employee", nil))), ""},
		{"on from a kind", x.some("Interaction.participants", x.kind("Customer", x.some("Customer.orders", nil))), "call mail"},
		{"one of many kinds", x.some("Interaction.topics", x.kind("Deal", nil)), "call"},
		{"an id of whatever kind", x.some("Interaction.topics", x.is("case")), "call"},
		{"none of any kind", x.none("Interaction.topics", nil), "still"},
		{"some of a kind that the edge does not lead to", x.some("Interaction.products", x.kind("Deal", nil)), ""},
		{"none of a kind that the edge does not lead to", x.none("Interaction.products", x.kind("Deal", nil)), "call mail still"},
		{"every one of the kind that the edge leads to", x.every("Interaction.products", x.kind("Product", nil)), "call mail still"},
		{"not every one of the kind that the edge leads to", not(x.every("Interaction.products", x.kind("Product", nil))), ""},
	})
	x.filtered(t, "Order", []filterCase{
		{"a to-one edge to a kind", x.some("Order.placedBy", x.kind("Account", nil)), "o2"},
		{"not a to-one edge to a kind", x.none("Order.placedBy", x.kind("Account", nil)), "o1 o3"},
	})
	t.Run("rows of several kinds are filtered by kind", func(t *testing.T) {
		assert.Equal(t, "eve", x.namesOf(x.beyond(t, "call", x.along("Interaction.participants", where(x.kind("Employee", nil))))))
		assert.Equal(t, "bob", x.namesOf(x.beyond(t, "mail", x.along("Interaction.participants", where(or(named("Customer", "Bob"), named("Employee", "Bob")))))))
		assert.Equal(t, "ann bob", sorted(x.namesOf(x.beyond(t, "mail", x.along("Interaction.participants", where(not(x.kind("Employee", nil))))))))
	})
	t.Run("rows of several kinds are counted together", func(t *testing.T) {
		got := x.beyond(t, "mail", x.along("Interaction.participants", counting(&graph.Tally{By: []graph.GroupKey{{Ref: *x.mention("PARTICIPANT.role"), OnEdge: true}}}, &graph.Tally{})))
		require.Len(t, got.Tallies[0], 3)
		require.Equal(t, int64(3), got.Tallies[1][0].Count)
	})
	t.Run("groups by an edge to several kinds", func(t *testing.T) {
		groups := x.groups(t, x.all("Order", counting(&graph.Tally{By: []graph.GroupKey{{Path: []*graph.Edge{x.edge("Order.placedBy")}}}})))
		require.Len(t, groups, 3)
		require.ElementsMatch(t, []any{x.ids["ann"], x.ids["acme"], nil}, []any{groups[0].Keys[0], groups[1].Keys[0], groups[2].Keys[0]})
		toAccount := x.edge("Order.placedBy").To(x.cat.MustKind("Account"))
		require.ElementsMatch(t, []graph.Group{group(1, []any{x.ids["acme"]}), group(2, []any{nil})},
			x.groups(t, x.all("Order", counting(&graph.Tally{By: []graph.GroupKey{{Path: []*graph.Edge{toAccount}}}}))), "as far as it leads to one of them")
		require.ElementsMatch(t, []graph.Group{group(1, []any{"Acme"}), group(2, []any{nil})},
			x.groups(t, x.all("Order", counting(&graph.Tally{By: []graph.GroupKey{{Path: []*graph.Edge{toAccount}, Ref: *x.mention("Account.name")}}}))), "and by what that has")
		require.Equal(t, []graph.Group{group(1, nil)}, x.groups(t, x.all("Order", counting(&graph.Tally{Over: &graph.Over{Edge: toAccount}, Distinct: true}))))
	})
}
