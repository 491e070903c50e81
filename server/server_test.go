package server_test

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

// fake is a store that holds nothing and does as it is told.
type fake struct {
	graph.Store
	read  func(context.Context) error
	ready func(context.Context) error
}

func (s *fake) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	var err error
	if s.read != nil {
		err = s.read(ctx)
	}
	if tell := graph.StatementsTold(ctx); tell != nil {
		tell(ctx, graph.StatementRun{Text: "MATCH", Err: err})
	}
	if err != nil {
		return nil, err
	}
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, graph.ListResult{Tallies: make([][]graph.TallyRow, len(l.Tallies))})
	}
	return res, nil
}

func (s *fake) Ready(ctx context.Context) error {
	if s.ready == nil {
		return nil
	}
	return s.ready(ctx)
}

// lines are log lines.
type lines struct{ graphtest.Lines }

// with gives the lines that have a message.
func (l *lines) with(t *testing.T, message string) (all []map[string]any) {
	t.Helper()
	for _, text := range strings.Split(strings.TrimSpace(l.String()), "\n") {
		var line map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &line), text)
		if line["msg"] == message {
			all = append(all, line)
		}
	}
	return all
}

func newServer(t *testing.T, store *fake, o server.Options) (*server.Server, *lines) {
	t.Helper()
	cat, schema := graphtest.Catalog(t), graphtest.Schema(t)
	log := &lines{}
	var err error
	o.Purpose = cmp.Or(o.Purpose, "COMPLIANCE")
	o.Store, o.Log = store, slog.New(slog.NewJSONHandler(log, nil))
	o.Resolver, err = resolvers.New(resolvers.Options{Reader: policy.Over(store), Writer: store, Catalog: cat, Schema: schema})
	require.NoError(t, err)
	s, err := server.New(o)
	require.NoError(t, err)
	return s, log
}

// answer is what came back.
type answer struct {
	*http.Response
	Text   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Locations  []map[string]int
		Extensions struct{ Code, RequestID string }
	}
	Extensions struct {
		Cost *struct{ Requested, Actual, Limit int }
	}
}

func send(t *testing.T, h http.Handler, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answer{Response: w.Result(), Text: w.Body.String()}
	if strings.Contains(a.Header.Get("Content-Type"), "json") && a.Header.Get("Content-Encoding") == "" {
		require.NoError(t, json.Unmarshal([]byte(a.Text), &a), a.Text)
		for _, e := range a.Errors {
			assert.NotEmpty(t, e.Extensions.Code, "each error has a code")
			assert.Equal(t, a.Header.Get("X-Request-Id"), e.Extensions.RequestID)
		}
	}
	return a
}

// post makes a request; with gives pairs of header and value.
func post(body string, with ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8080/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(with); i += 2 {
		r.Header.Set(with[i], with[i+1])
	}
	return r
}

func get(address string, with ...string) *http.Request {
	r := post("", with...)
	n := httptest.NewRequest(http.MethodGet, "http://localhost:8080"+address, nil)
	n.Header = r.Header
	return n
}

func query(text string, with ...string) *http.Request {
	b, err := json.Marshal(map[string]any{"query": text})
	if err != nil {
		panic(err)
	}
	return post(string(b), with...)
}

func TestNewRefusesWhatCannotServe(t *testing.T) {
	_, err := server.New(server.Options{})
	require.ErrorContains(t, err, "Resolver and Store are to be given")
	cat, schema := graphtest.Catalog(t), graphtest.Schema(t)
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(&fake{}), Catalog: cat, Schema: schema})
	require.NoError(t, err)
	_, err = server.New(server.Options{Resolver: r, Store: &fake{}, Purpose: "PLUNDER"})
	require.ErrorContains(t, err, `"PLUNDER" is no purpose`)
	_, err = server.New(server.Options{Resolver: r, Store: &fake{}, Purpose: "SALES"})
	require.NoError(t, err)
}

func TestAQueryIsAnsweredByOneStatement(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	a := send(t, s.Handler(), query(`query Count { customers { totalCount } }`, "X-Request-Id", "mine_1"))
	assert.Equal(t, 200, a.StatusCode)
	assert.JSONEq(t, `{"customers": {"totalCount": 0}}`, string(a.Data))
	assert.Empty(t, a.Errors)
	assert.Equal(t, "mine_1", a.Header.Get("X-Request-Id"))
	assert.Equal(t, "no-store", a.Header.Get("Cache-Control"))

	line := log.with(t, "request")
	require.Len(t, line, 1)
	delete(line[0], "time")
	assert.IsType(t, 0.0, line[0]["ms"])
	delete(line[0], "ms")
	assert.Equal(t, map[string]any{
		"level": "INFO", "msg": "request", "requestId": "mine_1", "operation": "Count", "type": "query",
		"codes": []any{}, "statements": 1.0, "status": 200.0, "bytes": float64(len(a.Text)),
	}, line[0], "and nothing of the query or its variables")
}

func TestRequestIDs(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{NewID: func() string { return "fresh" }})
	for given, want := range map[string]string{
		"":                      "fresh",
		"abc-DEF_123":           "abc-DEF_123",
		strings.Repeat("a", 64): strings.Repeat("a", 64),
		strings.Repeat("a", 65): "fresh",
		"a b":                   "fresh",
		"a\"b":                  "fresh",
		"<script>":              "fresh",
	} {
		a := send(t, s.Handler(), query(`{ nothing }`, "X-Request-Id", given))
		assert.Equal(t, want, a.Header.Get("X-Request-Id"))
		require.Len(t, a.Errors, 1)
	}
	for _, line := range log.with(t, "request") {
		assert.Equal(t, []any{"GRAPHQL_VALIDATION_FAILED"}, line["codes"])
	}
	random, _ := newServer(t, &fake{}, server.Options{})
	one := send(t, random.Handler(), query(`{ __typename }`)).Header.Get("X-Request-Id")
	two := send(t, random.Handler(), query(`{ __typename }`)).Header.Get("X-Request-Id")
	assert.NotEmpty(t, one)
	assert.NotEqual(t, one, two)
}

func TestALongOperationNameIsCutInLogs(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	send(t, s.Handler(), query("query "+strings.Repeat("N", 1000)+" { __typename }"))
	assert.Equal(t, strings.Repeat("N", 64), log.with(t, "request")[0]["operation"])
}

func TestPersistedQueries(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	const text, hash = `{ __typename }`, "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b"
	extension := `"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hash + `"}}`
	a := send(t, s.Handler(), post(`{`+extension+`}`))
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "PersistedQueryNotFound", a.Errors[0].Message)
	assert.Equal(t, "PERSISTED_QUERY_NOT_FOUND", a.Errors[0].Extensions.Code)
	a = send(t, s.Handler(), post(`{"query": "`+text+`", `+extension+`}`))
	require.Empty(t, a.Errors)
	a = send(t, s.Handler(), post(`{`+extension+`}`))
	require.Empty(t, a.Errors)
	assert.JSONEq(t, `{"__typename": "Query"}`, string(a.Data))
	a = send(t, s.Handler(), post(`{"query": "{ node(id: 1) { id } }", `+extension+`}`))
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "BAD_USER_INPUT", a.Errors[0].Extensions.Code)
}

func TestMetrics(t *testing.T) {
	store := &fake{}
	s, _ := newServer(t, store, server.Options{})
	send(t, s.Handler(), query(`query SecretName { customers { totalCount } deals { totalCount } }`))
	send(t, s.Handler(), query(`{ nothing }`))
	store.read = func(context.Context) error { return &graph.Error{Code: graph.Unavailable, Message: "away"} }
	send(t, s.Handler(), query(`{ customers { totalCount } }`))
	a := send(t, s.Handler(), get("/metrics"))
	require.Equal(t, 200, a.StatusCode)
	for _, line := range []string{
		`kith_requests_total{code="OK",type="query"} 1`,
		`kith_requests_total{code="GRAPHQL_VALIDATION_FAILED",type="none"} 1`,
		`kith_requests_total{code="UNAVAILABLE",type="query"} 1`,
		`kith_request_duration_seconds_count{type="query"} 2`,
		"kith_statements_total 3",
		"kith_store_ready 1",
	} {
		assert.Contains(t, a.Text, line+"\n")
	}
	assert.NotContains(t, a.Text, "SecretName")
}

func TestOtherPathsAreThePages(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "page at "+r.URL.Path) })
	s, log := newServer(t, &fake{}, server.Options{Page: page})
	assert.Equal(t, "page at /", send(t, s.Handler(), get("/")).Text)
	assert.Equal(t, "page at /assets/x.js", send(t, s.Handler(), get("/assets/x.js")).Text)
	assert.Empty(t, log.String(), "only GraphQL is logged")
	bare, _ := newServer(t, &fake{}, server.Options{})
	assert.Equal(t, 404, send(t, bare.Handler(), get("/")).StatusCode)
}

func TestListenRefusesWhatOthersReach(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:0", "localhost:0", "127.8.9.10:0"} {
		l, err := server.Listen(addr)
		require.NoError(t, err, addr)
		require.NoError(t, l.Close())
	}
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0"} {
		_, err := server.Listen(addr)
		require.ErrorContains(t, err, "there is no authentication", addr)
	}
	_, err := server.Listen("localhost")
	require.ErrorContains(t, err, "missing port")

	l, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	s, _ := newServer(t, &fake{}, server.Options{})
	require.ErrorContains(t, s.Run(t.Context(), l), "there is no authentication")
	require.Error(t, l.Close(), "it is closed already")
}

func TestOnlyLoopbackNamesAndTheSameOriginAreServed(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	for _, c := range []struct {
		name, host string
		header     []string
		status     int
	}{
		{"localhost", "localhost:8080", nil, 200},
		{"a name below localhost", "kith.localhost", nil, 200},
		{"a loopback address", "127.0.0.1:8080", nil, 200},
		{"the loopback address of IPv6", "[::1]:8080", nil, 200},
		{"the same without port", "[::1]", nil, 200},
		{"a name that somebody points at this machine", "evil.example:8080", nil, 421},
		{"a name that ends alike", "notlocalhost", nil, 421},
		{"another address", "192.0.2.1:8080", nil, 421},
		{"no name", "", nil, 421},
		{"the page itself", "localhost:8080", []string{"Origin", "http://localhost:8080", "Sec-Fetch-Site", "same-origin"}, 200},
		{"a page of another site", "localhost:8080", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403},
		{"a page of another port", "localhost:8080", []string{"Origin", "http://localhost:3000"}, 403},
		{"an image of another site", "localhost:8080", []string{"Sec-Fetch-Site", "cross-site"}, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []*http.Request{query(`{ __typename }`, c.header...), get("/graphql?query={__typename}", c.header...)} {
				r.Host = c.host
				assert.Equal(t, c.status, send(t, s.Handler(), r).StatusCode)
			}
		})
	}
}

func TestRunLetsRequestsEndBeforeItDoes(t *testing.T) {
	asked, goOn := make(chan struct{}), make(chan struct{})
	store := &fake{read: func(context.Context) error {
		close(asked)
		<-goOn
		return nil
	}}
	s, log := newServer(t, store, server.Options{})
	l, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "the store is ready") }, time.Minute, time.Millisecond)

	got := make(chan string, 1)
	go func() {
		res, err := http.Post("http://"+l.Addr().String()+"/graphql", "application/json", strings.NewReader(`{"query": "{ customers { totalCount } }"}`))
		if err != nil {
			got <- err.Error()
			return
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		assert.NoError(t, err)
		got <- string(b)
	}()
	<-asked
	stop()
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", l.Addr().String())
		if err == nil {
			c.Close()
		}
		return err != nil
	}, time.Minute, time.Millisecond, "no new connections")
	select {
	case err := <-ended:
		require.Fail(t, "ended before the request", "%v", err)
	default:
	}
	close(goOn)
	assert.Contains(t, <-got, `"totalCount":0`)
	assert.NoError(t, <-ended)
}

func TestRunEndsRequestsThatDoNotEnd(t *testing.T) {
	asked := make(chan struct{})
	store := &fake{read: func(ctx context.Context) error {
		close(asked)
		<-ctx.Done()
		return ctx.Err()
	}}
	s, log := newServer(t, store, server.Options{Grace: 20 * time.Millisecond})
	l, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "the store is ready") }, time.Minute, time.Millisecond)
	go func() {
		res, err := http.Post("http://"+l.Addr().String()+"/graphql", "application/json", strings.NewReader(`{"query": "{ customers { totalCount } }"}`))
		if err == nil {
			res.Body.Close()
		}
	}()
	<-asked
	stop()
	require.ErrorContains(t, <-ended, "stopped before all requests were answered")
	assert.Eventually(t, func() bool { return len(log.with(t, "request")) == 1 }, time.Minute, time.Millisecond)
	assert.Equal(t, []any{"CANCELLED"}, log.with(t, "request")[0]["codes"])
}
