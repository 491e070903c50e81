package clients

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

func TestTheSchemaKeepsToWhatIsRecommended(t *testing.T) {
	graphtest.EachTime(t, 1)
	out, err := lint(t, workspaceOf(t, "lint"))
	require.NoErrorf(t, err, "%s", out)
	assert.Empty(t, out)
}

func TestTheLinterFindsWhatIsNotRecommended(t *testing.T) {
	w := workspaceOf(t, "lint")
	text := w.read(t, "schema.graphql")
	faults := map[string][2]string{
		"description-style":      {"\"A job.\"\n", "\"\"\"\nA job.\n\"\"\"\n"},
		"naming-convention":      {"introducesOthers: Boolean", "introduces_others: Boolean"},
		"no-unreachable-types":   {"type AccountEdge {", "type Nobody {\n  name: String\n}\n\ntype AccountEdge {"},
		"relay-arguments":        {"    \"Rows after this cursor.\"\n    after: String\n", ""},
		"relay-connection-types": {"edges: [AccountEdge!]!", "edges: AccountEdge!"},
		"relay-edge-types":       {"cursor: String!", "cursor: Money!"},
		"relay-page-info":        {"follows the page.\"\n  hasNextPage: Boolean!", "follows the page.\"\n  hasNextPage: Boolean"},
		"require-description":    {"\"A company, or a part of one.\"\n", ""},
	}
	for rule, change := range faults {
		bad := strings.Replace(text, change[0], change[1], 1)
		require.NotEqual(t, text, bad, rule)
		text = bad
	}
	w.write(t, "schema.graphql", text)
	out, err := lint(t, w)
	require.Error(t, err)
	for rule := range faults {
		assert.Contains(t, out, "@graphql-eslint/"+rule)
	}
}

func lint(t *testing.T, w workspace) (string, error) {
	t.Helper()
	return w.node(t, "node_modules/eslint/bin/eslint.js", "--max-warnings=0", "schema.graphql")
}
