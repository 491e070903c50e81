// Command writing tells what it takes the stores to write: the batches that two mutations make, an import, and an erasure, each on its
// own, in the small world of the gates; what it takes to read what was, and how long it takes until who follows changes is told. It may import everything of Kith.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/graph/sqlite"
)

// port of the Neo4j that is measured alone.
const port = "7694"

func main() {
	log.SetFlags(0)
	addr := flag.String("neo4j", "", "bolt `address` of an empty Neo4j without password (default: one of its own)")
	only := flag.String("store", "", "the one `store` to measure: Neo4j or SQLite (default: both)")
	times := flag.Int("times", 200, "how often each mutation is written; imports and erasures a tenth of that")
	flag.Parse()
	if err := run(context.Background(), *addr, *only, *times); err != nil {
		log.Fatalln("writing:", err)
	}
}

func run(ctx context.Context, addr, only string, times int) (err error) {
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "store\twritten\tp50 in ms\tgoal\tleast\tCPU in ms\tstatements\tat most\t")
	var stores []*measured
	for _, s := range []struct {
		name string
		open func() (open opener, end func() error, err error)
	}{{onNeo4jName, func() (opener, func() error, error) { return onNeo4j(ctx, addr) }}, {"SQLite", onSQLite}} {
		if only != "" && only != s.name {
			continue
		}
		again, end, failed := s.open()
		if failed != nil {
			return fmt.Errorf("%s: %w", s.name, failed)
		}
		defer func() { err = errors.Join(err, end()) }() // of what run gives
		store, failed := again(cat)
		if failed != nil {
			return fmt.Errorf("%s: %w", s.name, failed)
		}
		defer func() { err = errors.Join(err, store.Close()) }()
		m := &measured{store: store, again: again, cat: cat, schema: schema, name: s.name, out: w}
		if s.name == onNeo4jName {
			m.server = bench.PID(cmp.Or(addr[strings.LastIndex(addr, ":")+1:], port))
		}
		stores = append(stores, m)
	}
	if err := all(ctx, stores, times); err != nil {
		return err
	}
	return w.Flush()
}

var mark = secret.New().Marks("suppression")

// An opener opens a store anew, with a catalog.
type opener func(*graph.Catalog) (graph.Store, error)

func onNeo4j(ctx context.Context, addr string) (opener, func() error, error) {
	end := func() error { return nil }
	if addr == "" {
		var err error
		if addr, err = bench.StartNeo4j(ctx, "--fresh", port); err != nil {
			return nil, nil, err
		}
		end = func() error { return bench.StopNeo4j(port) }
	}
	ids := bench.NewIDs()
	return func(cat *graph.Catalog) (graph.Store, error) {
		return neo4j.Open(ctx, addr, cat, neo4j.Options{NewID: ids, Mark: mark})
	}, end, nil
}

func onSQLite() (opener, func() error, error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return nil, nil, err
	}
	ids := bench.NewIDs()
	return func(cat *graph.Catalog) (graph.Store, error) {
		return sqlite.Open(filepath.Join(dir, "kith.db"), cat, sqlite.Options{NewID: ids, Mark: mark})
	}, func() error { return os.RemoveAll(dir) }, nil
}

// onNeo4jName is the name of the store that has a server of its own.
const onNeo4jName = "Neo4j"

// measured is a store that is measured.
type measured struct {
	store  graph.Store
	again  opener
	cat    *graph.Catalog
	schema *ast.Schema
	name   string
	out    *tabwriter.Writer
	server int // the process of Neo4j, 0 where it is not known
}

// all measures the stores: what is read and who follows in one after the other, what is written by turns.
func all(ctx context.Context, stores []*measured, times int) error {
	few := max(times/10, 1)
	for _, m := range stores {
		if _, err := bench.Load(ctx, m.store, m.cat, bench.New(bench.Small), func(bench.Loading) {}); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if err := m.past(ctx, times); err != nil {
			return fmt.Errorf("%s: what was: %w", m.name, err)
		}
	}
	if err := written(ctx, stores, times, few); err != nil {
		return err
	}
	for _, m := range stores {
		if err := m.followed(ctx, few); err != nil {
			return fmt.Errorf("%s: changes: %w", m.name, err)
		}
	}
	return nil
}
