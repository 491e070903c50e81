// Command cmd is `make bench`: it compares Kith on Neo4j and on SQLite with hand-written Cypher, on one world. Each contender is a
// process of its own, which this program starts from itself, so that what it uses can be told from what the clients use, which run
// here. It may import everything of Kith.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

type options struct {
	neo4j, sqlite, scale string
	rounds, requests     int
	seconds, warm        float64
	profiles             string
	only, serve          string
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.neo4j, "neo4j", "", "bolt `address` of a Neo4j without password (default: one of its own, whose data stays in .neo4j)")
	flag.StringVar(&o.sqlite, "sqlite", "", "`file` of the SQLite store (default: .bench/SCALE.db)")
	flag.StringVar(&o.scale, "scale", "full", "the world: full, or small to try")
	flag.IntVar(&o.rounds, "rounds", 3, "how often each cell is measured")
	flag.IntVar(&o.requests, "requests", 200, "how many different requests of each query there are")
	flag.Float64Var(&o.seconds, "seconds", 3, "how long each cell is measured")
	flag.Float64Var(&o.warm, "warm", 8, "how many seconds each contender is asked each query before")
	flag.StringVar(&o.only, "only", "", "`names` of the queries to measure, with spaces (default: all)")
	flag.StringVar(&o.profiles, "profiles", "", "`folder` for profiles of Kith (default: none are made)")
	flag.StringVar(&o.serve, "serve", "", "be the contender of this `name`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		log.Fatalln("bench:", err)
	}
}

// run holds the benchmark from beginning to end.
func run(ctx context.Context, o options) (err error) {
	sizes := map[string]bench.Size{"full": bench.Full, "small": bench.Small}
	size, ok := sizes[o.scale]
	if !ok || flag.NArg() > 0 || o.rounds < 1 || o.requests < 1 || o.seconds <= 0 {
		return errors.New("see -help")
	}
	if o.serve != "" {
		return serve(ctx, o)
	}
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	b := &benchmark{options: o, world: bench.New(size), catalog: cat}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := b.collect(); err != nil {
		return err
	}
	if err := b.openNeo4j(ctx); err != nil {
		return fmt.Errorf("%s: %w", onNeo4j, err)
	}
	if err := b.openSQLite(ctx); err != nil {
		return fmt.Errorf("%s: %w", onSQLite, err)
	}
	cells, err := b.measure(ctx)
	if err != nil {
		return err
	}
	if err := b.report(os.Stdout, cells); err != nil {
		return err
	}
	return b.profile(ctx)
}

// benchmark is what is open.
type benchmark struct {
	options
	world      *bench.World
	catalog    *graph.Catalog
	contenders []*bench.Contender // that are compared with hand-written statements
	guarded    []*bench.Contender // Kith for a purpose that persons object to
	receipts   []*bench.Contender // Kith that leaves receipts
	asRun      []*bench.Contender // Kith for that purpose, with receipts and spans
	collector  string             // the address that takes spans
	closers    []func() error
}

func (b *benchmark) closing(f func() error) { b.closers = append(b.closers, f) }

func (b *benchmark) close() error {
	var errs []error
	for i := range b.closers {
		errs = append(errs, b.closers[len(b.closers)-1-i]())
	}
	return errors.Join(errs...)
}

// profile asks Kith once more, under its profilers.
func (b *benchmark) profile(ctx context.Context) error {
	if b.profiles == "" {
		return nil
	}
	for _, c := range b.contenders[1:] {
		ended := make(chan error, 1)
		go func() {
			ended <- save(c.Base+fmt.Sprintf("/debug/pprof/profile?seconds=%d", 20), filepath.Join(b.profiles, c.Name+"-cpu.prof"))
		}()
		for began := time.Now(); time.Since(began) < 20*time.Second; {
			for _, t := range b.trials() {
				if t.query.Cypher == "" || t.query.Document == "" {
					continue
				}
				if _, err := b.cell(ctx, c, t.query, many, 1); err != nil {
					return err
				}
			}
		}
		if err := errors.Join(<-ended, save(c.Base+"/debug/pprof/allocs", filepath.Join(b.profiles, c.Name+"-allocs.prof"))); err != nil {
			return err
		}
	}
	return nil
}

func save(from, file string) error {
	res, err := http.Get(from)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
