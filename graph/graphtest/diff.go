package graphtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kithgraph/kith/graph"
)

// Diff says in what two answers to a fetch differ, as far as the contract holds them to be the same; empty if in nothing.
// Tallies are compared by their groups, and rows of identified roots in any order.
func Diff(f *graph.Fetch, a, b *graph.Result) string {
	return cmp.Diff(plainLists(f.Lists, a.Lists), plainLists(f.Lists, b.Lists), cmpopts.EquateEmpty())
}

// The plain forms of results have names in the place of pointers.
type (
	plainList struct {
		Key                       string
		Rows                      []plainRow
		HasNext, HasPrevious, Cut bool
		Tallies                   []plainTally
	}
	plainRow struct {
		Kind, ID          string
		Props, Edge, Keys []any
		Met               []bool
		Found             []string
		Lists             []plainList
	}
	plainTally struct {
		Groups []graph.Group
		Error  string
	}
)

func plainLists(lists []*graph.List, results []graph.ListResult) []plainList {
	if len(lists) != len(results) {
		return []plainList{{Key: fmt.Sprintf("%d results for %d lists", len(results), len(lists))}}
	}
	out := make([]plainList, len(lists))
	for i, l := range lists {
		res := &results[i]
		out[i] = plainList{Key: l.Key, HasNext: res.HasNext, HasPrevious: res.HasPrevious, Cut: res.Cut}
		for j := range res.Rows {
			out[i].Rows = append(out[i].Rows, plain(&res.Rows[j]))
		}
		if l.Identified() {
			slices.SortFunc(out[i].Rows, func(a, b plainRow) int { return strings.Compare(a.ID, b.ID) })
		}
		for j, rows := range res.Tallies {
			out[i].Tallies = append(out[i].Tallies, tallied(l.Tallies[j], rows))
		}
	}
	return out
}

func plain(r *graph.Row) plainRow {
	var found []string
	for _, f := range r.Found {
		found = append(found, fmt.Sprint(f.Prop.Path(), " ", f.Match))
	}
	return plainRow{Found: found, Kind: r.Sel.Kind.Name, ID: r.ID, Props: r.Props, Edge: r.Edge, Keys: r.Keys, Met: r.Met, Lists: plainLists(r.Sel.Lists, r.Lists)}
}

func tallied(t *graph.Tally, rows []graph.TallyRow) plainTally {
	groups, err := graph.Groups(t, rows)
	switch {
	case err != nil:
		return plainTally{Error: string(graph.CodeOf(err))}
	case len(t.By) == 0 && len(rows) == 0:
		return plainTally{Error: "no row in a tally without keys"}
	}
	return plainTally{Groups: groups}
}
