package graphtest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Oracle is a graph.Store in memory that does what the contract says in the plainest way: it looks at everything, one
// node after the other. Stores are compared with it.
type Oracle struct {
	catalog *graph.Catalog
	newID   func(prefix string) string

	mu    sync.Mutex
	state *state
}

var _ graph.Store = (*Oracle)(nil)

// NewOracle is an empty graph. newID gives a new id for a prefix; write.RandomID if nil.
func NewOracle(cat *graph.Catalog, newID func(prefix string) string) *Oracle {
	if newID == nil {
		newID = write.RandomID
	}
	return &Oracle{catalog: cat, newID: newID, state: &state{}}
}

// Write implements graph.Store.
func (o *Oracle) Write(ctx context.Context, b *graph.Batch) (report *graph.Report, err error) {
	err = o.Within(ctx, func(tx write.Tx) error {
		report, err = write.Apply(ctx, o.catalog, tx, b, write.Host{NewID: o.newID, Now: Now, Mark: Mark})
		return err
	})
	if err != nil {
		return nil, err
	}
	return report, nil
}

// Within implements Writer.
func (o *Oracle) Within(ctx context.Context, do func(write.Tx) error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := inTime(ctx); err != nil {
		return err
	}
	next := o.state.copy()
	if err := do(ofOracle{next, o}); err != nil {
		return err
	}
	o.state = next
	return nil
}

// Read implements graph.Store.
func (o *Oracle) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := inTime(ctx); err != nil {
		return nil, err
	}
	res, err := (&reading{state: o.state, fetch: f, brought: f.Bringing(), follows: true}).all()
	if err == nil && f.Place {
		res.Place = o.state.last
	}
	return res, err
}

// Explain implements graph.Store. There are no statements.
func (o *Oracle) Explain(ctx context.Context, _ *graph.Fetch) ([]graph.Explanation, error) {
	return nil, inTime(ctx)
}

// Ready implements graph.Store.
func (o *Oracle) Ready(ctx context.Context) error { return inTime(ctx) }

// Close implements graph.Store.
func (o *Oracle) Close() error { return nil }

func inTime(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return &graph.Error{Code: graph.Timeout, Message: "the request was given up", Err: err}
	}
	return nil
}

// state is a graph, and a write.Tx on itself.
type state struct {
	nodes []node
	edges []edge
	feed  []keptEntry
	last  int64 // place of the feed
}

type node struct {
	kind *graph.Kind
	write.Node
}

// led reports whether an id is the node's, or leads to it.
func (n *node) led(id string) bool {
	former, _ := n.Values[graph.FormerIDs].([]string)
	return id == n.ID || slices.Contains(former, id)
}

// from reports whether a node comes from a row of a source. Without a source it is the key under which it was first seen.
func (n *node) from(e graph.External) bool {
	further, _ := n.Values[graph.FurtherKeys].([]string)
	return e.Key() == n.Key || e.Source != "" && slices.Contains(further, e.Key())
}

type edge struct {
	rel *graph.Rel
	write.Edge
}

// copy is a state of its own. Values are never changed in place.
func (s *state) copy() *state {
	return &state{slices.Clone(s.nodes), slices.Clone(s.edges), slices.Clone(s.feed), s.last}
}

// changed are values with others put in. Nil takes one out.
func changed(old, over graph.Values) graph.Values {
	v := maps.Clone(old)
	maps.Copy(v, over)
	maps.DeleteFunc(v, func(_ string, x any) bool { return x == nil })
	return v
}

// Read implements write.Tx.
func (s *state) Read(_ context.Context, f *graph.Fetch) (*graph.Result, error) {
	return (&reading{state: s, fetch: f, brought: f.Bringing()}).all()
}

func (r *reading) all() (*graph.Result, error) {
	res := &graph.Result{}
	for _, l := range r.fetch.Lists {
		res.Lists = append(res.Lists, r.list(l, nil))
	}
	if r.err != nil {
		return nil, r.err
	}
	return res, nil
}

// Edges implements write.Tx.
func (s *state) Edges(_ context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	for _, e := range s.edges {
		if e.rel == r && slices.Contains(keys, e.Key) {
			out = append(out, e.Edge)
		}
	}
	return out, nil
}

// Write implements write.Tx. It keeps no words: a search looks at the values themselves.
func (s *state) Write(_ context.Context, c *write.Changes) error {
	nodeAt := func(c *write.NodeChange) int {
		return slices.IndexFunc(s.nodes, func(n node) bool { return n.kind == c.Kind && n.ID == c.ID })
	}
	edgeAt := func(c *write.EdgeChange) int {
		return slices.IndexFunc(s.edges, func(e edge) bool { return e.rel == c.Rel && e.Key == c.Key })
	}
	for _, e := range c.GoneEdges {
		i := edgeAt(e)
		s.edges = slices.Delete(s.edges, i, i+1)
	}
	for _, n := range c.GoneNodes {
		i := nodeAt(n)
		s.nodes = slices.Delete(s.nodes, i, i+1)
	}
	for _, n := range c.NewNodes {
		s.nodes = append(s.nodes, node{n.Kind, write.Node{ID: n.ID, Key: n.Key, Values: changed(n.Values, nil)}})
	}
	for _, n := range c.ChangedNodes {
		old := &s.nodes[nodeAt(n)]
		old.Values, old.Key = changed(old.Values, n.Values), cmp.Or(n.NewKey, old.Key)
	}
	for _, e := range c.NewEdges {
		s.edges = append(s.edges, edge{e.Rel, write.Edge{Key: e.Key, From: e.From, To: e.To, Values: changed(e.Values, nil)}})
	}
	for _, e := range c.ChangedEdges {
		old := &s.edges[edgeAt(e)]
		old.Values, old.Key = changed(old.Values, e.Values), cmp.Or(e.NewKey, old.Key)
	}
	s.tell(c)
	return nil
}
