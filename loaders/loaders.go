// Package loaders joins reads: what several fields of one operation ask alike, each of a single id, is read once. It imports
// dataloadgen.
package loaders

import (
	"context"
	"time"

	"github.com/vikstrous/dataloadgen"
)

// wait is how long an id waits for others that do not come, since their fields were refused before they were to be read.
const wait = time.Millisecond

// Joined reads ids together. R is what is read, in which each finds its own.
type Joined[R any] struct {
	loader *dataloadgen.Loader[string, R]
}

// Join expects n different ids, and reads them when they all have come.
func Join[R any](n int, read func(ctx context.Context, ids []string) (R, error)) *Joined[R] {
	all := func(ctx context.Context, ids []string) ([]R, []error) {
		r, err := read(ctx, ids)
		out, errs := make([]R, len(ids)), make([]error, len(ids))
		for i := range ids {
			out[i], errs[i] = r, err
		}
		return out, errs
	}
	return &Joined[R]{dataloadgen.NewLoader(all, dataloadgen.WithWait(wait), dataloadgen.WithBatchCapacity(n))}
}

// Load gives what was read of an id together with others, once for each id.
func (j *Joined[R]) Load(ctx context.Context, id string) (R, error) { return j.loader.Load(ctx, id) }
