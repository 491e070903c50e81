package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestContract(t *testing.T) {
	graphtest.Run(t, func(t testing.TB) graph.Store {
		s, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), graphtest.Catalog(t), sqlite.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	})
}
