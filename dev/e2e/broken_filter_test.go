package e2e

import (
	"github.com/kithgraph/kith/graph"
)

var never = &graph.Filter{Or: []*graph.Filter{}}

// bare is a condition without what it asks of anybody's standing, or who she is. Nil is true of everything.
func bare(f *graph.Filter) *graph.Filter {
	switch {
	case f == nil, f.Test != nil && f.Test.Ref.Prop != nil && f.Test.Ref.Prop.Hidden, f.Test != nil && f.Test.ID && f.Test.Op == graph.Eq:
		return nil
	case f.Not != nil:
		if inner := bare(f.Not); inner != nil {
			return &graph.Filter{Not: inner}
		}
		return nil
	case f.And != nil:
		return all(f.And, bare)
	case f.Or != nil:
		out := &graph.Filter{Or: []*graph.Filter{}}
		for _, g := range f.Or {
			if g = bare(g); g == nil {
				return nil
			}
			out.Or = append(out.Or, g)
		}
		return out
	case f.Some != nil:
		return &graph.Filter{Some: &graph.Quantified{Edge: f.Some.Edge, Filter: bare(f.Some.Filter)}}
	case f.Every != nil:
		if inner := bare(f.Every.Filter); inner != nil {
			return &graph.Filter{Every: &graph.Quantified{Edge: f.Every.Edge, Filter: inner}}
		}
		return nil
	case f.Total != nil:
		t := *f.Total
		over := *t.Over
		over.When, over.Filter, t.Over = bare(over.When), bare(over.Filter), &over
		if over.Prop != nil {
			over.Prop = &graph.Ref{Prop: over.Prop.Prop, When: bare(over.Prop.When), At: over.Prop.At}
		}
		return &graph.Filter{Total: &t}
	case f.Kind != nil:
		return &graph.Filter{Kind: f.Kind, Of: bare(f.Of)}
	case f.Fails != nil:
		if inner := bare(f.Fails); inner != nil {
			return &graph.Filter{Fails: inner}
		}
		return never
	}
	return f
}

func all(fs []*graph.Filter, each func(*graph.Filter) *graph.Filter) *graph.Filter {
	out := &graph.Filter{And: []*graph.Filter{}}
	for _, f := range fs {
		if f = each(f); f != nil {
			out.And = append(out.And, f)
		}
	}
	if len(out.And) == 0 {
		return nil
	}
	return out
}

// bareEvery is bare within what a caller asks of every node alone.
func bareEvery(f *graph.Filter) *graph.Filter {
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return all(f.And, bareEvery)
	case f.Every != nil:
		if inner := bare(f.Every.Filter); inner != nil {
			return &graph.Filter{Every: &graph.Quantified{Edge: f.Every.Edge, Filter: inner}}
		}
	}
	return f
}

// bareTotal is bare within what a caller asks of all that an edge leads to, together.
func bareTotal(f *graph.Filter) *graph.Filter {
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return all(f.And, bareTotal)
	case f.Not != nil:
		return &graph.Filter{Not: bareTotal(f.Not)}
	case f.Total != nil:
		return bare(f)
	}
	return f
}

// bareNot is bare beside the tests that a caller negates alone.
func bareNot(f *graph.Filter) *graph.Filter {
	if f == nil || f.And == nil {
		return f
	}
	for _, g := range f.And {
		if g.Not != nil && bare(g) != nil {
			return all(f.And, bare)
		}
	}
	return all(f.And, bareNot)
}
