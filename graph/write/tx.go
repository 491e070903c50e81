package write

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// Tx is what a store lends to Apply: a transaction that no other writer runs beside.
type Tx interface {
	// Read answers a fetch as graph.Store does, of what the transaction has written, too; but it follows names by Fetch.Leads alone. The
	// kinds of graph.Own may be asked for by their ids, and an External without a source is a key as it is stored.
	Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error)
	// Edges finds relationships by their keys; those that do not exist are left out.
	Edges(ctx context.Context, r *graph.Rel, keys []string) ([]Edge, error)
	// Mentioning gives entries of the feed behind a place in which any of these ids is, so many at most.
	Mentioning(ctx context.Context, ids []string, after int64, limit int) ([]graph.Entry, error)
	// Write carries changes out.
	Write(ctx context.Context, c *Changes) error
}

// Node is a node as it is stored. Key is the External.Key it was first seen under, or the mark of that.
type Node struct {
	ID, Key string
	Values  graph.Values // of all properties, hidden ones, too; none is nil
}

// Edge is a relationship as it is stored, by the ids of its ends.
type Edge struct {
	Key, From, To string
	Values        graph.Values
}

// Changes are what a transaction carries out at once. The store takes each list wholly before the next, in this order, so that a
// relationship may take the key of one that goes, and lead to a node that comes.
type Changes struct {
	GoneEdges    []*EdgeChange
	GoneWords    []Word // a word that is not there is no error
	GoneNodes    []*NodeChange
	NewNodes     []*NodeChange
	ChangedNodes []*NodeChange
	NewEdges     []*EdgeChange
	ChangedEdges []*EdgeChange
	NewWords     []Word         // nor is one that is there already
	NewEntry     *graph.Entry   // nil: none; it gets the next place of the feed
	Entries      []*graph.Entry // take the place of those that have theirs; of Place 0, of the newest
}

// Empty reports whether there is nothing to carry out.
func (c *Changes) Empty() bool {
	return len(c.GoneEdges)+len(c.GoneWords)+len(c.GoneNodes)+len(c.NewNodes)+len(c.ChangedNodes)+len(c.NewEdges)+len(c.ChangedEdges)+len(c.NewWords)+len(c.Entries) == 0 && c.NewEntry == nil
}

// A NodeChange is what becomes of one node. Each list of Changes has a node once.
type NodeChange struct {
	Kind   *graph.Kind
	Node          // Values of a new one are all it has; of one that changes those that do, nil taking one away
	NewKey string // empty: it keeps its key
}

// An EdgeChange is what becomes of one relationship, which is known by its key.
type EdgeChange struct {
	Rel *graph.Rel
	Edge
	NewKey string // empty: it keeps its key
}

// Columns are the physical columns of values, by name, with values string, int64, bool, []string or nil. Those of a property stand
// together: with nil all of them are.
func Columns(props []*graph.Property, v graph.Values) map[string]any {
	out := make(map[string]any, len(v)+4)
	for _, p := range props {
		x, given := v[p.Name]
		if !given {
			continue
		}
		for _, c := range p.Columns() {
			out[c] = nil
		}
		switch x := x.(type) {
		case nil:
		case string:
			out[p.Name] = x
			switch {
			case p.Type == graph.String:
				out[p.Folded()] = fold.Key(x)
			case p.Ranked():
				out[p.Rank()] = p.RankOf(x)
			}
		case graph.Money:
			out[p.Name], out[p.Currency()] = x.Amount, x.Currency
		case []graph.Version:
			from, known := graph.Settled(x)
			out[p.Name], out[graph.LastFrom], out[graph.LastKnown] = Kept{p.Of, x}, int64(from), int64(known)
		default:
			out[p.Name] = x
		}
	}
	return out
}

// Grouped does something with the elements of each group, in the order in which the groups come first.
func Grouped[T any, K comparable](all []T, by func(T) K, do func(K, []T) error) error {
	groups := map[K][]T{}
	var keys []K
	for _, v := range all {
		k := by(v)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], v)
	}
	for _, k := range keys {
		if err := do(k, groups[k]); err != nil {
			return err
		}
	}
	return nil
}

// pending are changes that are yet to be carried out, one of each thing.
type pending struct {
	Changes
	nodes map[string]*NodeChange // new ones and those that change, by id
	edges map[edgeID]*EdgeChange // those that change
	gone  map[edgeID]bool        // those that go
}

type edgeID struct {
	rel *graph.Rel
	key string
}

func newPending() *pending {
	return &pending{nodes: map[string]*NodeChange{}, edges: map[edgeID]*EdgeChange{}, gone: map[edgeID]bool{}}
}

// flush carries out what is pending, in one go.
func (a *applier) flush(ctx context.Context) error {
	p := a.pending
	if p.Empty() {
		return nil
	}
	a.told.begin(p)
	a.pending = newPending()
	return a.tx.Write(ctx, &p.Changes)
}

func (a *applier) addNode(k *graph.Kind, n Node) {
	c := &NodeChange{Kind: k, Node: n}
	a.pending.nodes[n.ID] = c
	a.pending.NewNodes = append(a.pending.NewNodes, c)
	a.touch(Change{Kind: k, NewNode: &n})
}

// changeNode changes values of a node, and its key if another is given.
func (a *applier) changeNode(k *graph.Kind, old Node, set graph.Values, newKey string) {
	c := a.pending.nodes[old.ID]
	if c == nil {
		c = &NodeChange{Kind: k, Node: Node{old.ID, old.Key, graph.Values{}}}
		a.pending.nodes[old.ID] = c
		a.pending.ChangedNodes = append(a.pending.ChangedNodes, c)
	}
	maps.Copy(c.Values, set)
	c.NewKey = cmp.Or(newKey, c.NewKey)
	a.touch(Change{Kind: k, OldNode: &old, NewNode: &Node{old.ID, cmp.Or(newKey, old.Key), merged(old.Values, set)}})
}

// dropNode has a node go, whatever was to change in it before.
func (a *applier) dropNode(k *graph.Kind, old Node) {
	if c := a.pending.nodes[old.ID]; c != nil {
		a.pending.ChangedNodes = slices.DeleteFunc(a.pending.ChangedNodes, func(other *NodeChange) bool { return other == c })
	}
	a.pending.GoneNodes = append(a.pending.GoneNodes, &NodeChange{Kind: k, Node: old})
	a.touch(Change{Kind: k, OldNode: &old})
}

func (a *applier) addEdge(r *graph.Rel, e Edge) {
	a.pending.NewEdges = append(a.pending.NewEdges, &EdgeChange{Rel: r, Edge: e})
	a.touch(Change{Rel: r, NewEdge: &e})
}

// changeEdge changes values of a relationship, and its key if another is given, unless it goes.
func (a *applier) changeEdge(r *graph.Rel, old Edge, set graph.Values, newKey string) {
	id := edgeID{r, old.Key}
	if a.pending.gone[id] {
		return
	}
	c := a.pending.edges[id]
	if c == nil {
		c = &EdgeChange{Rel: r, Edge: Edge{old.Key, old.From, old.To, graph.Values{}}}
		a.pending.edges[id] = c
		a.pending.ChangedEdges = append(a.pending.ChangedEdges, c)
	}
	maps.Copy(c.Values, set)
	c.NewKey = cmp.Or(newKey, c.NewKey)
	a.touch(Change{Rel: r, OldEdge: &old, NewEdge: &Edge{old.Key, old.From, old.To, merged(old.Values, set)}})
}

// dropEdge has a relationship go, whatever was to change in it before, and reports whether it was not to go already.
func (a *applier) dropEdge(r *graph.Rel, old Edge) bool {
	id := edgeID{r, old.Key}
	if a.pending.gone[id] {
		return false
	}
	a.pending.gone[id] = true
	if c := a.pending.edges[id]; c != nil {
		a.pending.ChangedEdges = slices.DeleteFunc(a.pending.ChangedEdges, func(other *EdgeChange) bool { return other == c })
	}
	a.pending.GoneEdges = append(a.pending.GoneEdges, &EdgeChange{Rel: r, Edge: old})
	a.touch(Change{Rel: r, OldEdge: &old})
	return true
}
