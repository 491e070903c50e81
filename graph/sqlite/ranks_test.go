package sqlite_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestValuesAreInTheOrderOfTheSchemaThatTheFileIsOpenedWith(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kith.db")
	var last *sqlite.Store
	graphtest.Renumbering(t, func(t testing.TB, cat *graph.Catalog) graph.Store {
		s, err := sqlite.Open(file, cat, sqlite.Options{Now: graphtest.Clock, Mark: graphtest.Mark})
		require.NoError(t, err)
		last = s
		return s
	})
	require.NoError(t, last.Close())
}

// A file of format 5 has no places of values, and other indexes on names. One that is being brought up has some.
func TestAFileOfBeforeGetsThePlacesOfValues(t *testing.T) {
	cat, file := graphtest.Catalog(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	db := beside(t, file)
	const indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
	fresh := column(t, db, indexes)
	for _, k := range cat.Kinds {
		for _, p := range k.Properties {
			table := "node_" + k.Label
			switch {
			case p.Ranked():
				_, err = db.ExecContext(ctx, fmt.Sprintf(`DROP INDEX "%[1]s_%[2]s_rank_id"; ALTER TABLE "%[1]s" DROP COLUMN "%[2]s_rank"`, table, p.Name))
			case p.Folds() && p.Indexed:
				_, err = db.ExecContext(ctx, fmt.Sprintf(`DROP INDEX "%[1]s_%[2]s_folded_%[2]s_id"; CREATE INDEX "%[1]s_%[2]s_folded_id" ON "%[1]s" ("%[2]s_folded", id)`, table, p.Name))
			}
			require.NoError(t, err)
		}
	}
	const n = 25_000
	for _, text := range []string{
		"DROP TABLE rank_kept", "PRAGMA user_version = 5",
		fmt.Sprintf(`INSERT INTO node_Case (id, key, status) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d)
			SELECT printf('cas_%%06d', n), 'test:' || n, (SELECT value FROM json_each('["CLOSED", "OPEN", "PENDING", "RESOLVED", null]') WHERE key = n %% 5) FROM c`, n),
	} {
		_, err := db.ExecContext(ctx, text)
		require.NoError(t, err)
	}
	opened := func() string {
		t.Helper()
		var said bytes.Buffer
		s, err := sqlite.Open(file, cat, sqlite.Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
		require.NoError(t, err)
		defer func() { require.NoError(t, s.Close()) }()
		w := &world{cat: cat}
		for status, first := range map[string]string{"OPEN": "cas_000001", "CLOSED": "cas_000005"} {
			l := w.root(1, w.sel("Case", []string{"status"}), w.by("Case", "status"))
			l.Order[0].Desc = status == "CLOSED"
			got := read(t, s, l).Rows
			assert.Equal(t, []any{first, status}, []any{got[0].ID, got[0].Props[0]})
		}
		return said.String()
	}
	said := opened()
	assert.Equal(t, 2, strings.Count(said, "the store puts values in the order of the schema"), "told as it goes: %s", said)
	assert.Equal(t, fresh, column(t, db, indexes), "the indexes are those of a new file")
	assert.Equal(t, []string{fmt.Sprint(graph.Format)}, column(t, db, "SELECT user_version FROM pragma_user_version"))
	const places = "SELECT status || status_rank || ' ' || count(*) FROM node_Case WHERE status IS NOT NULL OR status_rank IS NOT NULL GROUP BY status, status_rank ORDER BY 1"
	want := []string{"CLOSED3 5000", "OPEN0 5000", "PENDING1 5000", "RESOLVED2 5000"}
	assert.Equal(t, want, column(t, db, places))
	assert.Empty(t, opened(), "once")

	for _, text := range []string{"DELETE FROM rank_kept", "UPDATE node_Case SET status_rank = NULL WHERE row_no > 12000", "UPDATE node_Case SET status_rank = 7 WHERE row_no < 10"} {
		_, err := db.ExecContext(ctx, text)
		require.NoError(t, err)
	}
	opened()
	assert.Equal(t, want, column(t, db, places), "what was broken off is done again")
}
