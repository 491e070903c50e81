package neo4j_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
)

// copied copies all lists of a fetch.
func copied(f *graph.Fetch) *graph.Fetch {
	out := *f
	out.Lists, out.Memo = nil, nil
	for _, l := range f.Lists {
		out.Lists = append(out.Lists, l.Copy())
	}
	return &out
}

// drawn is how many fetches are drawn of so many: a tenth with -short.
func drawn(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// TestACopyIsGuardedAndItsOriginalIsNot compares statements, in which all stands that a fetch asks.
func TestACopyIsGuardedAndItsOriginalIsNot(t *testing.T) {
	cat := graphtest.Catalog(t)
	guarded := 0
	for seed := range uint64(drawn(300)) {
		rng := rand.New(rand.NewPCG(seed, 0))
		f := graphtest.NewWorld(rng, cat).Fetch(rng, rng)
		before := neo4j.Compile(copied(f))
		for _, purpose := range graph.Purposes {
			v := &policy.Viewer{Lens: policy.Default().Lens(cat, purpose), Subject: "cus_1"}
			first, second := copied(f), copied(f)
			_, err := v.Guard(first)
			_, again := v.Guard(second)
			require.Equal(t, err, again)
			require.Equal(t, before, neo4j.Compile(f), "the guard of %s has changed the original", purpose)
			if err != nil {
				continue
			}
			st := neo4j.Compile(first)
			require.Equal(t, st, neo4j.Compile(second))
			if st.Text != before.Text {
				guarded++
			}
		}
	}
	assert.Positive(t, guarded)
}

// TestEqualFetchesHaveEqualTexts guards the same fetch for two askers, at two times: Neo4j plans it once.
func TestEqualFetchesHaveEqualTexts(t *testing.T) {
	cat := graphtest.Catalog(t)
	in, compared := policy.Default(), 0
	for seed := range uint64(drawn(100)) {
		rng := rand.New(rand.NewPCG(seed, 0))
		f := graphtest.NewWorld(rng, cat).Fetch(rng, rng)
		for _, purpose := range graph.Purposes {
			guarded := func(subject string, now graph.Time) (neo4j.Statement, error) {
				f := copied(f)
				f.Now = now
				_, err := (&policy.Viewer{Lens: in.Lens(cat, purpose), Subject: subject}).Guard(f)
				return neo4j.Compile(f), err
			}
			one, err := guarded("cus_1", 1)
			other, again := guarded("cus_2", 2)
			require.Equal(t, err, again)
			if err != nil {
				continue
			}
			require.Equal(t, one.Text, other.Text, "for %s", purpose)
			if !assert.ObjectsAreEqual(one.Params, other.Params) {
				compared++
			}
		}
	}
	assert.Positive(t, compared)
}
