package loaders

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// read notes what it is asked, and answers with it.
type read struct {
	mu    sync.Mutex
	asked [][]string
	err   error
}

func (r *read) read(_ context.Context, ids []string) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, ids)
	return ids, r.err
}

// load loads all ids side by side.
func load(t *testing.T, j *Joined[[]string], ids ...string) {
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			got, err := j.Load(t.Context(), id)
			assert.NoError(t, err)
			assert.Contains(t, got, id)
		})
	}
	all.Wait()
}

func TestIdsAreReadTogether(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		ids  []string
		want []string
	}{
		{"all that were expected", 3, []string{"a", "b", "c"}, []string{"a", "b", "c"}},
		{"one that several ask for, once", 2, []string{"a", "b", "a"}, []string{"a", "b"}},
		{"without those that do not come", 3, []string{"a", "b"}, []string{"a", "b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &read{}
			load(t, Join(c.n, r.read), c.ids...)
			require.Len(t, r.asked, 1)
			assert.ElementsMatch(t, c.want, r.asked[0])
		})
	}
}

func TestAnErrorReachesEveryId(t *testing.T) {
	j := Join(2, (&read{err: errors.New("down")}).read)
	var all sync.WaitGroup
	for _, id := range []string{"a", "b"} {
		all.Go(func() {
			_, err := j.Load(t.Context(), id)
			assert.ErrorContains(t, err, "down")
		})
	}
	all.Wait()
}
