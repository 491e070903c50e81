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

// aftermathOf compares those whom a hidden event reached with others.
func aftermathOf(w *writer, t tree) (*exposure.Aftermath, error) {
	q, err := w.exposing(t, "aftermath", "window")
	if err != nil {
		return nil, err
	}
	q.Accounts, q.Weeks = t.need.args["accounts"] == true, slices.Contains(t.need.shown, "weeks")
	got, err := w.o.Aftermath(w.ctx, q)
	if q.At == nil || err != nil {
		return nil, err
	}
	w.untold(got.Denied, got.Aftermath == nil || got.Partial)
	return got.Aftermath, nil
}
