package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
)

// mostBytes is what a receipt may take in a store for each person, with its part of all indexes.
const mostBytes = 100

// TestReceiptsTakeLittleRoom keeps receipts of which no two are alike, of 20 persons each, as pages of a list leave them.
func TestReceiptsTakeLittleRoom(t *testing.T) {
	const receipts, each = 2000, 20
	inFreshStores(t, func(t *testing.T, p *program, size func() int64) {
		var names []string
		for i := range 500 {
			names = append(names, fmt.Sprint("Ann ", i))
		}
		ids := p.persons(t, names...)
		keep := journal.To(p.store, p.catalog)
		batch := func(from, n int) {
			var rs []journal.Receipt
			for i := from; i < from+n; i++ {
				r := journal.Receipt{ID: fmt.Sprintf("dis_%026d", i), At: graph.At(now) + graph.Time(i), Actor: fmt.Sprintf("seller%d@kith.example", i%40), Roles: []string{"reader", "writer"}, Purpose: "SALES",
					Policy: "afdea73a52696c72", Operation: "CustomersOfAccount", Hash: strings.Repeat("0a", 16), Reference: fmt.Sprint("deal ", i),
					Population: []string{fmt.Sprintf("account(#%016d).people by name", i)}}
				for j := range each {
					r.Subjects = append(r.Subjects, journal.Subject{ID: ids[(i*7+j*13)%len(ids)], Categories: []graph.Category{graph.CategoryIdentity, graph.CategoryContact, graph.CategoryProfile}})
				}
				rs = append(rs, r)
			}
			require.NoError(t, keep(t.Context(), rs))
		}
		batch(0, 200) // what is made once is
		before := size()
		for from := 200; from < receipts+200; from += 200 {
			batch(from, 200)
		}
		bytes := float64(size()-before) / receipts / each
		graphtest.Report(t, "%.1f bytes a person and answer", bytes)
		assert.Less(t, bytes, float64(mostBytes))
	})
}
