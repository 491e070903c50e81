package clients

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/kithgraph/kith/graph/graphtest"
)

var (
	explorerDocument = regexp.MustCompile("graphql\\(\\s*`([^`]+)`")
	spread           = regexp.MustCompile(`\.\.\.\s*(\w+)`)
	fragmentName     = regexp.MustCompile(`^\s*fragment (\w+) on`)
	calledHere       = regexp.MustCompile(`^\s*(?:query|mutation) (\w+)`)
)

// TestTheExplorerAsksForWhatTheSchemaHas reads the documents out of the explorer's sources, each with the fragments that it names, and
// validates them: a change of the schema that the explorer does not know of fails here, where there is no Node, too.
func TestTheExplorerAsksForWhatTheSchemaHas(t *testing.T) {
	schema := graphtest.Schema(t)
	fragments, operations := map[string]string{}, map[string]string{}
	require.NoError(t, filepath.WalkDir(filepath.Join(app, "src"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(filepath.Ext(path), ".ts") {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range explorerDocument.FindAllStringSubmatch(string(text), -1) {
			if name := fragmentName.FindStringSubmatch(m[1]); name != nil {
				assert.NotContains(t, fragments, name[1], "two fragments are called so")
				fragments[name[1]] = m[1]
			} else if name := calledHere.FindStringSubmatch(m[1]); assert.NotNil(t, name, "an operation without a name in %s", path) {
				assert.NotContains(t, operations, name[1], "two operations are called so: receipts could not be told apart")
				operations[name[1]] = m[1]
			}
		}
		return nil
	}))
	require.Greater(t, len(operations), 20)
	// Lists are put together from the columns that somebody chose: each column is a fragment of its own.
	for name := range fragments {
		if strings.HasSuffix(name, "Cell") {
			operations["a list with the column "+name] = `query { node(id: "x") { ...` + name + ` } }`
		}
	}
	used := map[string]bool{}
	for name, text := range operations {
		have := map[string]bool{}
		for again := true; again; {
			again = false
			for _, m := range spread.FindAllStringSubmatch(text, -1) {
				if body, ok := fragments[m[1]]; ok && !have[m[1]] {
					have[m[1]], used[m[1]], again = true, true, true
					text += body
				}
			}
		}
		_, err := gqlparser.LoadQueryWithRules(schema, text, rules.NewDefaultRules())
		assert.Empty(t, err, name)
	}
	for name := range fragments {
		assert.True(t, used[name], "nothing uses the fragment %s", name)
	}
}
