package e2e

import (
	"bytes"
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	kithneo4j "github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
)

var (
	worlds  = flag.Int("worlds", 40, "how many random worlds are searched for what is withheld")
	queries = flag.Int("queries", 50, "how many random operations ask each of them")
)

// TestWhatIsWithheldChangesNothing holds two worlds together that differ only in what is withheld from a purpose: no
// operation may tell them apart, in data, order, cursors, counts, errors, cost or reasons. Consents, and whether somebody is
// party to a contract, are the same in both.
func TestWhatIsWithheldChangesNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		inWorlds(t, func(t *testing.T) *program {
			return start(t, func(p *program) (graph.Store, error) {
				return sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), p.catalog, sqlite.Options{NewID: p.newID, Now: clock, Mark: key.Marks("suppression"), OnStatement: p.count})
			})
		})
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.Start(t)
		empty(t, addr)
		p := start(t, func(p *program) (graph.Store, error) {
			return kithneo4j.Open(t.Context(), addr, p.catalog, kithneo4j.Options{NewID: p.newID, Now: clock, Mark: key.Marks("suppression"), OnStatement: p.count})
		})
		inWorlds(t, func(t *testing.T) *program {
			empty(t, addr)
			p.ids = 0
			return p
		})
	})
}

func inWorlds(t *testing.T, open func(*testing.T) *program) {
	require.NoError(t, flag.Set("rapid.checks", fmt.Sprint(*worlds)))
	require.NoError(t, flag.Set("rapid.nofailfile", "true"))
	told := 0
	rapid.Check(t, func(rt *rapid.T) {
		purpose := rapid.SampledFrom([]graph.Purpose{graph.Service, graph.Sales, graph.Sales, graph.Marketing, graph.Marketing, graph.Analysis, graph.Self}).Draw(rt, "purpose")
		seed := rapid.Uint64().Draw(rt, "seed")
		w := newWorld(rt, open(t), purpose, seed)
		asked := w.questions(*queries)
		w.ask(rt, asked)
		w.upset(rt)
		w.askAgain(rt, asked)
		for _, q := range asked {
			told += bytes.Count(q.answer, []byte(`"node":{`))
			require.NotContains(rt, string(q.answer), `"code":"INTERNAL"`, "%s for %s: an error of ours is the same both times", q.text, purpose)
			if d := q.differs(); d != nil {
				require.Equal(rt, string(d.answer), string(d.again), "%s for %s tells of what is withheld", d.text, purpose)
			}
		}
	})
	require.Positive(t, told, "some operations are answered with rows")
}
