package sqlite_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// failed asserts that an error has a code, and that its message has none of the database's words.
func failed(t *testing.T, want graph.Code, err error) {
	t.Helper()
	var e *graph.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, want, e.Code, "%v", err)
	assert.NotRegexp(t, `(?i)sql|node_|edge_|interrupt|context`, e.Message)
}

// colleagues of colleagues of colleagues: three hundred to the fourth power of paths, none of which leads anywhere.
func (w *world) endless() *graph.Filter {
	f := w.test("Customer", "name", graph.Eq, "nobody")
	for range 3 {
		f = w.some("Customer", "employments", w.some("Account", "people", f))
	}
	return f
}

func TestADeadlineEndsAStatement(t *testing.T) {
	w := newWorld(t)
	w.staff("acme", 300)
	w.staff("bolt", 1)
	w.node("Product", "1", "name", "Pump")
	s := empty(t, sqlite.Options{})
	w.write(t, s)
	name := w.sel("Customer", []string{"name"})
	count := where(w.root(10, name), w.endless())
	count.Rows, count.Tallies = false, []*graph.Tally{{Key: "count"}}
	first := w.test("Customer", "name", graph.Eq, "acme-0000")
	later := &graph.Filter{Or: []*graph.Filter{first, w.endless()}}
	for _, c := range []struct {
		name string
		list *graph.List
	}{
		{"before the first row", where(w.root(10, name), w.endless())},
		{"after the first row", where(w.root(10, name), later)},
		{"of a page under a node", w.external("acme", w.sel("Account", nil, where(w.along("Account", "people", 10, name), w.endless())))},
		{"of a tally", count},
	} {
		t.Run(c.name, func(t *testing.T) {
			short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
			defer cancel()
			start := time.Now()
			_, err := s.Read(short, fetch(c.list))
			failed(t, graph.Timeout, err)
			assert.Less(t, time.Since(start), time.Minute)
			assert.Equal(t, []any{"Pump"}, names(read(t, s, w.root(10, w.sel("Product", []string{"name"}))).Rows), "the store goes on")
		})
	}
	t.Run("before it starts", func(t *testing.T) {
		given, cancel := context.WithCancel(ctx)
		cancel()
		_, err := s.Read(given, fetch(w.root(10, name)))
		failed(t, graph.Timeout, err)
		_, err = s.Write(given, w.batch)
		failed(t, graph.Timeout, err)
	})
}

func TestReadersAreNotLostToErrors(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	for _, id := range []string{"1", "2"} {
		w.node("Deal", id, "name", "Deal", "amount", graph.Money{Amount: math.MaxInt64, Currency: "EUR"})
	}
	w.write(t, s)
	sum := w.root(10, w.sel("Deal", nil))
	sum.Rows, sum.Tallies = false, []*graph.Tally{{Key: "sum", Measures: []graph.Measure{{Ref: w.refs("Deal", "amount")[0]}}}}
	for range 50 { // more than there are readers
		_, err := s.Read(ctx, fetch(sum))
		failed(t, graph.BadInput, err)
	}
	assert.Len(t, read(t, s, w.root(10, w.sel("Deal", nil))).Rows, 2)
}

func TestAWriterWaitsForAnother(t *testing.T) {
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	w.node("Product", "1", "name", "Pump")
	other := beside(t, file)
	_, err = other.ExecContext(ctx, "BEGIN IMMEDIATE")
	require.NoError(t, err)

	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	_, err = s.Write(short, w.batch)
	failed(t, graph.Timeout, err)
	assert.Empty(t, read(t, s, w.root(10, w.sel("Product", nil))).Rows, "reading does not wait")

	done := make(chan error)
	go func() {
		_, err := s.Write(ctx, w.batch)
		done <- err
	}()
	_, err = other.ExecContext(ctx, "COMMIT")
	require.NoError(t, err)
	require.NoError(t, <-done)
	assert.Len(t, read(t, s, w.root(10, w.sel("Product", nil))).Rows, 1)
}

func TestAFileThatCannotBeWrittenIsReadAndSaysSo(t *testing.T) {
	for _, c := range []struct{ name, how, message string }{
		{"a full disk", "PRAGMA max_page_count = 1", "the database cannot be written: its disk is full"}, // no more than there are
		{"what is read-only", "PRAGMA query_only = 1", "the database cannot be written: its file, or its file system, is read-only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t), empty(t, sqlite.Options{})
			w.node("Product", "1", "name", "Pump")
			w.write(t, s)
			require.NoError(t, s.Say(ctx, c.how))
			for i := range 1000 {
				w.node("Product", fmt.Sprint("x", i), "name", strings.Repeat("Pump ", 100))
			}
			_, err := s.Write(ctx, w.batch)
			failed(t, graph.Unavailable, err)
			assert.ErrorContains(t, err, c.message)
			assert.Len(t, read(t, s, w.root(10, w.sel("Product", nil))).Rows, 1)
		})
	}
}

func TestAFileThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("This is a text, and nothing else than a text: no database begins so."), 0o600))
	for _, c := range []struct {
		name, file string
		code       graph.Code
	}{
		{"in a folder that is not there", filepath.Join(dir, "none", "kith.db"), graph.Unavailable},
		{"that is a folder", dir, graph.Unavailable},
		{"that is something else", text, graph.Internal},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sqlite.Open(c.file, graphtest.Catalog(t), sqlite.Options{})
			failed(t, c.code, err)
		})
	}
}

// What no Write has written is an error, and no panic.
func TestAValueOfAnotherTypeIsReported(t *testing.T) {
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	w.node("Firmographics", "1", "technologies", []string{"Go"}, "employeeCount", 1)
	w.write(t, s)
	other := beside(t, file)
	for _, c := range []struct{ name, set string }{
		{"a list of texts that is no list", `"technologies" = 'Go'`},
		{"a number that is a text", `"employeeCount" = 'many'`},
		{"a number that is a fraction", `"employeeCount" = 1.5`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := other.ExecContext(ctx, `UPDATE "node_Firmographics" SET "technologies" = '[]', "employeeCount" = 1`)
			require.NoError(t, err)
			_, err = other.ExecContext(ctx, `UPDATE "node_Firmographics" SET `+c.set)
			require.NoError(t, err)
			_, err = s.Read(ctx, fetch(w.root(10, w.sel("Firmographics", []string{"technologies", "employeeCount"}))))
			failed(t, graph.Internal, err)
		})
	}
}
