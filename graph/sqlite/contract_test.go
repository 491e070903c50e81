package sqlite_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// empty is a new store on the catalog that tests share.
func empty(t testing.TB, o sqlite.Options) *sqlite.Store {
	t.Helper()
	return emptyOf(t, graphtest.Catalog(t), o)
}

func emptyOf(t testing.TB, cat *graph.Catalog, o sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestContract(t *testing.T) {
	graphtest.Run(t, func(t testing.TB, cat *graph.Catalog) graph.Store {
		return emptyOf(t, cat, sqlite.Options{Now: graphtest.Clock, Mark: graphtest.Mark})
	})
}

func TestContractWhereEachPageIsFoundByItself(t *testing.T) {
	graphtest.Run(t, func(t testing.TB, cat *graph.Catalog) graph.Store {
		s := emptyOf(t, cat, sqlite.Options{Now: graphtest.Clock, Mark: graphtest.Mark})
		s.FindEachPage()
		return s
	})
}

// Random worlds are small, so that graphtest alone would never have a page found by itself.
func TestRandomFetchesWhereEachPageIsFoundByItself(t *testing.T) {
	cat := graphtest.Catalog(t)
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), cat)
			oracle, store := graphtest.NewOracle(cat, graphtest.IDs()), empty(t, sqlite.Options{NewID: graphtest.IDs(), Now: graphtest.Clock, Mark: graphtest.Mark})
			store.FindEachPage()
			for _, b := range w.Batches {
				for _, s := range []graph.Store{oracle, store} {
					var refused *graph.BatchError
					if _, err := s.Write(ctx, b); !errors.As(err, &refused) {
						require.NoError(t, err)
					}
				}
			}
			for i := range uint64(50) {
				f := w.Fetch(rand.New(rand.NewPCG(seed, 1+i)), rand.New(rand.NewPCG(seed, i)))
				f.MostBrought = 0
				want, err := oracle.Read(ctx, f)
				require.NoError(t, err)
				got, err := store.Read(ctx, f)
				require.NoError(t, err)
				require.Empty(t, graphtest.Diff(f, want, got), graphtest.Describe(f))
			}
		})
	}
}
