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
	t.Run("of somebody who is erased nothing is kept of it", func(t *testing.T) {
		assert.NotNil(t, x.hidden(t, "ann", graph.Loaded)[0])
		x.batch.Erase = []graph.Erasure{{Person: x.ids["ann"]}}
		x.write(t)
		load("name", "Ann Low", "phone", "1")
		assert.Equal(t, []any{nil}, x.hidden(t, "ann", graph.Loaded))
	})
}
