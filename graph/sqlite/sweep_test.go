package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// TestWhatIsTakenAwayIsNotOnDisk looks at the bytes of the file and of its log while the store is open.
func TestWhatIsTakenAwayIsNotOnDisk(t *testing.T) {
	cat := graphtest.Catalog(t)
	file := filepath.Join(t.TempDir(), "kith.db")
	onDisk := func(text string) bool {
		for _, name := range []string{file, file + "-wal"} {
			b, err := os.ReadFile(name)
			require.NoError(t, err)
			if bytes.Contains(b, []byte(text)) {
				return true
			}
		}
		return false
	}
	s, err := sqlite.Open(file, cat, sqlite.Options{Mark: graphtest.Mark})
	require.NoError(t, err)
	defer s.Close()
	customer := cat.MustKind("Customer")
	write := func(b *graph.Batch) *graph.Report {
		b.Source = "suite"
		report, err := s.Write(ctx, b)
		require.NoError(t, err)
		return report
	}
	b := &graph.Batch{}
	for _, id := range []string{"a", "b", "c", "d"} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: customer, ID: "key" + id, Set: graph.Values{"name": "Nameof" + id + " Surname", "email": "mailof" + id + "@example.com"}})
	}
	ids := write(b).IDs
	// A value that was another before is nowhere, either.
	write(&graph.Batch{Nodes: []graph.Upsert{{Kind: customer, ID: "keya", Set: graph.Values{"name": "Married Surname"}}}})
	require.True(t, onDisk("Married"))

	_, err = s.Read(ctx, graphtest.Everything(cat))
	require.NoError(t, err)
	write(&graph.Batch{Erase: []graph.Erasure{{Person: ids[0]}}, Remove: []graph.Removal{{Kind: customer, ID: ids[1]}, {Kind: customer, ID: ids[2], Properties: []string{"name"}}}})
	for _, gone := range []string{"Nameofa", "nameofa", "Married", "mailofa", "keya", "Nameofb", "mailofb", "keyb", "Nameofc", "nameofc"} {
		assert.False(t, onDisk(gone), gone)
	}
	other, err := sqlite.Open(file, cat, sqlite.Options{Mark: func(text string) string { return "another key " + text }})
	require.NoError(t, err)
	defer other.Close()
	_, err = other.Write(ctx, &graph.Batch{Source: "suite", Nodes: []graph.Upsert{{Kind: customer, ID: "keya", Set: graph.Values{"name": "Nameofa Surname"}}}})
	assert.ErrorContains(t, err, "another than the one by which those who were erased are known", "with another key she would not be known again")
	assert.Equal(t, graph.Unavailable, graph.CodeOf(err), "what waits to be written is kept until the key is back")
	for _, kept := range []string{"mailofc", "Nameofd", "keyd"} {
		assert.True(t, onDisk(kept), kept)
	}
}
