package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// loads is about what was changed here between two loads of a source.
func loads(t *testing.T, x *fixture) {
	load := func(pairs ...any) *graph.Report {
		x.node("Customer", "ann", pairs...)
		x.batch.Loads = true
		return x.write(t)
	}
	look := func() []any { return x.props(t, "ann", "Customer.name", "Customer.phone", "Customer.updatedAt") }
	load("name", "Ann Low", "phone", "1", "email", "ann@low.example")
	before := look()
	t.Run("loading the same again changes nothing", func(t *testing.T) {
		assert.Equal(t, graph.Report{}, counts(load("name", "Ann Low", "phone", "1")))
		assert.Equal(t, before, look())
	})
	t.Run("what somebody changes here is not taken back, and the load changes nothing", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann High")
		x.write(t)
		changed := look()
		assert.Equal(t, graph.Report{Kept: 1}, counts(load("name", "Ann Low", "phone", "1")))
		assert.Equal(t, changed, look())
	})
	t.Run("nor by another value of the source, which changes what nobody has changed here", func(t *testing.T) {
		assert.Equal(t, graph.Report{NodesChanged: 1, Kept: 1}, counts(load("name", "Ann Lower", "phone", "2")))
		assert.Equal(t, []any{"Ann High", "2"}, look()[:2])
	})
	t.Run("when the source says the same, it is the source's again", func(t *testing.T) {
		assert.Equal(t, graph.Report{}, counts(load("name", "Ann High")))
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(load("name", "Ann Highest")))
	})
	t.Run("what is taken away here stays away", func(t *testing.T) {
		x.node("Customer", "ann", "phone", nil)
		x.write(t)
		assert.Equal(t, graph.Report{Kept: 1}, counts(load("phone", "2")))
		assert.Equal(t, []any{"Ann Highest", nil}, look()[:2])
	})
	x.node("Customer", "ann", "name", "Ann High", "phone", "2")
	x.write(t)
	load("name", "Ann High", "phone", "2")
	both := func(first, second string) (all []*graph.Report) {
		all = append(all, load("name", first))
		x.node("Customer", "ann", "name", second)
		x.batch.Nodes[0].Over = []string{"name"}
		x.batch.Loads = true
		return append(all, x.write(t))
	}
	t.Run("what two files say otherwise changes once", func(t *testing.T) {
		reports := both("Ann One", "Ann Two")
		assert.Equal(t, []int{1, 1}, []int{reports[0].NodesChanged, reports[1].NodesChanged})
		before := look()
		for range 2 {
			reports = both("Ann One", "Ann Two")
			assert.Equal(t, []graph.PassedOver{{Properties: []string{"name"}}}, reports[0].Passed)
			assert.Equal(t, graph.Report{}, counts(reports[1]))
			assert.Zero(t, reports[0].NodesChanged)
			assert.Equal(t, before, look())
		}
	})
	t.Run("whether in one batch or in two", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann One")
		x.node("Customer", "ann", "name", "Ann Two")
		x.batch.Nodes[1].Over = []string{"name"}
		x.batch.Loads = true
		assert.Equal(t, graph.Report{}, counts(x.write(t)))
	})
	t.Run("another value of the first, and then of the second", func(t *testing.T) {
		both("Ann Three", "Ann Two")
		assert.Equal(t, "Ann Two", look()[0])
		assert.Equal(t, 0, both("Ann Three", "Ann Two")[0].NodesChanged)
		both("Ann Three", "Ann Four")
		assert.Equal(t, "Ann Four", look()[0])
	})
	t.Run("what is changed here stays, whichever of them is loaded", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann Changed")
		x.write(t)
		assert.Equal(t, 1, both("Ann Three", "Ann Four")[1].Kept)
		assert.Equal(t, "Ann Changed", look()[0])
		x.node("Customer", "ann", "name", "Ann Four")
		x.write(t)
	})
	t.Run("what is passed over holds where nothing else was said", func(t *testing.T) {
		assert.Len(t, load("name", "Ann Three").Passed, 1)
		assert.Equal(t, "Ann Four", look()[0])
		x.node("Customer", "ann", "name", "Ann Three")
		x.batch.Nodes[0].Holds = true
		x.batch.Loads = true
		assert.Equal(t, graph.Report{NodesChanged: 1}, counts(x.write(t)))
		assert.Equal(t, "Ann Three", look()[0])
	})
	t.Run("of somebody who is erased nothing is kept of it", func(t *testing.T) {
		assert.NotNil(t, x.hidden(t, "ann", graph.Loaded)[0])
		x.batch.Erase = []graph.Erasure{{Person: x.ids["ann"]}}
		x.write(t)
		load("name", "Ann Low", "phone", "1")
		assert.Equal(t, []any{nil}, x.hidden(t, "ann", graph.Loaded))
	})
}
