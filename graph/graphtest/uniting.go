package graphtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// uniting is about rows that say which nodes are the same.
func uniting(t *testing.T, x *fixture) {
	x.node("Customer", "gone", "name", "Gone Away")
	x.write(t)
	x.batch.Erase = []graph.Erasure{{Person: x.ids["gone"], Keep: kept}}
	x.write(t)
	unite := func(name string, also []graph.External, pairs ...any) {
		x.also("Customer", name, also, pairs...)
		x.batch.Nodes[len(x.batch.Nodes)-1].Unites = true
	}
	own := func(id string) graph.External { return graph.External{Source: source, ID: id} }
	t.Run("of nobody yet there it is one that is new", func(t *testing.T) {
		unite("ann", []graph.External{crm("1")}, "name", "Ann")
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(x.write(t)))
		assert.Equal(t, "ann", x.from(t, "Customer", crm("1")))
		unite("bob", nil, "name", "Bob")
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(x.write(t)), "by one name alone, too")
	})
	t.Run("of somebody who was erased it is of her, and nobody comes back", func(t *testing.T) {
		unite("gone", []graph.External{crm("gone")}, "name", "Gone Away")
		report := x.write(t)
		assert.Equal(t, []string{x.ids["gone"]}, report.IDs)
		assert.Zero(t, report.NodesCreated)
		assert.Equal(t, []any{nil}, x.props(t, "gone", "Customer.name"))
	})
	t.Run("nodes that the batch makes become one", func(t *testing.T) {
		x.node("Customer", "c1", "name", "Cleo")
		x.node("Customer", "c2", "phone", "1")
		unite("c1", []graph.External{own("c2")}, "email", "cleo@example.com")
		report := x.write(t)
		assert.Equal(t, graph.Report{NodesCreated: 1}, counts(report))
		assert.Equal(t, report.IDs[0], report.IDs[1])
		assert.Equal(t, []any{"Cleo", "1", "cleo@example.com"}, x.props(t, "c1", "Customer.name", "Customer.phone", "Customer.email"))
		assert.Equal(t, []graph.External{own("c1"), own("c2")}, x.keys(t, "c1"))
	})
	t.Run("one that the batch makes becomes one with one that is there, in whichever order they are named", func(t *testing.T) {
		x.node("Customer", "new", "name", "Annabel")
		unite("new", []graph.External{crm("1"), own("bob")}, "email", "ann@example.com")
		x.link("new", "REPORTS_TO", "c1", "kind", "LINE")
		report := x.write(t)
		assert.Equal(t, graph.Report{NodesChanged: 1, NodesRemoved: 1, EdgesCreated: 1}, counts(report))
		x.names[report.IDs[0]] = "ann"
		x.ids["ann"] = report.IDs[0]
		assert.Equal(t, []any{"Annabel", "ann@example.com"}, x.props(t, "ann", "Customer.name", "Customer.email"))
		assert.Equal(t, "ann", x.from(t, "Customer", own("new"), own("bob"), crm("1"), own("ann")))
		names, _ := x.edgesOf(t, "ann", "Customer.managers")
		assert.Len(t, strings.Fields(names), 1)
	})
}

// manyMoved is about a node that goes with more relationships than are moved at a time.
func manyMoved(t *testing.T, x *fixture) {
	const many = 1100
	x.node("Customer", "ann")
	x.node("Customer", "twin")
	for i := range many {
		name := fmt.Sprint("o", i)
		x.node("Order", name)
		x.link(name, "PLACED_BY", "twin")
	}
	x.node("Product", "pump")
	x.write(t)
	x.merge("twin", "ann")
	report := x.write(t)
	assert.Equal(t, graph.Report{NodesChanged: 1, NodesRemoved: 1, EdgesChanged: many}, counts(report))
	assert.Equal(t, int64(many), x.groups(t, x.all("Order", where(x.some("Order.placedBy", x.is("ann"))), counting(&graph.Tally{})))[0].Count)
}

// takenOver is about what a node takes over besides values: what was changed here, and what was before.
func takenOver(t *testing.T, x *fixture) {
	load := func(name string, pairs ...any) *graph.Report {
		x.node("Customer", name, pairs...)
		x.batch.Loads = true
		return x.write(t)
	}
	load("twin", "name", "A. Albers", "email", "old@example.com", "phone", "1")
	load("ann", "name", "Ann Albers")
	x.node("Customer", "twin", "email", "ann@example.com")
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "other", "name", "Acme again", "accountStage", "PROSPECT")
	x.write(t)
	x.node("Account", "other", "accountStage", "CUSTOMER")
	x.write(t)
	before := x.hidden(t, "other", graph.VersionsOf)
	x.merge("twin", "ann")
	x.merge("other", "acme")
	x.write(t)
	t.Run("what somebody changed is not taken back by the next load, and what nobody changed is the source's", func(t *testing.T) {
		assert.Equal(t, graph.Report{NodesChanged: 1, Kept: 1}, counts(load("twin", "email", "old@example.com", "phone", "2")))
		assert.Equal(t, []any{"ann@example.com", "2"}, x.props(t, "ann", "Customer.email", "Customer.phone"))
	})
	t.Run("a value has been what it was", func(t *testing.T) {
		assert.NotEmpty(t, before[0])
		assert.Equal(t, before, x.hidden(t, "acme", graph.VersionsOf))
	})
	t.Run("nor is it taken back by a load that has the two be one", func(t *testing.T) {
		load("c2", "email", "old@example.com")
		load("c1", "name", "Cleo")
		x.node("Customer", "c2", "email", "cleo@example.com")
		x.write(t)
		x.also("Customer", "c1", []graph.External{{Source: source, ID: "c2"}}, "email", "old@example.com")
		x.batch.Nodes[0].Unites, x.batch.Loads = true, true
		assert.Equal(t, 1, x.write(t).Kept)
		assert.Equal(t, []any{"cleo@example.com"}, x.props(t, "c1", "Customer.email"))
	})
}
