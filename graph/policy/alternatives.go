package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// mostAlternatives is of how many alternatives a filter may be where persons are counted behind each.
const mostAlternatives = 8

// alternatives are filters without alternatives of which a normal one is true where one is. Not few: they are more than are counted. Those
// of what rows show are none.
func alternatives(f *graph.Filter) (out []*graph.Filter, few bool) {
	few = true
	switch {
	case f == nil || shows(f):
		out = []*graph.Filter{f}
	case f.Or != nil:
		for _, g := range f.Or {
			of, ok := alternatives(g)
			out, few = append(out, of...), few && ok
		}
	case f.And != nil:
		out = []*graph.Filter{nil}
		for _, g := range f.And {
			of, ok := alternatives(g)
			if few = few && ok && len(out)*len(of) <= mostAlternatives; !few {
				return nil, false
			}
			var each []*graph.Filter
			for _, before := range out {
				for _, h := range of {
					each = append(each, and(before, h).Normal())
				}
			}
			out = each
		}
	case f.Some != nil, f.Kind != nil:
		inner, around := within(f)
		of, ok := alternatives(inner)
		few = ok
		for _, g := range of {
			out = append(out, around(g))
		}
	default:
		out = []*graph.Filter{f}
	}
	return out, few && len(out) <= mostAlternatives
}

// weaker are the filters that say less than a normal one by one part of it that no row shows.
func weaker(f *graph.Filter, beyond bool) (out []*graph.Filter) {
	switch {
	case f == nil || !beyond && shows(f):
		return nil
	case f.And != nil:
		for i, g := range f.And {
			for _, less := range weaker(g, beyond) {
				rest := slices.Clone(f.And)
				rest[i] = less
				out = append(out, and(rest...))
			}
		}
		return out
	case f.Total != nil && f.Total.Any():
		return weaker(f.Total.Over.Some(), beyond)
	case f.Total != nil:
		return []*graph.Filter{nil, f.Total.Over.Some()}
	case f.Some != nil, f.Every != nil, f.Kind != nil:
		inner, around := within(f)
		for _, less := range weaker(inner, true) {
			out = append(out, around(less))
		}
	}
	if len(out) == 0 {
		return []*graph.Filter{nil}
	}
	return out
}

// within is the filter that an edge, a kind or a failure is asked about, and the same asked about another one.
func within(f *graph.Filter) (inner *graph.Filter, around func(*graph.Filter) *graph.Filter) {
	switch {
	case f.Some != nil:
		return f.Some.Filter, func(g *graph.Filter) *graph.Filter {
			return &graph.Filter{Some: &graph.Quantified{Edge: f.Some.Edge, Filter: g}}
		}
	case f.Every != nil:
		return f.Every.Filter, func(g *graph.Filter) *graph.Filter {
			return &graph.Filter{Every: &graph.Quantified{Edge: f.Every.Edge, Filter: g}}
		}
	case f.Kind != nil:
		return f.Of, func(g *graph.Filter) *graph.Filter { return &graph.Filter{Kind: f.Kind, Of: g} }
	}
	return f.Fails, func(g *graph.Filter) *graph.Filter { return &graph.Filter{Fails: g} }
}

// stricter are the filters that say more than a normal one where it says something of all that an edge leads to: who has none meets it, as
// others know.
func stricter(f *graph.Filter) (out []*graph.Filter) {
	for i, g := range f.Conjuncts() {
		if g.Every == nil {
			continue
		}
		inner := []*graph.Filter{nobody}
		if either := g.Every.Filter; either != nil && len(either.Or) > 1 {
			inner = nil
			for j := range either.Or {
				inner = append(inner, or(slices.Delete(slices.Clone(either.Or), j, j+1)...))
			}
		}
		for _, h := range inner {
			rest := slices.Clone(f.Conjuncts())
			rest[i] = &graph.Filter{Every: &graph.Quantified{Edge: g.Every.Edge, Filter: h}}
			out = append(out, and(rest...))
		}
	}
	return out
}

// shows reports whether rows show by themselves whether a normal filter is true of them: it is of their own properties.
func shows(f *graph.Filter) bool {
	hides := func(g *graph.Filter) bool { return !shows(g) }
	switch {
	case f.And != nil:
		return !slices.ContainsFunc(f.And, hides)
	case f.Or != nil:
		return !slices.ContainsFunc(f.Or, hides)
	case f.Not != nil:
		return shows(f.Not)
	case f.Test != nil:
		return !f.Test.OnEdge && !f.Test.ID
	}
	return false
}
