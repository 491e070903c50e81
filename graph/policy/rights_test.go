package policy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

func TestWhatIsErasedAndForHowLongThingsAreKeptIsWhole(t *testing.T) {
	for _, c := range []struct{ name, from, to, says string }{
		{"a kind of data that is neither removed nor kept", "remove: [IDENTITY, CONTACT, DEMOGRAPHIC,", "remove: [IDENTITY, CONTACT,", "erasure: DEMOGRAPHIC is neither removed nor kept"},
		{"one that is both", "remove: [IDENTITY,", "remove: [FINANCIAL, IDENTITY,", "erasure: FINANCIAL is removed and kept"},
		{"who somebody is, kept", "  keep:\n", "  keep:\n    IDENTITY: we like her\n", "erasure: keep: IDENTITY is never kept of somebody who is erased"},
		{"no ground", "FINANCIAL: books are to be kept by law (Art. 17 (3) b)", `FINANCIAL: ""`, "erasure: keep: FINANCIAL is kept on no ground"},
		{"what is no person's", "remove: [IDENTITY,", "remove: [COMPANY, IDENTITY,", `erasure: remove: there is no personal category "COMPANY"`},
		{"no period", "  PREDICTION: 2y\n", "", "retention: PREDICTION has no period"},
		{"a period that is none", "PREDICTION: 2y", "PREDICTION: two years", `retention: PREDICTION: "two years" is no period such as 90d, 18m, 10y or unlimited`},
		{"none at all", "PREDICTION: 2y", "PREDICTION: 0y", `"0y" is no period`},
		{"a period of what is no person's", "COMPANY: unlimited", "COMPANY: 1y", "retention: COMPANY is no customer's own, and is unlimited"},
		{"a category that is none", "PREDICTION: 2y", "PREDICTION: 2y\n  SHOESIZE: 1y", `retention: there is no category "SHOESIZE"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := policy.Parse(standard(t, c.from, c.to))
			assert.ErrorContains(t, err, c.says)
		})
	}
	other, err := policy.Parse(standard(t, "PREDICTION: 2y", "PREDICTION: 18m"))
	require.NoError(t, err)
	assert.NotEqual(t, policy.Default().Version, other.Version)
	at, ok := other.Retention(graph.CategoryPrediction).Before(time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC))
	assert.True(t, ok)
	assert.Equal(t, time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC), at)
	_, ok = other.Retention(graph.CategoryCompany).Before(at)
	assert.False(t, ok)
	e := other.Erasure("cus_1")
	assert.Equal(t, "cus_1", e.Person)
	assert.Len(t, e.Keep, 3)
}

func TestWhatIsGoneSaysSo(t *testing.T) {
	cat := graphtest.Catalog(t)
	customer, interaction := cat.MustKind("Customer"), cat.MustKind("Interaction")
	row := func(k *graph.Kind, values map[string]any) *graph.Row {
		r := &graph.Row{Sel: &graph.Selection{Kind: k}}
		for name, v := range values {
			r.Sel.Props, r.Props = append(r.Sel.Props, graph.Ref{Prop: k.Property(name)}), append(r.Props, v)
		}
		return r
	}
	for _, purpose := range []graph.Purpose{graph.Compliance, graph.Service, graph.Sales} {
		v := &policy.Viewer{Lens: policy.Default().Lens(cat, purpose)}
		her := v.State(row(customer, map[string]any{graph.ErasedAt: int64(7), "name": nil}), 9)
		since := graph.Time(7)
		assert.Equal(t, &policy.Withheld{Reason: policy.IsErased, Category: graph.CategoryIdentity, Since: &since}, her.Property(customer.Property("name")), purpose)
		assert.Equal(t, policy.IsErased, her.Edge(customer.Edge("employments")).Reason, "a relationship that is not kept")
		assert.Nil(t, her.Edge(customer.Edge("orders")), "one that is")
		assert.True(t, her.Erased())
		if w := her.Property(customer.Property(graph.UpdatedAt)); w != nil {
			assert.NotEqual(t, policy.IsErased, w.Reason, "when she was changed is kept")
		}
		about := v.State(row(interaction, map[string]any{graph.ErasedAt: int64(7), "text": nil, "result": "agreed"}), 9)
		assert.Equal(t, policy.IsErased, about.Property(interaction.Property("text")).Reason)
		assert.Nil(t, about.Property(interaction.Property("result")))
		shared := v.State(row(interaction, map[string]any{graph.ErasedAt: int64(7), "sentiment": int64(1)}), 9)
		assert.Nil(t, shared.Property(interaction.Property("sentiment")), "what is there is not gone")
	}
}
