// Package sqlite keeps the graph in an embedded SQLite file: a table a kind, a table a type of relationship. It imports
// graph, graph/write, and the driver.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Options of a store.
type Options struct {
	// NewID gives a new id for a prefix; write.RandomID if nil.
	NewID func(prefix string) string
	// Now is the clock by which nodes are marked as changed; time.Now if nil.
	Now func() time.Time
	// Mark is a keyed hash, by which those who are erased are known again; nobody can be erased if nil.
	Mark func(text string) string
	// Log is told how far Ready is with what takes long; nobody if nil.
	Log *slog.Logger
}

// Store is a graph.Store in a file. Readers see the state that their first statement saw, beside one writer.
type Store struct {
	writer  *sql.DB
	writing *connection // of the writer: who has its connection may use it
	readers driver.Connector
	pool    chan *connection // of readers that nobody uses
	catalog *graph.Catalog
	options Options
	few     int // how many rows are read in vain at most, in the hope that there are no more
	ready   atomic.Bool
	closed  atomic.Bool
	close   func() error
}

var _ graph.Store = (*Store)(nil)

// errClosed is what a store that was closed gives.
var errClosed = &graph.Error{Code: graph.Unavailable, Message: "the store is closed"}

// Open opens the file, or makes it, and creates what the catalog needs and it lacks. A file of another program, or of a newer format, is
// refused with Conflict before anything is made in it. The path :memory: is a store that
// nobody else sees and that ends with Close.
func Open(path string, cat *graph.Catalog, o Options) (*Store, error) {
	if o.NewID == nil {
		o.NewID = write.RandomID
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{catalog: cat, options: o, few: 200}
	end := func() error { return nil }
	if path == ":memory:" {
		// Connections see one memory only by a cache that they share, in which readers wait for the writer. A file that is
		// nowhere in particular has none of that.
		dir, err := os.MkdirTemp("", "kith")
		if err != nil {
			return nil, translated(context.Background(), err)
		}
		path, end = filepath.Join(dir, "kith.db"), func() error { return os.RemoveAll(dir) }
	}
	if err := s.open(path); err != nil {
		return nil, errors.Join(err, end())
	}
	s.close = sync.OnceValue(func() error { return errors.Join(s.shut(), end()) })
	return s, nil
}

func (s *Store) open(path string) error {
	ctx := context.Background()
	err := Recognize(ctx, path, false)
	if err != nil {
		return err
	}
	// SQLite would let everybody on the machine read a new file; what it writes beside that is for whom the file is for.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return translated(ctx, err)
	}
	if s.readers, err = sqlite.NewConnector(dsn(path, "_pragma=query_only(1)&_pragma=cache_size(-32768)")); err != nil {
		return translated(ctx, err)
	}
	if s.writer, err = sql.Open("sqlite", dsn(path, "_txlock=immediate&_pragma="+writersCache)); err != nil {
		return translated(ctx, err)
	}
	s.writer.SetMaxOpenConns(1)
	n := 2 * runtime.NumCPU()
	s.pool = make(chan *connection, n)
	for range n {
		s.pool <- &connection{}
	}
	if err := s.Ready(ctx); err != nil {
		return errors.Join(err, s.shut())
	}
	return nil
}

// dsn is the driver's name of a file. A commit is on disk when it returns; what is deleted is
// overwritten; readers map the file instead of copying it. More is what readers and the writer have each of their own: of two of a pragma the
// driver obeys the one that is last in the alphabet.
func dsn(path, more string) string {
	pragmas := []string{"busy_timeout(10000)", "secure_delete(ON)", "journal_mode(WAL)", "synchronous(FULL)", "wal_autocheckpoint(4000)", "mmap_size(4294967296)",
		"temp_store(MEMORY)"}
	return address(path) + "?_dqs=0&_pragma=" + strings.Join(pragmas, "&_pragma=") + "&" + more
}

// writersCache is how many KiB of pages the writer keeps at most. A batch of an import into a large file changes some 20,000 pages of 4 KiB, each
// of which is written, and read again, more than once where they are not kept until the end.
const writersCache = "cache_size(-131072)"

// address is a file's name as a URI.
func address(path string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	return u.String()
}

// Close implements graph.Store. It waits for those who read.
func (s *Store) Close() error { return s.close() }

func (s *Store) shut() error {
	s.closed.Store(true)
	var errs []error
	for range cap(s.pool) {
		errs = append(errs, (<-s.pool).close())
	}
	close(s.pool)
	return errors.Join(append(errs, s.endWriting(), s.writer.Close())...)
}

// endWriting gives up the writer's statements. It waits for who writes.
func (s *Store) endWriting() error {
	conn, err := s.writer.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	if s.writing == nil {
		return nil
	}
	err = s.writing.forget()
	s.writing = nil
	return err
}

// quote writes an identifier of the catalog.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func table(k *graph.Kind) string { return quote("node_" + k.Label) }

func edgeTable(r *graph.Rel) string { return quote("edge_" + r.Type) }
