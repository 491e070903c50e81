package resolvers

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

type (
	committeeWarningsView struct {
		Deals     []dealWarnings
		Totals    []warningTotal
		Truncated bool
	}
	dealWarnings struct {
		Deal     shown
		Warnings []warningView
		Verdict  []statementView
		amount   *graph.Money
	}
	warningTotal struct {
		Code    string
		Deals   int
		Amounts []graph.Money
	}
)

// defaultWarned is how many deals are told of whom it is not said how many.
const defaultWarned = 20

// committeeWarnings is what is wrong with the open deals that one of our own people works on, or somebody of a team.
func committeeWarnings(w *writer, root tree) *committeeWarningsView {
	v := &committeeWarningsView{}
	codes := committee.Codes
	if asked := root.need.args["codes"]; asked != nil {
		codes = slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return !slices.Contains(elements(asked), any(c)) })
	}
	seen := map[string]bool{}
	add := func(way string, deals []tree, more bool) {
		v.Truncated = v.Truncated || more
		for _, deal := range deals {
			if !seen[deal.row.ID] { // somebody of the team may be the one who was named
				seen[deal.row.ID] = true
				v.add(w, deal, codes, way)
			}
		}
	}
	owner := root.all("owner")
	for _, o := range owner {
		deals, more := o.page("deals")
		add("owner.deals", deals, more)
	}
	if team, more := root.page("team"); root.need.below["team"] != nil {
		add("team", team, more)
	} else if len(owner) == 0 {
		return nil
	}
	for _, code := range codes {
		v.total(code)
	}
	slices.SortStableFunc(v.Deals, func(a, b dealWarnings) int { return a.compare(&b) })
	n := firstOr(root.need.args, defaultWarned)
	v.Deals = v.Deals[:min(n, len(v.Deals))]
	return v
}

// add looks at a deal that was found along a way.
func (v *committeeWarningsView) add(w *writer, deal tree, codes []string, way string) {
	r := w.readDeal(deal, way+".")
	c := committee.At(&r.in)
	d := dealWarnings{Deal: shown{way, deal.row}, Verdict: r.verdict(c), amount: r.in.Deal.Amount}
	v.Truncated = v.Truncated || r.cut
	for i := range c.Warnings {
		if x := &c.Warnings[i]; x.State == committee.Raised && slices.Contains(codes, x.Code) {
			d.Warnings = append(d.Warnings, r.warning(x))
		}
	}
	if len(d.Warnings) > 0 {
		v.Deals = append(v.Deals, d)
	}
}

// total adds up the deals of which a code is raised.
func (v *committeeWarningsView) total(code string) {
	t := warningTotal{Code: code}
	for i := range v.Deals {
		d := &v.Deals[i]
		if !slices.ContainsFunc(d.Warnings, func(w warningView) bool { return w.Code == code }) {
			continue
		}
		if t.Deals++; d.amount != nil {
			t.Amounts = committee.Plus(t.Amounts, *d.amount)
		}
	}
	if t.Deals > 0 {
		v.Totals = append(v.Totals, t)
	}
}

// compare is negative where a deal comes before another: by the gravest warning, then by how many there are, then by what it is worth.
// Amounts in several currencies go by these, and what is of one amount stays as it was read.
func (d *dealWarnings) compare(o *dealWarnings) int {
	gravest := func(d *dealWarnings) int {
		first := len(committee.Codes)
		for _, w := range d.Warnings {
			first = min(first, slices.Index(committee.Codes, w.Code))
		}
		return first
	}
	worth := func(a, b *graph.Money) int {
		if a == nil || b == nil {
			return cmp.Compare(map[bool]int{true: 1}[a == nil], map[bool]int{true: 1}[b == nil])
		}
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(b.Amount, a.Amount))
	}
	return cmp.Or(cmp.Compare(gravest(d), gravest(o)), cmp.Compare(len(o.Warnings), len(d.Warnings)), worth(d.amount, o.amount))
}
