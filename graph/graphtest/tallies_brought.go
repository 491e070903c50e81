package graphtest

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// talliesBringAlong is about how many values, and ids, tallies bring along at most.
func talliesBringAlong(t *testing.T, x *fixture) {
	for i := range 4 {
		deal, product := "deal "+strconv.Itoa(i), "product "+strconv.Itoa(i)
		x.node("Product", product, "name", product)
		set := []any{"name", deal, "stage", []string{"WON", "LOST"}[i%2]}
		if i < 3 {
			set = append(set, "amount", eur(i))
		}
		x.node("Deal", deal, set...)
		x.link(deal, "FOR", product)
	}
	x.write(t)
	amounts := graph.Measure{Ref: *x.mention("Deal.amount"), Values: true}
	by := []graph.GroupKey{x.key("Deal.stage")}
	products := &graph.Over{Edge: x.edge("Deal.products")}
	for name, c := range map[string]struct {
		tallies []*graph.Tally
		brought int64
	}{
		"values, of which missing ones are none": {[]*graph.Tally{{Measures: []graph.Measure{amounts}}}, 3},
		"those of all groups together":           {[]*graph.Tally{{By: by, Measures: []graph.Measure{amounts}}}, 3},
		"of all measures, and of others none":    {[]*graph.Tally{{Measures: []graph.Measure{amounts, x.measure("Deal.openedAt"), amounts}}}, 6},
		"once, though some groups come together": {[]*graph.Tally{{By: by, Measures: []graph.Measure{amounts}, Most: 1}}, 3},
		"ids of different nodes":                 {[]*graph.Tally{{By: by, Over: products, Distinct: true, Units: true}}, 4},
		"those of all tallies together":          {[]*graph.Tally{{Measures: []graph.Measure{amounts}}, {Over: products, Distinct: true, Units: true}}, 7},
	} {
		t.Run(name, func(t *testing.T) {
			ask := func(most int64) error {
				_, err := x.store.Read(t.Context(), &graph.Fetch{Now: Now, MostBrought: most, Lists: []*graph.List{x.all("Deal", counting(c.tallies...))}})
				return err
			}
			require.NoError(t, ask(0), "however many")
			require.NoError(t, ask(c.brought))
			err := ask(c.brought - 1)
			assert.Equal(t, graph.BadInput, graph.CodeOf(err))
			assert.ErrorContains(t, err, "are worked out of at most "+strconv.FormatInt(c.brought-1, 10)+" values")
		})
	}
	t.Run("of the lists below all rows", func(t *testing.T) {
		l := x.all("Product", below(x.along("Product.deals", counting(&graph.Tally{Measures: []graph.Measure{amounts}}))))
		for most, refused := range map[int64]bool{3: false, 2: true} {
			_, err := x.store.Read(t.Context(), &graph.Fetch{Now: Now, MostBrought: most, Lists: []*graph.List{l}})
			assert.Equal(t, refused, err != nil, "%d: %v", most, err)
		}
	})
}
