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
	case f.Some != nil:
		of, ok := alternatives(f.Some.Filter)
		few = ok
		for _, g := range of {
			out = append(out, &graph.Filter{Some: &graph.Quantified{Edge: f.Some.Edge, Filter: g}})
		}
	case f.Kind != nil:
		of, ok := alternatives(f.Of)
		few = ok
		for _, g := range of {
			out = append(out, &graph.Filter{Kind: f.Kind, Of: g})
		}
	default:
		out = []*graph.Filter{f}
	}
	return out, few && len(out) <= mostAlternatives
}

// weaker are the filters that say less than a normal one by one part of it that no row shows.
func weaker(f *graph.Filter, beyond bool) (out []*graph.Filter) {
	within := func(inner *graph.Filter, outer func(*graph.Filter) *graph.Filter) []*graph.Filter {
		for _, less := range weaker(inner, true) {
			out = append(out, outer(less))
		}
		if len(out) == 0 {
			out = append(out, nil)
		}
		return out
	}
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
	case f.Some != nil:
		return within(f.Some.Filter, func(less *graph.Filter) *graph.Filter {
			return &graph.Filter{Some: &graph.Quantified{Edge: f.Some.Edge, Filter: less}}
		})
	case f.Every != nil:
		return within(f.Every.Filter, func(less *graph.Filter) *graph.Filter {
			return &graph.Filter{Every: &graph.Quantified{Edge: f.Every.Edge, Filter: less}}
		})
	case f.Total != nil && f.Total.Any():
		return weaker(f.Total.Over.Some(), beyond)
	case f.Total != nil:
		return []*graph.Filter{nil, f.Total.Over.Some()}
	case f.Kind != nil:
		return within(f.Of, func(less *graph.Filter) *graph.Filter { return &graph.Filter{Kind: f.Kind, Of: less} })
	}
	return []*graph.Filter{nil}
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
