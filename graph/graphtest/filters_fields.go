package graphtest

import (
	"testing"

	"github.com/kithgraph/kith/graph"
)

// fieldFilters is about two properties of one node, or of one relationship, that are compared with each other.
func fieldFilters(t *testing.T, x *fixture) {
	for _, d := range []struct {
		name                   string
		opened, closed, expect any
	}{
		{"early", 1, 2 * day, 3 * day},
		{"prompt", 2 * day, 3*day + day/4, 3 * day},
		{"late", 4*day + 1, 4 * day, 3 * day},
		{"ancient", -2 * day, -1, -day},
		{"open", 0, nil, 3 * day},
		{"never", 0, 1, nil},
	} {
		x.node("Deal", d.name, "name", d.name, "openedAt", d.opened, "closedAt", d.closed, "expectedClose", d.expect)
	}
	for _, f := range []struct {
		name             string
		revenue, funding any
		people, founded  any
	}{
		{"earns", eur(5), eur(3), 2000, 1999},
		{"burns", eur(2), eur(3), 5, 2005},
		{"even", eur(3), eur(3), 2005, 2005},
		{"abroad", usd(3), eur(3), nil, 2005},
		{"unfunded", eur(3), nil, nil, nil},
	} {
		x.node("Firmographics", f.name, "revenue", f.revenue, "funding", f.funding, "employeeCount", f.people, "foundedYear", f.founded)
	}
	x.node("Account", "acme", "name", "acme")
	x.node("Account", "bolt", "name", "bolt")
	x.node("Employee", "eve", "name", "Eve")
	x.link("acme", "OWNED_BY", "eve", "from", 2, "to", last9999)
	x.link("bolt", "OWNED_BY", "eve", "from", 2)
	x.write(t)
	test := func(path string, op graph.Op, with string) *graph.Filter {
		return &graph.Filter{Test: &graph.Test{Ref: *x.mention(path), OnEdge: x.onEdge(path), Op: op, With: x.mention(with)}}
	}
	closed := func(op graph.Op) *graph.Filter { return test("Deal.closedAt", op, "Deal.expectedClose") }
	x.filtered(t, "Deal", []filterCase{
		{"an instant after another", test("Deal.openedAt", graph.Gt, "Deal.closedAt"), "late"},
		{"an instant not after another: one that is missing is unknown", not(test("Deal.openedAt", graph.Gt, "Deal.closedAt")), "early prompt ancient never"},
		{"an instant on a later day", closed(graph.Gt), "late"},
		{"an instant on a day", closed(graph.Eq), "prompt ancient"},
		{"an instant on another day", not(closed(graph.Eq)), "early late"},
		{"an instant on a day or later", closed(graph.Gte), "prompt ancient late"},
		{"an instant on an earlier day", closed(graph.Lt), "early"},
		{"an instant on a day or earlier", closed(graph.Lte), "early prompt ancient"},
		{"a day that is the day of an instant", test("Deal.expectedClose", graph.Eq, "Deal.closedAt"), "prompt ancient"},
		{"a day before that of an instant", test("Deal.expectedClose", graph.Lt, "Deal.closedAt"), "late"},
		{"neither true nor false", or(closed(graph.Gt), not(closed(graph.Gt))), "early late prompt ancient"},
		{"what is not true, unknown included", &graph.Filter{Fails: closed(graph.Lte)}, "late open never"},
	})
	funded := func(op graph.Op) *graph.Filter {
		return test("Firmographics.revenue", op, "Firmographics.funding")
	}
	x.filtered(t, "Firmographics", []filterCase{
		{"an amount above another", funded(graph.Gt), "earns"},
		{"an amount not above another: another currency is unknown", not(funded(graph.Gt)), "burns even"},
		{"an amount like another", funded(graph.Eq), "even"},
		{"an amount unlike another, as one in another currency is", not(funded(graph.Eq)), "earns burns abroad"},
		{"a number below another", test("Firmographics.employeeCount", graph.Lt, "Firmographics.foundedYear"), "burns"},
		{"a number like another", test("Firmographics.employeeCount", graph.Eq, "Firmographics.foundedYear"), "even"},
	})
	x.filtered(t, "Account", []filterCase{
		{"of a relationship", x.some("Account.owners", test("OWNED_BY.from", graph.Lt, "OWNED_BY.to")), "acme"},
		{"of a relationship, none so", x.none("Account.owners", test("OWNED_BY.from", graph.Gt, "OWNED_BY.to")), "acme"},
	})
	for i, guard := range []func(t *graph.Test, f *graph.Filter){
		func(t *graph.Test, f *graph.Filter) { t.Ref.When = f },
		func(t *graph.Test, f *graph.Filter) { t.With.When = f },
	} {
		f := closed(graph.Lte)
		guard(f.Test, x.test("Deal.name", graph.In, []any{"early", "late"}))
		which := []string{"the first", "the second"}[i]
		x.filtered(t, "Deal", []filterCase{
			{which + " has no value where it may not be seen", f, "early"},
			{which + " that may not be seen is unknown", not(f), "late"},
			{which + " that may not be seen is not true", &graph.Filter{Fails: f}, "prompt ancient late open never"},
		})
	}
}
