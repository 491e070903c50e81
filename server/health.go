package server

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
)

const (
	// answering is how long a store that was ready once may take to say that it is there.
	answering = time.Second
	// between is the time from one attempt to the next.
	between = time.Second
)

// What is said while the store is not asked.
var (
	preparing   = "the store is looked at, and gets what it lacks of tables and indexes: the log says how far it is"
	unavailable = unavailableMessage
	unwritable  = "receipts of what is disclosed cannot be written, without which nothing is told of persons: the log says why"
)

// health knows whether the store answers. While it is known not to, requests are refused at once instead of waiting for
// it one by one.
type health struct {
	store    graph.Store
	log      *slog.Logger
	receipts func() Receipts
	loading  func() string
	outdated func() string
	writable func(context.Context) error
	down     atomic.Pointer[string] // why the store is not asked; nil: it is
	again    chan struct{}          // somebody had reason to doubt that the store answers
}

func newHealth(o Options) *health {
	return &health{store: o.Store, log: o.Log, receipts: o.Receipts, loading: o.Loading, outdated: o.Outdated, writable: o.Writable, again: make(chan struct{}, 1)}
}

// begin has the store not be asked until watch has found it ready.
func (h *health) begin() { h.down.Store(&preparing) }

// suspect has watch try the store.
func (h *health) suspect() {
	select {
	case h.again <- struct{}{}:
	default: // it is about to be tried
	}
}

// watch tries the store until it answers, and again whenever there is doubt. It logs changes only. At first the store has all the
// time it needs: it creates tables and indexes, and what is broken off may have to be done again from the beginning. It gives the error
// of a store that no waiting makes usable, and nil when ctx is done.
func (h *health) watch(ctx context.Context) error {
	try, said := h.prepare, false
	for {
		err := try(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if graph.CodeOf(err) == graph.Conflict {
			return err
		}
		var doubt <-chan struct{} // one of the two is waited for
		var retry <-chan time.Time
		if err == nil {
			if h.down.Swap(nil) != nil {
				h.log.Info("the store is ready")
			}
			try, said, doubt = h.try, false, h.again
		} else {
			h.down.Store(&unavailable)
			if !said {
				h.log.Warn("the store does not answer; trying again", "every", between.String(), "error", err)
			}
			said, retry = true, time.After(between)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-doubt:
		case <-retry:
		}
	}
}

// prepare has the store get ready for the first time. What takes longer than an answer is at it, if the store was away before.
func (h *health) prepare(ctx context.Context) error {
	late := time.AfterFunc(answering, func() { h.down.CompareAndSwap(&unavailable, &preparing) })
	defer late.Stop()
	return h.store.Ready(ctx)
}

func (h *health) try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answering)
	defer cancel()
	return h.store.Ready(ctx)
}

// closed says why nothing can be answered from the store now.
func (h *health) closed() string {
	if why := h.down.Load(); why != nil {
		return *why
	}
	return h.outdated()
}

// gate refuses root fields that would need the store while it is down, or may not be answered from.
func (h *health) gate(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	why := h.closed()
	if why == "" || strings.HasPrefix(field.Name, "__") {
		return next(ctx)
	}
	err := gqlerror.WrapPath(ast.Path{ast.PathName(field.Alias)}, &graph.Error{Code: graph.Unavailable, Message: why})
	err.Locations = []gqlerror.Location{{Line: field.Position.Line, Column: field.Position.Column}}
	graphql.AddError(ctx, err)
	return graphql.Null // root fields are nullable
}

// alive answers as long as the process does.
func (h *health) alive(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, `{"alive":true}`)
}

// readiness is what is said of whether requests can be answered.
type readiness struct {
	Ready    bool     `json:"ready"`
	Reason   string   `json:"reason,omitempty"`
	Warnings []string `json:"warnings,omitempty"` // what somebody is to see to, though requests can be answered
}

// ready says whether requests can be answered now.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	said, status := readiness{}, http.StatusServiceUnavailable
	switch down, why := h.down.Load(), cmp.Or(h.outdated(), h.loading()); {
	case down != nil:
		said.Reason = *down
	case h.try(r.Context()) != nil:
		said.Reason = unavailable
		h.suspect()
	case why != "":
		said.Reason = why
	case h.records(r.Context()) != nil:
		said.Reason = unwritable
	default:
		said, status = readiness{Ready: true}, http.StatusOK
	}
	if aside := h.receipts().Aside; aside > 0 {
		said.Warnings = append(said.Warnings, fmt.Sprintf("receipts that the store does not take are set aside: %d; the log says why, and disclosures are told without them", aside))
	}
	answer(w, status, string(marshal(said)))
}

// records says why no receipt can be written, as far as a disk that hangs lets it be known.
func (h *health) records(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answering)
	defer cancel()
	return h.writable(ctx)
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", typeJSON)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, body+"\n")
}

// metrics of GraphQL requests. Labels have few values and none that a client chooses: types of operations and codes.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	statements prometheus.Counter
}

func newMetrics(h *health) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_requests_total",
			Help: "GraphQL requests by type of operation and the code of the first error, OK without any.",
		}, []string{"type", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kith_request_duration_seconds",
			Help:    "Time from reading a GraphQL request to the end of its answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"type"}),
		statements: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kith_statements_total",
			Help: "Statements that GraphQL requests have cost the store.",
		}),
	}
	ready := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "kith_store_ready",
		Help: "1 unless the store is known not to answer.",
	}, func() float64 {
		if h.down.Load() != nil {
			return 0
		}
		return 1
	})
	receipts := func(name, help string, of func(Receipts) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "kith_receipts_" + name, Help: help}, func() float64 { return of(h.receipts()) })
	}
	m.registry.MustRegister(m.requests, m.seconds, m.statements, ready,
		receipts("waiting", "Receipts of answers that are in the journal, and not in the store yet.", func(r Receipts) float64 { return float64(r.Waiting) }),
		receipts("aside", "Receipts of answers that are set aside, since the store does not take them.", func(r Receipts) float64 { return float64(r.Aside) }),
		receipts("written", "Answers since the start that left a receipt of their own.", func(r Receipts) float64 { return float64(r.Written) }),
		receipts("repeated", "Answers since the start that were counted up on the receipt of an equal one.", func(r Receipts) float64 { return float64(r.Repeated) }),
		receipts("journal_bytes", "What the journal's files take, until their receipts are in the store.", func(r Receipts) float64 { return float64(r.Bytes) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) count(kind string, codes []string, statements int64, seconds float64) {
	code := "OK"
	if len(codes) > 0 {
		code = codes[0]
	}
	if kind == "" {
		kind = "none"
	}
	m.requests.WithLabelValues(kind, code).Inc()
	m.seconds.WithLabelValues(kind).Observe(seconds)
	m.statements.Add(float64(statements))
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
