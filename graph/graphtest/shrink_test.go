package graphtest_test

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// shrink takes parts out of a fetch as long as it still fails.
func shrink(f *graph.Fetch, fails func() bool) {
	for again := true; again; {
		again = false
		for _, c := range cuts(f) {
			undo := c()
			if fails() {
				again = true
				break
			}
			undo()
		}
	}
}

// A cut takes one part out and gives what puts it back.
type cut func() (undo func())

func set[T any](at *T, v T) cut {
	return func() func() {
		old := *at
		*at = v
		return func() { *at = old }
	}
}

func drops[T any](s *[]T) []cut {
	var out []cut
	for i := range *s {
		out = append(out, set(s, slices.Delete(slices.Clone(*s), i, i+1)))
	}
	return out
}

func cuts(f *graph.Fetch) []cut {
	var out []cut
	if len(f.Lists) > 1 {
		out = drops(&f.Lists)
	}
	for _, l := range f.Lists {
		out = append(out, listCuts(l)...)
	}
	return out
}

func listCuts(l *graph.List) []cut {
	out := append(drops(&l.Tallies), drops(&l.Props)...)
	for _, sel := range l.Nodes {
		out = append(out, append(drops(&sel.Lists), drops(&sel.Props)...)...)
	}
	out = append(out, filterCuts(&l.Filter)...)
	for i, o := range l.Order {
		if o.Prop == nil || !o.OnEdge || o.Prop.Prop.Name != graph.EntryAt || o.Prop.When != nil { // the order of a timeline stays total
			out = append(out, orderCut(l, i))
		}
	}
	if l.Rows && !l.HasNext && !l.HasPrevious {
		out = append(out, set(&l.Rows, false))
	}
	for _, b := range []*bool{&l.Cursors, &l.HasNext, &l.HasPrevious, &l.Page.Backward} {
		if *b {
			out = append(out, set(b, false))
		}
	}
	for _, at := range []*[]any{&l.Page.After, &l.Page.Before} {
		if *at != nil {
			out = append(out, set(at, nil))
		}
	}
	out = append(out, refCuts(l.Props)...)
	for i := range l.Order {
		o := &l.Order[i]
		if o.Prop != nil {
			out = append(out, filterCuts(&o.Prop.When)...)
		}
		if over, _ := o.Over(); over != nil {
			out = append(out, filterCuts(&over.Filter)...)
			if over.Prop != nil {
				out = append(out, filterCuts(&over.Prop.When)...)
			}
		}
	}
	for _, t := range l.Tallies {
		out = append(out, append(drops(&t.By), drops(&t.Measures)...)...)
		for i := range t.By {
			out = append(out, filterCuts(&t.By[i].Ref.When)...)
		}
		for i := range t.Measures {
			out = append(out, filterCuts(&t.Measures[i].Ref.When)...)
		}
	}
	for _, sel := range l.Nodes {
		out = append(out, refCuts(sel.Props)...)
		for _, below := range sel.Lists {
			out = append(out, listCuts(below)...)
		}
	}
	return out
}

func refCuts(refs []graph.Ref) []cut {
	var out []cut
	for i := range refs {
		out = append(out, filterCuts(&refs[i].When)...)
	}
	return out
}

// orderCut takes one key out of an order and of the cursors.
func orderCut(l *graph.List, i int) cut {
	return func() func() {
		order, page := l.Order, l.Page
		l.Order = slices.Delete(slices.Clone(order), i, i+1)
		for _, at := range []*[]any{&l.Page.After, &l.Page.Before} {
			if *at != nil {
				*at = slices.Delete(slices.Clone(*at), i, i+1)
			}
		}
		return func() { l.Order, l.Page = order, page }
	}
}

// filterCuts are no condition, or one of the conditions that it is made of.
func filterCuts(at **graph.Filter) []cut {
	f := *at
	if f == nil {
		return nil
	}
	out := []cut{set(at, nil)}
	parts := func(fs *[]*graph.Filter) {
		out = append(out, drops(fs)...)
		for i := range *fs {
			out = append(out, set(at, (*fs)[i]))
			out = append(out, partCuts(&(*fs)[i])...)
		}
	}
	switch {
	case f.And != nil:
		parts(&f.And)
	case f.Or != nil:
		parts(&f.Or)
	case f.Not != nil:
		out = append(append(out, set(at, f.Not)), partCuts(&f.Not)...)
	case f.Some != nil:
		out = append(out, filterCuts(&f.Some.Filter)...)
	case f.Every != nil:
		out = append(out, filterCuts(&f.Every.Filter)...)
	case f.Total != nil:
		out = append(append(out, filterCuts(&f.Total.Over.Filter)...), filterCuts(&f.Total.Over.When)...)
	case f.Kind != nil:
		out = append(out, filterCuts(&f.Of)...)
	case f.Test != nil:
		out = append(out, filterCuts(&f.Test.Ref.When)...)
	}
	return out
}

// partCuts are filterCuts of a filter that has to stay.
func partCuts(at **graph.Filter) []cut { return filterCuts(at)[1:] }
