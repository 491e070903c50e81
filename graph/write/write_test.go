package write

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

var catalog = func() *graph.Catalog {
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		panic(err)
	}
	return cat
}()

// idle is a Tx that holds nothing, and notes what it is asked and told.
type idle struct {
	read  []*graph.Fetch
	wrote []*Changes
	found map[*graph.List][]graph.Row // by the list that they answer
}

func (i *idle) Read(_ context.Context, f *graph.Fetch) (*graph.Result, error) {
	i.read = append(i.read, f)
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, graph.ListResult{Rows: i.found[l]})
	}
	return res, nil
}

func (i *idle) Edges(context.Context, *graph.Rel, []string) ([]Edge, error) { return nil, nil }

func (i *idle) Mentioning(context.Context, []string, int64, int) ([]graph.Entry, error) {
	return nil, nil
}

func (i *idle) Write(_ context.Context, c *Changes) error {
	i.wrote = append(i.wrote, c)
	return nil
}

// applying is an applier that has nothing to apply yet.
func applying() (*applier, *idle) {
	tx := &idle{}
	a := &applier{cat: catalog, tx: tx, batch: &graph.Batch{Source: "test"}, host: Host{Now: 100}, now: 100, report: &graph.Report{}, pending: newPending(), stamped: map[string]bool{}}
	toldChanges(a)
	return a, tx
}

// row answers a selection: values are those of the selection's properties, by name.
func row(sel *graph.Selection, id string, v graph.Values, lists ...graph.ListResult) graph.Row {
	r := graph.Row{Sel: sel, ID: id, Props: make([]any, len(sel.Props)), Lists: lists}
	for i, ref := range sel.Props {
		r.Props[i] = v[ref.Prop.Name]
	}
	return r
}

func TestWhatABatchLogsWithOneNewNodeIsReadAndWrittenOnce(t *testing.T) {
	k, tx := catalog.MustKind("Interaction"), &idle{}
	b := &graph.Batch{Source: "test", Once: &graph.Once{Key: "k", Hash: "h"}, Nodes: []graph.Upsert{{Kind: k, ID: "i", Set: graph.Values{"kind": "CALL"}}}}
	r, err := Apply(t.Context(), catalog, tx, b, Host{NewID: func(p string) string { return p + "_1" }, Now: 7, Mark: func(s string) string { return s }})
	require.NoError(t, err)
	require.Equal(t, &graph.Report{IDs: []string{"int_1"}, Nodes: []graph.Outcome{graph.Created}, NodesCreated: 1}, r)
	require.Len(t, tx.read, 1)
	require.Len(t, tx.wrote, 1)
	require.Len(t, tx.wrote[0].NewNodes, 2, "the node, and what keeps the batch from being applied again")
	require.Equal(t, &graph.Entry{At: 7, Nodes: []graph.TouchedNode{{Kind: k, ID: "int_1", How: graph.Created}}}, tx.wrote[0].NewEntry, "the feed is told along with it")
}
