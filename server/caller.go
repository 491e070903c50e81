package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/auth"
)

type callerKey struct{}

// authenticated lets through who has a token, where tokens are asked for.
func (s *Server) authenticated(next http.Handler) http.Handler {
	if s.opt.Auth == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := s.opt.Auth.Bearer(r.Header.Get("Authorization"))
		if err != nil {
			w.Header().Set("WWW-Authenticate", "Bearer")
			var e *graph.Error
			errors.As(err, &e)
			refuse(w, r, refusal{http.StatusUnauthorized, graph.Unauthenticated, e.Message})
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	})
}

// monitored lets through who may read the metrics.
func (s *Server) monitored(next http.Handler) http.Handler {
	return s.authenticated(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := callerOf(r.Context()); !c.Has(auth.Monitor) {
			refuse(w, r, refusal{http.StatusForbidden, graph.Forbidden, "metrics are for the role " + string(auth.Monitor)})
			return
		}
		next.ServeHTTP(w, r)
	}))
}

// callerOf is who asks: everybody, where nobody is asked who they are.
func callerOf(ctx context.Context) *auth.Caller {
	if c, ok := ctx.Value(callerKey{}).(*auth.Caller); ok {
		return c
	}
	return auth.Everybody()
}

// The headers that say what a request is for.
const (
	purposeHeader   = "Kith-Purpose"
	referenceHeader = "Kith-Reference"
)

// asker is who asks, and what for, as far as the request says so beside the document; or why that cannot be.
func (s *Server) asker(r *http.Request) (resolvers.Request, *refusal) {
	for _, name := range []string{purposeHeader, referenceHeader} {
		if why := auth.Unfit(r.Header.Get(name)); why != "" {
			return resolvers.Request{}, bad("the header " + name + " " + why)
		}
	}
	c := callerOf(r.Context())
	q := resolvers.Request{Actor: c.Subject, Roles: graph.Texts(c.Roles), Purpose: r.Header.Get(purposeHeader), Default: s.opt.Purpose,
		Reference: r.Header.Get(referenceHeader), Token: r.Header.Get("Authorization"), Customer: c.Customer, Employee: c.Employee, May: c.May, Has: func(role string) bool { return c.Has(auth.Role(role)) }}
	if c.Customer != "" {
		q.Default = string(c.Purposes[0]) // her only one
	}
	return q, nil
}
