package server

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

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
