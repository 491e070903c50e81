package resolvers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// orders reads the argument orderBy of a list.
func (w walker) orders(l *graph.List, v any, path string) []graph.Order {
	return each(v, path, func(v any, at string) graph.Order { return w.order(l.Nodes[0].Kind, v, at, nil) })
}

// edgeOrders reads the argument edgeOrderBy of a list, whose keys come before those of orderBy.
func (w walker) edgeOrders(r *graph.Rel, v any, path string) []graph.Order {
	return each(v, path, func(v any, at string) graph.Order {
		name, v := w.only(v, at)
		p := r.Property(name)
		if p == nil {
			return graph.Order{} // it was not one key
		}
		return w.directed(graph.Order{Prop: &graph.Ref{Prop: p}, OnEdge: true}, p, v, at+"."+name)
	})
}

// inSequence adds to an order by what further things come that are of one value, as those of one instant in their sequence.
func inSequence(orders []graph.Order) []graph.Order {
	out := slices.Clip(orders)
	for _, o := range orders {
		if o.Prop == nil || o.Prop.Prop.Within == nil {
			continue
		}
		further := graph.Order{Path: o.Path, Prop: &graph.Ref{Prop: o.Prop.Prop.Within}, Desc: o.Desc}
		named := func(o graph.Order) bool {
			return o.Prop != nil && o.Prop.Prop == further.Prop.Prop && slices.Equal(o.Path, further.Path)
		}
		if !slices.ContainsFunc(out, named) {
			out = append(out, further)
		}
	}
	return out
}

// each reads the elements of an argument.
func each(v any, path string, read func(v any, at string) graph.Order) (out []graph.Order) {
	if v == nil {
		return nil
	}
	for i, el := range elements(v) {
		out = append(out, read(el, fmt.Sprintf("%s[%d]", path, i)))
	}
	return out
}

// only is the one key of a @oneOf input, which the parser does not see to for variables.
func (w walker) only(v any, path string) (string, any) {
	m, _ := v.(map[string]any)
	if names := given(v); len(names) == 1 && len(m) == 1 {
		return names[0], m[names[0]]
	}
	w.fail("%s: exactly one key is to be given", path)
	return "", nil
}

// order reads one key of an order of a kind. hops are the to-one edges that lead there from the row.
func (w walker) order(k *graph.Kind, v any, path string, hops []*graph.Edge) graph.Order {
	name, sub := w.only(v, path)
	at := path + "." + name
	if p := k.Field(name); p != nil {
		return w.directed(graph.Order{Path: hops, Prop: &graph.Ref{Prop: p}}, p, sub, at)
	}
	e := k.Edge(name)
	switch {
	case e == nil:
		return graph.Order{}
	case e.One:
		return w.order(e.Target(), sub, at, append(slices.Clone(hops), e))
	}
	return w.added(e, sub, at, hops)
}

// directed takes the direction of a property, and the currency of an amount.
func (w walker) directed(o graph.Order, p *graph.Property, v any, path string) graph.Order {
	if p.Type == graph.Amount {
		m := v.(map[string]any)
		if _, err := graph.MoneyOf("0", text(m["currency"])); err != nil {
			w.fail("%s.currency: %v", path, err)
		}
		o.Currency, v = text(m["currency"]), m["direction"]
	}
	return toward(o, v)
}

// toward is an order in a direction.
func toward(o graph.Order, v any) graph.Order {
	o.Desc, o.First = v == "DESC" || v == "DESC_NULLS_FIRST", v == "ASC_NULLS_FIRST" || v == "DESC_NULLS_FIRST"
	return o
}

// added reads an order by what an edge adds up to.
func (w walker) added(e *graph.Edge, v any, path string, hops []*graph.Edge) graph.Order {
	m := v.(map[string]any)
	over := &graph.Over{Edge: e, Filter: both(w.bounded(w.target(e, m["filter"], path+".filter"), path+".filter"), w.properties(e.Rel, m["edgeFilter"], path+".edgeFilter"))}
	names := slices.DeleteFunc(given(v), func(n string) bool { return n == "filter" || n == "edgeFilter" })
	if len(names) != 1 {
		w.fail("%s: exactly one of count, the sums and the times is to be given", path)
		return graph.Order{}
	}
	if names[0] == "count" {
		return toward(graph.Order{Path: hops, Count: over}, m["count"])
	}
	p, onEdge, sum := summed(e, names[0])
	over.Prop, over.OnEdge = &graph.Ref{Prop: p}, onEdge
	at := path + "." + names[0]
	if sum {
		return w.directed(graph.Order{Path: hops, Sum: over}, p, m[names[0]], at)
	}
	o := graph.Order{Path: hops}
	end, direction := w.only(m[names[0]], at)
	switch extremes[end] {
	case graph.ByLatest:
		o.Latest = over
	case graph.ByEarliest:
		o.Earliest = over
	}
	return w.directed(o, p, direction, at+"."+end)
}

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
	return &graph.Filter{And: graph.Map(f.And, func(g *graph.Filter) *graph.Filter { return instead(g, of) })}
}
