package resolvers_test

import (
	"context"
	"encoding/json"
	"flag"
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
	"github.com/kithgraph/kith/resolvers"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// mostPlanning is the CPU time that Neo4j may take to plan a golden statement which it has not seen, by neo4jdev.Planning.
const mostPlanning = 1500 * time.Millisecond

// dear are the golden pairs that may take more, and why.
var dear = map[string]string{
	"purpose_deal":          "some twenty lists, each of which is a subquery, however it is written",
	"purpose_introductions": "all ties, of whatever kind, of all whom both ends have a tie with: some thirty lists",
}

// TestGolden pairs queries with the statements they become: testdata/golden/NAME.graphql, whose purpose, customer and variables stand in
// comments, with NAME.cypher, whose parameters stand below the statement.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.graphql")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			query, err := os.ReadFile(file)
			require.NoError(t, err)
			vars, purpose, customer := map[string]any{}, graph.Compliance, ""
			for line := range strings.Lines(string(query)) {
				if text, ok := strings.CutPrefix(line, "# variables: "); ok {
					d := json.NewDecoder(strings.NewReader(text))
					d.UseNumber()
					require.NoError(t, d.Decode(&vars))
				}
				if text, ok := strings.CutPrefix(line, "# purpose: "); ok {
					purpose = graph.Purpose(strings.TrimSpace(text))
				}
				if text, ok := strings.CutPrefix(line, "# customer: "); ok {
					customer = strings.TrimSpace(text)
				}
			}
			store := &noted{}
			res := resolver(t, store).Execute(resolvers.WithRequest(context.Background(), resolvers.Request{Purpose: string(purpose), Customer: customer}), string(query), vars)
			require.Empty(t, res.Errors)
			var b strings.Builder
			for _, f := range store.asked {
				st := neo4j.Compile(f)
				params, err := json.MarshalIndent(st.Params, "", "  ")
				require.NoError(t, err)
				b.WriteString(st.Text + "\n\n" + string(params) + "\n")
				if ms := neo4jdev.Planning(st.Text); ms > mostPlanning {
					assert.NotEmpty(t, dear[strings.TrimSuffix(filepath.Base(file), ".graphql")], "to plan it takes about %v, and there is no reason for it", ms)
				}
			}
			golden := strings.TrimSuffix(file, ".graphql") + ".cypher"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err, "make golden writes it")
			assert.Equal(t, string(want), b.String(), "make golden rewrites it")
		})
	}
}
