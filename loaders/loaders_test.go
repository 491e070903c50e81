package loaders

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// family answers with one child for each parent it knows.
type family struct {
	graph.Store
	mu    sync.Mutex
	reads [][]string
	err   error
}

func (s *family) Read(_ context.Context, f *graph.Fetch) (*graph.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := f.Lists[0]
	s.reads = append(s.reads, l.IDs)
	res := &graph.Result{Lists: make([]graph.ListResult, 1)}
	for _, id := range l.IDs {
		if id == "nobody" {
			continue
		}
		res.Lists[0].Rows = append(res.Lists[0].Rows, graph.Row{Sel: l.Nodes[0], ID: id,
			Lists: []graph.ListResult{{Rows: []graph.Row{{ID: "child of " + id}}}}})
	}
	return res, s.err
}

func TestSiblingsAreReadTogether(t *testing.T) {
	store := &family{}
	e := &Edges{Read: store.Read}
	list := &graph.List{Key: "children"}
	got := make([]*graph.ListResult, 3)
	var wg sync.WaitGroup
	for i, id := range []string{"a", "b", "nobody"} {
		wg.Go(func() {
			_, res, err := e.Load(context.Background(), "k", &graph.Kind{Name: "Person"}, id, list)
			assert.NoError(t, err)
			got[i] = res
		})
	}
	wg.Wait()
	require.Len(t, store.reads, 1, "one read for all siblings")
	assert.ElementsMatch(t, []string{"a", "b", "nobody"}, store.reads[0])
	assert.Equal(t, "child of a", got[0].Rows[0].ID)
	assert.Equal(t, "child of b", got[1].Rows[0].ID)
	assert.Empty(t, got[2].Rows)
}

func TestAnErrorReachesEverySibling(t *testing.T) {
	e := &Edges{Read: (&family{err: errors.New("down")}).Read}
	_, _, err := e.Load(context.Background(), "k", &graph.Kind{Name: "Person"}, "a", &graph.List{})
	require.ErrorContains(t, err, "down")
}
