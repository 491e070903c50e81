package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/spans"
	"github.com/kithgraph/kith/web"
)

type serveCmd struct {
	storeFlag
	policyFlag
	authFlags
	documentFlags
	definitionsFlag
	planFlags
	limitFlags
	Addr          string        `default:"127.0.0.1:8080" help:"Where to listen. Without authentication this is a loopback address."`
	Purpose       string        `enum:",${purposes}" default:"" placeholder:"PURPOSE" help:"What answers are used for where a request does not say."`
	AllowOrigin   []string      `placeholder:"ORIGIN,…" help:"Origins whose pages may ask from a browser, as https://app.example, beside the one that Kith serves."`
	MetricsAddr   string        `placeholder:"ADDR" help:"Where to serve /metrics alone, to everybody who reaches it. Without: at --addr, where a token with the role monitor is needed if tokens are."`
	Journal       string        `placeholder:"DIR" help:"Where receipts of what was disclosed are kept until they are in the store. Without: beside the file of SQLite, else ./kith.journal."`
	ReceiptWindow time.Duration `default:"10m" placeholder:"TIME" help:"How long after an answer equal ones are counted up on its receipt. 0s: each leaves one of its own."`
	journeyFlags
	committeeFlags
	signInFlags
	KeepChanges time.Duration `default:"720h" placeholder:"TIME" help:"For how long is kept what changed, for those who follow it. Who falls behind further is told so, and begins anew."`
	Demo        bool          `help:"Load the demonstration world first if the store is empty, or has a part of it."`
}

// Validate refuses what no server can mean.
func (c serveCmd) Validate() error {
	for _, origin := range c.AllowOrigin {
		if err := server.CheckOrigin(origin); err != nil {
			return fmt.Errorf("--allow-origin: %w", err)
		}
	}
	if err := c.limitFlags.valid(); err != nil {
		return err
	}
	if err := c.authFlags.valid(); err != nil {
		return err
	}
	if err := c.signInFlags.valid(c.authFlags); err != nil {
		return err
	}
	for _, d := range []struct {
		flag string
		time time.Duration
	}{{"--first-plan", c.FirstPlan}, {"--warm", c.Warm}, {"--receipt-window", c.ReceiptWindow}} {
		if d.time < 0 {
			return fmt.Errorf("%s: a time from 0s on is needed, not %v", d.flag, d.time)
		}
	}
	if err := c.journeyFlags.valid(); err != nil {
		return err
	}
	if c.ClaimAge <= 0 {
		return fmt.Errorf("--claim-age: a time above 0s is needed, not %v", c.ClaimAge)
	}
	if c.KeepChanges < leastKept {
		return fmt.Errorf("--keep-changes: a time from %v on is needed, not %v: who follows changes is to have read them by then", leastKept, c.KeepChanges)
	}
	return nil
}

// Run serves until it is told to stop.
func (c serveCmd) Run(p *program) error {
	log := slog.New(slog.NewJSONHandler(p.err, nil))
	tuneGC()
	g, err := declared()
	if err != nil {
		return err
	}
	is := built()
	tracer, shutdown, err := spans.FromEnvironment(c.system(), is.Version, log)
	if err != nil {
		return err
	}
	defer flush(shutdown, log)
	rules, err := c.inForce(p.ctx, log)
	if err != nil {
		return err
	}
	ofPages, err := c.ofPages(g.schema)
	if err != nil {
		return err
	}
	known, err := c.known(p.ctx, log, g.schema, ofPages)
	if err != nil {
		return err
	}
	o := c.asked(g)
	if o.Definitions, err = c.defined(p.ctx, log, o); err != nil {
		return err
	}
	if o.Template, err = c.template(); err != nil {
		return err
	}
	verifier, err := c.verifier(p.ctx)
	if err != nil {
		return err
	}
	listen := server.Listen
	if verifier != nil {
		listen = func(addr string) (net.Listener, error) { return net.Listen("tcp", addr) }
	}
	listener, err := listen(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	defer listener.Close()
	var metrics net.Listener
	if c.MetricsAddr != "" {
		if metrics, err = net.Listen("tcp", c.MetricsAddr); err != nil {
			return fmt.Errorf("--metrics-addr: %w", err)
		}
		defer metrics.Close()
	}
	if err := placed("--journal", c.journal(), c.Journal != ""); err != nil {
		return err
	}
	if err := placed("--journey-snapshots", c.snapshots(), c.JourneySnapshots != "" && c.JourneySnapshots != noSnapshots); err != nil {
		return err
	}
	// All that can be wrong with the command is known: only now is anything made.
	database, planner := neo4j.Options{Log: log, Connect: max(c.TimeLimit/5, time.Second)}, c.planner(log)
	if planner != nil {
		database.Plan = planner.Plan
	}
	if err := c.open(p.ctx, g, database); err != nil {
		return err
	}
	defer g.Close()
	lock, err := c.alone()
	if err != nil {
		return err
	}
	defer lock.Close()
	held := g.lease(func() string { return rules().Version })
	if err := c.check(p.ctx, g, held); err != nil {
		return err
	}
	receipts, err := c.receipts(log)
	if err != nil {
		return err
	}
	defer receipts.Close()
	readers := policy.Over(g.Store)
	logs, err := c.journeys(g, is, log)
	if err != nil {
		return err
	}
	if logs != nil {
		defer logs.Close()
		readers = policy.WithLogs(g.Store, logs)
	}
	warmer := c.warmer(g, planner, known, ofPages, rules, o, log)
	o.Reader, o.Writer, o.Policy = tracer.Readers(readers), tracer.Writer(g.Store), rules
	o.Copies, o.Receipts, o.Settle = c.copies(receipts, logs), receipts.Append, receipts.Settle
	r, err := g.resolver(o)
	if err != nil {
		return err
	}
	log.Info("configuration", "version", is.Version, "commit", is.Commit, "addr", listener.Addr().String(), "metricsAddr", c.MetricsAddr, "store", c.masked(), "purpose", c.Purpose, "demo", c.Demo,
		"policy", rules().Version, "journal", c.journal(), "auth", c.scheme(), "spans", tracer.String(), "documents", known().Len(), "documentsOnly", c.DocumentsOnly, "definitions", o.Definitions().Len())
	if verifier == nil {
		log.Warn("nobody is asked who they are: everybody who reaches this address is admitted", "addr", listener.Addr().String())
	}
	options := server.Options{Resolver: r, Store: g.Store, Auth: verifier, Metrics: metrics, Page: c.page(), Log: log, Purpose: c.Purpose, Origins: c.AllowOrigin, Tracer: tracer,
		Documents: known, DocumentsOnly: c.DocumentsOnly, Planner: planner, Limits: c.limits(c.system() == spans.Neo4j),
		NoIntrospection: c.Introspection == "off" || c.Introspection == "authenticated" && verifier == nil,
		Receipts: func() server.Receipts {
			s := receipts.Stats()
			return server.Receipts{Waiting: receipts.Pending(), Aside: receipts.Aside(), Written: s.Written, Repeated: s.Repeated, Bytes: s.Bytes}
		}}
	world := &world{}
	if c.Demo {
		world.says("it is looked whether the demonstration world is to be loaded")
		options.Loading = world.reason
	}
	options.Outdated, options.Writable = held.Outdated, receipts.Writable
	if warmer != nil {
		options.Asked = warmer.used.Note
	}
	s, err := server.New(options)
	if err != nil {
		return err
	}
	var beside sync.WaitGroup // the server, which tells meanwhile that it is not ready
	defer beside.Wait()
	answered := make(chan bool) // all that was asked
	ctx, stop := context.WithCancelCause(p.ctx)
	defer stop(nil)
	go func() {
		if err := receipts.Move(ctx, journal.To(g.Store, g.catalog)); err != nil {
			log.Error("receipts stay in the journal", "error", err)
		}
	}()
	beside.Go(func() {
		if err := c.take(ctx, g, held, log); err != nil || ctx.Err() != nil {
			stop(err)
			return
		}
		defer keep(context.WithoutCancel(ctx), held, log)()
		c.fitSlow(ctx, g.Store, s, log)
		beside.Go(func() { trim(ctx, g.Store, c.KeepChanges, trimEvery, log) })
		if err := world.load(ctx, p, g, c.Demo, log); err != nil {
			stop(fmt.Errorf("the demonstration world: %w", err))
		} else if warmer != nil {
			warmer.run(ctx)
		}
		<-answered
	})
	fmt.Fprintf(p.out, "Open http://%s/ to try queries; the API is http://%s/graphql\n", listener.Addr(), listener.Addr())
	err = s.Run(ctx, listener)
	close(answered)
	if err != nil {
		return err
	}
	if err := context.Cause(ctx); err != nil && p.ctx.Err() == nil {
		return err
	}
	return nil
}

// asked are the options that say what an operation may ask, of what is answered and of what is planned ahead.
func (c serveCmd) asked(g *graphOf) resolvers.Options {
	return resolvers.Options{Catalog: g.catalog, Schema: g.schema, MaxPage: c.MaxPage, MaxExport: c.MaxExport, MaxPlanning: c.MaxPlanning, MostBytes: c.MaxAnswer, ClaimAge: c.ClaimAge}
}

// page is what is served in a browser; nil: nothing.
func (c serveCmd) page() http.Handler {
	if !c.Pages {
		return nil
	}
	return web.Handler(c.signIn())
}

// Help says what no flag does.
func (serveCmd) Help() string {
	return `Spans of requests are sent by OTLP/HTTP where OTEL_EXPORTER_OTLP_ENDPOINT (http://localhost:4318), or OTEL_TRACES_EXPORTER=otlp, asks for them: of ` +
		`operations, reads, writes and statements, with names, codes and durations, and nothing of what was asked or answered. OpenTelemetry's other ` +
		`variables are heeded, too, as OTEL_TRACES_SAMPLER.`
}

// flushTime is what is left for sending spans when the server has stopped.
const flushTime = 5 * time.Second

func flush(shutdown func(context.Context) error, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), flushTime)
	defer cancel()
	if err := shutdown(ctx); err != nil {
		log.Warn("spans that wait are not sent", "error", err)
	}
}

// journal is the directory of receipts.
func (c serveCmd) journal() string { return c.beside(c.Journal, ".journal") }

// receipts opens the journal, which logs what keeps receipts from the store.
func (c serveCmd) receipts(log *slog.Logger) (*journal.Journal, error) {
	tell := func(err error) {
		if aside := (*journal.SetAside)(nil); errors.As(err, &aside) {
			log.Error("a receipt is set aside: the store does not take it", "receipt", aside.Receipt.ID, "file", aside.File, "reason", aside.Reason)
			return
		}
		log.Warn("receipts wait in the journal: they cannot be moved to the store", "error", err)
	}
	receipts, err := journal.Open(c.journal(), journal.Options{Tell: tell, Window: c.ReceiptWindow})
	if err != nil {
		return nil, fmt.Errorf("--journal: %w", err)
	}
	if n := receipts.Aside(); n > 0 {
		log.Error("receipts are set aside: the store did not take them, and they are tried once more", "receipts", n, "file", receipts.AsideFile())
	}
	return receipts, nil
}

// tuneGC trades memory for time: requests allocate much and keep nothing. The environment's own settings win.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(4 << 30)
	}
}

const (
	// leastKept is for how long changes are kept at least.
	leastKept = time.Minute
	// trimEvery is the time from one look for old changes to the next.
	trimEvery = 10 * time.Minute
)

// trim takes entries of the feed away when they are as old as they may be, until ctx is done. Several processes may do so.
func trim(ctx context.Context, store graph.Store, kept, every time.Duration, log *slog.Logger) {
	for {
		if err := store.Trim(ctx, graph.At(time.Now().Add(-kept))); err != nil && ctx.Err() == nil {
			log.Warn("old changes stay in the feed; trying again", "in", every.String(), "error", err)
		}
		select {
		case <-time.After(every):
		case <-ctx.Done():
			return
		}
	}
}
