package graph_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/kithgraph/kith/graph"
)

// TestAMomentThatIsSettledNeedsNoVersion tells of a property in any order, and asks as of moments at and behind all that is told.
func TestAMomentThatIsSettledNeedsNoVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []graph.Version
		known := graph.Time(0)
		for range rapid.IntRange(1, 8).Draw(t, "versions") {
			known += graph.Time(rapid.IntRange(0, 3).Draw(t, "later"))
			from := graph.Time(rapid.IntRange(0, 9).Draw(t, "from"))
			all = graph.Tell(all, graph.Version{Prop: "stage", From: from, Known: known, Until: graph.LastInstant, Value: rapid.IntRange(0, 2).Draw(t, "value")})
		}
		lastFrom, lastKnown := graph.Settled(all)
		for _, later := range []graph.Time{0, 1, 100} {
			value, kept := graph.InForce(all, "stage", lastFrom+later, lastKnown+later)
			assert.True(t, kept)
			assert.Equal(t, graph.Newest(all, "stage").Value, value)
		}
	})
}
