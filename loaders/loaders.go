// Package loaders joins reads: what several fields of one operation ask alike, each of a single id, is read once. It imports
// dataloadgen.
package loaders

import (
	"context"
	"time"

	"github.com/vikstrous/dataloadgen"
)

// wait ends a batch that is not full: the last of more ids than one read takes. All others are, as the first field asks for all ids.
const wait = 100 * time.Millisecond

// Joined reads ids together. R is what is read, in which each finds its own.
type Joined[R any] struct {
	ids    []string
	loader *dataloadgen.Loader[string, R]
}

// Join reads all of the ids, which are different, when the first is loaded: so many at most in one read.
func Join[R any](ids []string, most int, read func(ctx context.Context, ids []string) (R, error)) *Joined[R] {
	all := func(ctx context.Context, ids []string) ([]R, []error) {
		r, err := read(ctx, ids)
		out, errs := make([]R, len(ids)), make([]error, len(ids))
		for i := range ids {
			out[i], errs[i] = r, err
		}
		return out, errs
	}
	return &Joined[R]{ids, dataloadgen.NewLoader(all, dataloadgen.WithWait(wait), dataloadgen.WithBatchCapacity(min(len(ids), most)))}
}

// Load gives what was read of an id together with others.
func (j *Joined[R]) Load(ctx context.Context, id string) (R, error) {
	for _, other := range j.ids {
		j.loader.LoadThunk(ctx, other)
	}
	return j.loader.Load(ctx, id)
}
