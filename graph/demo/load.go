package demo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Load writes the world into a store. It may be repeated, also on a later day, and after it was broken off: what is there already
// stays, and so does what was changed here. The progress, which may be nil, is told how many of all elements are written. The error is
// Conflict where the store holds the world of another seed, else the store's; the batches before it stay written.
func Load(ctx context.Context, store graph.Store, cat *graph.Catalog, seed uint64, now time.Time, progress func(done, total int)) (*graph.Report, error) {
	batches := Batches(cat, seed, now)
	done, total := 0, 0
	for _, b := range batches {
		total += len(b.Nodes) + len(b.Edges)
	}
	report := &graph.Report{}
	write := func(b *graph.Batch) error {
		r, err := store.Write(ctx, b)
		if err != nil {
			return fmt.Errorf("write the demonstration world: %w", err)
		}
		report.Add(r)
		return nil
	}
	switch err := write(mark(ofSeed, seed)); {
	case errors.Is(err, graph.ErrKeyUsed):
		_, other, err := In(ctx, store, cat, now)
		if err != nil {
			return report, err
		}
		return report, &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf("the store holds the demonstration world of seed %d, and it can hold one: it is not that of seed %d", other, seed)}
	case err != nil:
		return report, err
	}
	for _, b := range batches {
		if err := write(b); err != nil {
			return report, err
		}
		done += len(b.Nodes) + len(b.Edges)
		if progress != nil {
			progress(done, total)
		}
	}
	if err := write(mark(onceWhole, seed)); err != nil {
		return report, err
	}
	return report, write(mark(whole(now), seed))
}

// ofSeed is the key of the mark that says which seed the world in a store is of.
const ofSeed = "demo/seed"

// onceWhole is the key of the mark that says that a store has held a whole world.
const onceWhole = "demo/whole"

// whole is the key of the mark that says that a store holds the whole world of a day.
func whole(now time.Time) string { return "demo/whole/" + now.UTC().Format(time.DateOnly) }

// mark is a batch that leaves nothing but its key.
func mark(key string, seed uint64) *graph.Batch {
	return &graph.Batch{Source: Source, Once: &graph.Once{Key: key, Hash: strconv.FormatUint(seed, 10)}}
}

// Held says how much of a world a store holds.
type Held int

// A store holds nothing of a world; a part of one, whose loading was broken off; the whole of another day's; or the whole.
const (
	Nothing Held = iota
	Unfinished
	Older
	Whole
)

func (h Held) String() string {
	return [...]string{"nothing", "a part, whose loading was broken off", "that of another day", "the whole"}[h]
}

// In tells how much a store holds of the world as it stands at now, and the seed that this is of: Seed where the store does not say.
func In(ctx context.Context, store graph.Store, cat *graph.Catalog, now time.Time) (held Held, seed uint64, err error) {
	products := cat.MustKind("Product")
	marked := []*graph.Selection{{Kind: graph.Applied, Props: []graph.Ref{{Prop: graph.Applied.Property(graph.AppliedHash)}}}}
	res, err := store.Read(ctx, &graph.Fetch{Now: graph.At(now), Lists: []*graph.List{
		{Key: "seed", IDs: []string{ofSeed}, Rows: true, Nodes: marked},
		{Key: "whole", IDs: []string{whole(now)}, Rows: true, Nodes: marked},
		{Key: "once", IDs: []string{onceWhole}, Rows: true, Nodes: marked},
		{Key: "first", External: []graph.External{{Source: Source, ID: "pro-01"}}, Rows: true, Nodes: []*graph.Selection{{Kind: products}}}, // of a world from before there were marks
	}})
	if err != nil {
		return Nothing, 0, err
	}
	rows := func(list int) []graph.Row { return res.Lists[list].Rows }
	seed = Seed
	if len(rows(0)) > 0 {
		text, _ := rows(0)[0].Props[0].(string)
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			return Nothing, 0, fmt.Errorf("the mark of the demonstration world's seed: %w", err)
		}
	}
	switch {
	case len(rows(1)) > 0:
		return Whole, seed, nil
	case len(rows(2)) > 0:
		return Older, seed, nil
	case len(rows(0)) > 0, len(rows(3)) > 0:
		return Unfinished, seed, nil
	}
	return Nothing, seed, nil
}
