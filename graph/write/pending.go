package write

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

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
