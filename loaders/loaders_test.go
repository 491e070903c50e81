package loaders

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
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

// load loads ids side by side.
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
		name   string
		ids    []string // that are joined
		loaded []string
		want   [][]string
	}{
		{"all", []string{"a", "b", "c"}, []string{"a", "b", "c"}, [][]string{{"a", "b", "c"}}},
		{"one that several ask for, once", []string{"a", "b"}, []string{"a", "b", "a"}, [][]string{{"a", "b"}}},
		{"all, though one comes late or not at all", []string{"a", "b", "c"}, []string{"c"}, [][]string{{"a", "b", "c"}}},
		{"as many as one read takes", []string{"a", "b", "c", "d", "e"}, []string{"a", "e"}, [][]string{{"a", "b", "c", "d"}, {"e"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &read{}
			load(t, Join(c.ids, 4, r.read), c.loaded...)
			assert.ElementsMatch(t, c.want, r.asked)
		})
	}
}

func TestAnErrorReachesEveryId(t *testing.T) {
	j := Join([]string{"a", "b"}, 4, (&read{err: errors.New("down")}).read)
	for _, id := range []string{"a", "b"} {
		_, err := j.Load(t.Context(), id)
		assert.ErrorContains(t, err, "down")
	}
}
