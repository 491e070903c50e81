package resolvers

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/exposure"
	"github.com/kithgraph/kith/graph/policy"
)

// exposureOf counts whom a hidden event reached.
func exposureOf(w *writer, t tree) (*exposure.Exposure, error) {
	q, err := w.exposing(t, "exposure", "within")
	if err != nil {
		return nil, err
	}
	got, err := w.o.Exposed(w.ctx, q)
	if q.At == nil || err != nil {
		return nil, err
	}
	w.untold(got.Denied, got.Exposure == nil || got.Partial)
	return got.Exposure, nil
}

// untold notes what the purpose does not see, and that too few stand behind something.
func (w *writer) untold(denied []*policy.Withheld, few bool) {
	for _, no := range denied {
		w.note(no)
	}
	if few {
		w.tooFew(graph.CategoryBehaviour)
	}
}

// exposingSpans are those of a hidden event where they are not said: for how long after it who is heard of is aware, and of which its aftermath is.
var exposingSpans = map[string]string{"within": "P30D", "window": "P90D"}

// exposing is one of these spans, in microseconds. A null is none that is said.
func (p *planner) exposing(in map[string]any, span, where string) int64 {
	_, within := p.span(cmp.Or(in[span], any(exposingSpans[span])), where+"."+span)
	return within
}

// exposing asks about a hidden event and a span after it, also where nobody knows when it began: a receipt is of what is asked.
func (w *writer) exposing(t tree, field, span string) (*policy.Exposing, error) {
	q := &policy.Exposing{Event: t.row.ID, Now: w.o.now}
	if at, known := t.value("at").(int64); known {
		q.At = new(graph.Time(at))
	}
	p := w.planner(w.op, w.o)
	q.Within = p.exposing(t.need.args, span, "hiddenEvent."+field)
	return q, p.err
}

var (
	aftermathCovariates = []string{exposure.Employed: "EMPLOYED", exposure.CompanySize: "COMPANY_SIZE", exposure.Tenure: "TENURE", exposure.ContactsBefore: "CONTACTS",
		exposure.CasesBefore: "CASES", exposure.OrdersBefore: "ORDERS", exposure.Industry: "INDUSTRY", exposure.Contracts: "CONTRACTS"}
	aftermathOutcomes = []string{exposure.Cases: "CASES", exposure.Complaints: "COMPLAINTS", exposure.Contacts: "CONTACTS", exposure.Orders: "ORDERS",
		exposure.Left: "LEFT", exposure.Satisfaction: "SATISFACTION", exposure.Sentiment: "SENTIMENT", exposure.Retained: "RETAINED"}
	aftermathRefusals = []string{exposure.TooFew: "TOO_FEW", exposure.Unbalanced: "UNBALANCED"}
)

type aftermathView struct {
	Matched, Unmatched *int
	Balance            []aftermathBalance
	Refused            *string
	Differences        []aftermathDifference
	Weeks              []aftermathWeek
}

type aftermathWeek struct {
	Week        int
	Differences []aftermathDifference
}

type aftermathBalance struct {
	Measure       string
	Before, After *float64
}

type aftermathDifference struct {
	Outcome                                 string
	Exposed, Matched, Difference, Low, High *float64
	OfExposed, OfMatched                    *int
}

// aftermathOf compares those whom a hidden event reached with others.
func aftermathOf(w *writer, t tree) (*aftermathView, error) {
	q, err := w.exposing(t, "aftermath", "window")
	if err != nil {
		return nil, err
	}
	q.Accounts, q.Weeks = t.need.args["accounts"] == true, slices.Contains(t.need.shown, "weeks")
	got, err := w.o.Aftermath(w.ctx, q)
	if q.At == nil || err != nil {
		return nil, err
	}
	if w.untold(got.Denied, got.Aftermath == nil || got.Partial); got.Aftermath == nil {
		return nil, nil
	}
	out := &aftermathView{Matched: got.Matched, Unmatched: got.Unmatched}
	for _, b := range got.Balance {
		out.Balance = append(out.Balance, aftermathBalance{aftermathCovariates[b.Covariate], b.Before, b.After})
	}
	if got.Refusal != exposure.NotRefused {
		out.Refused = &aftermathRefusals[got.Refusal]
	}
	out.Differences = differencesOf(got.Differences)
	for _, in := range got.Weeks {
		out.Weeks = append(out.Weeks, aftermathWeek{in.Week, differencesOf(in.Differences)})
	}
	return out, nil
}

func differencesOf(all []exposure.Difference) (out []aftermathDifference) {
	for _, d := range all {
		one := aftermathDifference{Outcome: aftermathOutcomes[d.Outcome], OfExposed: d.OfExposed, OfMatched: d.OfMatched}
		if g := d.Gap; g != nil {
			one.Exposed, one.Matched, one.Difference = &g.Exposed, &g.Matched, &g.Difference
			if g.Within != nil {
				one.Low, one.High = &g.Low, &g.High
			}
		}
		out = append(out, one)
	}
	return out
}
