package sqlite_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/sqlite"
)

func TestAFileFromBeforeThereWereTiesGetsThem(t *testing.T) {
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	w.node("Employee", "eve")
	for i := range 450 { // more than are gone through at a time
		her := fmt.Sprint("Customer:", i)
		w.node("Customer", fmt.Sprint(i))
		w.node("Interaction", fmt.Sprint(i), "at", int64(i)*day)
		w.link("Interaction:"+fmt.Sprint(i), "PARTICIPANT", her, "role", "FROM")
		w.link("Interaction:"+fmt.Sprint(i), "PARTICIPANT", "Employee:eve", "role", "TO")
		w.link("Interaction:"+fmt.Sprint(i), "PARTICIPANT", fmt.Sprint("Customer:", i/2), "role", "CC")
	}
	for i := range 13 { // in the first one, with those of its own
		w.link("Interaction:0", "PARTICIPANT", fmt.Sprint("Customer:", i), "role", "CC")
	}
	w.write(t, s)
	require.NoError(t, s.Close())
	db := beside(t, file)
	kept := func() []string {
		return column(t, db, `SELECT concat_ws(' ', key, src, dst, sumIn, sumOut, n, lastIn, lastOut, asOf) FROM edge_KNOWS ORDER BY key`)
	}
	crowded := func() []string { return column(t, db, `SELECT key FROM node_Interaction WHERE crowded ORDER BY key`) }
	many := crowded()
	require.Len(t, many, 1)
	want := kept()
	require.Equal(t, 450+2*449, len(want))
	for name, before := range map[string]string{
		"a file without the tables":               "DROP TABLE edge_KNOWS; DROP TABLE tie_kept; PRAGMA user_version = 6",
		"one whose ties were made otherwise":      "UPDATE tie_kept SET made = '0'; UPDATE node_Interaction SET crowded = NOT ifnull(crowded, 0); UPDATE edge_KNOWS SET n = 7, exactIn = 0; DELETE FROM edge_KNOWS WHERE rowid % 3 = 0",
		"one of which some have none yet":         "UPDATE tie_kept SET done = 0, last = (SELECT id FROM node_Customer ORDER BY id LIMIT 1 OFFSET 100); DELETE FROM edge_KNOWS WHERE src > (SELECT last FROM tie_kept)",
		"one with ties that nothing has led to":   "UPDATE tie_kept SET made = '0'; INSERT INTO edge_KNOWS (key, src, dst, n) SELECT 'x' || id, id, id, 1 FROM node_Customer",
		"one of which nothing has to be done now": "SELECT 1",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := db.ExecContext(ctx, before)
			require.NoError(t, err)
			var said bytes.Buffer
			for range 2 { // the second time there is nothing to do
				s, err := sqlite.Open(file, w.cat, sqlite.Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
				require.NoError(t, err)
				require.NoError(t, s.Close())
				assert.True(t, slices.Equal(want, kept()), "%d", len(kept()))
				assert.Equal(t, many, crowded())
			}
			if name == "a file without the tables" {
				assert.Contains(t, said.String(), "the store gets the ties of those who took part in interactions", "told as it goes")
			}
		})
	}
}
