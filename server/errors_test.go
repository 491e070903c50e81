package server_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
)

var errDriver = errors.New("Neo.ClientError.Statement.SyntaxError: MATCH (n:Customer {email: 'a@secret.example'}) at bolt://10.0.0.7:7687")

func TestNothingOfTheStoreGetsOut(t *testing.T) {
	for _, c := range []struct {
		name          string
		err           error
		code, message string
		logged        string
	}{
		{"a bare error of a driver", errDriver, "INTERNAL", "internal error", "internal error"},
		{"a wrapped one", fmt.Errorf("read: %w", errDriver), "INTERNAL", "internal error", "internal error"},
		{"an internal error with a message", &graph.Error{Code: graph.Internal, Message: "MATCH (n) failed", Err: errDriver}, "INTERNAL", "internal error", "internal error"},
		{"an error without a code", &graph.Error{Message: "MATCH (n)", Err: errDriver}, "INTERNAL", "internal error", "internal error"},
		{"the store is away", &graph.Error{Code: graph.Unavailable, Message: "the store does not answer", Err: errDriver}, "UNAVAILABLE", "the store does not answer", "failed"},
		{"an error for the caller", fmt.Errorf("read: %w", &graph.Error{Code: graph.Conflict, Message: "it was changed", Err: errDriver}), "CONFLICT", "it was changed", "failed"},
		{"what the caller gave is wrong", graph.Invalid("a sum is too large"), "BAD_USER_INPUT", "a sum is too large", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := &fake{read: func(context.Context) error { return c.err }}
			s, log := newServer(t, store, server.Options{})
			a := send(t, s.Handler(), query(`{ customers { totalCount } }`, "X-Request-Id", "r1"))
			assert.Equal(t, 200, a.StatusCode)
			assert.JSONEq(t, `{"customers": null}`, string(a.Data))
			require.Len(t, a.Errors, 1)
			assert.Equal(t, c.code, a.Errors[0].Extensions.Code)
			assert.Equal(t, c.message, a.Errors[0].Message)
			assert.Equal(t, []any{"customers"}, a.Errors[0].Path)
			assert.Equal(t, []map[string]int{{"line": 1, "column": 3}}, a.Errors[0].Locations)
			for _, word := range []string{"Neo", "MATCH", "secret", "bolt"} {
				assert.NotContains(t, a.Text, word)
			}
			assert.Equal(t, []any{c.code}, log.with(t, "request")[0]["codes"])
			if c.logged != "" {
				line := log.with(t, c.logged)
				require.Len(t, line, 1)
				assert.Equal(t, "r1", line[0]["requestId"])
				assert.Contains(t, line[0]["error"], "Neo.ClientError", "the cause is logged")
			}
		})
	}
}

func TestAPanicIsLoggedAndHidden(t *testing.T) {
	store := &fake{read: func(context.Context) error { panic("secret state") }}
	s, log := newServer(t, store, server.Options{})
	a := send(t, s.Handler(), query(`{ customers { totalCount } __typename }`))
	assert.Equal(t, 200, a.StatusCode)
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "INTERNAL", a.Errors[0].Extensions.Code)
	assert.Equal(t, "internal error", a.Errors[0].Message)
	assert.JSONEq(t, `{"customers": null, "__typename": "Query"}`, string(a.Data))
	line := log.with(t, "panic")
	require.Len(t, line, 1)
	assert.Equal(t, "secret state", line[0]["panic"])
	assert.Contains(t, line[0]["stack"], "errors_test.go")

	page := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret state") })
	s, log = newServer(t, store, server.Options{Page: page})
	a = send(t, s.Handler(), get("/"))
	assert.Equal(t, 500, a.StatusCode)
	assert.Equal(t, "INTERNAL", a.Errors[0].Extensions.Code)
	assert.Len(t, log.with(t, "panic"), 1)
	assert.NotContains(t, a.Text, "secret")
}

func TestMistakesOfTheDocument(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	const filtered = `"query($f: CustomerFilter) { customers(filter: $f) { totalCount } }"`
	const logged = `"mutation Log(\n  $i: LogInteractionInput!) { logInteraction(input: $i) { userErrors { message } } }"`
	for _, c := range []struct {
		name, body, code, message string
		line, column              int
	}{
		{"a document that does not parse", `{"query": "{"}`, "GRAPHQL_PARSE_FAILED", "Expected Name, found <EOF>", 1, 2},
		{"a field that is not there", `{"query": "{\n custmers { totalCount } }"}`, "GRAPHQL_VALIDATION_FAILED", `Cannot query field "custmers" on type "Query". Did you mean "customers"`, 2, 2},
		{"a document of fragments", `{"query": "fragment F on Query { __typename }"}`, "GRAPHQL_VALIDATION_FAILED", "the document has no operation", 1, 1},
		{"a document of nothing", `{"query": " # nothing"}`, "GRAPHQL_VALIDATION_FAILED", "the document has no operation", 1, 1},
		{"a subscription, of which there are none", `{"query": "subscription { __typename }"}`, "GRAPHQL_VALIDATION_FAILED", "", 1, 1},
		{"no operation is named", `{"query": "query A { __typename } query B { __typename }"}`, "BAD_USER_INPUT", `the document has 2 operations, and operationName is to name one of "A" or "B"`, 1, 1},
		{"an operation that is not there", `{"query": "query A { __typename }", "operationName": "B"}`, "BAD_USER_INPUT", `the document has no operation "B"; it has "A"`, 1, 1},
		{"a name for an operation that has none", `{"query": "{ __typename }", "operationName": "B"}`, "BAD_USER_INPUT", `the document has no operation "B": its only one has no name, and operationName is not needed`, 1, 1},
		{"a variable of the wrong type", `{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": "many"}}`, "BAD_USER_INPUT", "variable $n must be a whole number of 32 bits, not a text", 1, 7},
		{"a text for a number", `{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": "3"}}`, "BAD_USER_INPUT", "variable $n must be a whole number of 32 bits, not a text", 1, 7},
		{"a number for a text", `{"query": ` + filtered + `, "variables": {"f": {"or": [{"name": {"in": ["a", 5]}}]}}}`, "BAD_USER_INPUT", "variable $f.or[0].name.in[1] must be a text: String, not 5", 1, 7},
		{"a value of an enumeration in other letters", `{"query": ` + filtered + `, "variables": {"f": {"journeyStage": {"eq": "use"}}}}`, "BAD_USER_INPUT", "variable $f.journeyStage.eq must be one of JourneyStage's values, which \"use\" is not. Did you mean \"USE\"?", 1, 7},
		{"a number for an id that is not whole", `{"query": "query($n: ID!) { node(id: $n) { id } }", "variables": {"n": 1.5}}`, "BAD_USER_INPUT", "variable $n must be an id, which is a text or a whole number, not 1.5", 1, 7},
		{"a number that is not whole", `{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": 1.5}}`, "BAD_USER_INPUT", "variable $n must be a whole number of 32 bits, not 1.5", 1, 7},
		{"a number of more than 32 bits", `{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": 2147483648}}`, "BAD_USER_INPUT", "variable $n must be a whole number of 32 bits, not 2147483648", 1, 7},
		{"a number of more than 64 bits", `{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": 99999999999999999999}}`, "BAD_USER_INPUT", "variable $n must be a whole number of 32 bits, not 99999999999999999999", 1, 7},
		{"a number that is not whole, within an object", `{"query": ` + filtered + `, "variables": {"f": {"or": [{"birthYear": {"in": [1970, 19e-1]}}]}}}`, "BAD_USER_INPUT", "variable $f.or[0].birthYear.in[1] must be a whole number of 32 bits, not 19e-1", 1, 7},
		{"a variable that is missing", `{"query": "query($n: ID!) { node(id: $n) { id } }"}`, "BAD_USER_INPUT", "variable $n must be defined: its type is ID!", 1, 7},
		{"a variable that is null", `{"query": "query($n: ID!) { node(id: $n) { id } }", "variables": {"n": null}}`, "BAD_USER_INPUT", "variable $n must not be null: its type is ID!", 1, 7},
		{"a list with a null", `{"query": "query($n: [ID!]!) { nodes(ids: $n) { id } }", "variables": {"n": ["a", null]}}`, "BAD_USER_INPUT", "variable $n[1] must not be null: its type is ID!", 1, 7},
		{"a field of a variable that is missing", `{"query": ` + logged + `, "variables": {"i": {"key": "1"}}}`, "BAD_USER_INPUT", "variable $i.kind must be defined: its type is InteractionKind!", 2, 3},
		{"a field of a variable that there is none of", `{"query": ` + logged + `, "variables": {"i": {"key": "1", "kid": 1}}}`, "BAD_USER_INPUT", `variable $i: there is no field "kid" on LogInteractionInput. Did you mean`, 2, 3},
		{"a field deep in a variable", `{"query": ` + filtered + `, "variables": {"f": {"and": [{"name": {"eqq": "x"}}]}}}`, "BAD_USER_INPUT", `variable $f.and[0].name: there is no field "eqq" on StringFilter. Did you mean "eq"?`, 1, 7},
		{"a text for an object", `{"query": ` + filtered + `, "variables": {"f": "x"}}`, "BAD_USER_INPUT", `variable $f must be an object: CustomerFilter, not a text`, 1, 7},
		{"an object for a text", `{"query": ` + filtered + `, "variables": {"f": {"name": {"eq": {}}}}}`, "BAD_USER_INPUT", `variable $f.name.eq must be a text: String, not an object`, 1, 7},
		{"a value that an enum has not", `{"query": ` + filtered + `, "variables": {"f": {"journeyStage": {"eq": "LOYALITY"}}}}`, "BAD_USER_INPUT", `variable $f.journeyStage.eq must be one of JourneyStage's values, which "LOYALITY" is not. Did you mean "LOYALTY"?`, 1, 7},
		{"a number for an enum", `{"query": ` + filtered + `, "variables": {"f": {"journeyStage": {"eq": true}}}}`, "BAD_USER_INPUT", `variable $f.journeyStage.eq must be one of JourneyStage's values, not true`, 1, 7},
		{"a purpose of the request, and another of the operation", `{"query": "\n query A @purpose(is: SALES) { customers { totalCount } }"}`, "BAD_USER_INPUT", "the request is for SERVICE, and its operation for SALES", 2, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			ask := func(more ...string) answer {
				return send(t, s.Handler(), post(c.body, append(more, "Kith-Purpose", "SERVICE")...))
			}
			a := ask()
			assert.Equal(t, 200, a.StatusCode)
			assert.Contains(t, a.Header.Get("Content-Type"), "application/json")
			require.NotEmpty(t, a.Errors)
			assert.Contains(t, a.Errors[0].Message, c.message)
			assert.Equal(t, c.code, a.Errors[0].Extensions.Code)
			require.NotEmpty(t, a.Errors[0].Locations)
			assert.Equal(t, map[string]int{"line": c.line, "column": c.column}, a.Errors[0].Locations[0])
			assert.NotContains(t, a.Text, `"path"`, "there is no response that it could lead into")
			strict := ask("Accept", "application/graphql-response+json")
			assert.Equal(t, 400, strict.StatusCode)
			assert.Contains(t, strict.Header.Get("Content-Type"), "application/graphql-response+json")
			assert.NotContains(t, strict.Text, `"data"`)
		})
	}
	assert.Empty(t, log.with(t, "internal error"))
	assert.Len(t, send(t, s.Handler(), query("{"+strings.Repeat(" nothing", 100)+" }")).Errors, 20, "not all of many")
}

func TestASlashBehindTheAddressChangesNothing(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	for _, r := range []*http.Request{post(`{"query": "query Slash { __typename }"}`), get("/graphql?query={__typename}")} {
		r.URL.Path = "/graphql/"
		a := send(t, s.Handler(), r)
		assert.Equal(t, 200, a.StatusCode)
		assert.JSONEq(t, `{"__typename": "Query"}`, string(a.Data))
	}
	lines := log.with(t, "request")
	require.Len(t, lines, 2)
	assert.Equal(t, "Slash", lines[0]["operation"], "it is logged, and counted, like others")
	r := post(`{"query": "{ __typename }"}`)
	r.URL.Path = "/graphql/more"
	assert.Equal(t, 404, send(t, s.Handler(), r).StatusCode)
}

func TestALongMessageIsCut(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	a := send(t, s.Handler(), query(`{ `+strings.Repeat("ä", 100_000)))
	require.Len(t, a.Errors, 1)
	assert.LessOrEqual(t, len(a.Errors[0].Message), 404)
	a = send(t, s.Handler(), query(`{ `+strings.Repeat("f", 100_000)+` }`))
	require.Len(t, a.Errors, 1)
	assert.LessOrEqual(t, len(a.Errors[0].Message), 404)
	assert.True(t, strings.HasSuffix(a.Errors[0].Message, "f…"))
}

func TestRequestsThatAreRefused(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	method := func(m string) *http.Request { r := query(`{ __typename }`); r.Method = m; return r }
	for _, c := range []struct {
		name    string
		request *http.Request
		status  int
		message string
	}{
		{"no JSON", post(`{"query": "secret`), 400, "the body is not one JSON object: it ends too early, at line 1, column 18"},
		{"a name in other letters", post(`{"query": "{ policy { version } }", "QUERY": "{ viewer { purpose } }"}`), 400, "the body is not sound: the name query is written otherwise, at line 1, column 43"},
		{"a name that stands twice", post(`{"query": "query($n: Int) { customers(first: $n) { totalCount } }", "variables": {"n": 1, "m": [{"n": 2}], "n": 3}}`), 400, "the body is not sound: a name stands twice in one object, at line 1, column 110"},
		{"half a character", post(`{"query": "{ __typename }", "variables": {"a": "\\\\ud83d\ud83d\ude00\\", "b": "\ud83d "}}`), 400, "the body is not sound: there is an escape of half a character, at line 1, column 81"},
		{"bytes that are no UTF-8", post("{\"query\": \"{ __typename }\", \"variables\": {\"ä\": \"\xff\"}}"), 400, "the body is not sound: there is a byte that is no UTF-8, at line 1, column 49"},
		{"a list of operations", post(`[{"query": "{ secret }"}]`), 400, "the body is not one JSON object, but a list"},
		{"something after the object", post(`{"query": "{ __typename }"} secret`), 400, "the body is not one JSON object: something stands behind it, at line 1, column 29"},
		{"a comma too many", post("{\"query\": \"ä\",\n \"operationName\": \"secret\",, }"), 400, "the body is not one JSON object: what stands at line 2, column 28 cannot stand there"},
		{"a character that is not escaped", post("\n{\"query\": \"{\n secret }\"}"), 400, "what stands at line 2, column 13 cannot stand there"},
		{"a number", post(`7`), 400, "the body is not one JSON object, but a number"},
		{"a query that is no text", post(`{"query": {"secret": 1}}`), 400, "query is to be a text, not an object"},
		{"variables that are no object", post(`{"query": "{ __typename }", "variables": "secret"}`), 400, "variables is to be an object, not a text"},
		{"no query", post(`{"operationName": "secret"}`), 400, "query is missing"},
		{"nothing", post(``), 400, "the body is empty, where one JSON object is needed"},
		{"another content type", query(`{ __typename }`, "Content-Type", "text/plain"), 415, "Content-Type is to be application/json"},
		{"no content type", query(`{ __typename }`, "Content-Type", ""), 415, "Content-Type is to be application/json"},
		{"an encoded body", query(`{ __typename }`, "Content-Encoding", "gzip"), 415, "without Content-Encoding"},
		{"a client that takes neither type", query(`{ __typename }`, "Accept", "text/html"), 406, "Accept has neither"},
		{"a client that takes it with weight 0", query(`{ __typename }`, "Accept", "application/json;q=0"), 406, "Accept has neither"},
		{"another method", method(http.MethodPut), 405, "the method is to be GET or POST"},
		{"GET without a query", get("/graphql"), 400, "query is missing"},
		{"GET with an address that is none", get("/graphql?query=%7B%20__typename%20%7D&a=1;secret"), 400, "the query of the address is malformed"},
		{"GET with variables that are no object", get("/graphql?query={__typename}&variables=secret"), 400, "variables is not one JSON object: what stands at line 1, column 1 cannot stand there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := send(t, s.Handler(), c.request)
			assert.Equal(t, c.status, a.StatusCode)
			require.Len(t, a.Errors, 1)
			assert.Contains(t, a.Errors[0].Message, c.message)
			assert.Equal(t, "BAD_USER_INPUT", a.Errors[0].Extensions.Code)
			assert.NotContains(t, a.Text, "secret")
			assert.NotContains(t, a.Text, `"data"`)
		})
	}
	assert.NotContains(t, log.String(), "secret")
}

func TestMediaTypes(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	for accept, want := range map[string]string{
		"":                                  "application/json",
		"*/*":                               "application/json",
		"application/*":                     "application/json",
		"application/json; charset=utf-8":   "application/json",
		"application/graphql-response+json": "application/graphql-response+json",
		"text/html, application/graphql-response+json, application/json;q=0.9": "application/graphql-response+json",
		"application/graphql-response+json;q=0.5, application/json":            "application/json",
		"text/html, */*;q=0.1": "application/json",
	} {
		a := send(t, s.Handler(), query(`{ __typename }`, "Accept", accept))
		assert.Equal(t, 200, a.StatusCode)
		assert.Equal(t, want+"; charset=utf-8", a.Header.Get("Content-Type"), accept)
	}
}

func TestGetAndOptions(t *testing.T) {
	s, _ := newServer(t, &fake{}, server.Options{})
	address := "/graphql?" + url.Values{"query": {`query A($n: String!) { __type(name: $n) { name } }`}, "variables": {`{"n": "Deal"}`}, "operationName": {"A"}}.Encode()
	a := send(t, s.Handler(), get(address))
	assert.JSONEq(t, `{"__type": {"name": "Deal"}}`, string(a.Data))
	r := query("")
	r.Method = http.MethodOptions
	a = send(t, s.Handler(), r)
	assert.Equal(t, 200, a.StatusCode)
	assert.Equal(t, "OPTIONS, GET, POST", a.Header.Get("Allow"))
	r.Method = http.MethodHead
	assert.Equal(t, 405, send(t, s.Handler(), r).StatusCode)
}

func TestCompression(t *testing.T) {
	s, log := newServer(t, &fake{}, server.Options{})
	const large = `{ __type(name: "Customer") { fields { name description } } }`
	plain := send(t, s.Handler(), query(large))
	assert.Empty(t, plain.Header.Get("Content-Encoding"))
	for _, refused := range []string{"br", "gzip;q=0", "identity", "identity, gzip;q=0.5"} {
		assert.Empty(t, send(t, s.Handler(), query(large, "Accept-Encoding", refused)).Header.Get("Content-Encoding"))
	}
	assert.Empty(t, send(t, s.Handler(), query(`{ __typename }`, "Accept-Encoding", "gzip")).Header.Get("Content-Encoding"), "too short")
	for accepted, coding := range map[string]string{"gzip": "gzip", "deflate, gzip;q=0.5, br": "gzip", "*": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd"} {
		a := send(t, s.Handler(), query(large, "Accept-Encoding", accepted))
		require.Equal(t, coding, a.Header.Get("Content-Encoding"))
		assert.Contains(t, a.Header.Values("Vary"), "Accept-Encoding")
		assert.Less(t, len(a.Text), len(plain.Text))
		var z io.Reader
		var err error
		if coding == "gzip" {
			z, err = gzip.NewReader(strings.NewReader(a.Text))
		} else {
			z, err = zstd.NewReader(strings.NewReader(a.Text))
		}
		require.NoError(t, err)
		b, err := io.ReadAll(z)
		require.NoError(t, err)
		assert.True(t, json.Valid(b))
		assert.Equal(t, plain.Text, string(b))
		lines := log.with(t, "request")
		assert.EqualValues(t, len(a.Text), lines[len(lines)-1]["bytes"])
	}
}

// TestCodesAreNotedInTheOrderOfTheAnswer has root fields, which are answered side by side, fail in another order each time.
func TestCodesAreNotedInTheOrderOfTheAnswer(t *testing.T) {
	var n atomic.Int64
	s, log := newServer(t, &fake{read: func(context.Context) error {
		return &graph.Error{Code: []graph.Code{graph.Conflict, graph.NotFound, graph.BadInput}[n.Add(1)%3], Message: "no"}
	}}, server.Options{})
	orders := map[any]bool{}
	for range 200 {
		log.Taken()
		n.Add(1) // another code first, though the fields are always read in one order, as on a busy machine
		a := send(t, s.Handler(), query(`{ c: customers { totalCount } b: deals { totalCount } a: accounts { totalCount } }`))
		var want []any
		for _, e := range a.Errors {
			want = append(want, e.Extensions.Code)
		}
		require.Len(t, want, 3)
		require.Equal(t, want, log.with(t, "request")[0]["codes"])
		orders[want[0]] = true
	}
	assert.Greater(t, len(orders), 1)
}
