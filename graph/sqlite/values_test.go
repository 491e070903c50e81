package sqlite_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// TestMoreIsNotHeldThanMayBe has a tally bring along more than may be: the statement itself ends at the first value too many, before all of a group are
// held. That of ids counts different ones.
func TestMoreIsNotHeldThanMayBe(t *testing.T) {
	w, s := newWorld(t), empty(t, sqlite.Options{})
	for i := range 6 {
		product, deal := fmt.Sprint("product ", i%3), fmt.Sprint("deal ", i)
		w.node("Product", product)
		w.node("Deal", deal, "name", deal, "openedAt", int64(i))
		w.link("Deal:"+deal, "FOR", "Product:"+product)
	}
	w.write(t, s)
	deal := w.cat.MustKind("Deal")
	for _, c := range []struct {
		name  string
		tally *graph.Tally
		all   int64
	}{
		{"values", &graph.Tally{Measures: []graph.Measure{{Ref: graph.Ref{Prop: deal.Property("openedAt")}, Values: true}}}, 6},
		{"ids of different nodes", &graph.Tally{Over: &graph.Over{Edge: deal.Edge("products")}, Distinct: true, Units: true}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			ask := func(most int64) (*graph.Result, []error) {
				var failed []error
				told := graph.OnStatement(t.Context(), func(_ context.Context, st graph.StatementRun) {
					if st.Err != nil {
						failed = append(failed, st.Err)
					}
				})
				l := &graph.List{Key: "l", Nodes: []*graph.Selection{{Kind: deal}}, Tallies: []*graph.Tally{c.tally}}
				res, err := s.Read(told, &graph.Fetch{Now: graphtest.Now, MostBrought: most, Lists: []*graph.List{l}})
				if err != nil {
					failed = append(failed, err)
				}
				return res, failed
			}
			res, failed := ask(c.all)
			require.Empty(t, failed)
			require.Len(t, res.Lists[0].Tallies[0], 1)
			assert.Len(t, res.Lists[0].Tallies[0][0].Units, map[bool]int{true: int(c.all)}[c.tally.Units])
			_, failed = ask(c.all - 1)
			require.Len(t, failed, 2)
			assert.ErrorContains(t, failed[0], "too many values are brought along", "of the database")
			assert.Equal(t, graph.BadInput, graph.CodeOf(failed[1]))
		})
	}
}
