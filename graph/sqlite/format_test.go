package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestAFileIsRecognizedBeforeAnythingIsMadeInIt(t *testing.T) {
	cat := graphtest.Catalog(t)
	for _, c := range []struct {
		name  string
		kith  bool // it was a store of Kith's before
		holds string
		says  string // empty: it is opened
	}{
		{"a newer store", true, "PRAGMA user_version = 99", fmt.Sprint("the store is of format 99, and this program knows none above ", graph.Format)},
		{"an older store", true, "PRAGMA user_version = 1", fmt.Sprint("the store is of format 1, and this program knows none below ", graph.OldestFormat, ": name an empty one")},
		{"a store from before formats had numbers", true, "PRAGMA application_id = 0; PRAGMA user_version = 0", "the store is of format 0, and"},
		{"one of which it was known that nothing deleted is left in it", true, "PRAGMA application_id = 0; PRAGMA user_version = 1", "the store is of format 1, and"},
		{"another program's file", false, "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('Waterloo')", `the file holds the table "songs", and nothing of Kith's`},
		{"one that says whose it is", false, "PRAGMA application_id = 252006674; CREATE TABLE node_songs (title TEXT)", "what an application 0xf055112 has written"},
		{"one that says whose it is, and holds nothing yet", false, "PRAGMA application_id = 252006674; PRAGMA user_version = 7", "what an application 0xf055112 has written"},
		{"an empty one", false, "VACUUM", ""},
		{"a store from before nodes had several keys", true, "DROP TABLE node_KithAlias; ALTER TABLE node_Customer DROP COLUMN furtherKeys; PRAGMA user_version = 11", ""},
		{"a store from before there was a feed", true, "DROP TABLE feed; PRAGMA user_version = 6", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "kith.db")
			if c.kith {
				s, err := sqlite.Open(file, cat, sqlite.Options{})
				require.NoError(t, err)
				require.NoError(t, s.Close())
			}
			db, err := sql.Open("sqlite", file)
			require.NoError(t, err)
			_, err = db.Exec(c.holds)
			require.NoError(t, err)
			require.NoError(t, db.Close())
			before, err := os.ReadFile(file)
			require.NoError(t, err)

			s, err := sqlite.Open(file, cat, sqlite.Options{})
			if c.says == "" {
				require.NoError(t, err)
				feed, err := s.Changes(t.Context(), 0, 1)
				require.NoError(t, err)
				assert.Equal(t, &graph.Feed{}, feed)
				require.NoError(t, s.Close())
				assert.Equal(t, []string{"1265202280"}, column(t, beside(t, file), "SELECT application_id FROM pragma_application_id"))
				assert.Equal(t, []string{fmt.Sprint(graph.Format)}, column(t, beside(t, file), "SELECT user_version FROM pragma_user_version"))
				return
			}
			require.ErrorContains(t, err, c.says)
			assert.Equal(t, graph.Conflict, graph.CodeOf(err))
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing was made in it")
			beside, err := os.ReadDir(filepath.Dir(file))
			require.NoError(t, err)
			assert.Len(t, beside, 1, "nor beside it")
		})
	}
}
