package main

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExportPrintsAllRows(t *testing.T) {
	store := empty(t)
	status, _, stderr := call(t, "ingest", "--store", store, "--mapping", "northwind", "--allow-rejects", "1000", "../../graph/ingest/testdata/northwind")
	require.Zero(t, status, stderr)
	s := startKilled(t, store)
	base := strings.TrimSuffix(s.url, "/graphql")
	query := write(t, "orders.graphql", "query Orders($none: String) { orders(filter: {number: {contains: $none}}) { nodes { number total { amount currency } placedBy { ... on Account { name } } } } }")
	status, out, stderr := call(t, "export", "--server", base, "--purpose", "SALES", "--format", "csv", "--variables", `{"none": "1"}`, query)
	require.Zero(t, status, stderr)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"number", "total.amount", "total.currency", "placedBy.name"}, rows[0])
	assert.Greater(t, len(rows), 200, "more than a page")
	assert.Contains(t, stderr, "rows\n")
	status, out, _ = call(t, "export", "--server", base, "--purpose", "SALES", "--variables", `{"none": "1"}`, query)
	require.Zero(t, status)
	assert.Equal(t, len(rows)-1, strings.Count(out, "\n"))
	t.Run("what is wrong is said", func(t *testing.T) {
		for _, c := range []struct{ query, want string }{
			{"{ orders { totalCount } }", "an export has rows alone"},
			{"{ orders { nodes { x } } }", `Cannot query field "x"`},
		} {
			status, _, stderr := call(t, "export", "--server", base, "--purpose", "SALES", write(t, "q.graphql", c.query))
			assert.Equal(t, 1, status)
			assert.Contains(t, stderr, c.want)
		}
		status, _, stderr := call(t, "export", "--server", base, write(t, "q.graphql", "{ orders { nodes { number } } }"), "--purpose", "ANYTHING")
		assert.Equal(t, 2, status, stderr)
	})
}
