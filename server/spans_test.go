package server_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/server/spans"
)

const (
	traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
	sampled = "00-" + traceID + "-00f067aa0ba902b7-01"
	dropped = "00-" + traceID + "-00f067aa0ba902b7-00"
)

func TestARequestIsASpanBelowTheOneOfWhoSendsIt(t *testing.T) {
	verifier, err := auth.New(t.Context(), auth.Options{Secret: []byte(strings.Repeat("s", 32)), Issuer: "kith", Audience: "kith"})
	require.NoError(t, err)
	for _, c := range []struct {
		name, document, traceparent string
		auth                        *auth.Verifier
		span, trace                 string // what is exported; empty: nothing
		remote                      bool
	}{
		{"without a parent it begins a trace", `query Mine { __typename }`, "", nil, "query Mine", "", false},
		{"with one it is in the parent's", `query Mine { __typename }`, sampled, nil, "query Mine", traceID, true},
		{"which decides whether it is exported", `query Mine { __typename }`, dropped, nil, "", "", false},
		{"a parent that is none counts for nothing", `query Mine { __typename }`, "01-" + traceID, nil, "query Mine", "", false},
		{"a long name is cut", "query " + strings.Repeat("N", 1000) + " { __typename }", "", nil, "query " + strings.Repeat("N", 64), "", false},
		{"who is not admitted has one, too", `query Mine { __typename }`, sampled, verifier, "GraphQL Operation ", traceID, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := tracetest.NewInMemoryExporter()
			provider := sdk.NewTracerProvider(sdk.WithSyncer(into))
			s, log := newServer(t, &fake{}, server.Options{Auth: c.auth, Tracer: spans.New(provider, spans.Neo4j)})
			send(t, s.Handler(), query(c.document, "Traceparent", c.traceparent, "Tracestate", "vendor=secret"))
			send(t, s.Handler(), get("/healthz"))
			send(t, s.Handler(), get("/nothing"))
			got := into.GetSpans()
			logged := log.with(t, "request")[0]["traceId"]
			if c.span == "" {
				assert.Empty(t, got)
				assert.Nil(t, logged)
				return
			}
			require.Len(t, got, 1, "only the API is traced")
			name := ""
			for _, a := range got[0].Attributes {
				if a.Key == "graphql.operation.name" {
					name = a.Value.AsString()
				}
			}
			assert.Equal(t, c.span, got[0].Name+" "+name)
			assert.Equal(t, got[0].SpanContext.TraceID().String(), logged, "the log names the trace")
			assert.Equal(t, c.remote, got[0].Parent.IsRemote())
			assert.Empty(t, got[0].SpanContext.TraceState().String())
			if c.trace != "" {
				assert.Equal(t, c.trace, logged)
			}
		})
	}
}

// BenchmarkARequest is of one read that costs one statement, by a store that takes no time.
func BenchmarkARequest(b *testing.B) {
	provider := sdk.NewTracerProvider(sdk.WithBatcher(tracetest.NewNoopExporter()))
	for name, tracer := range map[string]*spans.Tracer{"without spans": nil, "with spans": spans.New(provider, spans.Neo4j)} {
		b.Run(name, func(b *testing.B) {
			store := &fake{}
			r, err := resolvers.New(resolvers.Options{Reader: tracer.Readers(policy.Over(store)), Catalog: graphtest.Catalog(b), Schema: graphtest.Schema(b)})
			require.NoError(b, err)
			s, err := server.New(server.Options{Resolver: r, Store: store, Purpose: "SALES", Tracer: tracer, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				s.Handler().ServeHTTP(w, query(`query Some { customers(first: 10) { totalCount edges { node { id name email } } } }`))
				require.Equal(b, http.StatusOK, w.Code)
			}
		})
	}
}
