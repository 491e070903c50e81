// Package loaders reads the edges of nodes that came without them: the payload of a mutation, an event of a
// subscription, the result of an analytic. What is reached through a planned root never gets here. It imports graph and
// dataloadgen.
package loaders

import (
	"context"
	"sync"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/kithgraph/kith/graph"
)

// wait is how long a batch is collected. gqlgen resolves siblings side by side, so that they meet within it.
const wait = time.Millisecond

// Most nodes in one batch.
const maxBatch = 200

// Edges reads edges of many nodes by one fetch for each key. It belongs to one operation.
type Edges struct {
	Read func(context.Context, *graph.Fetch) (*graph.Result, error)
	Now  graph.Time

	mu      sync.Mutex
	loaders map[string]*dataloadgen.Loader[string, *graph.Row]
}

// Load reads list for the node of the kind with the id. What is asked under one key must be the same list; the first
// stands for all. A node that does not exist has no rows.
func (e *Edges) Load(ctx context.Context, key string, kind *graph.Kind, id string, list *graph.List) (*graph.List, *graph.ListResult, error) {
	row, err := e.loader(key, kind, list).Load(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if row == nil {
		return list, &graph.ListResult{Tallies: make([][]graph.TallyRow, len(list.Tallies))}, nil
	}
	return row.Sel.Lists[0], &row.Lists[0], nil
}

func (e *Edges) loader(key string, kind *graph.Kind, list *graph.List) *dataloadgen.Loader[string, *graph.Row] {
	e.mu.Lock()
	defer e.mu.Unlock()
	key = kind.Name + "." + key
	if l := e.loaders[key]; l != nil {
		return l
	}
	if e.loaders == nil {
		e.loaders = map[string]*dataloadgen.Loader[string, *graph.Row]{}
	}
	l := dataloadgen.NewLoader(func(ctx context.Context, ids []string) ([]*graph.Row, []error) {
		rows, err := e.read(ctx, kind, ids, list)
		if err != nil {
			return nil, []error{err}
		}
		return rows, nil
	}, dataloadgen.WithWait(wait), dataloadgen.WithBatchCapacity(maxBatch))
	e.loaders[key] = l
	return l
}

// read gives the rows in the order of the ids, nil for those that do not exist.
func (e *Edges) read(ctx context.Context, kind *graph.Kind, ids []string, list *graph.List) ([]*graph.Row, error) {
	res, err := e.Read(ctx, &graph.Fetch{Now: e.Now, Lists: []*graph.List{{
		Key: kind.Name, IDs: ids, Rows: true, Nodes: []*graph.Selection{{Kind: kind, Lists: []*graph.List{list}}},
	}}})
	if err != nil {
		return nil, err
	}
	byID := map[string]*graph.Row{}
	for i := range res.Lists[0].Rows {
		byID[res.Lists[0].Rows[i].ID] = &res.Lists[0].Rows[i]
	}
	rows := make([]*graph.Row, len(ids))
	for i, id := range ids {
		rows[i] = byID[id]
	}
	return rows, nil
}
