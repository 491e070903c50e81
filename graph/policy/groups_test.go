package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

// TestGroupsThatTooFewStandBehindAreFolded gives groups by the number of persons behind each, largest first.
func TestGroupsThatTooFewStandBehindAreFolded(t *testing.T) {
	cat := graphtest.Catalog(t)
	for _, c := range []struct {
		name    string
		kind    string // of rows: persons are in one group each, orders of one person in several
		purpose graph.Purpose
		persons []int64
		first   int
		shown   int // from the first one on
		small   bool
		up      bool // the smallest first
		rest    int  // how many of the last are together what does not come by itself
	}{
		{"one that is too small takes no place on a page", "Customer", graph.Analysis, []int64{1, 2, 5, 6, 7}, 2, 2, false, true, 0},
		{"all are shown where enough stand behind each", "Customer", graph.Analysis, []int64{9, 7, 5}, 10, 3, false, false, 0},
		{"one that is too small takes the next one along", "Customer", graph.Analysis, []int64{9, 7, 4}, 10, 1, true, false, 0},
		{"several that make a large one do not", "Customer", graph.Analysis, []int64{9, 7, 4, 1}, 10, 2, true, false, 0},
		{"but of orders nobody can say so", "Order", graph.Analysis, []int64{9, 7, 4, 1}, 10, 1, true, false, 0},
		{"what was not asked for is folded with them", "Customer", graph.Analysis, []int64{9, 7, 6, 4, 1}, 2, 2, false, false, 0},
		{"what was not asked for may be too small alone", "Customer", graph.Analysis, []int64{9, 7, 6, 1}, 3, 2, true, false, 0},
		{"two that are left and of which one is too small are both folded", "Customer", graph.Analysis, []int64{9, 4}, 10, 0, true, false, 0},
		{"one that is all tells of each", "Customer", graph.Analysis, []int64{9}, 10, 0, true, false, 0},
		{"one that is all but a few does, too", "Customer", graph.Analysis, []int64{9, 1, 1, 1}, 10, 0, true, false, 0},
		{"one that nobody is in, where somebody is in another, tells of them", "Order", graph.Analysis, []int64{9, 8, 0}, 10, 2, true, false, 0},
		{"what nobody stands behind tells of nobody", "Order", graph.Analysis, []int64{0, 0}, 10, 2, false, false, 0},
		{"what does not come by itself is folded with what is too small", "Customer", graph.Analysis, []int64{9, 7, 4, 1}, 10, 2, true, false, 1},
		{"and takes the next one along where it is too small itself", "Customer", graph.Analysis, []int64{9, 7, 6, 4}, 10, 2, true, false, 1},
		{"it is on no page, however many stand behind it", "Customer", graph.Analysis, []int64{9, 7, 8}, 10, 2, false, false, 1},
		{"nor for other purposes", "Customer", graph.Sales, []int64{9, 1, 8}, 10, 2, false, false, 1},
		{"other purposes are told of all", "Customer", graph.Sales, []int64{9, 1}, 10, 2, false, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := cat.MustKind(c.kind)
			v := &policy.Viewer{Lens: policy.Default().Lens(cat, c.purpose)}
			by := []graph.GroupKey{{Ref: graph.Ref{Prop: k.Property(map[string]string{"Customer": "journeyStage", "Order": "orderStatus"}[c.kind])}}}
			own := &graph.Tally{By: by, Order: &graph.GroupOrder{Desc: !c.up}}
			l := &graph.List{Key: "all", Nodes: []*graph.Selection{{Kind: k}}, Page: graph.Page{Limit: 1}, Tallies: []*graph.Tally{own}}
			f := &graph.Fetch{Now: now, Lists: []*graph.List{l}}
			_, err := v.Guard(f)
			require.NoError(t, err)

			all := int64(0)
			var rows []graph.TallyRow
			for i, n := range c.persons {
				row := graph.TallyRow{Keys: []any{string(rune('a' + i))}, Count: n}
				if i >= len(c.persons)-c.rest {
					row.Keys, row.Rest = []any{nil}, 5
				}
				rows = append(rows, row)
				all += n
			}
			var res graph.ListResult
			for _, tally := range l.Tallies {
				switch {
				case tally == own: // as many rows as persons, and one more so that none is empty
					var counted []graph.TallyRow
					for _, r := range rows {
						counted = append(counted, graph.TallyRow{Keys: r.Keys, Count: r.Count + 1, Rest: r.Rest})
					}
					res.Tallies = append(res.Tallies, counted)
				case len(tally.By) > 0:
					res.Tallies = append(res.Tallies, rows)
				default:
					res.Tallies = append(res.Tallies, []graph.TallyRow{{Count: all}})
				}
			}
			groups, err := graph.Groups(own, res.Tallies[0])
			require.NoError(t, err)
			shown, err := v.Small(f.Lists, []graph.ListResult{res}).Shown(l, &res, own, groups, policy.GroupPage{First: c.first})
			require.NoError(t, err)
			assert.Equal(t, c.small, shown.Small)
			require.Len(t, shown.At, c.shown)
			for i, at := range shown.At {
				if c.up {
					i += 2
				}
				assert.Equal(t, i, at)
			}
		})
	}
}
