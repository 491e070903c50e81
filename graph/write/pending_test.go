package write

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

func TestWhatGoesIsNotChangedAnyMore(t *testing.T) {
	a := &applier{pending: newPending()}
	kind, rel := catalog.MustKind("Location"), catalog.Rel("AFFECTS")
	node, other := Node{ID: "loc_1", Key: "a"}, Node{ID: "loc_2", Key: "b"}
	edge, stays := Edge{Key: "x", From: "hid_1", To: "loc_1"}, Edge{Key: "y", From: "hid_1", To: "loc_2"}
	for _, n := range []Node{node, other} {
		a.changeNode(kind, n, graph.Values{"name": nil}, "")
	}
	for _, e := range []Edge{edge, stays} {
		a.changeEdge(rel, e, graph.Values{}, "erased|1")
	}
	a.dropNode(kind, node)
	assert.True(t, a.dropEdge(rel, edge))
	assert.False(t, a.dropEdge(rel, edge), "it goes already")
	a.changeEdge(rel, edge, graph.Values{}, "erased|2")
	assert.Equal(t, []*NodeChange{{Kind: kind, Node: Node{ID: "loc_2", Key: "b", Values: graph.Values{"name": nil}}}}, a.pending.ChangedNodes)
	assert.Equal(t, []*EdgeChange{{Rel: rel, Edge: Edge{Key: "y", From: "hid_1", To: "loc_2", Values: graph.Values{}}, NewKey: "erased|1"}}, a.pending.ChangedEdges)
	assert.Len(t, a.pending.GoneNodes, 1)
	assert.Len(t, a.pending.GoneEdges, 1)
}
