package neo4j_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

func TestATextIsFoundByItsFoldedKeyWhateverHasAnIndex(t *testing.T) {
	s, w := opened(t)
	w.node("Disclosure", "small", "operation", "deals of ann")
	w.node("Disclosure", "large", "operation", "Deals of Bob")
	w.write(t, s)
	kept := run(t, "MATCH (d:Disclosure) WITH d ORDER BY d.operation RETURN collect(coalesce(d.operation_folded, '-'))", nil)[0].Values[0]
	assert.Equal(t, []any{"deals of bob", "-"}, kept, "once is enough for what is its own key")
	find := func(s graph.Store, w *world) int {
		o := of{w}
		l := o.root(10, o.sel("Disclosure", nil))
		l.Filter = o.test("Disclosure", "operation", graph.StartsWith, "deals of")
		l.Filter.Test.Fold = true
		res, err := s.Read(ctx, fetch(l))
		require.NoError(t, err)
		return len(res.Lists[0].Rows)
	}
	assert.Equal(t, 2, find(s, w))
	const operation = "operation: String @category(is: CONSENT)"
	indexed := &world{graphtest.Altered(t, operation, operation+" @index"), &graph.Batch{Source: "test"}}
	t.Cleanup(func() {
		run(t, "DROP INDEX kith_Disclosure_operation IF EXISTS", nil)
		run(t, "DROP INDEX kith_Disclosure_operation_folded IF EXISTS", nil)
	})
	for _, c := range []struct {
		name  string
		world *world
	}{{"an index", indexed}, {"none again", w}, {"and one again", indexed}} {
		again, err := neo4j.Open(ctx, address(t), c.world.cat, neo4j.Options{})
		require.NoError(t, err)
		defer again.Close()
		require.NoError(t, again.Ready(ctx))
		assert.Equal(t, 2, find(again, c.world), c.name)
		if c.world == w { // what is written now has no key beside it
			w.node("Disclosure", "small", "operation", "deals of a")
			w.write(t, again)
		}
	}
}
