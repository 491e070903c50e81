package retain_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/retain"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestAValueIsKeptAsLongAsAllThatItTellsOf(t *testing.T) {
	cat := graphtest.Catalog(t)
	const year = graph.Time(366 * 24 * 3600 * 1_000_000)
	for _, c := range []struct {
		ended graph.Category
		want  []graph.ErasedPart
	}{
		{graph.CategoryIdentity, []graph.ErasedPart{{Type: "Interaction", Field: "attributes", Count: 1}}},
		{graph.CategoryContent, []graph.ErasedPart{{Type: "Interaction", Field: "attributes", Count: 1}, {Type: "Interaction", Field: "text", Count: 1}}},
		{graph.CategoryFinancial, []graph.ErasedPart{}},
	} {
		t.Run(string(c.ended), func(t *testing.T) {
			store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
			require.NoError(t, err)
			defer store.Close()
			_, err = store.Write(t.Context(), &graph.Batch{Source: "log", Nodes: []graph.Upsert{{Kind: cat.MustKind("Interaction"), ID: "1",
				Set: graph.Values{"at": int64(year), "text": "it is late", "attributes": []string{`{"name":"n","number":1}`}}}}})
			require.NoError(t, err)
			got, err := retain.Run(t.Context(), store, cat, retain.Options{Now: 9 * year, Before: func(of graph.Category) (graph.Time, bool) { return 5 * year, of == c.ended }})
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}
