package e2e

import (
	"database/sql"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
)

// fresh is a Neo4j of dev/neo4j, whose files have no room left from what was deleted.
var fresh = flag.String("fresh", "", "address of an empty Neo4j, to measure what receipts take in it")

// mostBytes is what a receipt may take in a store for each person, with its part of all indexes.
const mostBytes = 100

// TestReceiptsTakeLittleRoom keeps receipts of which no two are alike, of 20 persons each, as pages of a list leave them.
func TestReceiptsTakeLittleRoom(t *testing.T) {
	const receipts, each = 2000, 20
	room := func(t *testing.T, p *program, size func() int64) {
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
	}
	t.Run("SQLite", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "kith.db")
		p := start(t, atPath(file))
		room(t, p, func() (n int64) {
			db, err := sql.Open("sqlite", file)
			require.NoError(t, err)
			defer db.Close()
			require.NoError(t, db.QueryRow("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size").Scan(&n))
			return n
		})
	})
	t.Run("Neo4j", func(t *testing.T) {
		if *fresh == "" {
			t.Skip("-fresh: no Neo4j that nothing was ever deleted in; make room has one")
		}
		p := start(t, inNeo4j(*fresh))
		driver, err := neo4j.NewDriverWithContext(*fresh, neo4j.NoAuth())
		require.NoError(t, err)
		defer driver.Close(t.Context())
		room(t, p, func() (n int64) {
			ask := func(text string) []*neo4j.Record {
				res, err := neo4j.ExecuteQuery(t.Context(), driver, text, nil, neo4j.EagerResultTransformer)
				require.NoError(t, err)
				return res.Records
			}
			ask("CALL kith.settled()")
			dir := ask("SHOW SETTINGS 'server.directories.data' YIELD value")[0].Values[0].(string)
			require.NoError(t, filepath.WalkDir(filepath.Join(dir, "databases", "neo4j"), func(_ string, d fs.DirEntry, err error) error {
				// What is known of all indexes together grows once, by the same 360 kB whether 2,000 receipts or 4,000 are kept.
				if err != nil || d.IsDir() || d.Name() == "neostore.indexstats.db" {
					return err
				}
				info, err := d.Info()
				if err == nil {
					n += info.Size()
				}
				return err
			}))
			return n
		})
	})
}
