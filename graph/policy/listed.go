package policy

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A listing is a fetch without what need not be asked of it: how many nodes there are of which it is known that they stand in lists.
type listing struct {
	*graph.Fetch
	of     []*graph.List // all of the guarded fetch
	counts []int64       // by list; below 0: it is asked for
	asks   []bool        // by list: anything else is
}

// answer asks the source for what of a guarded fetch is not known. planned are its lists before they were guarded.
func (g guarded) answer(ctx context.Context, planned []*graph.List, f *graph.Fetch) (*graph.Result, error) {
	if g.viewer.fewest() > 0 || !slices.ContainsFunc(planned, counted) {
		return g.source.Read(ctx, f)
	}
	x, res := listed(planned, f), &graph.Result{}
	if len(x.Lists) > 0 || f.Place {
		var err error
		if res, err = g.source.Read(ctx, x.Fetch); err != nil {
			return nil, err
		}
	}
	return x.whole(res), nil
}

// listed finds what need not be asked of a guarded fetch.
func listed(planned []*graph.List, f *graph.Fetch) *listing {
	x := &listing{f, f.Lists, make([]int64, len(f.Lists)), make([]bool, len(f.Lists))}
	var left []*graph.List
	for i, l := range f.Lists {
		x.counts[i], x.asks[i] = -1, true
		if i < len(planned) && counted(planned[i]) {
			x.counts[i] = int64(len(planned[i].Filter.Test.Value.([]any)))
			rest := *l
			rest.Tallies = nil
			l, x.asks[i] = &rest, l.Rows
		}
		if x.asks[i] {
			left = append(left, l)
		}
	}
	rest := *f
	x.Fetch, rest.Lists = &rest, left
	return x
}

// counted reports whether all tallies of a list count nodes that are known to stand in lists, and nothing else.
func counted(l *graph.List) bool {
	if l.Filter == nil || l.Filter.Test == nil || !l.Filter.Test.Listed {
		return false
	}
	for _, t := range l.Tallies {
		if !t.Plain() {
			return false
		}
	}
	return true
}

// whole is the answer with what was known.
func (x *listing) whole(res *graph.Result) *graph.Result {
	lists := make([]graph.ListResult, len(x.of))
	n := 0
	for i, l := range x.of {
		if x.asks[i] {
			lists[i] = res.Lists[n]
			n++
		}
		if x.counts[i] < 0 {
			continue
		}
		lists[i].Tallies = make([][]graph.TallyRow, len(l.Tallies))
		for j := range l.Tallies {
			lists[i].Tallies[j] = []graph.TallyRow{{Count: x.counts[i]}}
		}
	}
	out := *res
	out.Lists = lists
	return &out
}
