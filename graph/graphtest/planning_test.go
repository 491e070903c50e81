package graphtest_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
)

// TestRandomStatementsArePlannedInTime tells what Neo4j takes to plan texts of random fetches by the estimate. These nest more than what
// anybody asks; how long the longest takes must not depend on how deep.
func TestRandomStatementsArePlannedInTime(t *testing.T) {
	const n = 400
	w := graphtest.NewWorld(rand.New(rand.NewPCG(1, 0)), graphtest.Catalog(t))
	took := make([]time.Duration, n)
	for i := range took {
		r := rand.New(rand.NewPCG(1, uint64(1+i)))
		took[i] = neo4j.Planning(neo4j.Compile(w.Fetch(r, r)).Text)
	}
	slices.Sort(took)
	median, p95, most := took[n/2], took[n*95/100], took[n-1]
	graphtest.Report(t, "%d random statements take about %v (median), %v (p95) and %v (the largest) to be planned", n,
		median.Round(time.Millisecond), p95.Round(time.Millisecond), most.Round(time.Millisecond))
	assert.LessOrEqual(t, p95, 2*time.Second)
	assert.LessOrEqual(t, most, 8*time.Second)
}

// TestNoConditionIsALiteral holds random statements to what Neo4j's planner needs: it takes away what stands beside a condition that it
// knows to be false, and then its own check of the plan fails, or an index hint refers to nothing.
func TestNoConditionIsALiteral(t *testing.T) {
	literal := regexp.MustCompile(`(?i)\b(WHERE|AND|OR|NOT)[ (]+(true|false)\b|\((true|false) (AND|OR)\b`)
	for world := range uint64(5) {
		w := graphtest.NewWorld(rand.New(rand.NewPCG(world, 0)), graphtest.Catalog(t))
		for i := range uint64(2000) {
			r := rand.New(rand.NewPCG(world, 1+i))
			text := neo4j.Compile(w.Fetch(r, r)).Text
			require.NotRegexp(t, literal, text, "world %d, fetch %d", world, i)
		}
	}
}
