package e2e

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/dev/asking"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// TestAKeptPlanAnswersLikeANewOne asks random operations again and again with three sets of variables, of a program that keeps plans and
// of ones that have just been started.
func TestAKeptPlanAnswersLikeANewOne(t *testing.T) {
	answered, purposes, questions, enough := 0, slices.Concat(graph.Purposes, graph.Purposes), 25, 500
	if testing.Short() {
		purposes, questions, enough = graph.Purposes, 8, 80
	}
	for i, purpose := range purposes {
		p := onSQLite(t)
		w := newWorld(t, p, purpose, uint64(i))
		rng := rand.New(rand.NewPCG(uint64(i), 2))
		for _, q := range w.questions(questions, uint64(i)) {
			text, err := asking.Disguised(rng, p.schema, q.text)
			require.NoError(t, err)
			text, sets, err := asking.Varied(rng, p.schema, text, w.ids())
			require.NoError(t, err)
			var want [len(sets)][]byte
			for i, vars := range sets {
				want[i], err = p.anew(t, resolvers.Options{}).sent(purpose, text, vars)
				require.NoError(t, err)
			}
			for range 3 { // what was asked twice is kept
				for i, vars := range sets {
					got, err := p.sent(purpose, text, vars)
					require.NoError(t, err)
					require.Equal(t, string(want[i]), string(got), "%s with %v for %s", text, vars, purpose)
					if !bytes.Contains(got, []byte(`"errors"`)) {
						answered++
					}
				}
			}
		}
	}
	assert.Greater(t, answered, enough)
}

// TestAPlanEndsWithItsPolicy changes the policy between equal requests.
func TestAPlanEndsWithItsPolicy(t *testing.T) {
	p := onSQLite(t)
	ann, err := p.store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{
		{Kind: p.catalog.MustKind("Customer"), ID: "ann", Set: graph.Values{"name": "Ann", "journeyStage": "USE"}}}})
	require.NoError(t, err)
	strict, err := policy.Parse(bytes.Replace(policy.Standard(), []byte("IDENTITY:     {SERVICE: contract-or-interest, SALES: interest"), []byte("IDENTITY:     {SERVICE: contract-or-interest, SALES: deny"), 1))
	require.NoError(t, err)
	require.NotEqual(t, policy.Default().Version, strict.Version)
	inForce := policy.Default()
	p = p.anew(t, resolvers.Options{Policy: func() *policy.Policy { return inForce }})
	query := `query($id: ID!) { customer(id: $id) { name journeyStage } }`
	for _, c := range []struct {
		name string
		in   *policy.Policy
		want string
	}{
		{"as it stands", policy.Default(), `{"customer":{"name":"Ann","journeyStage":"USE"}}`},
		{"with a stricter one", strict, `{"customer":{"name":null,"journeyStage":"USE"}}`},
		{"with the first again, read anew", policy.Default(), `{"customer":{"name":"Ann","journeyStage":"USE"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			inForce = c.in
			for range 4 {
				got, err := p.sent(graph.Sales, query, map[string]any{"id": ann.IDs[0]})
				require.NoError(t, err)
				assert.Contains(t, string(got), `"data":`+c.want)
				assert.Equal(t, c.in == strict, strings.Contains(string(got), "NOT_FOR_PURPOSE"), "%s", got)
			}
		})
	}
}

// anew is a program on the same store that has just been started.
func (p *program) anew(t *testing.T, o resolvers.Options) *program {
	t.Helper()
	other := &program{store: p.store, catalog: p.catalog, schema: p.schema, customer: p.customer}
	other.serve(t, o, "")
	return other
}

// ids are those in the world, and one that is not.
func (w *world) ids() []string {
	ids := []string{"cus_nobody"}
	for id := range w.reference.nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
