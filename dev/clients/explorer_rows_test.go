package clients

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server"
)

// TestTheExplorerListsNoneOneAndTenThousandRows scrolls a list of ten thousand deals to its end and back, of which the page holds those near
// the screen alone, adds up each currency by itself, and narrows the list to one row and to none.
func TestTheExplorerListsNoneOneAndTenThousandRows(t *testing.T) {
	const many = 10_000
	var store graph.Store
	e := openExplorer(t, func(o *server.Options) { store = o.Store })
	deal := graphtest.Catalog(t).MustKind("Deal")
	b := &graph.Batch{Source: "many", Loads: true} // amounts have been so for ever
	for i := range many {
		currency := "EUR"
		if i%2 == 1 {
			currency = "CHF"
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: deal, ID: fmt.Sprint(i), Set: graph.Values{"name": fmt.Sprintf("Batch %05d", i), "expectedClose": int64(graph.At(time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC))), "amount": graph.Money{Amount: int64(i+1) * 10_000, Currency: currency}}})
	}
	outage := outageOfCompanies(b, graphtest.Catalog(t))
	owner := busyDeal(b, graphtest.Catalog(t))
	company := leftSince(b, graphtest.Catalog(t))
	report, err := store.Write(t.Context(), b)
	require.NoError(t, err)
	var seen struct {
		Rows, Drawn         int
		First, Middle, Last string
		Sums                []string
		One, None           string
		Problems            []string
	}
	e.drive(t, &seen, "rows.mjs", e.page)
	assert.Equal(t, many, seen.Rows)
	assert.Less(t, seen.Drawn, 200, "rows out of sight are not in the page")
	assert.Equal(t, []string{"Batch 00000", "Batch 00500", "Batch 09999"}, []string{seen.First, seen.Middle, seen.Last})
	assert.ElementsMatch(t, []string{"5,000 deals 25,000,000.00 EUR", "5,000 deals 25,005,000.00 CHF"}, seen.Sums, "each currency by itself")
	assert.Equal(t, "1: Batch 09999", seen.One)
	assert.Contains(t, seen.None, "excludes all deals")
	assert.Empty(t, seen.Problems)
	t.Run("companies that a hidden event reached", func(t *testing.T) { e.comparesCompanies(t, report.IDs[outage]) })
	t.Run("a timeline of then", func(t *testing.T) { e.tellsOfThen(t, report.IDs[company]) })
	t.Run("a map of many activities", e.drawsALargeMap)
	t.Run("a period long before the others", e.drawsAPeriodLongBefore)
	t.Run("a deal with more contacts than are counted", func(t *testing.T) { e.countsTheNewestContacts(t, report.IDs[owner]) })
}
