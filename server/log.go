package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server/spans"
)

// request is what is known of a request while it is answered.
type request struct {
	id         string
	statements atomic.Int64
	sent       counted
	span       *spans.Operation
	later      atomic.Bool // it may be answered when it is sent again

	mu        sync.Mutex
	operation string // its name, empty without one
	kind      string // query or mutation, empty where no operation was found
	codes     []string
}

type requestKey struct{}

// requestOf gives an empty request where there is none: a store at work in the background.
func requestOf(ctx context.Context) *request {
	if q, ok := ctx.Value(requestKey{}).(*request); ok {
		return q
	}
	return &request{}
}

// countStatement counts a statement for the request that ctx belongs to.
func countStatement(ctx context.Context, _ graph.StatementRun) { requestOf(ctx).statements.Add(1) }

// failed notes the code of an error, once.
func (q *request) failed(code string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	graph.AddOnce(&q.codes, code)
}

// inOrder puts the codes into the order of the answer's errors: they were noted in that in which root fields failed, side by side.
func (q *request) inOrder(errs gqlerror.List) {
	q.mu.Lock()
	defer q.mu.Unlock()
	place := func(code string) int {
		i := slices.IndexFunc(errs, func(e *gqlerror.Error) bool { return e.Extensions["code"] == code })
		return cmp.Or(i+1, len(errs)+1)
	}
	slices.SortStableFunc(q.codes, func(a, b string) int { return place(a) - place(b) })
}

// longestName is how much of an operation's name is logged.
const longestName = 64

func (q *request) runs(op *graphql.OperationContext) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.kind, q.operation = string(op.Operation.Operation), op.Operation.Name
	if len(q.operation) > longestName {
		q.operation = q.operation[:longestName] // names are ASCII
	}
}

// goesOn notes what was asked on a route of its own. How long that takes is no query's time: who follows changes waits, and an export is
// many pages.
func (q *request) goesOn(r *http.Request, op *graphql.OperationContext) {
	q.runs(op)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.kind = strings.TrimPrefix(r.URL.Path, "/v1/")
}

// forData reports whether a request is one for data.
func forData(r *http.Request) bool {
	return slices.Contains([]string{apiPath, changesPath, exportPath}, r.URL.Path)
}

var saneID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// observed gives each request an id, and logs and counts it when it is answered.
func (s *Server) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.now()
		q := &request{id: r.Header.Get("X-Request-Id")}
		if !saneID.MatchString(q.id) {
			q.id = s.opt.NewID()
		}
		ctx := r.Context()
		if r.URL.Path == apiPath+"/" { // a redirection would lose the body of a POST in some clients
			u := *r.URL
			u.Path = apiPath
			r = r.WithContext(ctx)
			r.URL = &u
		}
		if forData(r) {
			ctx, q.span = s.opt.Tracer.Begin(r)
		}
		ctx = graph.OnStatement(context.WithValue(ctx, requestKey{}, q), countStatement)
		out := &q.sent
		out.ResponseWriter = w
		out.Header().Set("X-Request-Id", q.id)
		defer func() {
			if p := recover(); p != nil {
				s.panicked(ctx, p)
				if out.status == 0 {
					refuse(out, r.WithContext(ctx), refusal{http.StatusInternalServerError, graph.Internal, internalMessage})
				}
			}
			s.answered(ctx, r, out, s.now().Sub(start).Seconds())
		}()
		next.ServeHTTP(out, r.WithContext(ctx))
	})
}

func (s *Server) answered(ctx context.Context, r *http.Request, out *counted, seconds float64) {
	q := requestOf(ctx)
	q.mu.Lock()
	defer q.mu.Unlock()
	level := slog.LevelDebug // health, metrics and the page are asked for too often
	if forData(r) {
		level = slog.LevelInfo
		s.metrics.count(q.kind, q.codes, q.statements.Load(), seconds)
		q.span.End(q.kind, q.operation, q.codes, out.status)
	}
	log := s.log
	if id := q.span.TraceID(); id != "" {
		log = log.With("traceId", id)
	}
	log.LogAttrs(ctx, level, "request",
		slog.String("requestId", q.id),
		slog.String("operation", q.operation),
		slog.String("type", q.kind),
		slog.Any("codes", append([]string{}, q.codes...)),
		slog.Int64("statements", q.statements.Load()),
		slog.Float64("ms", float64(int64(seconds*1e6))/1e3),
		slog.Int("status", out.status),
		slog.Int64("bytes", out.bytes),
	)
}

// panicked logs a panic, which says what no client should see.
func (s *Server) panicked(ctx context.Context, p any) {
	s.log.ErrorContext(ctx, "panic", "requestId", requestOf(ctx).id, "panic", p, "stack", string(debug.Stack()))
}

// counted notes what is sent.
type counted struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
