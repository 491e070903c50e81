package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// opened says of each command that opens a store why the guard is not between it and who runs it, or where it is; the others tell of
// nobody. A command that opens a store is the operator's: who can run it has the file, or the database's password, in hand, so that a guard
// would keep nothing from him.
var opened = map[string]string{
	"serve":       "answers requests: dev/e2e looks at each route, field and mutation",
	"explain":     "prints the statement that the guard has let through, and what the database says of it",
	"demo":        "writes, and prints numbers",
	"ingest":      "writes, and prints numbers and the rows that were rejected, which are the operator's own",
	"retain":      "removes, and prints numbers",
	"check":       "prints the ids of what breaks a rule, its fields and what they have, for whoever mends it",
	"disclosures": "prints receipts, for an officer",
	"pseudonym":   "translates ids, for an officer",
}

// TestEveryCommandIsKnown finds a command that opens a store and was not thought about.
func TestEveryCommandIsKnown(t *testing.T) {
	parser, err := kong.New(&cli{}, vars)
	require.NoError(t, err)
	known := map[string]bool{}
	for _, c := range parser.Model.Leaves(false) {
		name := strings.TrimPrefix(c.FullPath(), parser.Model.Name+" ")
		opens := false
		for _, group := range c.AllFlags(false) {
			for _, f := range group {
				opens = opens || f.Name == "store"
			}
		}
		_, said := opened[name]
		assert.Equal(t, said, opens, "%s: whether it opens a store, and whether the census says why that is right", name)
		known[name] = true
	}
	for name := range opened {
		assert.True(t, known[name], "there is no command %s", name)
	}
}

func TestWhatIsExplainedHasPassedTheGuard(t *testing.T) {
	query := write(t, "query.graphql", "{ customers { nodes { name } } }")
	for purpose, guarded := range map[string]bool{"SALES": true, "COMPLIANCE": false} {
		status, out, stderr := call(t, "explain", "--store", empty(t), "--purpose", purpose, query)
		require.Zero(t, status, stderr)
		assert.Equal(t, guarded, strings.Contains(out, "objectedAt_SALES"), out)
	}
}
