package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
)

// past measures what it takes to read a page of deals as they were, beside as they are: by turns, so that what else the machine does is in both.
func (m *measured) past(ctx context.Context, times int) error {
	k := m.cat.MustKind("Deal")
	before := graph.At(bench.End)
	page := func(at *graph.Moment) *graph.Fetch {
		ref := func(name string) graph.Ref {
			r := graph.Ref{Prop: k.Property(name)}
			if r.Prop.Versions != nil {
				r.At = at
			}
			return r
		}
		sel := &graph.Selection{Kind: k, Props: []graph.Ref{ref("name"), ref("stage"), ref("amount"), ref("expectedClose")}}
		return &graph.Fetch{Now: graph.At(time.Now()), Memo: &graph.Memo{}, Lists: []*graph.List{{Key: "deals", Rows: true, Nodes: []*graph.Selection{sel}, Page: graph.Page{Limit: 50}}}}
	}
	fetches := []*graph.Fetch{page(nil), page(&graph.Moment{At: &before})}
	took := make([][]time.Duration, len(fetches))
	for i := range times + 1 {
		for j, f := range fetches {
			began := time.Now()
			if _, err := m.store.Read(ctx, f); err != nil {
				return err
			}
			if i > 0 { // the first may have to be planned
				took[j] = append(took[j], time.Since(began))
			}
		}
	}
	for j, name := range []string{"a page of 50 deals read", "the same as they were"} {
		slices.Sort(took[j])
		ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
		fmt.Fprintf(m.out, "%s\t%s\t%.2f\t%.2f\t\t1\t\n", m.name, name, ms(took[j][len(took[j])/2]), ms(took[j][0]))
	}
	return nil
}
