package e2e

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/spans"
)

// traced are the spans of a program.
type traced struct{ *tracetest.InMemoryExporter }

// traced starts the program anew with spans.
func (p *program) traced(t *testing.T) traced {
	t.Helper()
	into := traced{tracetest.NewInMemoryExporter()}
	p.tracer = spans.New(sdk.NewTracerProvider(sdk.WithSyncer(into)), p.system())
	p.serve(t, resolvers.Options{}, "")
	return into
}

func (p *program) system() string {
	if onNeo4j(p.store) {
		return spans.Neo4j
	}
	return spans.SQLite
}

// traceOf is the trace that a request of a body is asked in. The same question is asked in the same trace.
func traceOf(body []byte) string { return fmt.Sprintf("%x", sha256.Sum256(body))[:32] }

// taken waits until so many requests are over, and takes their spans: a trace of each, as a tree, its children in the order of their
// words.
func (s traced) taken(t require.TestingT, requests int) map[string]string {
	remote := func(span tracetest.SpanStub) bool { return span.Parent.IsRemote() }
	var all tracetest.SpanStubs
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		over := 0
		all = s.GetSpans()
		for _, span := range all {
			if remote(span) {
				over++
			}
		}
		if over == requests {
			break
		}
		require.Less(t, time.Since(start), time.Minute, "%d of %d requests have spans", over, requests)
	}
	s.Reset()
	children := map[trace.SpanID][]tracetest.SpanStub{}
	var roots []tracetest.SpanStub
	for _, span := range all {
		if remote(span) {
			roots = append(roots, span)
		} else {
			children[span.Parent.SpanID()] = append(children[span.Parent.SpanID()], span)
		}
	}
	written := 0
	var write func(span tracetest.SpanStub, indent string) string
	write = func(span tracetest.SpanStub, indent string) string {
		written++
		words := []string{span.Name, span.SpanKind.String(), span.Status.Code.String() + span.Status.Description}
		for _, a := range span.Attributes {
			words = append(words, fmt.Sprintf("%s=%s", a.Key, a.Value.String()))
		}
		slices.Sort(words[3:])
		for _, e := range span.Events {
			words = append(words, "event "+e.Name)
		}
		var below []string
		for _, child := range children[span.SpanContext.SpanID()] {
			below = append(below, write(child, indent+"  "))
		}
		slices.Sort(below)
		return indent + strings.Join(words, " ") + "\n" + strings.Join(below, "")
	}
	out := map[string][]string{}
	for _, r := range roots {
		id := r.SpanContext.TraceID().String()
		out[id] = append(out[id], write(r, ""))
	}
	require.Len(t, all, written, "each span is below another, or below who asks")
	told := map[string]string{}
	for id, trees := range out {
		slices.Sort(trees)
		told[id] = strings.Join(trees, "")
	}
	return told
}

func TestARequestIsATreeOfSpans(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{
			{Kind: p.catalog.MustKind("Deal"), ID: "most", Set: graph.Values{"amount": graph.Money{Amount: math.MaxInt64, Currency: "EUR"}}},
			{Kind: p.catalog.MustKind("Deal"), ID: "one", Set: graph.Values{"amount": graph.Money{Amount: 1, Currency: "EUR"}}}},
			Edges: []graph.Link{{Rel: p.catalog.Rel("WORKS_AT"), From: graph.NodeRef{Kind: p.catalog.MustKind("Customer"), External: graph.External{ID: "Ann"}},
				To: graph.NodeRef{Kind: p.catalog.MustKind("Account"), External: graph.External{ID: "Acme"}}}}})
		require.NoError(t, err)
		into := p.traced(t)
		// span is a line of a tree. code is of an error, or empty.
		span := func(depth int, code, name, kind string, attributes ...string) string {
			status := "Unset"
			if code != "" {
				status, attributes = "Error", append(attributes, "error.type="+code)
			}
			slices.Sort(attributes)
			return strings.Repeat("  ", depth) + strings.Join(append([]string{name, kind, status}, attributes...), " ") + "\n"
		}
		operation := func(code, name string, attributes ...string) string {
			if name != "GraphQL Operation" {
				attributes = append(attributes, "graphql.operation.type="+name)
			}
			return span(0, code, name, "server", append(attributes, "http.response.status_code=200")...)
		}
		named := func(name string) string { return "graphql.operation.name=" + name }
		read := func(code, field string) string { return span(1, code, "read "+field, "internal", "kith.purpose=SALES") }
		write := func(code, field string) string {
			return span(1, code, "write "+field, "client", "db.system.name="+p.system())
		}
		verb := map[string]string{spans.Neo4j: "MATCH ", spans.SQLite: "SELECT "}[p.system()]
		statement := func(code, kinds string) string {
			return span(2, code, verb+kinds, "client", "db.query.summary="+verb+kinds, "db.system.name="+p.system())
		}
		led := "Product" // to what a name leads is asked; a statement of Neo4j is called by what is read
		below := ""      // a level is a statement of its own
		if p.system() == spans.SQLite {
			led, below = "Alias", statement("", "Customer")
		}
		for _, c := range []struct{ name, query, want string }{
			{"two root fields are two reads",
				fmt.Sprintf(`query Two { first: account(id: %q) { name people(first: 2) { edges { node { name } } } } products(filter: {name: {eq: "Pump"}}) { totalCount } }`, s.acme),
				operation("", "query", named("Two")) + read("", "account") + statement("", "Account") + below + read("", "products") + statement("", "Product")},
			{"root fields that ask the same are one read, and what is not there may have come to be called otherwise", fmt.Sprintf(`{ a: product(id: %q) { name } b: product(id: "pro_nothing") { name } }`, s.pump),
				operation("", "query") + read("", "product") + statement("", led) + statement("", "Product")},
			{"what is not read has no span of its own", `{ __typename policy { version } }`, operation("", "query")},
			{"a mutation reads, writes and reads", fmt.Sprintf(`mutation Make { createDeal(input: {key: "1", name: "Pumps", account: %q}) { deal { name } userErrors { code } } }`, s.acme),
				operation("", "mutation", named("Make")) + read("", "createDeal") + statement("", "Account") + read("", "createDeal") + statement("", "Deal") + write("", "createDeal")},
			{"a batch that is refused", fmt.Sprintf(`mutation { createDeal(input: {key: "1", name: "Others", account: %q}) { deal { name } userErrors { code } } }`, s.acme),
				operation("", "mutation") + read("", "createDeal") + statement("", "Account") + write("CONFLICT", "createDeal")},
			{"a statement that fails", `query Sum { deals { aggregate { amount { currency sum } } } }`,
				operation("BAD_USER_INPUT", "query", named("Sum")) + read("BAD_USER_INPUT", "deals") + statement("BAD_USER_INPUT", "Deal")},
			{"a document that is none", `query Wrong { nobody }`, operation("GRAPHQL_VALIDATION_FAILED", "GraphQL Operation")},
		} {
			t.Run(c.name, func(t *testing.T) {
				answer, err := p.sent(graph.Sales, c.query, nil)
				require.NoError(t, err)
				body, err := json.Marshal(map[string]any{"query": c.query})
				require.NoError(t, err)
				assert.Equal(t, map[string]string{traceOf(body): c.want}, into.taken(t, 1), "in the trace of who asks; the answer is %s", answer)
			})
		}
	})
}

// TestSpansHoldNothingOfWhatIsAskedOrAnswered sends texts through every argument and every field of an input that takes text, and
// beside the document, and looks for them and for all that the store holds in the bytes that leave by OTLP.
func TestSpansHoldNothingOfWhatIsAskedOrAnswered(t *testing.T) {
	var mu sync.Mutex
	var sent []byte
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, body...)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_BSP_MAX_QUEUE_SIZE", "100000")
	for _, name := range []string{"OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_COMPRESSION"} {
		t.Setenv(name, "")
	}

	const secret = "Oyelaran-Whitfield"
	p := onSQLite(t)
	v := &victims{program: p}
	v.write(t, v.settled())
	v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Customer", "bob", graph.Values{"name": "Bob " + secret, "email": "bob@mail.example", "phone": "+49 30 47110815"}),
		v.node("Order", "bob's", graph.Values{"number": "SO-47110815"}),
	}, Edges: []graph.Link{v.link("PLACED_BY", "Order", "bob's", "Customer", "bob")}})
	tracer, shutdown, err := spans.FromEnvironment(p.system(), "test", slog.New(slog.NewTextHandler(t.Output(), nil)))
	require.NoError(t, err)
	p.tracer = tracer
	p.serve(t, resolvers.Options{}, "")

	ask := func(method, query string, variables map[string]any, headers ...string) {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables, "operationName": nil, "extensions": map[string]any{"note": secret}})
		require.NoError(t, err)
		req, err := http.NewRequest(method, p.url+"?note="+secret, strings.NewReader(string(body)))
		require.NoError(t, err)
		for key, value := range map[string]string{"Content-Type": "application/json", "Kith-Purpose": "SALES", "Kith-Reference": secret, "X-Request-Id": secret,
			"User-Agent": secret, "Tracestate": "crm=" + secret, "Baggage": "who=" + secret, "Traceparent": "00-" + traceOf(body) + "-00000000000000aa-01"} {
			req.Header.Set(key, value)
		}
		for i := 0; i < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
		require.NoError(t, err)
	}
	alias := strings.ReplaceAll(secret, "-", "_")
	for _, place := range textPlaces(p) {
		ask(http.MethodPost, place, map[string]any{"v": secret})
	}
	everything := `{ edges { node { id name email phone orders { edges { node { id number } } } } } }`
	for _, query := range []string{
		`query Everybody { ` + alias + `: customers(first: 50) ` + everything + ` }`,
		`{ customers(filter: {name: {contains: "` + secret + `"}, email: {eq: "bob@mail.example"}}) ` + everything + ` }`,
		`{ search(text: "` + secret + `") { node { id } } }`,
		`{ customer(id: "` + secret + `") { name } }`,
		`{ ` + alias + ` }`,
		`{ "` + secret,
		`{ customers(first: 1, after: "` + secret + `") { totalCount } }`,
		`mutation { createCustomer(input: {key: "` + secret + `", name: "` + secret + `", email: "` + secret + `@mail.example"}) { customer { id name } userErrors { message } } }`,
		`mutation { a: createAccount(input: {key: "3", name: "A", external: {source: "` + secret + `", id: "` + secret + `"}}) { userErrors { message } }
			b: createAccount(input: {key: "4", name: "B", external: {source: "` + secret + `", id: "` + secret + `"}}) { userErrors { message } } }`,
		`mutation { updateCustomer(input: {key: "2", customer: "` + secret + `", name: "` + secret + `"}) { customer { id name } userErrors { message } } }`,
	} {
		for _, purpose := range []string{"SALES", "COMPLIANCE", "ANALYSIS", secret} {
			ask(http.MethodPost, query, nil, "Kith-Purpose", purpose)
		}
		ask(http.MethodGet, query, nil)
	}
	ask(http.MethodPost, `query Named { __typename }`, nil, "Kith-Reference", strings.Repeat(secret, 20))
	require.NoError(t, shutdown(t.Context()))

	mu.Lock()
	defer mu.Unlock()
	told := strings.ToLower(string(sent))
	for _, there := range []string{"Everybody", "read customers", "read search", "write createCustomer", "SELECT Customer", "BAD_USER_INPUT", "SALES", "kith.purpose"} {
		require.Contains(t, told, strings.ToLower(there), "it is looked for in the spans of all requests")
	}
	everywhere, err := p.store.Read(t.Context(), graphtest.Everything(p.catalog))
	require.NoError(t, err)
	values := map[string]bool{secret: true, alias: true, "47110815": true}
	for _, l := range everywhere.Lists {
		for _, row := range l.Rows {
			values[row.ID] = true
			for i, v := range row.Props {
				if text, ok := v.(string); ok && row.Sel.Props[i].Prop.Type == graph.String {
					values[text] = true
				}
			}
		}
	}
	require.Greater(t, len(values), 20)
	for value := range values {
		if len(value) > 5 { // shorter ones may be in any bytes, as ids of spans are
			assert.False(t, strings.Contains(told, strings.ToLower(value)), "%s is told", value)
		}
	}
}
