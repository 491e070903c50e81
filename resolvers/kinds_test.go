package resolvers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// What is special to a kind is said in the schema. Resolvers name kinds where mutations and computed fields are registered alone.
func TestKindsAreNamedInOneTable(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "fields.go" {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, k := range graphtest.Catalog(t).Kinds {
			assert.NotContains(t, string(text), `"`+k.Name+`"`, file)
		}
	}
}
