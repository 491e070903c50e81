package sqlite_test

import (
	"database/sql/driver"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	driversqlite "modernc.org/sqlite"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// readRows counts the rows of relationships that statements look at, in which "kith_read(r.rowid) AND" is put before the other conditions.
var readRows atomic.Int64

func init() {
	driversqlite.MustRegisterScalarFunction("kith_read", 1, func(*driversqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		readRows.Add(1)
		return int64(1), nil
	})
}

// receipts gives a person so many receipts, of which some are of one instant, and some others to somebody else.
func receipts(w *world, n int) {
	w.node("Customer", "ann", "name", "ann")
	w.node("Customer", "bob", "name", "bob")
	at := rand.New(rand.NewPCG(1, 2)).Perm(n)
	for i := range n {
		id := fmt.Sprint("d", i)
		w.node("Disclosure", id, "purpose", "SALES", "at", int64(at[i]/2)*day)
		w.link("Disclosure:"+id, "DISCLOSED", "Customer:ann")
		if i%3 == 0 {
			w.link("Disclosure:"+id, "DISCLOSED", "Customer:bob")
		}
	}
}

func TestAPageOfReceiptsReadsTwoEntriesForEach(t *testing.T) {
	const all, shown = 3000, 20
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	receipts(w, all)
	w.write(t, s)
	newest := func() *graph.List {
		l := w.along("Customer", "disclosures", shown, w.sel("Disclosure", []string{"at", "purpose"}), desc(w.by("Disclosure", "at")))
		l.Cursors, l.HasNext, l.HasPrevious = true, true, true
		return l
	}
	her := func(l *graph.List) *graph.List { return w.external("ann", w.sel("Customer", nil, l)) }
	deep := newest()
	deep.Page.Limit = all / 2
	middle := read(t, s, her(deep)).Rows[0].Lists[0].Rows[all/2-1].Keys
	other := beside(t, file)
	for _, c := range []struct {
		name   string
		change func(*graph.List)
		first  string // instant, in days
	}{
		{"the first page", func(*graph.List) {}, fmt.Sprint(all/2 - 1)},
		{"the last page", func(l *graph.List) { l.Page.Backward = true }, fmt.Sprint(shown/2 - 1)},
		{"a page in the middle", func(l *graph.List) { l.Page.After = middle }, fmt.Sprint(all/4 - 1)},
		{"the page before one in the middle", func(l *graph.List) { l.Page.Before, l.Page.Backward = middle, true }, fmt.Sprint(all/4 + shown/2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newest()
			c.change(l)
			rows := read(t, s, her(l)).Rows[0].Lists[0].Rows
			require.Len(t, rows, shown)
			assert.Equal(t, c.first, fmt.Sprint(rows[0].Props[0].(int64)/day))
			plans, err := s.Explain(ctx, fetch(her(l)))
			require.NoError(t, err)
			looked := 0
			for _, p := range plans {
				if !strings.Contains(p.Text, "DISCLOSED") {
					continue
				}
				text := strings.Replace(p.Text, "WHERE r", "WHERE kith_read(r1.rowid) AND r", 1)
				if !strings.Contains(text, "edge_DISCLOSED\" r1") || text == p.Text {
					text = strings.Replace(p.Text, "WHERE r", "WHERE kith_read(r2.rowid) AND r", 1)
				}
				args := make([]any, len(p.Params))
				for i := range args {
					args[i] = p.Params[fmt.Sprint(i+1)]
				}
				require.Contains(t, text, "kith_read")
				before := readRows.Load()
				rows, err := other.QueryContext(ctx, text, args...)
				require.NoError(t, err)
				for rows.Next() {
				}
				require.NoError(t, rows.Err())
				require.NoError(t, rows.Close())
				looked += int(readRows.Load() - before)
			}
			t.Log(looked, "rows of the index for", len(rows), "receipts")
			assert.GreaterOrEqual(t, looked, shown)
			// One behind the page says that there are more, one before it that there are others, and of the last instant all are looked at; each with
			// the receipt's row.
			assert.LessOrEqual(t, looked, shown+6)
		})
	}
}

func TestAFileFromBeforeGetsTheOrderOfReceipts(t *testing.T) {
	w, file := newWorld(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	receipts(w, 30)
	w.write(t, s)
	l := w.external("ann", w.sel("Customer", nil, w.along("Customer", "disclosures", 100, w.sel("Disclosure", []string{"at"}), desc(w.by("Disclosure", "at")))))
	want := read(t, s, l)
	require.NoError(t, s.Close())
	old := beside(t, file)
	for _, text := range []string{`DROP TRIGGER "edge_DISCLOSED_kept"`, `DROP INDEX "edge_DISCLOSED_dst_newest_src"`, `DROP INDEX "edge_DISCLOSED_src_dst"`, `ALTER TABLE "edge_DISCLOSED" DROP COLUMN newest`,
		`CREATE INDEX "edge_DISCLOSED_src" ON "edge_DISCLOSED" (src)`, `CREATE INDEX "edge_DISCLOSED_dst_src" ON "edge_DISCLOSED" (dst, src)`, "PRAGMA user_version = 6"} {
		_, err := old.ExecContext(ctx, text)
		require.NoError(t, err, text)
	}
	s, err = sqlite.Open(file, w.cat, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	assert.Equal(t, want, read(t, s, l))
	assert.Equal(t, []string{"edge_DISCLOSED_dst_newest_src", "edge_DISCLOSED_src_dst"}, column(t, old, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'edge_DISCLOSED' ORDER BY name"))
	assert.Equal(t, []string{fmt.Sprint(graph.Format)}, column(t, old, "SELECT user_version FROM pragma_user_version"))
}
