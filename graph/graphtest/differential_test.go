package graphtest_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

var (
	shapes = flag.Int("shapes", 600, "how many shapes of random fetches the stores are compared by")
	worlds = flag.Int("worlds", 5, "in how many random worlds each of them is asked")
	apart  = flag.Bool("apart", false, "ask shapes of its own in each world: as many shapes as comparisons")
	inside = flag.Int("inside", 20, "how many shapes there are for one that is asked within a transaction, too: that is another text")
	only   = flag.Int("shape", -1, "the one shape to ask")
	seed   = flag.Uint64("seed", graphtest.Seed(), "of shapes and of the first world; the next one has the next")
)

var ctx = context.Background()

// In SQLite a new statement costs no more than one that was asked before.
func TestSQLiteAndOracleAgree(t *testing.T) { compared(t, inFile, *shapes, false, each) }

func each(int, *graph.Fetch) bool { return true }

func TestSQLiteFindsTheNearestWords(t *testing.T) { nearest(t, inFile(t)) }

func inFile(t testing.TB) graph.Store {
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), graphtest.Catalog(t), sqlite.Options{NewID: graphtest.IDs(), Now: graphtest.Clock, Mark: graphtest.Mark})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// compared holds a store to an Oracle in many worlds, and tells by which fetches. open gives an empty store. Shapes that are
// shared are the same in all worlds, with values of each. Of those that are drawn it asks what has its turn.
func compared(t *testing.T, open func(testing.TB) graph.Store, shapes int, shared bool, inTurn func(shape int, f *graph.Fetch) bool) (asked []*graph.Fetch) {
	cat := graphtest.Catalog(t)
	graphtest.Report(t, "%d fetches in each of %d worlds, of the same shapes: %v; to repeat it: -seed=%d", shapes, *worlds, shared, *seed)
	for i := range uint64(*worlds) {
		n := *seed + i
		t.Run(fmt.Sprint("world ", n), func(t *testing.T) {
			w := graphtest.NewWorld(rand.New(rand.NewPCG(n, 0)), cat)
			oracle, store := graphtest.NewOracle(cat, graphtest.IDs()), open(t)
			for i, b := range w.Batches {
				want, wantErr := oracle.Write(ctx, b)
				got, err := store.Write(ctx, b)
				require.Equalf(t, problems(wantErr), problems(err), "batch %d: %v", i, err)
				require.Emptyf(t, cmp.Diff(want, got), "batch %d", i)
			}
			if erase := someErasure(t, oracle, cat, n); erase != nil {
				want, err := oracle.Write(ctx, erase)
				require.NoError(t, err)
				got, err := store.Write(ctx, erase)
				require.NoError(t, err)
				require.Empty(t, cmp.Diff(want, got), "somebody is erased")
			}
			agree(t, oracle, store, graphtest.Everything(cat), true, true, "everything")
			tellAlike(t, oracle, store)
			type question struct {
				shape int
				fetch *graph.Fetch
			}
			var wg sync.WaitGroup
			next := make(chan question)
			for range runtime.NumCPU() { // most of the time goes into planning statements
				wg.Go(func() {
					for q := range next {
						agree(t, oracle, store, q.fetch, q.shape%*inside == 0, !shared || i == 0, fmt.Sprintf("-seed=%d -shape=%d, world %d", *seed, q.shape, n))
					}
				})
			}
			for shape := range shapes {
				of := *seed
				if !shared {
					of = n
				}
				f := w.Fetch(rand.New(rand.NewPCG(of, uint64(1+shape))), rand.New(rand.NewPCG(n, uint64(1+shape))))
				if *only == shape || *only < 0 && inTurn(shape, f) {
					asked = append(asked, f)
					next <- question{shape, f}
				}
			}
			close(next)
			wg.Wait()
		})
	}
	graphtest.Report(t, "%d comparisons; %s", len(asked), graphtest.Shapes(asked))
	return asked
}

// tellAlike holds the feed of a store to the oracle's. In which order one batch changed things says nothing.
func tellAlike(t *testing.T, oracle, store graph.Store) {
	t.Helper()
	told := func(s graph.Store) *graph.Feed {
		feed, err := s.Changes(ctx, 0, 1000)
		require.NoError(t, err)
		for _, e := range feed.Entries {
			slices.SortFunc(e.Nodes, func(a, b graph.TouchedNode) int { return strings.Compare(a.ID, b.ID) })
			slices.SortFunc(e.Edges, func(a, b graph.TouchedEdge) int {
				return strings.Compare(a.Rel.Type+a.From+a.To, b.Rel.Type+b.From+b.To)
			})
			for _, n := range e.Nodes {
				slices.Sort(n.About)
			}
		}
		return feed
	}
	require.Equal(t, told(oracle), told(store))
}

// someErasure erases a person in every other world.
func someErasure(t *testing.T, store graph.Store, cat *graph.Catalog, n uint64) *graph.Batch {
	k := cat.MustKind("Customer")
	res, err := store.Read(ctx, &graph.Fetch{Now: graphtest.Now, Lists: []*graph.List{{Key: "persons", Rows: true, Page: graph.Page{Limit: 1 + int(n/2)%5}, Nodes: []*graph.Selection{{Kind: k}}}}})
	require.NoError(t, err)
	if rows := res.Lists[0].Rows; n%2 == 1 && len(rows) > 0 {
		keep := map[graph.Category]string{graph.CategoryBehaviour: "totals", graph.CategoryFinancial: "law", graph.CategoryConsent: "proof"}
		return &graph.Batch{Source: "suite", Erase: []graph.Erasure{{Person: rows[len(rows)-1].ID, Keep: keep}}}
	}
	return nil
}

// problems are what is wrong with a batch.
func problems(err error) []graph.Problem {
	var bad *graph.BatchError
	if errors.As(err, &bad) {
		return bad.Problems
	}
	if err != nil {
		return []graph.Problem{{Reason: err.Error()}}
	}
	return nil
}

// agree reads a fetch from both, and where they differ looks for the smallest fetch in which they do.
func agree(t *testing.T, oracle, store graph.Store, f *graph.Fetch, within, kept bool, which string) {
	t.Helper()
	if difference(oracle, store, f, within, kept) == "" {
		return
	}
	shrink(f, func() bool { return difference(oracle, store, f, within, kept) != "" })
	t.Errorf("the store (+) answers otherwise than the oracle (-), %s:\n%s\n%s", which, graphtest.Describe(f), difference(oracle, store, f, within, kept))
}

// difference is what a store answers otherwise, at once or within a transaction; kept: after it has kept what it needs for another fetch that
// asks the same.
func difference(oracle, store graph.Store, f *graph.Fetch, within, kept bool) string {
	want, refused := oracle.Read(ctx, f)
	if refused != nil && f.MostBrought == 0 {
		return fmt.Sprintf("the oracle fails: %v", refused)
	}
	known := *f
	if kept {
		known.Memo = &graph.Memo{}
		store.Read(ctx, another(known)) // whatever it gives
	}
	got, err := store.Read(ctx, &known)
	if refused != nil && err != nil && err.Error() == refused.Error() {
		return ""
	}
	if err != nil {
		return fmt.Sprintf("the store fails: %v", err)
	}
	if refused != nil {
		return fmt.Sprintf("the store answers what the oracle refuses: %v", refused)
	}
	if d := graphtest.Diff(f, want, got); d != "" || !within {
		return d
	}
	if got, err = graphtest.Within(store).Read(ctx, f); err != nil {
		return fmt.Sprintf("the store fails within a transaction: %v", err)
	}
	if d := graphtest.Diff(f, want, got); d != "" {
		return "within a transaction:\n" + d
	}
	return ""
}

// another fetch asks the same at another time, for somebody else, and of other nodes.
func another(f graph.Fetch) *graph.Fetch {
	f.Now, f.Asker, f.Lists = f.Now+1, "cus_another", slices.Clone(f.Lists)
	for i, l := range f.Lists {
		root := *l
		root.IDs, root.External = slices.Clone(l.IDs), slices.Clone(l.External)
		for j := range root.IDs {
			root.IDs[j] += "_another"
		}
		for j := range root.External {
			root.External[j].ID += " another"
		}
		f.Lists[i] = &root
	}
	return &f
}
