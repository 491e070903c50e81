package resolvers

import (
	"maps"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// counts is what a condition on a count is on, as if it were a property.
var counts = &graph.Property{Name: "count", Type: graph.Int}

// totals reads the conditions on what an edge comes to, under one key: how many there are, what they add up to, and their newest and oldest.
func (w walker) totals(e *graph.Edge, m map[string]any, name, path string) *graph.Filter {
	at := path + "." + name
	of := func(by graph.Adding, ref *graph.Ref, onEdge bool, currency string) func(t *graph.Test) *graph.Filter {
		return func(t *graph.Test) *graph.Filter { // each has a set of its own: what rewrites one leaves the others
			over := &graph.Over{Edge: e, Filter: both(w.target(e, m["filter"], path+".filter"), w.properties(e.Rel, m["edgeFilter"], path+".edgeFilter")), OnEdge: onEdge}
			if ref != nil {
				prop := *ref
				over.Prop = &prop
			}
			return &graph.Filter{Total: &graph.Total{Over: over, By: by, Currency: currency, Op: t.Op, Value: t.Value}}
		}
	}
	if name == "count" {
		return instead(w.tests(counts, false, nil, m[name], at), of(graph.ByCount, nil, false, ""))
	}
	p, onEdge, sum := summed(e, name)
	ref := &graph.Ref{Prop: p}
	switch {
	case sum && p.Type == graph.Amount:
		in := maps.Clone(m[name].(map[string]any))
		currency := text(in["currency"])
		if _, err := graph.MoneyOf("0", currency); err != nil {
			w.fail("%s.currency: %v", at, err)
		}
		delete(in, "currency")
		f := w.operators(graph.Test{Ref: *ref}, in, at, func(v any) (any, error) {
			sum, err := graph.MoneyOf(number(v), currency)
			return sum.Amount, err
		})
		return instead(f, of(graph.BySum, ref, onEdge, currency))
	case sum:
		return instead(w.tests(p, onEdge, nil, m[name], at), of(graph.BySum, ref, onEdge, ""))
	}
	var fs []*graph.Filter
	for _, end := range given(m[name]) {
		f := w.tests(p, onEdge, nil, m[name].(map[string]any)[end], at+"."+end)
		fs = append(fs, instead(f, of(extremes[end], ref, onEdge, "")))
	}
	return both(fs...)
}

// extremes are the keys of conditions on several times, and of orders by them.
var extremes = map[string]graph.Adding{"latest": graph.ByLatest, "earliest": graph.ByEarliest}

// summed finds what a key of what an edge comes to is of: a property of the relationship or of the node that it leads to. sum: by that name
// with Sum behind it.
func summed(e *graph.Edge, name string) (p *graph.Property, onEdge, sum bool) {
	find := func(name string) *graph.Property {
		if p = e.Rel.Property(name); p != nil && p.Given() {
			onEdge = true
			return p
		}
		return e.Target().Field(name)
	}
	if of, is := strings.CutSuffix(name, "Sum"); is {
		if p := find(of); p != nil {
			return p, onEdge, true
		}
	}
	return find(name), onEdge, false
}

// instead is a filter of tests in which others stand instead of these.
func instead(f *graph.Filter, of func(*graph.Test) *graph.Filter) *graph.Filter {
	switch {
	case f == nil:
		return nil
	case f.Test != nil:
		return of(f.Test)
	case f.Not != nil:
		return &graph.Filter{Not: instead(f.Not, of)}
	}
	out := &graph.Filter{And: make([]*graph.Filter, len(f.And))}
	for i, g := range f.And {
		out.And[i] = instead(g, of)
	}
	return out
}
