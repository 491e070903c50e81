package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	_ "net/http/pprof" // contenders are asked for profiles at their own addresses
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/server/spans"
)

// Names of the contenders, and what is added to those of Kith.
const (
	yardstick = "yardstick"
	onNeo4j   = "kith-neo4j"
	onSQLite  = "kith-sqlite"

	guarded      = "-sales"    // else COMPLIANCE, for which nothing is guarded
	withReceipts = "-receipts" // which go to disk and not on to the store, since that would grow from one benchmark to the next
	withSpans    = "-spans"    // which go to a collector that forgets them
)

// start runs a contender until the benchmark ends. It works with a database's process, too; 0: none is known.
func (b *benchmark) start(name string, database int) (*bench.Contender, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-serve", name, "-neo4j", b.neo4j, "-sqlite", b.sqlite)
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), "OTEL_SDK_DISABLED="+strconv.FormatBool(!strings.HasSuffix(name, withSpans)), "OTEL_EXPORTER_OTLP_ENDPOINT="+b.collector)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	b.closing(func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return err
		}
		return cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("%s did not start: %w", name, err)
	}
	c := &bench.Contender{Name: name, Base: "http://" + strings.TrimSpace(address), Kith: name != yardstick, PIDs: []int{cmd.Process.Pid}}
	if database != 0 {
		c.PIDs = append(c.PIDs, database)
	}
	return c, nil
}

// collect takes spans, and forgets them, until the benchmark ends.
func (b *benchmark) collect() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
	})}
	go s.Serve(l)
	b.closing(s.Close)
	b.collector = "http://" + l.Addr().String()
	return nil
}

// startKith starts Kith on a store in each way in which it is measured.
func (b *benchmark) startKith(store string, database int) error {
	for suffix, to := range map[string]*[]*bench.Contender{"": &b.contenders, guarded: &b.guarded, withReceipts: &b.receipts, guarded + withReceipts + withSpans: &b.asRun} {
		c, err := b.start(store+suffix, database)
		if err != nil {
			return err
		}
		*to = append(*to, c)
	}
	return nil
}

// serve is a contender: it prints its address, and answers until ctx ends.
func serve(ctx context.Context, o options) (err error) {
	// As `kith serve` does.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(4 << 30)
	h, done, err := contender(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	http.Handle("/", h)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{}
	defer context.AfterFunc(ctx, func() { s.Close() })()
	fmt.Println(l.Addr())
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// contender is the handler of a name, and what closes what it works with.
func contender(ctx context.Context, o options) (http.Handler, func() error, error) {
	if o.serve == yardstick {
		y, err := bench.OpenYardstick(o.neo4j)
		if err != nil {
			return nil, nil, err
		}
		return y.Handler(), func() error { return y.Close(context.Background()) }, nil
	}
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return nil, nil, err
	}
	var store graph.Store
	system := spans.SQLite
	if strings.HasPrefix(o.serve, onNeo4j) {
		system = spans.Neo4j
		store, err = neo4j.Open(ctx, o.neo4j, cat, neo4j.Options{})
	} else {
		store, err = sqlite.Open(o.sqlite, cat, sqlite.Options{})
	}
	if err != nil {
		return nil, nil, err
	}
	purpose := graph.Compliance
	if strings.Contains(o.serve, guarded) {
		purpose = graph.Sales
	}
	tracer, shutdown, err := spans.FromEnvironment(system, "bench", slog.Default())
	if err != nil {
		return nil, nil, err
	}
	if !strings.Contains(o.serve, withReceipts) {
		h, err := bench.Kith(store, cat, schema, purpose, nil, tracer)
		return h, store.Close, err
	}
	dir, err := os.MkdirTemp("", "kith-bench")
	if err != nil {
		return nil, nil, err
	}
	receipts, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return nil, nil, err
	}
	h, err := bench.Kith(store, cat, schema, purpose, receipts.Append, tracer)
	return h, func() error {
		return errors.Join(shutdown(context.Background()), store.Close(), receipts.Close(), os.RemoveAll(dir))
	}, err
}
