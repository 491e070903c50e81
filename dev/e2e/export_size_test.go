package e2e

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server/auth"
)

// live is how many bytes a collection found in use. What is allocated after it does not count, however late the test is asked to go on.
func live() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// TestAnExportTakesTheMemoryOfAPage exports 12 MB, and weighs the program as they come: all that is in use, in this process, is the
// server's, the store's and the client's.
func TestAnExportTakesTheMemoryOfAPage(t *testing.T) {
	const rows, weighing, most = 12_000, 1000, 4 << 20
	p := onSQLite(t)
	b := &graph.Batch{Source: "crm", Loads: true}
	for i := range rows {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: fmt.Sprint(i), Set: graph.Values{"name": fmt.Sprintf("Deal %05d", i), "stage": "LOST",
			"closedAt": int64(graph.At(now.AddDate(0, -1, 0))), "outcome": "LOST", "lossReason": strings.Repeat("x", 1000)}})
	}
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	b = nil
	for range 3 { // what earlier tests left goes when it was found twice
		live()
	}
	question := map[string]any{"query": `{ deals(orderBy: [{name: ASC}]) { nodes { name lossReason } } }`}
	export := func(role auth.Role, after string) (n int, last string, weights []uint64, trailer http.Header) {
		c := &auth.Caller{Subject: "ann", Roles: []auth.Role{role}, Purposes: []graph.Purpose{graph.Sales}}
		res := p.exporting(t, c, graph.Sales, question, url.Values{"after": {after}})
		defer res.Body.Close()
		require.Equal(t, http.StatusOK, res.StatusCode)
		for lines := bufio.NewScanner(res.Body); lines.Scan(); n++ {
			if n%weighing == 0 {
				weights = append(weights, live())
			}
			last = lines.Text()[:20]
		}
		return n, last, weights, res.Trailer
	}
	t.Run("all rows come, and what is in use stays", func(t *testing.T) {
		n, last, weights, trailer := export(auth.Sync, "")
		assert.Equal(t, rows, n)
		assert.Contains(t, last, "Deal 11999")
		assert.Equal(t, []string{"false", ""}, []string{trailer.Get("Kith-More"), trailer.Get("Kith-Error")})
		graphtest.Report(t, "%d rows of 1 kB: from %d to %d kB in use", n, weights[1]>>10, weights[len(weights)-1]>>10)
		before, latest := weights[:len(weights)-3], weights[len(weights)-3:] // what is made while a collection goes on counts once, what is kept counts each time
		assert.Less(t, slices.Min(latest), slices.Min(before)+most)
	})
	t.Run("a reader gets 10,000 at once, and the rest behind them", func(t *testing.T) {
		n, last, _, trailer := export(auth.Reader, "")
		assert.Equal(t, 10_000, n)
		assert.Contains(t, last, "Deal 09999")
		assert.Equal(t, "true", trailer.Get("Kith-More"))
		n, last, _, trailer = export(auth.Reader, trailer.Get("Kith-Cursor"))
		assert.Equal(t, rows-10_000, n)
		assert.Contains(t, last, "Deal 11999")
		assert.Equal(t, "false", trailer.Get("Kith-More"))
	})
}

// TestCellsAreNoFormulas has a spreadsheet's formulas in what is exported, at GET.
func TestCellsAreNoFormulas(t *testing.T) {
	p := onSQLite(t)
	b := &graph.Batch{Source: "crm"}
	names := []string{"+1*2", "-1+2", "=1", "@one", "a=1", "\tone", "-1.50"}
	for _, name := range names {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: strings.TrimSpace(name), Set: graph.Values{"name": "of " + name, "lossReason": name, "stage": "LOST", "closedAt": int64(graph.At(now.AddDate(0, -1, 0))), "outcome": "LOST"}})
	}
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	at := url.Values{"format": {"csv"}, "query": {`query Formulas @purpose(is: SALES) { deals(orderBy: [{name: ASC}]) { nodes { lossReason } } }`}}
	res, err := http.Get(strings.TrimSuffix(p.url, "/graphql") + "/v1/export?" + at.Encode())
	require.NoError(t, err)
	defer res.Body.Close()
	cells, err := csv.NewReader(res.Body).ReadAll()
	require.NoError(t, err)
	var got []string
	for _, row := range cells[1:] {
		got = append(got, row[0])
	}
	assert.ElementsMatch(t, []string{"'+1*2", "'-1+2", "'=1", "'@one", "a=1", "'\tone", "-1.50"}, got, "a number is none")
}
