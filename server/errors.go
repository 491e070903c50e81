package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
)

const (
	internalMessage    = "internal error"
	unavailableMessage = "the store does not answer"
	// cancelled is the code, in logs and metrics only, of a request whose client is gone.
	cancelled = "CANCELLED"
	// longestMessage is how many bytes of a message are shown. The parser's messages cite the document.
	longestMessage = 400
)

// present is the one place where errors are made ready for clients. What is not known to be meant for them is logged and
// shown as an internal error.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	out := &gqlerror.Error{}
	var g *gqlerror.Error
	if errors.As(err, &g) {
		out.Path, out.Locations = g.Path, g.Locations
	}
	code, message := s.judge(ctx, err, g)
	out.Message = cut(message)
	out.Extensions = extensions(ctx, code)
	return out
}

func extensions(ctx context.Context, code string) map[string]any {
	q := requestOf(ctx)
	q.failed(code)
	return map[string]any{"code": code, "requestId": q.id}
}

// judge gives an error's code and what clients are told. g is the GraphQL error in err's chain, or nil.
func (s *Server) judge(ctx context.Context, err error, g *gqlerror.Error) (code, message string) {
	var e *graph.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return cancelled, "the client is gone"
	case errors.As(err, &e):
		return s.judgeGraph(ctx, e)
	case errors.Is(err, context.DeadlineExceeded):
		return string(graph.Timeout), s.timeoutMessage()
	case g == nil || g.Err != nil && g.Extensions["code"] == nil:
		s.log.ErrorContext(ctx, "internal error", "requestId", requestOf(ctx).id, "path", pathOf(g), "error", err)
		return string(graph.Internal), internalMessage
	}
	switch code, _ := g.Extensions["code"].(string); {
	case code == errcode.ParseFailed && strings.HasPrefix(g.Message, "exceeded token limit"):
		return string(graph.CostExceeded), fmt.Sprintf("the document has more than %d tokens, which is the limit", s.limits.Tokens)
	case code == "":
		return string(graph.BadInput), g.Message
	default: // GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, PERSISTED_QUERY_NOT_FOUND, and what was found before
		return code, g.Message
	}
}

func (s *Server) judgeGraph(ctx context.Context, e *graph.Error) (code, message string) {
	message = e.Message
	switch e.Code {
	case graph.Timeout:
		if errors.Is(e, errPlanning) {
			requestOf(ctx).later.Store(true)
			break
		}
		message = s.timeoutMessage()
		s.health.suspect()
	case graph.Unavailable:
		s.health.suspect()
	case "", graph.Internal:
		s.log.ErrorContext(ctx, "internal error", "requestId", requestOf(ctx).id, "error", e)
		return string(graph.Internal), internalMessage
	}
	if e.Err != nil {
		s.log.WarnContext(ctx, "failed", "requestId", requestOf(ctx).id, "code", e.Code, "error", e)
	}
	return string(e.Code), message
}

func (s *Server) timeoutMessage() string {
	return fmt.Sprintf("the request took longer than %v, which is the limit", s.limits.Time)
}

func pathOf(g *gqlerror.Error) string {
	if g == nil {
		return ""
	}
	return g.Path.String()
}

// cut shortens a long message at the end of a character.
func cut(s string) string {
	if len(s) <= longestMessage {
		return s
	}
	n := longestMessage
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// recovered logs a panic in a resolver.
func (s *Server) recovered(ctx context.Context, p any) error {
	s.panicked(ctx, p)
	return gqlerror.Wrap(errPanic)
}

var errPanic = errors.New("panic, logged with its stack")

// A refusal is the answer to a request that never gets to be an operation.
type refusal struct {
	status  int
	code    graph.Code
	message string
}

func refuse(w http.ResponseWriter, r *http.Request, f refusal) {
	body := marshal(map[string]any{"errors": gqlerror.List{{Message: f.message, Extensions: extensions(r.Context(), string(f.code))}}})
	begin(w, typeJSON+"; charset=utf-8")
	if f.code == graph.Overloaded {
		w.Header().Set("Retry-After", retrySoon)
		// As draft-ietf-httpapi-ratelimit-headers has it: none is left of those that may wait, and when to look again.
		w.Header().Set("RateLimit", `"waiting";r=0;t=`+retrySoon)
	}
	w.WriteHeader(f.status)
	w.Write(body)
}
