package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/kithgraph/kith/graph"
)

const (
	// leastKept is for how long changes are kept at least.
	leastKept = time.Minute
	// trimEvery is the time from one look for old changes to the next.
	trimEvery = 10 * time.Minute
)

// trim takes entries of the feed away when they are as old as they may be, until ctx is done. Several processes may do so.
func trim(ctx context.Context, store graph.Store, kept, every time.Duration, log *slog.Logger) {
	for {
		if err := store.Trim(ctx, graph.At(time.Now().Add(-kept))); err != nil && ctx.Err() == nil {
			log.Warn("old changes stay in the feed; trying again", "in", every.String(), "error", err)
		}
		select {
		case <-time.After(every):
		case <-ctx.Done():
			return
		}
	}
}
