// Package spans traces requests by OpenTelemetry: a span for each operation, for each read and write of its root fields, and for each
// statement that a read costs. No span holds what was asked or answered. It imports graph, graph/policy, OpenTelemetry, and gqlgen for
// the names of root fields.
package spans

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A Tracer makes spans of what is done for requests. A nil one makes none.
type Tracer struct {
	tracer trace.Tracer
	system attribute.KeyValue
	verb   string // what a statement that reads begins with
	to     string
}

// The stores that statements are for, as db.system.name has them.
const (
	Neo4j  = "neo4j"
	SQLite = "sqlite"
)

// New makes a Tracer whose spans go to a provider. system is the store: Neo4j or SQLite.
func New(to trace.TracerProvider, system string) *Tracer {
	t := &Tracer{
		tracer: to.Tracer("github.com/kithgraph/kith/server/spans", trace.WithSchemaURL(semconv.SchemaURL)),
		system: semconv.DBSystemNameKey.String(system),
		verb:   "SELECT",
	}
	if system == Neo4j {
		t.verb = "MATCH"
	}
	return t
}

// String says where spans go.
func (t *Tracer) String() string {
	if t == nil {
		return "off"
	}
	return t.to
}

// An Operation is the span of a request. A nil one is none.
type Operation struct{ span trace.Span }

// Begin begins the span of a request, below the one that the header traceparent names, whoever sent it.
func (t *Tracer) Begin(r *http.Request) (context.Context, *Operation) {
	if t == nil {
		return r.Context(), nil
	}
	ctx := propagation.TraceContext{}.Extract(r.Context(), parent(r.Header.Get("Traceparent")))
	ctx, span := t.tracer.Start(ctx, "GraphQL Operation", trace.WithSpanKind(trace.SpanKindServer))
	return ctx, &Operation{span}
}

// parent carries the header traceparent alone: what tracestate and baggage hold is of others, and is not passed on.
type parent string

func (p parent) Get(key string) string {
	if key == "traceparent" {
		return string(p)
	}
	return ""
}

func (parent) Set(string, string) {}

func (parent) Keys() []string { return []string{"traceparent"} }

// TraceID is that of the trace the span is exported in; empty: it is not.
func (o *Operation) TraceID() string {
	if o == nil || !o.span.SpanContext().IsSampled() {
		return ""
	}
	return o.span.SpanContext().TraceID().String()
}

// End ends the span. What runs is kind, query or mutation, and its name; both are empty where no operation was found. errs are codes of
// errors.
func (o *Operation) End(kind, name string, errs []string, status int) {
	if o == nil {
		return
	}
	o.span.SetAttributes(semconv.HTTPResponseStatusCode(status))
	if kind != "" {
		o.span.SetName(kind)
		o.span.SetAttributes(semconv.GraphQLOperationTypeKey.String(kind))
	}
	if name != "" {
		o.span.SetAttributes(semconv.GraphQLOperationName(name))
	}
	if len(errs) > 0 {
		failed(o.span, errs[0])
	}
	o.span.End()
}

// failed marks a span with the code of an error, and nothing else of it.
func failed(span trace.Span, code string) {
	span.SetStatus(codes.Error, "")
	span.SetAttributes(semconv.ErrorTypeKey.String(code))
}

// end ends the span of what an error came of, or none.
func end(span trace.Span, err error) {
	var bad *graph.BatchError
	switch {
	case err == nil:
	case errors.As(err, &bad) && slices.ContainsFunc(bad.Problems, func(p graph.Problem) bool { return p.Conflict }):
		failed(span, string(graph.Conflict))
	case bad != nil:
		failed(span, string(graph.BadInput))
	default:
		failed(span, string(graph.CodeOf(err)))
	}
	span.End()
}

// of names what is done by the root field that it is done for.
func of(ctx context.Context, verb string) string {
	if root := graphql.GetRootFieldContext(ctx); root != nil {
		return verb + " " + root.Field.Name
	}
	return verb
}

// Readers has what is read be traced.
func (t *Tracer) Readers(readers func(*policy.Viewer) policy.Reader) func(*policy.Viewer) policy.Reader {
	if t == nil {
		return readers
	}
	return func(v *policy.Viewer) policy.Reader { return reader{readers(v), t, v.Purpose} }
}

type reader struct {
	policy.Reader
	tracer  *Tracer
	purpose graph.Purpose
}

func (r reader) Read(ctx context.Context, f *graph.Fetch) (*policy.Reading, error) {
	ctx, span := r.begin(ctx, f)
	return traced(ctx, span, f, r.Reader.Read)
}

func (r reader) Compare(ctx context.Context, f *graph.Fetch) (*graph.Row, error) {
	ctx, span := r.begin(ctx, f)
	return traced(ctx, span, f, r.Reader.Compare)
}

func (r reader) Changes(ctx context.Context, q *policy.Following) (*policy.Changes, error) {
	ctx, span := r.begin(ctx, &graph.Fetch{})
	return traced(ctx, span, q, r.Reader.Changes)
}

// Journeys has no spans of statements below it: which there are follows from what others have changed since.
func (r reader) Journeys(ctx context.Context, q *policy.Journeys) (*policy.EventLog, error) {
	ctx, span := r.whole(ctx)
	return traced(ctx, span, q, r.Reader.Journeys)
}

// Exposed has none either: how many there are follows from how many customers there are.
func (r reader) Exposed(ctx context.Context, q *policy.Exposing) (*policy.Exposed, error) {
	ctx, span := r.whole(ctx)
	return traced(ctx, span, q, r.Reader.Exposed)
}

// Aftermath has none, as Exposed.
func (r reader) Aftermath(ctx context.Context, q *policy.Exposing) (*policy.Aftermath, error) {
	ctx, span := r.whole(ctx)
	return traced(ctx, span, q, r.Reader.Aftermath)
}

// traced does something within a span, and ends it.
func traced[Q, A any](ctx context.Context, span trace.Span, asked Q, do func(context.Context, Q) (A, error)) (answer A, err error) {
	defer func() { end(span, err) }()
	return do(ctx, asked)
}

// whole begins a span of all that is read for an answer.
func (r reader) whole(ctx context.Context) (context.Context, trace.Span) {
	return r.tracer.tracer.Start(ctx, of(ctx, "read"), trace.WithAttributes(attribute.String("kith.purpose", string(r.purpose))))
}

func (r reader) begin(ctx context.Context, f *graph.Fetch) (context.Context, trace.Span) {
	ctx, span := r.whole(ctx)
	if span.IsRecording() {
		ctx = graph.OnStatement(ctx, func(ctx context.Context, st graph.StatementRun) { r.tracer.statement(ctx, f, st) })
	}
	return ctx, span
}

// statement makes the span of a statement when it has been run.
func (t *Tracer) statement(ctx context.Context, f *graph.Fetch, st graph.StatementRun) {
	summary := t.summary(f, st.List)
	_, span := t.tracer.Start(ctx, summary, trace.WithTimestamp(st.Began), trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(t.system, semconv.DBQuerySummary(summary)))
	end(span, st.Err)
}

// longestSummary is what the conventions let db.query.summary have.
const longestSummary = 255

// summary says of a statement which kinds it gives. Its text is not told: it has no values in it, but may be as long as a page, and
// `kith explain` prints it.
func (t *Tracer) summary(f *graph.Fetch, l *graph.List) string {
	lists := f.Lists
	if l != nil {
		lists = []*graph.List{l}
	}
	var kinds []string
	out := t.verb
	for _, l := range lists {
		for _, sel := range l.Nodes {
			if kind := sel.Kind.Name; !slices.Contains(kinds, kind) && len(out)+1+len(kind) <= longestSummary {
				kinds = append(kinds, kind)
				out += " " + kind
			}
		}
	}
	return out
}

// A Writer takes batches.
type Writer interface {
	Write(ctx context.Context, b *graph.Batch) (*graph.Report, error)
}

// Writer has what is written be traced.
func (t *Tracer) Writer(w Writer) Writer {
	if t == nil {
		return w
	}
	return writer{w, t}
}

type writer struct {
	Writer
	tracer *Tracer
}

func (w writer) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	ctx, span := w.tracer.tracer.Start(ctx, of(ctx, "write"), trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(w.tracer.system))
	return traced(ctx, span, b, w.Writer.Write)
}
