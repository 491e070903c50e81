package policy_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// TestBothFieldsThatAreComparedAreGuarded compares a person's birth year with another of her fields, whichever stands first: what the
// purpose denies is refused, and of who has objected nothing is known.
func TestBothFieldsThatAreComparedAreGuarded(t *testing.T) {
	p := folk(t, graph.Service)
	customer := p.cat.MustKind("Customer")
	year, updated := customer.Field("birthYear"), customer.Field(graph.RecordedAt)
	for name, pair := range map[string][2]*graph.Property{"first": {year, updated}, "second": {updated, year}} {
		t.Run(name, func(t *testing.T) {
			unlike := &graph.Filter{Not: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: pair[0]}, Op: graph.Eq, With: &graph.Ref{Prop: pair[1]}}}}
			ask := func() *graph.Fetch {
				return &graph.Fetch{Now: now, Lists: []*graph.List{{Key: "customers", Rows: true, Page: graph.Page{Limit: 50}, Nodes: []*graph.Selection{{Kind: customer}}, Filter: unlike}}}
			}
			f := ask()
			_, err := (&policy.Viewer{Lens: policy.Default().Lens(p.cat, graph.Sales)}).Guard(f)
			require.ErrorContains(t, err, "Customer.birthYear")
			f = ask()
			_, err = (&policy.Viewer{Lens: policy.Default().Lens(p.cat, graph.Service)}).Guard(f)
			require.NoError(t, err)
			res, err := p.store.Read(t.Context(), f)
			require.NoError(t, err)
			var seen []string
			for who, id := range p.ids {
				if slices.ContainsFunc(res.Lists[0].Rows, func(r graph.Row) bool { return r.ID == id }) {
					seen = append(seen, who)
				}
			}
			assert.ElementsMatch(t, []string{"nobody said anything", "party", "consented", "consent expired", "consent withdrawn"}, seen)
		})
	}
}
