package bench

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/kithgraph/kith/graph"
)

// ErrOther is what Load gives for a store that holds something else than the world.
var ErrOther = errors.New("the store holds something else than this world")

// stampName is the external id of the product that is written last, and so says that the world is whole.
const stampName = "stamp "

// Loading says how far Load has come.
type Loading struct {
	Nodes, Edges int
	Took         time.Duration
}

// Rate is nodes and edges a second.
func (l Loading) Rate() float64 { return float64(l.Nodes+l.Edges) / l.Took.Seconds() }

// Load writes the world, unless it is there already; Loading is zero then. The store's NewID must be of NewIDs.
func Load(ctx context.Context, store graph.Store, cat *graph.Catalog, w *World, progress func(Loading)) (Loading, error) {
	var l Loading
	if err := store.Ready(ctx); err != nil {
		return l, err
	}
	stamp := w.Stamp(cat)
	whole, empty, err := holds(ctx, store, cat, stamp)
	if err != nil || whole {
		return l, err
	}
	if !empty {
		return l, ErrOther
	}
	start := time.Now()
	write := func(b *graph.Batch) error {
		report, err := store.Write(ctx, b)
		if err != nil {
			return err
		}
		l.Nodes, l.Edges, l.Took = l.Nodes+len(b.Nodes), l.Edges+len(b.Edges), time.Since(start)
		progress(l)
		return check(b, report)
	}
	for b := range w.Batches(cat) {
		if err := write(b); err != nil {
			return l, err
		}
	}
	last := &graph.Batch{Source: Source, Nodes: []graph.Upsert{{Kind: cat.MustKind("Product"), ID: stampName + stamp}}}
	_, err = store.Write(ctx, last)
	return l, err
}

// holds reports whether a store holds the world with the stamp, or nothing.
func holds(ctx context.Context, store graph.Store, cat *graph.Catalog, stamp string) (whole, empty bool, err error) {
	stamped := &graph.List{Key: "stamp", Rows: true, Nodes: []*graph.Selection{{Kind: cat.MustKind("Product")}},
		External: []graph.External{{Source: Source, ID: stampName + stamp}}}
	f := &graph.Fetch{Now: graph.At(End), Lists: []*graph.List{stamped}}
	for _, k := range cat.Kinds {
		f.Lists = append(f.Lists, &graph.List{Key: k.Name, Rows: true, Nodes: []*graph.Selection{{Kind: k}}, Page: graph.Page{Limit: 1}})
	}
	res, err := store.Read(ctx, f)
	if err != nil {
		return false, false, err
	}
	empty = true
	for _, l := range res.Lists {
		empty = empty && len(l.Rows) == 0
	}
	return len(res.Lists[0].Rows) > 0, empty, nil
}

// check sees to it that nodes have the ids that the requests will name.
func check(b *graph.Batch, report *graph.Report) error {
	for i, u := range b.Nodes {
		n, err := strconv.Atoi(u.ID)
		if err != nil {
			return err
		}
		if want := ID(u.Kind.Prefix, n); report.IDs[i] != want {
			return fmt.Errorf("%s %d has the id %s, not %s", u.Kind, n, report.IDs[i], want)
		}
	}
	return nil
}
