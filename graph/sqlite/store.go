// Package sqlite keeps the graph in an embedded SQLite file: a table a kind, a table a type of relationship. It imports
// graph, graph/write, and the driver.
package sqlite

import (
	"context"
	"database/sql"
	"net/url"
	"runtime"

	_ "modernc.org/sqlite" // the driver

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Options of a store.
type Options struct {
	// NewID gives a new id for a prefix; write.RandomID if nil.
	NewID func(prefix string) string
	// OnStatement is told the text of each statement that a Read sends.
	OnStatement func(ctx context.Context, text string)
}

// Store is a graph.Store in a file. Readers see the state that their first statement saw, beside one writer.
type Store struct {
	readers, writer *sql.DB
	pool            chan *connection // of readers that nobody uses
	catalog         *graph.Catalog
	options         Options
}

var _ graph.Store = (*Store)(nil)

// Open opens the file, or makes it, and creates what the catalog needs and it lacks.
func Open(path string, cat *graph.Catalog, o Options) (*Store, error) {
	if o.NewID == nil {
		o.NewID = write.RandomID
	}
	n := 2 * runtime.NumCPU()
	s := &Store{catalog: cat, options: o, pool: make(chan *connection, n)}
	var err error
	if s.writer, err = open(path, "&_txlock=immediate"); err != nil {
		return nil, err
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.Ready(context.Background()); err != nil {
		s.writer.Close()
		return nil, err
	}
	if s.readers, err = open(path, "&_pragma=query_only(1)"); err != nil {
		s.writer.Close()
		return nil, err
	}
	s.readers.SetMaxIdleConns(n)
	for range n {
		s.pool <- &connection{}
	}
	return s, nil
}

// open makes a pool. A commit is on disk when it returns; readers map the file instead of copying it.
func open(path, more string) (*sql.DB, error) {
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=mmap_size(1073741824)&_pragma=cache_size(-32768)&_pragma=temp_store(MEMORY)" + more
	return sql.Open("sqlite", dsn)
}

// Close implements graph.Store.
func (s *Store) Close() error {
	for range cap(s.pool) { // once nobody reads any more
		(<-s.pool).close()
	}
	err := s.readers.Close()
	if e := s.writer.Close(); err == nil {
		err = e
	}
	return err
}

// quote writes an identifier of the catalog.
func quote(s string) string { return `"` + s + `"` }

func table(k *graph.Kind) string { return quote("node_" + k.Label) }

func edgeTable(r *graph.Rel) string { return quote("edge_" + r.Type) }
