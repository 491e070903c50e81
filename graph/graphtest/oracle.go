package graphtest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
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
func (o *Oracle) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := inTime(ctx); err != nil {
		return nil, err
	}
	next := o.state.copy()
	report, err := write.Apply(ctx, o.catalog, next, b, write.Host{NewID: o.newID, Now: Now, Mark: Mark})
	if err != nil {
		return nil, err
	}
	o.state = next
	return report, nil
}

// Read implements graph.Store.
func (o *Oracle) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := inTime(ctx); err != nil {
		return nil, err
	}
	r := &reading{state: o.state, fetch: f}
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, r.list(l, nil))
	}
	if r.err != nil {
		return nil, r.err
	}
	return res, nil
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
}

type node struct {
	kind *graph.Kind
	write.Node
}

type edge struct {
	rel *graph.Rel
	write.Edge
}

func (s *state) copy() *state {
	c := &state{slices.Clone(s.nodes), slices.Clone(s.edges)}
	for i := range c.nodes {
		c.nodes[i].Columns = changed(nil, c.nodes[i].Columns)
	}
	for i := range c.edges {
		c.edges[i].Columns = changed(nil, c.edges[i].Columns)
	}
	return c
}

// changed are columns with others put in. Nil takes one out.
func changed(old, over write.Columns) write.Columns {
	c := write.Columns{}
	for _, from := range []write.Columns{old, over} {
		for name, v := range from {
			if c[name] = v; v == nil {
				delete(c, name)
			}
		}
	}
	return c
}

func (s *state) Nodes(_ context.Context, k *graph.Kind, keys []string) (out []write.Node, err error) {
	for _, n := range s.nodes {
		if n.kind == k && slices.Contains(keys, n.Key) {
			out = append(out, n.Node)
		}
	}
	return out, nil
}

func (s *state) NodesAt(_ context.Context, k *graph.Kind, ids []string) (out []write.Node, err error) {
	for _, n := range s.nodes {
		if n.kind == k && slices.Contains(ids, n.ID) {
			out = append(out, n.Node)
		}
	}
	return out, nil
}

func (s *state) Edges(_ context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	for _, e := range s.edges {
		if e.rel == r && slices.Contains(keys, e.Key) {
			out = append(out, e.Edge)
		}
	}
	return out, nil
}

func (s *state) EdgesAt(_ context.Context, r *graph.Rel, out bool, ids []string) (found []write.Edge, err error) {
	for _, e := range s.edges {
		if e.rel == r && (out && slices.Contains(ids, e.From) || !out && slices.Contains(ids, e.To)) {
			found = append(found, e.Edge)
		}
	}
	return found, nil
}

func (s *state) InsertNodes(_ context.Context, k *graph.Kind, nodes []write.Node) error {
	for _, n := range nodes {
		s.nodes = append(s.nodes, node{k, n})
	}
	return nil
}

func (s *state) UpdateNodes(_ context.Context, k *graph.Kind, nodes []write.Node) error {
	for _, n := range nodes {
		for i, old := range s.nodes {
			if old.kind == k && old.ID == n.ID {
				s.nodes[i].Columns, s.nodes[i].Key = rekeyed(changed(old.Columns, n.Columns), old.Key)
			}
		}
	}
	return nil
}

func (s *state) InsertEdges(_ context.Context, r *graph.Rel, edges []write.Edge) error {
	for _, e := range edges {
		s.edges = append(s.edges, edge{r, e})
	}
	return nil
}

func (s *state) UpdateEdges(_ context.Context, r *graph.Rel, edges []write.Edge) error {
	for _, e := range edges {
		for i, old := range s.edges {
			if old.rel == r && old.Key == e.Key {
				s.edges[i].Columns, s.edges[i].Key = rekeyed(changed(old.Columns, e.Columns), old.Key)
			}
		}
	}
	return nil
}

func (s *state) DeleteEdges(_ context.Context, r *graph.Rel, keys []string) error {
	s.edges = slices.DeleteFunc(s.edges, func(e edge) bool { return e.rel == r && slices.Contains(keys, e.Key) })
	return nil
}

// Words does nothing: a search looks at the values themselves.
func (s *state) Words(context.Context, []write.Word, []write.Word) error { return nil }

// rekeyed takes another key out of columns, if there is one.
func rekeyed(c write.Columns, key string) (write.Columns, string) {
	if v, ok := c[write.KeyColumn].(string); ok {
		key = v
		delete(c, write.KeyColumn)
	}
	return c, key
}

func (s *state) DeleteNodes(_ context.Context, k *graph.Kind, ids []string) error {
	s.nodes = slices.DeleteFunc(s.nodes, func(n node) bool { return n.kind == k && slices.Contains(ids, n.ID) })
	return nil
}

func (s *state) Mentioning(_ context.Context, k *graph.Kind, texts []string) (out []write.Node, err error) {
	for _, n := range s.nodes {
		if n.kind == k && mentions(k.Properties, n.Columns, texts) {
			out = append(out, n.Node)
		}
	}
	return out, nil
}

func (s *state) EdgesMentioning(_ context.Context, r *graph.Rel, texts []string) (out []write.Edge, err error) {
	for _, e := range s.edges {
		if e.rel == r && mentions(r.Properties, e.Columns, texts) {
			out = append(out, e.Edge)
		}
	}
	return out, nil
}

func mentions(props []*graph.Property, c write.Columns, texts []string) bool {
	return slices.ContainsFunc(props, func(p *graph.Property) bool {
		have, ok := c[p.Name].(string)
		return ok && p.Type == graph.String && slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(fold.Loose(have), text) })
	})
}
