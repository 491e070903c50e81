package graphtest

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func one(o graph.Order) []graph.Order { return []graph.Order{o} }

func orders(t *testing.T, x *fixture) {
	x.node("Deal", "d1", "name", "b", "lossReason", "b", "stage", "WON", "amount", eur(2), "expectedClose", -day, "openedAt", -1)
	x.node("Deal", "d2", "name", "a", "lossReason", "a", "stage", "ENGAGING", "amount", eur(-3), "expectedClose", 10*day, "openedAt", int64(Now))
	x.node("Deal", "d3", "name", "B", "lossReason", "B", "stage", "LOST", "amount", eur(10), "expectedClose", day, "openedAt", first1)
	x.node("Deal", "d4", "name", "c", "lossReason", "c", "stage", "PROPOSAL", "amount", usd(1), "expectedClose", last9999-last9999%day, "openedAt", last9999)
	x.node("Deal", "nothing")
	x.write(t)
	x.inOrder(t, "Deal", []orderCase{
		{"texts go by code point", one(x.by("Deal.lossReason")), "d3 d2 d1 d4 nothing"},
		{"texts go down with missing ones last", one(desc(x.by("Deal.lossReason"))), "d4 d1 d2 d3 nothing"},
		{"names go without regard to case, and then by code point", one(x.by("Deal.name")), "d2 d3 d1 d4 nothing"},
		{"names go down with missing ones last", one(desc(x.by("Deal.name"))), "d4 d1 d3 d2 nothing"},
		{"enumerations go as the schema has their values", one(x.by("Deal.stage")), "d2 d4 d1 d3 nothing"},
		{"enumerations go down with missing ones last", one(desc(x.by("Deal.stage"))), "d3 d1 d4 d2 nothing"},
		{"days begin in the past", one(x.by("Deal.expectedClose")), "d1 d3 d2 d4 nothing"},
		{"days go down with missing ones last", one(desc(x.by("Deal.expectedClose"))), "d4 d2 d3 d1 nothing"},
		{"instants begin in the past", one(x.by("Deal.openedAt")), "d3 d1 d2 d4 nothing"},
		{"instants go down with missing ones last", one(desc(x.by("Deal.openedAt"))), "d4 d2 d1 d3 nothing"},
		{"names go with missing ones first", one(missingFirst(x.by("Deal.name"))), "nothing d2 d3 d1 d4"},
		{"instants go down with missing ones first", one(missingFirst(desc(x.by("Deal.openedAt")))), "nothing d4 d2 d1 d3"},
		{"amounts go down with other currencies first, and further keys decide", []graph.Order{missingFirst(desc(in("EUR", x.by("Deal.amount")))), missingFirst(x.by("Deal.name"))}, "nothing d4 d3 d1 d2"},
		{"amounts in another currency count as missing, and further keys decide", []graph.Order{in("EUR", x.by("Deal.amount")), x.by("Deal.name")}, "d2 d1 d3 d4 nothing"},
		{"amounts go down with other currencies last", []graph.Order{desc(in("EUR", x.by("Deal.amount"))), x.by("Deal.name")}, "d3 d1 d2 d4 nothing"},
		{"amounts in a currency that none has are all missing", []graph.Order{in("JPY", x.by("Deal.amount")), desc(x.by("Deal.name"))}, "d4 d1 d3 d2 nothing"},
	})
	ordersOfOtherTypes(t, x)
	t.Run("texts beyond the basic plane come behind those in it", func(t *testing.T) {
		for name, text := range map[string]string{
			"U+FF5E": "\uff5e", "U+1F600": "😀", "U+1F601": "😁", "U+E000": "\ue000", "U+10FFFF": "\U0010ffff",
			"U+FFFD": "\ufffd", "U+00E9": "é", "z": "z", "a": "a", "Z": "Z",
		} {
			x.node("Order", name, "number", text)
			x.node("Product", name, "name", text)
		}
		x.write(t)
		const up = "Z a z U+00E9 U+E000 U+FF5E U+FFFD U+1F600 U+1F601 U+10FFFF"
		require.Equal(t, up, x.rows(t, x.all("Order", ordered(x.by("Order.number")))), "by an index")
		require.Equal(t, reversed(up), x.rows(t, x.all("Order", ordered(desc(x.by("Order.number"))))))
		require.Equal(t, "a U+00E9 Z z U+FF5E U+E000 U+FFFD U+1F600 U+1F601 U+10FFFF", x.rows(t, x.all("Product", ordered(x.by("Product.name")))), "names, too")
		require.Equal(t, "U+FF5E U+FFFD", x.rows(t, x.all("Order", ordered(x.by("Order.number")), where(and(
			x.test("Order.number", graph.Gt, "\ue000"), x.test("Order.number", graph.Lt, "😀"))))), "and compare so")
	})
	t.Run("without an order rows come by id", func(t *testing.T) {
		rows := x.read(t, x.all("Deal"))[0].Rows
		require.Len(t, rows, 5)
		for i := range rows[1:] {
			require.Less(t, rows[i].ID, rows[i+1].ID)
		}
	})
	t.Run("rows that are alike come by id, whatever the direction", func(t *testing.T) {
		for _, o := range []graph.Order{x.by("Deal.competitor"), desc(x.by("Deal.competitor"))} {
			rows := x.read(t, x.all("Deal", ordered(o)))[0].Rows
			require.Len(t, rows, 5)
			for i := range rows[1:] {
				require.Less(t, rows[i].ID, rows[i+1].ID)
			}
		}
	})
}

func ordersOfOtherTypes(t *testing.T, x *fixture) {
	x.node("Customer", "c1", "introducesOthers", true, "birthYear", math.MinInt32, "familyName", "x")
	x.node("Customer", "c2", "introducesOthers", false, "birthYear", 7, "familyName", "x")
	x.node("Customer", "c3", "birthYear", math.MaxInt32)
	x.node("Claim", "l1", "confidence", -1)
	x.node("Claim", "l2", "confidence", 1_000_000)
	x.node("Claim", "l3", "confidence", 0)
	x.write(t)
	x.inOrder(t, "Customer", []orderCase{
		{"false comes before true", one(x.by("Customer.introducesOthers")), "c2 c1 c3"},
		{"true comes before false downward, and missing ones last", one(desc(x.by("Customer.introducesOthers"))), "c1 c2 c3"},
		{"whole numbers begin with the least", one(x.by("Customer.birthYear")), "c1 c2 c3"},
		{"whole numbers go down to the least", one(desc(x.by("Customer.birthYear"))), "c3 c2 c1"},
		{"a second key decides between what is alike", []graph.Order{x.by("Customer.familyName"), desc(x.by("Customer.birthYear"))}, "c2 c1 c3"},
		{"missing values are alike", []graph.Order{x.by("Customer.email"), x.by("Customer.birthYear")}, "c1 c2 c3"},
	})
	x.inOrder(t, "Claim", []orderCase{
		{"scores begin with the least", one(x.by("Claim.confidence")), "l1 l3 l2"},
		{"scores go down to the least", one(desc(x.by("Claim.confidence"))), "l2 l3 l1"},
	})
}

func reversed(names string) string {
	words := strings.Fields(names)
	slices.Reverse(words)
	return strings.Join(words, " ")
}

// ordersBehindEdges is about values that other nodes have, or that edges add up to.
func ordersBehindEdges(t *testing.T, x *fixture) {
	x.node("Account", "big", "name", "Big")
	x.node("Account", "small", "name", "Small")
	x.node("Account", "empty", "name", "Empty")
	x.node("Firmographics", "now", "employeeCount", 10)
	x.node("Firmographics", "then", "employeeCount", 9000)
	x.node("Firmographics", "few", "employeeCount", 500)
	x.link("big", "DESCRIBED_BY", "then", "to", int64(Now))
	x.link("big", "DESCRIBED_BY", "now", "from", int64(Now))
	x.link("small", "DESCRIBED_BY", "few")
	for i, d := range []struct {
		name, account, stage string
		amount               graph.Money
	}{{"d1", "big", "WON", eur(5)}, {"d2", "big", "LOST", usd(100)}, {"d3", "big", "WON", eur(7)}, {"d4", "small", "WON", eur(20)}, {"d5", "", "WON", eur(1)}} {
		x.node("Deal", d.name, "name", d.name, "stage", d.stage, "amount", d.amount, "openedAt", i)
		if d.account != "" {
			x.link(d.name, "WITH", d.account)
		}
	}
	x.node("Product", "pump")
	x.link("d1", "FOR", "pump", "quantity", 3)
	x.link("d2", "FOR", "pump", "quantity", -4)
	x.link("d3", "FOR", "pump")
	x.node("Customer", "ann", "name", "Ann")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Customer", "cid", "name", "Cid")
	x.link("ann", "WORKS_AT", "big", "title", "z", "approvalLimit", eur(3))
	x.link("bob", "WORKS_AT", "big", "title", "a", "approvalLimit", usd(1))
	x.link("cid", "WORKS_AT", "big", "approvalLimit", eur(2))
	x.write(t)
	deals, won := x.edge("Account.deals"), x.test("Deal.stage", graph.Eq, "WON")
	count := func(f *graph.Filter) graph.Order {
		return graph.Order{Count: &graph.Over{Edge: deals, Filter: f}}
	}
	sum := func(currency string, f *graph.Filter) graph.Order {
		return graph.Order{Sum: &graph.Over{Edge: deals, Filter: f, Prop: x.mention("Deal.amount")}, Currency: currency}
	}
	with, firm := x.edge("Deal.account"), x.edge("Account.firmographics")
	x.inOrder(t, "Account", []orderCase{
		{"by how many edges there are, none being 0", one(count(nil)), "empty small big"},
		{"by how many edges there are, downward", one(desc(count(nil))), "big small empty"},
		{"by how many edges lead to nodes that a filter is true of", []graph.Order{count(x.test("Deal.stage", graph.Eq, "LOST")), x.by("Account.name")}, "empty small big"},
		{"by the sum of amounts in a currency", one(sum("EUR", nil)), "big small empty"},
		{"by the sum downward: the sum of nothing is missing", one(desc(sum("EUR", nil))), "small big empty"},
		{"by the sum in a currency that few have", []graph.Order{sum("USD", nil), desc(x.by("Account.name"))}, "big small empty"},
		{"by the sum over nodes that a filter is true of", []graph.Order{sum("USD", won), x.by("Account.name")}, "big empty small"},
		{"by the node a to-one edge leads to now", one(behind(x.by("Firmographics.employeeCount"), firm)), "big small empty"},
		{"by that node downward, missing ones last", one(desc(behind(x.by("Firmographics.employeeCount"), firm))), "small big empty"},
	})
	x.inOrder(t, "Deal", []orderCase{
		{"along a path of two to-one edges", []graph.Order{desc(behind(x.by("Firmographics.employeeCount"), with, firm)), x.by("Deal.name")}, "d4 d1 d2 d3 d5"},
		{"by what edges add up to at the end of a path", []graph.Order{desc(behind(count(nil), with)), x.by("Deal.name")}, "d1 d2 d3 d4 d5"},
		{"by a sum at the end of a path that leads nowhere for one", []graph.Order{behind(sum("EUR", nil), with), x.by("Deal.name")}, "d1 d2 d3 d4 d5"},
		{"by the sum of a property of the relationship", []graph.Order{
			{Sum: &graph.Over{Edge: x.edge("Deal.products"), Prop: x.mention("FOR.quantity"), OnEdge: true}, Desc: true}, x.by("Deal.name")}, "d1 d2 d3 d4 d5"},
		{"by how many edges have a property", []graph.Order{
			{Count: &graph.Over{Edge: x.edge("Deal.products"), Filter: x.test("FOR.quantity", graph.Gt, 0)}, Desc: true}, x.by("Deal.name")}, "d1 d2 d3 d4 d5"},
	})
	t.Run("under an edge by its own properties", func(t *testing.T) {
		people := func(o ...graph.Order) string {
			return x.namesOf(x.read(t, x.called("big", below(x.along("Account.people", ordered(o...)))))[0].Rows[0].Lists[0])
		}
		require.Equal(t, "bob ann cid", people(x.by("WORKS_AT.title")))
		require.Equal(t, "ann bob cid", people(desc(x.by("WORKS_AT.title"))))
		require.Equal(t, "cid ann bob", people(in("EUR", x.by("WORKS_AT.approvalLimit"))))
		require.Equal(t, "bob cid ann", people(in("USD", x.by("WORKS_AT.approvalLimit")), desc(x.by("Customer.name"))))
	})
}
