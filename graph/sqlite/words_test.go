package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// sought are the ids of the customers that a search by name finds.
func sought(t *testing.T, s *sqlite.Store, w *world, text string) []any {
	t.Helper()
	name := []graph.Ref{{Prop: w.cat.MustKind("Customer").Property("name")}}
	l := w.root(100, w.sel("Customer", []string{"name"}))
	l.Search = &graph.Search{Text: text, In: name, By: name}
	return names(read(t, s, l).Rows)
}

func TestAFileFromBeforeThereWereSearchesGetsItsWords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kith.db")
	w := newWorld(t)
	s, err := sqlite.Open(file, w.cat, sqlite.Options{NewID: graphtest.IDs()})
	require.NoError(t, err)
	for i := range 2500 { // more than are gone through at a time
		w.node("Customer", string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)), "name", "Meyer")
	}
	w.node("Customer", "1", "name", "Ann Johansson")
	w.write(t, s)
	require.NoError(t, s.Close())
	for name, before := range map[string]string{
		"a file without the tables":                "DROP TABLE search_word; DROP TABLE search_key; DROP TABLE search_kept",
		"one whose words are of something else":    "UPDATE search_kept SET searched = '0'; UPDATE search_word SET word = 'wrong' || word; DELETE FROM search_key",
		"one whose words were not all kept":        "DELETE FROM search_kept; DELETE FROM search_word WHERE word = 'johansson'",
		"one of which nothing has been said since": "SELECT 1",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := beside(t, file).ExecContext(ctx, before)
			require.NoError(t, err)
			for range 2 { // the second time there is nothing to do
				s, err := sqlite.Open(file, w.cat, sqlite.Options{})
				require.NoError(t, err)
				assert.Equal(t, []any{"Ann Johansson"}, sought(t, s, w, "johanson"))
				assert.Empty(t, sought(t, s, w, "wrongjohansson"))
				assert.Len(t, sought(t, s, w, "meyer"), 100)
				require.NoError(t, s.Close())
			}
		})
	}
}

func TestAWordThatNobodyHasAnyMoreIsNotKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kith.db")
	w := newWorld(t)
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	w.node("Customer", "1", "name", "Ann Johansson")
	w.node("Customer", "2", "name", "Bob Johansson")
	w.write(t, s)
	kept := func() []string {
		return column(t, beside(t, file), "SELECT word FROM search_word UNION SELECT word FROM search_key ORDER BY 1")
	}
	require.Equal(t, []string{"ann", "bob", "johansson"}, kept())
	w.node("Customer", "1", "name", "Ann")
	w.write(t, s)
	require.Equal(t, []string{"ann", "bob", "johansson"}, kept())
	w.node("Customer", "2", "name", nil)
	w.write(t, s)
	require.Equal(t, []string{"ann"}, kept())
}
