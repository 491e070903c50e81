package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// TestHistoriesAreWholeThoughTheirLoadingIsKilled kills an import of what deals went through at random moments, and begins it again.
func TestHistoriesAreWholeThoughTheirLoadingIsKilled(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { loadedKilled(t, "sqlite:"+filepath.Join(t.TempDir(), "kith.db")) })
	t.Run("Neo4j", func(t *testing.T) {
		addr := neo4jdev.Start(t)
		neo4jdev.Empty(t, addr)
		t.Cleanup(func() { neo4jdev.Empty(t, addr) })
		loadedKilled(t, addr, "--key", filepath.Join(t.TempDir(), "kith.key"))
	})
}

const pastMapping = `
source: crm
files:
  - file: deals.csv
    nodes: [{kind: Deal, id: id, set: {name: name, stage: stage}}]
  - file: moves.csv
    nodes: [{kind: Deal, id: deal, at: since, set: {stage: stage}}]
`

func loadedKilled(t *testing.T, store string, more ...string) {
	const deals = 300
	stages := []string{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION"}
	day := func(deal, move int) string { return fmt.Sprintf("2026-%02d-%02dT09:00:00Z", 1+2*move, 1+deal%28) }
	names, moves := "id,name,stage\n", []string{}
	for d := range deals {
		names += fmt.Sprintf("%d,Deal %d,NEGOTIATION\n", d, d)
		for m, stage := range stages {
			moves = append(moves, fmt.Sprintf("%d,%s,%s\n", d, day(d, m), stage))
		}
	}
	rand.Shuffle(len(moves), func(i, j int) { moves[i], moves[j] = moves[j], moves[i] })
	dir := t.TempDir()
	for name, text := range map[string]string{"deals.csv": names, "moves.csv": "deal,since,stage\n" + strings.Join(moves, ""), "mapping.yaml": pastMapping} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	args := append([]string{"ingest", "--store", store, "--mapping", filepath.Join(dir, "mapping.yaml"), filepath.Join(dir, "deals.csv"), filepath.Join(dir, "moves.csv")}, more...)
	broken := 0
	for range kills() {
		cmd := process(args...)
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(rand.IntN(250)) * time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		if cmd.Wait() != nil {
			broken++
		}
	}
	assert.NotZero(t, broken)
	status, _, stderr := call(t, args...)
	require.Zero(t, status, stderr)

	g, err := declared()
	require.NoError(t, err)
	require.NoError(t, storeFlag{Store: store, Key: filepath.Join(t.TempDir(), "another.key")}.open(t.Context(), g, neo4j.Options{}))
	defer g.Close()
	k := g.catalog.MustKind("Deal")
	stage := k.Property("stage")
	sel := &graph.Selection{Kind: k, Props: []graph.Ref{{Prop: k.Key}, {Prop: stage}, {Prop: stage.Versions}}}
	res, err := g.Store.Read(t.Context(), &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "deals", Rows: true, Nodes: []*graph.Selection{sel}, Page: graph.Page{Limit: 2 * deals}}}})
	require.NoError(t, err)
	require.Len(t, res.Lists[0].Rows, deals)
	for _, r := range res.Lists[0].Rows {
		var n int
		_, err := fmt.Sscanf(r.Props[0].(string), "crm:%d", &n)
		require.NoError(t, err)
		told := map[string]string{}
		for _, v := range r.Props[2].([]graph.Version) {
			if v.Open() && v.Value != nil {
				told[v.From.String()] = v.Value.(string)
			}
		}
		for m, stage := range stages {
			assert.Equal(t, stage, told[day(n, m)], "deal %d", n)
		}
		assert.Equal(t, "NEGOTIATION", r.Props[1], "deal %d", n)
	}
}
