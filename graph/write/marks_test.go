package write

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func TestWhichRelationshipsMarkTheNodeThatTheyLeaveAsChanged(t *testing.T) {
	for _, c := range []struct {
		name          string
		rel, from, to string
		prepare       func(*applier)
		marked        bool
	}{
		{"one to what is about nobody", "WITH", "dea_1", "acc_1", nil, true},
		{"not one to a person, who may withhold it", "REPORTS_TO", "cus_1", "cus_2", nil, false},
		{"not one of a node that has its time already", "WITH", "dea_1", "acc_1", func(a *applier) { a.stamped["dea_1"] = true }, false},
		{"not what is removed", "WITH", "dea_1", "acc_1", func(a *applier) { a.quiet = true }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := applying()
			m := marksOfChange(a)
			if c.prepare != nil {
				c.prepare(a)
			}
			m.touch(Change{Rel: catalog.Rel(c.rel), NewEdge: &Edge{From: c.from, To: c.to}})
			look, then := m.settle()
			if !c.marked {
				require.Empty(t, look)
				return
			}
			require.Equal(t, []string{c.from}, look[0].IDs)
			then([]graph.ListResult{{Rows: []graph.Row{row(look[0].Nodes[0], c.from, graph.Values{graph.UpdatedAt: int64(200)})}}})
			assert.Equal(t, graph.Values{graph.UpdatedAt: int64(201)}, a.pending.ChangedNodes[0].Values, "later than before, although the clock says 100")
		})
	}
}
