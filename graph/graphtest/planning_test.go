package graphtest_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
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
		took[i] = neo4jdev.Planning(neo4j.Compile(w.Fetch(r, r)).Text)
	}
	slices.Sort(took)
	median, p95, most := took[n/2], took[n*95/100], took[n-1]
	graphtest.Report(t, "%d random statements take about %v (median), %v (p95) and %v (the largest) to be planned", n,
		median.Round(time.Millisecond), p95.Round(time.Millisecond), most.Round(time.Millisecond))
	assert.LessOrEqual(t, p95, 2*time.Second)
	assert.LessOrEqual(t, most, 8*time.Second)
}

// TestNoStatementIsWrittenInAFormThatNeo4jTakesWrongly holds random statements to what was found of Neo4j 5.26.
func TestNoStatementIsWrittenInAFormThatNeo4jTakesWrongly(t *testing.T) {
	forms := map[string]*regexp.Regexp{
		// The planner takes away what stands beside it, and then its own check of the plan fails, or an index hint refers to nothing.
		"a condition that is a literal": regexp.MustCompile(`(?i)\b(WHERE|AND|OR|NOT)[ (]+(true|false)\b|\((true|false) (AND|OR)\b`),
		// Read off the end of an index, it makes properties of the outer row missing where it finds nothing.
		"a minimum or a maximum alone in a subquery": regexp.MustCompile(`RETURN (min|max)\([^,]*\) AS \w+\n`),
	}
	for world := range uint64(5) {
		w := graphtest.NewWorld(rand.New(rand.NewPCG(world, 0)), graphtest.Catalog(t))
		for i := range uint64(1000) {
			r := rand.New(rand.NewPCG(world, 1+i))
			text := neo4j.Compile(w.Fetch(r, r)).Text
			for name, form := range forms {
				require.NotRegexp(t, form, text, "%s, world %d, fetch %d", name, world, i)
			}
		}
	}
}
