// Command cmd is `make bench`: it compares Kith on Neo4j and on SQLite with hand-written Cypher, on one world. Everything
// but Neo4j runs in this process: the contenders, each behind a listener of its own on loopback, and the clients. It may
// import everything of Kith.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"syscall"

	"github.com/vektah/gqlparser/v2/ast"

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
	only                 string
}

func main() {
	log.SetFlags(0)
	// Allocations are sampled only where Kith is profiled.
	runtime.MemProfileRate = 0
	var o options
	flag.StringVar(&o.neo4j, "neo4j", "", "bolt `address` of a Neo4j without password (default: one of its own, whose data stays in .neo4j)")
	flag.StringVar(&o.sqlite, "sqlite", "", "`file` of the SQLite store (default: .bench/SCALE.db)")
	flag.StringVar(&o.scale, "scale", "full", "the world: full, or small to try")
	flag.IntVar(&o.rounds, "rounds", 3, "how often each cell is measured")
	flag.IntVar(&o.requests, "requests", 200, "how many different requests of each query there are")
	flag.Float64Var(&o.seconds, "seconds", 3, "how long each cell is measured")
	flag.Float64Var(&o.warm, "warm", 8, "how many seconds each contender is asked each query before")
	flag.StringVar(&o.only, "only", "", "`names` of the queries to measure, with spaces (default: all)")
	flag.StringVar(&o.profiles, "profiles", ".", "`folder` for bench-cpu.prof and bench-heap.prof")
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
	// As `kith serve` does.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(4 << 30)
	cat, schema, err := sdl.Load(kith.Schema, kith.Derived)
	if err != nil {
		return err
	}
	b := &benchmark{options: o, world: bench.New(size), catalog: cat, schema: schema}
	defer func() { err = errors.Join(err, b.close()) }()
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
	schema     *ast.Schema
	contenders []*bench.Contender // that are compared with hand-written statements
	guarded    []*bench.Contender // Kith for a purpose that persons object to
	receipts   []*bench.Contender // Kith that leaves receipts
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

// Names of the contenders, which are labels in the profiles, too.
const (
	yardstick = "yardstick"
	onNeo4j   = "kith-neo4j"
	onSQLite  = "kith-sqlite"

	guarded      = "-sales"
	withReceipts = "-receipts"
)

// serve gives a handler a listener of its own. What it does is labelled in profiles.
func (b *benchmark) serve(name string, h http.Handler) (*bench.Contender, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Handler: h}
	ended := make(chan error, 1)
	go pprof.Do(context.Background(), pprof.Labels("part", name), func(context.Context) { ended <- s.Serve(l) })
	b.closing(func() error {
		s.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	return &bench.Contender{Name: name, Base: "http://" + l.Addr().String(), Kith: name != yardstick}, nil
}

// profile asks Kith once more, under the profilers.
func (b *benchmark) profile(ctx context.Context) (err error) {
	cpu, err := os.Create(filepath.Join(b.profiles, "bench-cpu.prof"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cpu.Close()) }()
	heap, err := os.Create(filepath.Join(b.profiles, "bench-heap.prof"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, heap.Close()) }()
	runtime.MemProfileRate = 64 << 10
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return err
	}
	for _, t := range b.trials() {
		for _, c := range t.contenders {
			if !c.Kith {
				continue
			}
			if _, err := b.cell(ctx, c, t.query, many, b.seconds); err != nil {
				pprof.StopCPUProfile()
				return err
			}
		}
	}
	pprof.StopCPUProfile()
	runtime.GC()
	if err := pprof.Lookup("allocs").WriteTo(heap, 0); err != nil {
		return err
	}
	fmt.Printf("\n%s and %s have Kith at %d connections; try: go tool pprof -top -tagfocus part=%s %s\n", cpu.Name(), heap.Name(), many, onNeo4j, cpu.Name())
	return nil
}
