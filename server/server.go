// Package server adapts GraphQL to HTTP: transports as the GraphQL over HTTP specification has them, limits, errors that
// tell clients nothing of the inside, health, logs, metrics and spans. It imports graph, resolvers, gqlgen, golang-lru, rs/cors and the client
// library of Prometheus.
package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	gqltransport "github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/server/spans"
)

const (
	apiPath = "/graphql"
	// keptDocuments is how many parsed documents, and how many texts of persisted ones, are kept.
	keptDocuments = 1000
	// longest is how many bytes a document may have to be kept, so that the caches stay below some 100 MB.
	longest = 16 << 10

	headerTime = 5 * time.Second
	bodyTime   = 15 * time.Second
	idleTime   = 2 * time.Minute
	// answerTime is what is left for sending the answer after the time limit of a request.
	answerTime  = 30 * time.Second
	headerBytes = 64 << 10
)

// Options of a Server. Resolver and Store are needed.
type Options struct {
	Resolver        *resolvers.Resolver
	Store           graph.Store    // what the resolver reads; asked whether it is ready
	Auth            *auth.Verifier // nil: everybody is admitted, and the server listens on loopback only
	Metrics         net.Listener   // where Run serves /metrics alone, to everybody who reaches it; nil: beside /graphql, where Auth asks for the role monitor
	Page            http.Handler   // answers all paths that are not the server's own; nil: nothing there
	Log             *slog.Logger   // nil: slog.Default
	Limits          Limits
	Tracer          *spans.Tracer // has a span of each request; nil: none
	NoIntrospection bool          // nobody asks the schema what there is
	// Origins are those whose pages may ask, beside the server's own, as a browser names them; there is no wildcard.
	Origins []string
	// Purpose is what requests are for that name none: a value of the schema's Purpose, or empty.
	Purpose string
	// Receipts says what there is of receipts of answers; nil: nothing.
	Receipts func() Receipts
	// Writable says why no receipt can be written, without which nothing is told of persons; nil, or nil: one can be, as far as is known.
	Writable func(context.Context) error
	// Loading says why the server is not ready yet though the store is, as long as what it is to answer from is being loaded; nil, or
	// empty: nothing is.
	Loading func() string
	// Outdated says why nothing is to be answered from the store now, as that this process goes by an old policy; nil, or empty: it is.
	Outdated func() string
	// Documents are those that are known by their ids; nil: there are none. DocumentsOnly refuses all others.
	Documents     func() *documents.Set
	DocumentsOnly bool
	// Asked is told of operations that were answered, and what for; nil: nobody is.
	Asked func(doc *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any, purpose string)
	// Planner is what the store asks before it sends a statement; nil: nothing is planned beside requests' own time.
	Planner *Planner
	Grace   time.Duration    // for requests that run when the server is to stop; 0: 10 s
	Now     func() time.Time // nil: time.Now
	NewID   func() string    // of requests that come without one; nil: random
}

// Server serves GraphQL at /graphql (and /graphql/), what changes at /v1/changes, lists whole at /v1/export, and /healthz, /readyz and /metrics. Make one with New.
type Server struct {
	opt       Options
	log       *slog.Logger
	now       func() time.Time
	limits    Limits
	health    *health
	metrics   *metrics
	admission *admission
	handler   http.Handler

	patterns []string
	schema   *ast.Schema
	stopping chan struct{} // closed when who waits for changes is to wait no longer
}

// Receipts are numbers of receipts.
type Receipts struct {
	Waiting           int   // in the journal, to be moved to the store
	Aside             int   // since the store does not take them
	Written, Repeated int64 // since the start: answers that left one, and answers that were counted up on that of an equal one
	Bytes             int64 // that the journal's files have
}

// New makes a server that is not listening yet.
func New(o Options) (*Server, error) {
	if o.Resolver == nil || o.Store == nil {
		return nil, errors.New("server: Resolver and Store are to be given")
	}
	exec := o.Resolver.Executable()
	if o.Purpose != "" && exec.Schema().Types["Purpose"].EnumValues.ForName(o.Purpose) == nil {
		return nil, fmt.Errorf("server: %q is no purpose that the schema knows", o.Purpose)
	}
	for _, origin := range o.Origins {
		if err := CheckOrigin(origin); err != nil {
			return nil, fmt.Errorf("server: %w", err)
		}
	}
	o.Grace = cmp.Or(o.Grace, 10*time.Second)
	if o.NewID == nil {
		o.NewID = rand.Text
	}
	s := &Server{opt: o, log: cmp.Or(o.Log, slog.Default()), now: o.Now, limits: o.Limits.withDefaults(), stopping: make(chan struct{})}
	if s.now == nil {
		s.now = time.Now
	}
	if o.Writable == nil {
		o.Writable = func(context.Context) error { return nil }
	}
	if o.Receipts == nil {
		o.Receipts = func() Receipts { return Receipts{} }
	}
	for _, reason := range []*func() string{&o.Loading, &o.Outdated} {
		if *reason == nil {
			*reason = func() string { return "" }
		}
	}
	if o.Documents == nil {
		s.opt.Documents = none
	}
	o.Log = s.log
	s.health = newHealth(o)
	s.metrics = newMetrics(s.health)
	s.admission = newAdmission(s.limits)
	s.metrics.registry.MustRegister(s.admission.collectors()...)
	if o.Planner != nil {
		s.metrics.registry.MustRegister(o.Planner.seconds)
	}
	s.schema = exec.Schema()
	s.handler = s.routes(exec)
	return s, nil
}

func (s *Server) routes(exec graphql.ExecutableSchema) http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, h http.Handler) {
		mux.Handle(pattern, h)
		s.patterns = append(s.patterns, pattern)
	}
	api := s.otherOrigins(s.ownPages(s.authenticated(s.graphql(exec))))
	handle(apiPath, api)
	handle("GET "+changesPath, api)
	handle(exportPath, api)
	handle("GET /healthz", http.HandlerFunc(s.health.alive))
	handle("GET /readyz", http.HandlerFunc(s.health.ready))
	if s.opt.Metrics == nil {
		handle("GET /metrics", s.monitored(s.metrics.handler()))
	}
	if s.opt.Page != nil {
		handle("/", s.opt.Page)
	}
	if s.opt.Auth != nil {
		return s.observed(mux)
	}
	return s.observed(loopbackHost(mux))
}

func (s *Server) graphql(exec graphql.ExecutableSchema) http.Handler {
	h := handler.New(exec)
	h.AddTransport(gqltransport.Options{})
	h.AddTransport(following{s})
	h.AddTransport(exporting{s})
	h.AddTransport(transport{s})
	h.SetQueryCache(short[*ast.QueryDocument]{lru.New[*ast.QueryDocument](keptDocuments)})
	h.SetParserTokenLimit(s.limits.Tokens)
	h.SetErrorPresenter(s.present)
	h.SetRecoverFunc(s.recovered)
	if !s.opt.NoIntrospection {
		h.Use(extension.Introspection{})
	}
	h.Use(extension.AutomaticPersistedQuery{Cache: short[string]{lru.New[string](keptDocuments)}})
	h.Use(meter{s.limits, s.schema})
	h.AroundRootFields(s.health.gate)
	h.AroundOperations(s.opt.Resolver.Operation)
	return h
}

// short is a cache that keeps only what belongs to documents of usual length.
type short[T any] struct{ graphql.Cache[T] }

func (c short[T]) Add(ctx context.Context, key string, value T) {
	text, isText := any(value).(string)
	if !isText {
		text = key
	}
	if len(text) <= longest {
		c.Cache.Add(ctx, key, value)
	}
}

// allowance is how long a request may wait for plans beside its own time.
func (s *Server) allowance() time.Duration {
	if s.opt.Planner == nil {
		return 0
	}
	return s.opt.Planner.allowance
}

// timed is a context that ends when a request's time is over.
func (s *Server) timed(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.opt.Planner == nil {
		return context.WithTimeout(ctx, s.limits.Time)
	}
	c := startClock(ctx, s.limits.Time, s.allowance())
	return c, c.stop
}

// Handler answers requests. It serves tests and other programs; Run adds what a server of its own needs.
func (s *Server) Handler() http.Handler { return s.handler }

// Patterns are those of all routes, as http.ServeMux has them.
func (s *Server) Patterns() []string { return slices.Clone(s.patterns) }

// Run serves the listener, which it closes, until ctx is done, and then lets requests that run be answered for as long
// as Options.Grace. It gives nil when all were, and an error at once where the listener is not on loopback and nobody
// is asked who they are, or the store cannot be used. Options.Metrics is served until then, too, and closed. While the store does not answer, requests are refused and it is tried again each second.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	if err := onLoopback(l.Addr()); s.opt.Auth == nil && err != nil {
		l.Close()
		return err
	}
	hs := s.over(s.handler)
	watching, stop := context.WithCancel(ctx)
	var watch sync.WaitGroup
	s.health.begin()
	ended := make(chan error, 3)
	watch.Go(func() {
		if err := s.health.watch(watching); err != nil {
			ended <- err
		}
	})
	defer watch.Wait() // the caller closes the store next
	defer stop()

	go func() { ended <- hs.Serve(l) }()
	if s.opt.Metrics != nil {
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", s.metrics.handler())
		ms := s.over(mux)
		defer ms.Close()
		go func() { ended <- ms.Serve(s.opt.Metrics) }()
	}
	s.log.Info("listening", "address", l.Addr().String())
	select {
	case err := <-ended:
		hs.Close()
		return fmt.Errorf("server: %w", err)
	case <-ctx.Done():
	}
	s.log.Info("stopping")
	close(s.stopping)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.opt.Grace)
	defer cancel()
	if err := hs.Shutdown(grace); err != nil {
		hs.Close()
		return fmt.Errorf("server: stopped before all requests were answered: %w", err)
	}
	return nil
}

// over serves HTTP within the limits of all that is served here.
func (s *Server) over(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       bodyTime,
		WriteTimeout:      bodyTime + s.limits.Time + s.allowance() + answerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}
