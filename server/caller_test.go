package server_test

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

func TestHeadersThatAreKeptAreFitToBe(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	for _, c := range []struct{ name, header, value, says string }{
		{"a reference that is not UTF-8", "Kith-Reference", "case \xff\xfe", "the header Kith-Reference is to be UTF-8, and is not"},
		{"a reference in Latin-1", "Kith-Reference", "R\xfcckgabe", "the header Kith-Reference is to be UTF-8, and is not"},
		{"a reference with NUL", "Kith-Reference", "case\x00", "the header Kith-Reference has a control character, and is to have none"},
		{"a reference with a tab", "Kith-Reference", "case\t81", "the header Kith-Reference has a control character, and is to have none"},
		{"a reference with a control character of Latin-1", "Kith-Reference", "case\u009b81", "the header Kith-Reference has a control character, and is to have none"},
		{"a reference of 201 characters", "Kith-Reference", strings.Repeat("ü", 201), "the header Kith-Reference has 201 characters, and is to have 200 at most"},
		{"a purpose that is not UTF-8", "Kith-Purpose", "SALES\xff", "the header Kith-Purpose is to be UTF-8, and is not"},
		{"a purpose with NUL", "Kith-Purpose", "SALES\x00", "the header Kith-Purpose has a control character, and is to have none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []*http.Request{query(`{ customers { totalCount } }`, c.header, c.value), get("/graphql?query={customers{totalCount}}", c.header, c.value)} {
				a := send(t, s.Handler(), r)
				assert.Equal(t, 400, a.StatusCode)
				require.Len(t, a.Errors, 1)
				assert.Equal(t, "BAD_USER_INPUT", a.Errors[0].Extensions.Code)
				assert.Equal(t, c.says, a.Errors[0].Message)
				assert.Empty(t, a.Data)
			}
		})
	}
	for _, reference := range []string{"", "case 81", "Rückgabe № 7", strings.Repeat("ü", 200)} {
		assert.Empty(t, send(t, s.Handler(), query(`{ customers { totalCount } }`, "Kith-Reference", reference)).Errors, reference)
	}
}

// TestAConnectionBringsNothingUnfit asks as a client does: what net/http refuses before Kith does is refused, too.
func TestAConnectionBringsNothingUnfit(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	h := httptest.NewServer(s.Handler())
	defer h.Close()
	for _, value := range []string{"\xff\xfe", "case\x00", "case\x7f"} {
		c, err := net.Dial("tcp", h.Listener.Addr().String())
		require.NoError(t, err)
		fmt.Fprintf(c, "GET /graphql?query={__typename} HTTP/1.1\r\nHost: localhost\r\nKith-Reference: %s\r\n\r\n", value)
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		require.NoError(t, err)
		assert.Equal(t, 400, res.StatusCode, "%q", value)
		require.NoError(t, res.Body.Close())
		require.NoError(t, c.Close())
	}
}

func TestAClaimThatIsUnfitIsRefused(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	o := auth.Options{Secret: []byte(strings.Repeat("s", 32)), Audience: "kith", Issuer: "kith", Now: func() time.Time { return now }}
	v, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	s, _ := newServer(t, &fake{}, server.Options{Auth: v})
	token, err := auth.Sign(o, auth.Caller{Subject: "ann", Roles: []auth.Role{auth.Reader}, Purposes: []graph.Purpose{graph.Compliance}}, time.Hour)
	require.NoError(t, err)
	assert.Empty(t, send(t, s.Handler(), query(`{ customers { totalCount } }`, "Authorization", "Bearer "+token)).Errors)
	a := send(t, s.Handler(), query(`{ customers { totalCount } }`, "Authorization", "Bearer "+hs256(o.Secret, fmt.Sprintf(`{"sub":"ann\u0000","aud":"kith","iss":"kith","exp":%d}`, now.Add(time.Hour).Unix()))))
	assert.Equal(t, 401, a.StatusCode)
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "UNAUTHENTICATED", a.Errors[0].Extensions.Code)
	assert.Equal(t, "the token's claim sub has a control character, and is to have none", a.Errors[0].Message)
}

func TestWhereTokensAreAskedForMetricsAreForMonitors(t *testing.T) {
	o := auth.Options{Secret: []byte(strings.Repeat("s", 32)), Audience: "kith", Issuer: "kith"}
	v, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	s, _ := newServer(t, &fake{}, server.Options{Auth: v})
	for _, c := range []struct {
		name   string
		roles  []auth.Role
		status int
	}{
		{"without a token", nil, 401},
		{"a reader", []auth.Role{auth.Reader}, 403},
		{"an officer", []auth.Role{auth.Officer, auth.Writer}, 403},
		{"a monitor", []auth.Role{auth.Monitor}, 200},
		{"an admin", []auth.Role{auth.Admin}, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := get("/metrics")
			if c.roles != nil {
				token, err := auth.Sign(o, auth.Caller{Subject: "prometheus", Roles: c.roles}, time.Hour)
				require.NoError(t, err)
				r.Header.Set("Authorization", "Bearer "+token)
			}
			a := send(t, s.Handler(), r)
			assert.Equal(t, c.status, a.StatusCode)
			assert.Equal(t, c.status == 200, strings.Contains(a.Text, "kith_store_ready"))
		})
	}
	token, err := auth.Sign(o, auth.Caller{Subject: "prometheus", Roles: []auth.Role{auth.Monitor}, Purposes: []graph.Purpose{graph.Sales}}, time.Hour)
	require.NoError(t, err)
	a := send(t, s.Handler(), query(`{ customers { totalCount } }`, "Authorization", "Bearer "+token, "Kith-Purpose", "SALES"))
	require.NotEmpty(t, a.Errors, "a monitor reads nothing else")
	assert.Equal(t, "FORBIDDEN", a.Errors[0].Extensions.Code)
}

func TestMetricsMayHaveAnAddressOfTheirOwn(t *testing.T) {
	listen := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		return l
	}
	main, own := listen(), listen()
	s, _ := newServer(t, &fake{}, server.Options{Metrics: own})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, main) }()
	status := func(l net.Listener, path string) int {
		res, err := http.Get("http://" + l.Addr().String() + path)
		require.NoError(t, err)
		defer res.Body.Close()
		return res.StatusCode
	}
	assert.Equal(t, 200, status(own, "/metrics"))
	assert.Equal(t, 404, status(own, "/graphql"))
	assert.Equal(t, 404, status(main, "/metrics"))
	assert.Equal(t, 200, status(main, "/healthz"))
	stop()
	require.NoError(t, <-ended)
	_, err := net.Dial("tcp", own.Addr().String())
	assert.Error(t, err, "it ends with the server")
}

func TestACustomersTokenIsForHerselfWhateverOthersAskFor(t *testing.T) {
	o := auth.Options{Secret: []byte(strings.Repeat("s", 32)), Audience: "kith", Issuer: "kith"}
	v, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	s, _ := newServer(t, &fake{}, server.Options{Auth: v, Purpose: string(graph.Compliance)})
	token, err := auth.Sign(o, auth.Caller{Subject: "web|cus_1", Customer: "cus_1", Purposes: []graph.Purpose{graph.Self}}, time.Hour)
	require.NoError(t, err)
	assert.Empty(t, send(t, s.Handler(), query(`{ customers { totalCount } }`, "Authorization", "Bearer "+token)).Errors)
}

// hs256 is a token with claims as they are written: auth.Sign makes none that would be refused.
func hs256(secret []byte, claims string) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	sum := hmac.New(sha256.New, secret)
	sum.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
