package e2e

import (
	"database/sql"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// fresh is a Neo4j of dev/neo4j, whose files have no room left from what was deleted.
var fresh = flag.String("fresh", "", "address of an empty Neo4j, to measure what is kept in it")

// mostBytesVersion is what a version may take in a store beside what a change takes anyhow.
const mostBytesVersion = 250

// TestVersionsTakeLittleRoom changes deals ten times: their stage, of which versions are kept, and their competitor, of which none are. Both
// stand in the feed, so that what is between them is what the versions take.
func TestVersionsTakeLittleRoom(t *testing.T) {
	const deals, times = 1000, 10
	values := []string{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION"}
	inFreshStores(t, func(t *testing.T, p *program, size func() int64) {
		change := func(property string, turn int) {
			b := &graph.Batch{Source: "test", Loads: true}
			for i := range deals {
				u := graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: fmt.Sprintf("%05d", i), Set: graph.Values{property: values[(i+turn)%len(values)]}}
				if property == "stage" {
					at := graph.At(now.AddDate(0, 0, turn-2*times))
					u.At = &at
				}
				b.Nodes = append(b.Nodes, u)
			}
			_, err := p.store.Write(t.Context(), b)
			require.NoError(t, err)
		}
		grown := func(property string) int64 {
			change(property, 0)
			change(property, 1) // what is made at the first version is
			before := size()
			for turn := range times {
				change(property, turn+2)
			}
			return size() - before
		}
		competitors := grown("competitor")
		bytes := float64(grown("stage")-competitors) / deals / times
		graphtest.Report(t, "%.1f bytes a version", bytes)
		assert.Greater(t, bytes, 0.0)
		assert.Less(t, bytes, float64(mostBytesVersion))
	})
}

// inFreshStores has measure see how many bytes are in use of a store that nothing was ever deleted in.
func inFreshStores(t *testing.T, measure func(t *testing.T, p *program, size func() int64)) {
	t.Run("SQLite", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "kith.db")
		p := start(t, atPath(file))
		measure(t, p, func() (n int64) {
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
		measure(t, p, func() (n int64) {
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
