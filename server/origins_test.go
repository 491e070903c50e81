package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

const app = "https://app.example"

// preflight is what a browser asks before it sends a page's request to another origin.
func preflight(origin, method, headers string) *http.Request {
	r := httptest.NewRequest(http.MethodOptions, "http://127.0.0.1:8080/graphql", nil)
	r.Header.Set("Origin", origin)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Access-Control-Request-Method", method)
	r.Header.Set("Access-Control-Request-Headers", headers)
	return r
}

func TestPagesOfNamedOriginsMayAsk(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{Origins: []string{app, "http://localhost:5173"}})
	for _, c := range []struct {
		name, origin string
		may          bool
	}{
		{"one that is named", app, true},
		{"another that is named", "http://localhost:5173", true},
		{"one that is not", "https://evil.example", false},
		{"the same on another port", app + ":8443", false},
		{"the same without encryption", "http://app.example", false},
		{"one below it", "https://x.app.example", false},
		{"one whose name begins alike", app + ".evil.example", false},
		{"a page without an origin", "null", false},
		{"the same in other letters, which no browser sends", "https://APP.example", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := send(t, s.Handler(), preflight(c.origin, "POST", "content-type,kith-purpose"))
			assert.Equal(t, http.StatusNoContent, a.StatusCode)
			origin, status := "", http.StatusForbidden
			if c.may {
				origin, status = c.origin, http.StatusOK
			}
			assert.Equal(t, origin, a.Header.Get("Access-Control-Allow-Origin"))
			for _, r := range []*http.Request{query(`{ __typename }`, "Origin", c.origin, "Sec-Fetch-Site", "cross-site"), get("/graphql?query={__typename}", "Origin", c.origin, "Sec-Fetch-Site", "cross-site")} {
				a := send(t, s.Handler(), r)
				assert.Equal(t, status, a.StatusCode)
				assert.Equal(t, origin, a.Header.Get("Access-Control-Allow-Origin"))
				assert.Contains(t, a.Header.Values("Vary"), "Origin", "what is kept for one origin is not another's")
				assert.Empty(t, a.Header.Get("Access-Control-Allow-Credentials"))
			}
		})
	}
	const headers = "apollo-require-preflight,apollographql-client-name,apollographql-client-version,authorization,content-type,kith-purpose,kith-reference," +
		"traceparent,x-apollo-operation-id,x-apollo-operation-name,x-request-id"
	a := send(t, s.Handler(), preflight(app, "POST", headers))
	assert.Equal(t, headers, a.Header.Get("Access-Control-Allow-Headers"))
	assert.Equal(t, "600", a.Header.Get("Access-Control-Max-Age"))
	assert.Empty(t, send(t, s.Handler(), preflight(app, "DELETE", "content-type")).Header.Get("Access-Control-Allow-Origin"), "a method that nothing is for")
	assert.Empty(t, send(t, s.Handler(), preflight(app, "POST", "cookie")).Header.Get("Access-Control-Allow-Origin"), "a header that nothing reads")
	assert.Empty(t, send(t, s.Handler(), get("/readyz", "Origin", app)).Header.Get("Access-Control-Allow-Origin"), "what is not GraphQL is not for pages of others")
}

// TestAPageOfANamedOriginReadsWhyItWasRefused is for who would see a network error otherwise.
func TestAPageOfANamedOriginReadsWhyItWasRefused(t *testing.T) {
	v, err := auth.New(t.Context(), auth.Options{Secret: []byte(strings.Repeat("s", 32)), Audience: "kith", Issuer: "kith"})
	require.NoError(t, err)
	away := &fake{read: func(context.Context) error { return &graph.Error{Code: graph.Unavailable, Message: "away"} }}
	for _, c := range []struct {
		name    string
		store   *fake
		options server.Options
		request *http.Request
		status  int
	}{
		{"without a token", &fake{}, server.Options{Auth: v}, query(`{ __typename }`), 401},
		{"with a token that is none", &fake{}, server.Options{Auth: v}, query(`{ __typename }`, "Authorization", "Bearer x"), 401},
		{"for what may not be asked", &fake{}, server.Options{}, query(`{ __typename }`, "Kith-Purpose", "SELF"), 200},
		{"with a body that is too long", &fake{}, server.Options{Limits: server.Limits{Body: 64}}, query(`{ customers { totalCount } accounts { totalCount } deals { totalCount } }`), 413},
		{"with what is not JSON", &fake{}, server.Options{}, post("{", "Content-Type", "application/json"), 400},
		{"while the store is away", away, server.Options{}, query(`{ customers { totalCount } }`), 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.options.Origins = []string{app}
			s, _ := newServer(t, c.store, c.options)
			c.request.Header.Set("Origin", app)
			a := send(t, s.Handler(), c.request)
			assert.Equal(t, c.status, a.StatusCode)
			assert.Equal(t, app, a.Header.Get("Access-Control-Allow-Origin"))
			for _, header := range []string{"Ratelimit", "Retry-After", "X-Request-Id"} {
				assert.Contains(t, a.Header.Get("Access-Control-Expose-Headers"), header)
			}
		})
	}
}

func TestAnOriginIsNamedAsABrowserDoes(t *testing.T) {
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(&fake{}), Catalog: graphtest.Catalog(t), Schema: graphtest.Schema(t)})
	require.NoError(t, err)
	for _, origin := range []string{"*", "null", "app.example", "https://app.example/", "https://app.example/x", "https://app.example:443", "http://app.example:80", "ftp://app.example", "https://", "https://*.example", "https://me@app.example", "https://APP.example", ""} {
		_, err := server.New(server.Options{Resolver: r, Store: &fake{}, Origins: []string{origin}})
		assert.ErrorContains(t, err, "an origin is as a browser sends it", origin)
	}
}
