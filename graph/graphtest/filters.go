package graphtest

import (
	"math"
	"testing"

	"github.com/kithgraph/kith/graph"
)

// filters is about three-valued logic, on properties of each type.
func filters(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann", "birthYear", 1980, "introducesOthers", true, "gender", "FEMALE", "journeyStage", "USE")
	x.node("Customer", "bob", "name", "Bob", "birthYear", 1990, "introducesOthers", false, "gender", "MALE", "journeyStage", "LOYALTY")
	x.node("Customer", "cid", "name", "Cid", "birthYear", math.MinInt32)
	x.node("Customer", "dee")
	x.node("Customer", "eve", "birthYear", math.MaxInt32, "introducesOthers", true, "journeyStage", "USE")
	x.write(t)
	all, young, introduces := "ann bob cid dee eve", x.test("Customer.birthYear", graph.Gt, 1985), x.test("Customer.introducesOthers", graph.Eq, true)
	x.filtered(t, "Customer", []filterCase{
		{"no condition is true of everything", nil, all},
		{"the zero filter is true of everything", &graph.Filter{}, all},
		{"its negation of nothing", not(&graph.Filter{}), ""},
		{"a conjunction of nothing is true of everything", and(), all},
		{"its negation of nothing", not(and()), ""},
		{"a disjunction of nothing is true of nothing", or(), ""},
		{"its negation of everything", not(or()), all},
		{"a missing value is neither", young, "bob eve"},
		{"nor its contrary", not(young), "ann cid"},
		{"twice not is the same again", not(not(young)), "bob eve"},
		{"a value that is missing", x.missing("Customer.birthYear"), "dee"},
		{"a value that is not missing", not(x.missing("Customer.birthYear")), "ann bob cid eve"},
		{"unknown and true is unknown", and(introduces, young), "eve"},
		{"unknown and false is false", not(and(introduces, young)), "ann bob cid"},
		{"unknown or true is true", or(introduces, young), "ann bob eve"},
		{"unknown or false is unknown", not(or(introduces, young)), ""},
		{"unknown or its contrary is unknown", or(young, not(young)), "ann bob cid eve"},
		{"a value with itself excluded", and(young, not(young)), ""},
		{"what is not (unknown and false)", not(and(x.test("Customer.name", graph.Eq, "x"), introduces)), "ann bob cid"},
		{"depth does not matter", not(or(not(young), not(introduces))), "eve"},
		{"what is missing or young", or(x.missing("Customer.birthYear"), young), "bob dee eve"},
		{"what is neither missing nor young", not(or(x.missing("Customer.birthYear"), young)), "ann cid"},
	})
	x.filtered(t, "Customer", []filterCase{
		{"a truth value", introduces, "ann eve"},
		{"a truth value that is not so", not(introduces), "bob"},
		{"a truth value among several", x.test("Customer.introducesOthers", graph.In, []any{false}), "bob"},
		{"a whole number", x.test("Customer.birthYear", graph.Eq, 1980), "ann"},
		{"a whole number among several", x.test("Customer.birthYear", graph.In, []any{int64(1980), int64(math.MaxInt32), int64(5)}), "ann eve"},
		{"a whole number not among several", not(x.test("Customer.birthYear", graph.In, []any{int64(1980), int64(5)})), "bob cid eve"},
		{"a whole number among none", x.test("Customer.birthYear", graph.In, []any{}), ""},
		{"a whole number not among none: one that is missing is unknown", not(x.test("Customer.birthYear", graph.In, []any{})), "ann bob cid eve"},
		{"up to a number", x.test("Customer.birthYear", graph.Lte, 1980), "ann cid"},
		{"below a number", x.test("Customer.birthYear", graph.Lt, 1980), "cid"},
		{"from a number on", x.test("Customer.birthYear", graph.Gte, 1990), "bob eve"},
		{"above the greatest number", x.test("Customer.birthYear", graph.Gt, math.MaxInt64), ""},
		{"not above the greatest number", not(x.test("Customer.birthYear", graph.Gt, math.MaxInt64)), "ann bob cid eve"},
		{"from the least number on", x.test("Customer.birthYear", graph.Gte, math.MinInt64), "ann bob cid eve"},
		{"a value of an enumeration", x.test("Customer.journeyStage", graph.Eq, "USE"), "ann eve"},
		{"not a value of an enumeration", not(x.test("Customer.journeyStage", graph.Eq, "USE")), "bob"},
		{"one of an enumeration's values", x.test("Customer.journeyStage", graph.In, []any{"LOYALTY", "ADVOCACY"}), "bob"},
		{"an id", x.is("ann"), "ann"},
		{"one of several ids", x.is("ann", "dee", "ann"), "ann dee"},
		{"one of no ids", x.is(), ""},
		{"none of several ids", not(x.is("ann", "dee")), "bob cid eve"},
		{"not one of no ids", not(x.is()), all},
		{"an id and a value", and(x.is("ann", "bob"), young), "bob"},
		{"the kind that all are of", x.kind("Customer", nil), all},
		{"nodes of the kind that something is true of", x.kind("Customer", young), "bob eve"},
		{"not nodes of the kind that something is true of", not(x.kind("Customer", young)), "ann cid"},
		{"a kind that none is of", x.kind("Account", nil), ""},
		{"not of a kind that none is of", not(x.kind("Account", nil)), all},
	})
	x.node("Claim", "half", "confidence", 500_000, "recordedAt", -1)
	x.node("Claim", "minus", "confidence", -1, "recordedAt", last9999)
	x.node("Claim", "silent")
	x.node("Deal", "soon", "expectedClose", day)
	x.node("Deal", "past", "expectedClose", -day)
	x.node("Firmographics", "many", "technologies", []string{"Go", "SAP", "100%", ""})
	x.node("Firmographics", "few", "technologies", []string{})
	x.node("Firmographics", "unknown")
	x.write(t)
	x.filtered(t, "Claim", []filterCase{
		{"a score", x.test("Claim.confidence", graph.Eq, 500_000), "half"},
		{"a score below 0", x.test("Claim.confidence", graph.Lt, 0), "minus"},
		{"an instant before 1970", x.test("Claim.recordedAt", graph.Lt, 0), "half"},
		{"an instant at the end of time", x.test("Claim.recordedAt", graph.Gte, last9999), "minus"},
	})
	x.filtered(t, "Deal", []filterCase{
		{"a day", x.test("Deal.expectedClose", graph.Eq, day), "soon"},
		{"a day among several", x.test("Deal.expectedClose", graph.In, []any{-day, 5 * day}), "past"},
		{"from a day on", x.test("Deal.expectedClose", graph.Gte, -day), "soon past"},
	})
	has := func(s string) *graph.Filter { return x.test("Firmographics.technologies", graph.Includes, s) }
	x.filtered(t, "Firmographics", []filterCase{
		{"a list has a text", has("Go"), "many"},
		{"a list has the empty text", has(""), "many"},
		{"a list has not another text, nor has the empty list; of none it is unknown", not(has("go")), "many few"},
		{"a list has not a part of a text", has("SA"), ""},
		{"a list has not what looks like its pattern", or(has("%"), has("S*"), has(`["Go"`)), ""},
		{"a list that is missing", x.missing("Firmographics.technologies"), "unknown"},
		{"an empty list is not missing", not(x.missing("Firmographics.technologies")), "many few"},
	})
}

// amountFilters is about money in several currencies.
func amountFilters(t *testing.T, x *fixture) {
	x.node("Deal", "one", "amount", eur(1))
	x.node("Deal", "five", "amount", eur(5))
	x.node("Deal", "dollars", "amount", usd(5))
	x.node("Deal", "debt", "amount", eur(-5))
	x.node("Deal", "most", "amount", graph.Money{Amount: math.MaxInt64, Currency: "EUR"})
	x.node("Deal", "none")
	x.write(t)
	is := func(op graph.Op, v any) *graph.Filter { return x.test("Deal.amount", op, v) }
	x.filtered(t, "Deal", []filterCase{
		{"an amount is equal in its currency only", is(graph.Eq, eur(5)), "five"},
		{"an amount in another currency is another amount", not(is(graph.Eq, eur(5))), "one dollars debt most"},
		{"one of several amounts", is(graph.In, []any{eur(1), usd(5), usd(1)}), "one dollars"},
		{"none of several amounts", not(is(graph.In, []any{eur(1), usd(5), usd(1)})), "five debt most"},
		{"one of no amounts", is(graph.In, []any{}), ""},
		{"not one of no amounts", not(is(graph.In, []any{})), "one five dollars debt most"},
		{"more than an amount, in its currency", is(graph.Gt, eur(1)), "five most"},
		{"not more than an amount: another currency is unknown", not(is(graph.Gt, eur(1))), "one debt"},
		{"at least an amount", is(graph.Gte, eur(5)), "five most"},
		{"less than an amount", is(graph.Lt, eur(1)), "debt"},
		{"not less than an amount", not(is(graph.Lt, eur(1))), "one five most"},
		{"at most an amount", is(graph.Lte, eur(1)), "one debt"},
		{"more in one currency or in another", or(is(graph.Gt, eur(1)), is(graph.Gt, usd(1))), "five dollars most"},
		{"neither more in one currency nor in another", not(or(is(graph.Gt, eur(1)), is(graph.Gt, usd(1)))), ""},
		{"a currency that none has", is(graph.Gte, graph.Money{Amount: math.MinInt64, Currency: "JPY"}), ""},
		{"an amount that is missing", x.missing("Deal.amount"), "none"},
	})
}

// filtersOnEdges is about some, none and every.
func filtersOnEdges(t *testing.T, x *fixture) {
	x.node("Account", "lonely", "name", "Lonely")
	x.node("Account", "won", "name", "Won")
	x.node("Account", "mixed", "name", "Mixed")
	x.node("Account", "open", "name", "Open")
	x.node("Account", "vague", "name", "Vague")
	for _, d := range []struct {
		account, name string
		stage         any
	}{{"won", "w1", "WON"}, {"won", "w2", "WON"}, {"mixed", "m1", "WON"}, {"mixed", "m2", "LOST"}, {"mixed", "m3", nil}, {"open", "o1", nil}, {"vague", "v1", "WON"}, {"vague", "v2", nil}} {
		x.node("Deal", d.name, "stage", d.stage)
		x.link(d.name, "WITH", d.account)
	}
	x.node("Employee", "eve", "name", "Eve")
	x.node("Employee", "sam", "name", "Sam")
	x.link("won", "OWNED_BY", "eve", "role", "AE")
	x.link("mixed", "OWNED_BY", "eve", "role", "CSM")
	x.link("mixed", "OWNED_BY", "sam", "role", "AE")
	x.link("open", "OWNED_BY", "sam")
	x.write(t)
	won, deals, owners := x.test("Deal.stage", graph.Eq, "WON"), "Account.deals", "Account.owners"
	eve, ae := x.test("Employee.name", graph.Eq, "Eve"), x.test("OWNED_BY.role", graph.Eq, "AE")
	x.filtered(t, "Account", []filterCase{
		{"some: one is enough", x.some(deals, won), "won mixed vague"},
		{"some without a condition: there is one", x.some(deals, nil), "won mixed open vague"},
		{"some of what is true of nothing", x.some(deals, or()), ""},
		{"none: all are definitely not so, and none being there is fine", x.none(deals, won), "lonely"},
		{"none with a condition that one is known to fail and none to meet", x.none(deals, x.test("Deal.stage", graph.Eq, "PROPOSAL")), "lonely won"},
		{"none without a condition: there is none", x.none(deals, nil), "lonely"},
		{"none of what is true of nothing", x.none(deals, or()), "lonely won mixed open vague"},
		{"every: no one that is not so, unknown included", x.every(deals, won), "lonely won"},
		{"every without a condition", x.every(deals, nil), "lonely won mixed open vague"},
		{"every of what is true of nothing", x.every(deals, or()), "lonely"},
		{"not every: one is known not to be so", not(x.every(deals, won)), "mixed"},
		{"not some is none", not(x.some(deals, won)), "lonely"},
		{"not none is some", not(x.none(deals, won)), "won mixed vague"},
		{"not not every is every", not(not(x.every(deals, won))), "lonely won"},
		{"some that is missing", x.some(deals, x.missing("Deal.stage")), "mixed open vague"},
		{"every one missing", x.every(deals, x.missing("Deal.stage")), "lonely open"},
		{"none missing", x.none(deals, x.missing("Deal.stage")), "lonely won"},
		{"some and every", and(x.some(deals, won), x.every(deals, won)), "won"},
		{"some or none", or(x.some(deals, x.test("Deal.stage", graph.Eq, "LOST")), x.none(deals, nil)), "lonely mixed"},
		{"some negated inside", x.some(deals, not(won)), "mixed"},
		{"every negated inside", x.every(deals, not(won)), "lonely"},
		{"a condition on the relationship", x.some(owners, ae), "won mixed"},
		{"conditions on the node and the relationship hold of one edge", x.some(owners, and(eve, ae)), "won"},
		{"conditions in two somes may hold of two edges", and(x.some(owners, eve), x.some(owners, ae)), "won mixed"},
		{"none whose relationship is so", x.none(owners, ae), "lonely vague"},
		{"every relationship is so", x.every(owners, ae), "lonely vague won"},
		{"some of some", x.some(owners, x.some("Employee.accounts", x.some(deals, x.test("Deal.stage", graph.Eq, "LOST")))), "won mixed open"},
		{"every of every", x.every(owners, x.every("Employee.accounts", x.every(deals, won))), "lonely vague"},
		{"none of none", x.none(owners, x.none("Employee.accounts", x.some(deals, x.test("Deal.stage", graph.Eq, "LOST")))), "lonely won mixed open vague"},
		{"an id beyond an edge", x.some(owners, x.is("sam")), "mixed open"},
	})
	x.filtered(t, "Deal", []filterCase{
		{"some of a to-one edge", x.some("Deal.account", x.test("Account.name", graph.Eq, "Won")), "w1 w2"},
		{"none of a to-one edge", x.none("Deal.account", x.test("Account.name", graph.Eq, "Won")), "m1 m2 m3 o1 v1 v2"},
		{"not some of what is unknown", not(x.some("Deal.account", x.test("Account.domain", graph.Eq, "x"))), ""},
		{"there and back again", x.some("Deal.account", x.every(deals, won)), "w1 w2"},
	})
}
