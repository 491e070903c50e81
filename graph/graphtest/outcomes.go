package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// outcomes is about what a batch says of each of its elements.
func outcomes(t *testing.T, x *fixture) {
	x.node("Customer", "ann", "name", "Ann")
	x.node("Order", "o1", "number", "1")
	x.node("Product", "pump")
	x.link("o1", "CONTAINS", "pump", "quantity", 1)
	r := x.write(t)
	assert.Equal(t, []graph.Outcome{graph.Created, graph.Created, graph.Created}, r.Nodes)
	assert.Equal(t, []graph.Outcome{graph.Created}, r.Edges)
	x.node("Customer", "ann", "name", "Ann")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Order", "o1", "number", "2")
	x.node("Customer", "bob", "name", "Bob")
	x.node("Product", "valve")
	x.link("o1", "CONTAINS", "pump", "quantity", 1)
	x.link("o1", "CONTAINS", "valve", "quantity", 1)
	x.link("o1", "CONTAINS", "valve", "quantity", 2)
	r = x.write(t)
	assert.Equal(t, []graph.Outcome{graph.Unchanged, graph.Created, graph.Changed, graph.Folded, graph.Created}, r.Nodes)
	assert.Equal(t, []graph.Outcome{graph.Unchanged, graph.Created, graph.Folded}, r.Edges)
	x.link("o1", "CONTAINS", "pump", "quantity", 3)
	assert.Equal(t, []graph.Outcome{graph.Changed}, x.write(t).Edges)
	x.node("Account", "acme", "name", "Acme")
	x.batch.Erase = []graph.Erasure{{Person: x.ids["ann"]}}
	x.write(t)
	x.link("ann", "WORKS_AT", "acme", "title", "Queen")
	assert.Equal(t, []graph.Outcome{graph.LeftOut}, x.write(t).Edges)
}
