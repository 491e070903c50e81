package resolvers

import (
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/exposure"
	"github.com/kithgraph/kith/graph/policy"
)

// exposureWays are the ways, by their places in the package.
var exposureWays = []string{exposure.Product: "PRODUCT", exposure.Subscription: "SUBSCRIPTION", exposure.Location: "LOCATION", exposure.Account: "ACCOUNT",
	exposure.Family: "FAMILY", exposure.Person: "PERSON"}

type exposureView struct {
	Customers, Accounts int
	Aware, Silent       *int
	Ways                []exposureWay
}

type exposureWay struct {
	Way                         string
	Things, Accounts, Customers int
}

// exposureOf counts whom a hidden event reached.
func exposureOf(w *writer, t tree) (*exposureView, error) {
	q, err := w.exposing(t, "exposure", "within")
	if q == nil || err != nil {
		return nil, err
	}
	got, err := w.o.Exposed(w.ctx, q)
	switch {
	case err != nil:
		return nil, err
	case got.Exposure == nil:
		w.tooFew()
		return nil, nil
	case got.Partial:
		w.tooFew()
	}
	out := &exposureView{Customers: got.Customers, Accounts: got.Accounts, Aware: got.Aware, Silent: got.Silent}
	for _, way := range got.Ways {
		out.Ways = append(out.Ways, exposureWay{exposureWays[way.Way], way.Things, way.Accounts, way.Customers})
	}
	return out, nil
}

// exposing asks about a hidden event and a span after it; nil: nobody knows when it began.
func (w *writer) exposing(t tree, field, span string) (*policy.Exposing, error) {
	at, known := t.value("at").(int64)
	p := w.planner(w.op, w.o)
	_, within := p.span(t.need.args[span], "hiddenEvent."+field+"."+span)
	if p.err != nil || !known {
		return nil, p.err
	}
	return &policy.Exposing{Event: t.row.ID, At: graph.Time(at), Within: within, Now: w.o.now}, nil
}
