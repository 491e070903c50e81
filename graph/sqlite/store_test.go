package sqlite_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestAFileKeepsWhatIsWritten(t *testing.T) {
	for _, name := range []string{"kith.db", "with space.db", "100%.db", "a?mode=memory&b#c.db", "ä'\"\\.db"} {
		t.Run(name, func(t *testing.T) {
			w, file := newWorld(t), filepath.Join(t.TempDir(), name)
			s, err := sqlite.Open(file, w.cat, sqlite.Options{})
			require.NoError(t, err)
			w.node("Product", "1", "name", "Pump")
			w.write(t, s)
			require.NoError(t, s.Close())
			assert.FileExists(t, file)

			s, err = sqlite.Open(file, w.cat, sqlite.Options{})
			require.NoError(t, err)
			assert.Equal(t, []any{"Pump"}, names(read(t, s, w.root(10, w.sel("Product", []string{"name"}))).Rows))
			require.NoError(t, s.Close())
		})
	}
}

func TestMemoryIsOfOneStoreAndLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := newWorld(t)
	var stores []*sqlite.Store
	for range 2 {
		s, err := sqlite.Open(":memory:", w.cat, sqlite.Options{})
		require.NoError(t, err)
		stores = append(stores, s)
	}
	w.node("Product", "1", "name", "Pump")
	w.write(t, stores[0])
	products := w.root(10, w.sel("Product", []string{"name"}))
	assert.Len(t, read(t, stores[0], products).Rows, 1)
	assert.Empty(t, read(t, stores[1], products).Rows)
	for _, s := range stores {
		require.NoError(t, s.Close())
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	require.NoError(t, err)
	assert.Empty(t, left)
	assert.NoFileExists(t, ":memory:")
}

func TestAClosedStoreIsUnavailable(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "again")
	products := fetch(w.root(1, w.sel("Product", nil)))
	_, read := s.Read(ctx, products)
	_, explain := s.Explain(ctx, products)
	_, write := s.Write(ctx, w.batch)
	for _, err := range []error{read, explain, write, s.Ready(ctx)} {
		assert.Equal(t, graph.Unavailable, graph.CodeOf(err), "%v", err)
	}
}

func TestIDsAreRandomUnlessTheyAreGiven(t *testing.T) {
	w := newWorld(t)
	w.node("Product", "1")
	report, err := empty(t, sqlite.Options{}).Write(ctx, w.batch)
	require.NoError(t, err)
	assert.Regexp(t, regexp.MustCompile(`^pro_[a-z2-7]{20,26}$`), report.IDs[0])

	report, err = empty(t, sqlite.Options{NewID: func(prefix string) string { return prefix + "_given" }}).Write(ctx, w.batch)
	require.NoError(t, err)
	assert.Equal(t, []string{"pro_given"}, report.IDs)
}

func TestAnIDThatComesTwiceIsAConflict(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{NewID: func(prefix string) string { return prefix + "_same" }})
	w.node("Product", "1")
	w.node("Product", "2")
	_, err := s.Write(ctx, w.batch)
	assert.Equal(t, graph.Conflict, graph.CodeOf(err), "%v", err)
	assert.Empty(t, read(t, s, w.root(10, w.sel("Product", nil))).Rows, "nothing of the batch is there")
}

func TestEachStatementIsTold(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	w.staff("acme", 3)
	w.node("Deal", "most", "amount", graph.Money{Amount: math.MaxInt64, Currency: "EUR"})
	w.node("Deal", "one", "amount", eur(1))
	var told []graph.StatementRun
	telling := graph.OnStatement(ctx, func(_ context.Context, st graph.StatementRun) { told = append(told, st) })
	_, err := s.Write(telling, w.batch)
	require.NoError(t, err)
	require.NotEmpty(t, told)
	assert.Equal(t, w.cat.MustKind("Account"), told[0].List.Nodes[0].Kind, "the first looks for what is there")
	assert.Nil(t, told[len(told)-1].List, "and the last writes")
	told = nil

	people := w.along("Account", "people", 2, w.sel("Customer", []string{"name"}))
	people.Tallies = []*graph.Tally{{Key: "count"}}
	f := fetch(w.external("acme", w.sel("Account", []string{"name"}, people)))
	_, err = s.Read(telling, f)
	require.NoError(t, err)
	require.Len(t, told, 3, "the account, its people, their number")
	assert.Equal(t, []*graph.List{f.Lists[0], people, people}, []*graph.List{told[0].List, told[1].List, told[2].List})

	plans, err := s.Explain(ctx, f)
	require.NoError(t, err)
	require.Len(t, plans, 3)
	for i, p := range plans {
		assert.Equal(t, told[i].Text, p.Text)
		assert.NotEmpty(t, p.Operators)
		assert.Contains(t, p.Plan, p.Operators[0].Details)
	}
	assert.Equal(t, map[string]any{"1": "test:acme"}, plans[0].Params)

	deals := w.root(0, w.sel("Deal", nil))
	deals.Tallies = []*graph.Tally{{Key: "sum", Measures: []graph.Measure{{Ref: graph.Ref{Prop: w.prop("Deal", "amount")}}}}}
	told = nil
	_, err = s.Read(telling, fetch(w.root(5, w.sel("Account", nil)), deals))
	require.Equal(t, graph.BadInput, graph.CodeOf(err), "the sum is too large")
	for i, st := range told {
		if i < len(told)-1 {
			assert.NoError(t, st.Err)
		} else {
			assert.Equal(t, err, st.Err)
		}
	}
}

// The people of a Read are those that there were when it read the account, though some came between.
func TestAReadSeesOneState(t *testing.T) {
	w := newWorld(t)
	w.staff("acme", 3)
	s := empty(t, sqlite.Options{})
	w.write(t, s)
	told := 0
	between := graph.OnStatement(ctx, func(context.Context, graph.StatementRun) {
		if told++; told == 1 {
			w.staff("acme", 5)
			w.write(t, s)
		}
	})
	acme := w.external("acme", w.sel("Account", []string{"name"}, w.along("Account", "people", 10, w.sel("Customer", []string{"name"}))))
	res, err := s.Read(between, fetch(acme))
	require.NoError(t, err)
	assert.Len(t, res.Lists[0].Rows[0].Lists[0].Rows, 3)
	assert.Len(t, read(t, s, acme).Rows[0].Lists[0].Rows, 5)
}

func TestASecondStoreSeesTheSameFile(t *testing.T) {
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	var stores []*sqlite.Store
	for range 2 {
		s, err := sqlite.Open(file, graphtest.Catalog(t), sqlite.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		stores = append(stores, s)
	}
	w.node("Product", "1", "name", "Pump")
	w.write(t, stores[0])
	w.node("Product", "1", "category", "Water")
	w.write(t, stores[1])
	got := read(t, stores[0], w.root(10, w.sel("Product", []string{"name", "category"}))).Rows
	require.Len(t, got, 1)
	assert.Equal(t, []any{"Pump", "Water"}, got[0].Props)
}

func TestANewFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(path, graphtest.Catalog(t), sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	for _, file := range []string{"", "-wal", "-shm"} {
		is, err := os.Stat(path + file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), is.Mode().Perm(), file)
	}
}
