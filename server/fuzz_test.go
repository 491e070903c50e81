package server_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/web"
)

// door is the way in to a server with a small world in a file of SQLite.
type door struct {
	http.Handler
	log *lines
}

func openDoor(f *testing.F) *door {
	f.Helper()
	cat, schema := graphtest.Catalog(f), graphtest.Schema(f)
	ids := 0
	store, err := sqlite.Open(filepath.Join(f.TempDir(), "kith.db"), cat, sqlite.Options{Now: func() time.Time { return time.Unix(1764000000, 0) }, NewID: func(prefix string) string {
		ids++
		return fmt.Sprintf("%s_%d", prefix, ids)
	}})
	require.NoError(f, err)
	f.Cleanup(func() { require.NoError(f, store.Close()) })
	require.NoError(f, store.Ready(f.Context()))
	_, err = store.Write(f.Context(), smallWorld(cat))
	require.NoError(f, err)
	d := &door{log: &lines{}}
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(store), Writer: store, Catalog: cat, Schema: schema})
	require.NoError(f, err)
	s, err := server.New(server.Options{Resolver: r, Store: store, Purpose: string(graph.Sales), Log: slog.New(slog.NewJSONHandler(d.log, nil))})
	require.NoError(f, err)
	d.Handler = s.Handler()
	return d
}

// smallWorld has two colleagues, a deal and an order: cus_1, cus_2, acc_3 and so on.
func smallWorld(cat *graph.Catalog) *graph.Batch {
	b := &graph.Batch{Source: "test"}
	ref := func(kind, id string) graph.NodeRef {
		return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: id}}
	}
	for _, n := range []struct {
		kind, id string
		set      graph.Values
	}{
		{"Customer", "ann", graph.Values{"name": "Ann Müller", "email": "ann@acme.example", "birthYear": int64(1970)}},
		{"Customer", "bob", graph.Values{"name": "Bob"}},
		{"Account", "acme", graph.Values{"name": "Acme", "domain": "acme.example"}},
		{"Employee", "eve", graph.Values{"name": "Eve"}},
		{"Product", "pump", graph.Values{"name": "Pump"}},
		{"Deal", "pumps", graph.Values{"name": "Pumps", "stage": "PROPOSAL", "amount": graph.Money{Amount: 125000, Currency: "EUR"}}},
		{"Order", "4711", graph.Values{"number": "4711", "placedAt": int64(1760000000000000), "total": graph.Money{Amount: 1, Currency: "USD"}}},
		{"Interaction", "call", graph.Values{"at": int64(1760000000000000), "kind": "CALL", "text": "About the pump."}},
	} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind(n.kind), ID: n.id, Set: n.set})
	}
	for _, e := range []struct {
		rel      string
		from, to graph.NodeRef
		set      graph.Values
	}{
		{"WORKS_AT", ref("Customer", "ann"), ref("Account", "acme"), graph.Values{"title": "Buyer", "from": int64(1000000000000000)}},
		{"WORKS_AT", ref("Customer", "bob"), ref("Account", "acme"), graph.Values{"title": "User"}},
		{"WITH", ref("Deal", "pumps"), ref("Account", "acme"), nil},
		{"PLACED_BY", ref("Order", "4711"), ref("Customer", "ann"), nil},
		{"PARTICIPANT", ref("Interaction", "call"), ref("Customer", "ann"), graph.Values{"role": "FROM"}},
		{"PARTICIPANT", ref("Interaction", "call"), ref("Employee", "eve"), graph.Values{"role": "TO"}},
	} {
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel(e.rel), From: e.from, To: e.to, Set: e.set})
	}
	return b
}

// codes are those that a request may fail with where the store and the server are in order.
var codes = []string{
	string(graph.BadInput), string(graph.NotFound), string(graph.Conflict), string(graph.CostExceeded), string(graph.Forbidden),
	string(graph.PurposeRequired), string(graph.PurposeDenied), "PERSISTED_QUERY_NOT_FOUND", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED",
}

// knock sends a request, and holds the answer to what every answer keeps to. The mark stands in the request, and is to stand in
// no line of the log.
func (d *door) knock(t *testing.T, r *http.Request, mark string) (*httptest.ResponseRecorder, answer) {
	t.Helper()
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	log := d.log.Taken()
	require.Contains(t, []int{200, 400, 405, 406, 413, 415}, w.Code, "%s\n%s", w.Body, log)
	var a answer
	require.Contains(t, w.Header().Get("Content-Type"), "json")
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &a), w.Body)
	require.True(t, len(a.Errors) > 0 || len(a.Data) > 0, "an answer has one of the two: %s", w.Body)
	for _, e := range a.Errors {
		require.Contains(t, codes, e.Extensions.Code, "%s\n%s", w.Body, log)
		require.NotEmpty(t, e.Message)
		require.LessOrEqual(t, len(e.Message), 404, "a long message is cut")
	}
	for line := range strings.Lines(log) {
		var said map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &said))
		delete(said, "operation")
		require.NotContains(t, fmt.Sprint(said), mark, "the log tells nothing of what was asked")
	}
	return w, a
}

const mark = "zqx4711"

// FuzzARequestIsAnswered sends any body with any media type. What is no JSON is refused, without a word of it in the answer.
func FuzzARequestIsAnswered(f *testing.F) {
	d := openDoor(f)
	const jsonType = "application/json"
	f.Add("POST", jsonType, "", `{"query": "{ customers { totalCount } }"}`, uint16(5), "")
	f.Add("POST", jsonType+"; charset=utf-16", "application/graphql-response+json;q=0.5, */*;q=0", `{"query": "{ __typename }"} x`, uint16(50), "")
	f.Add("POST", jsonType, "application/graphql-response+json", `{"query": 1, "variables": []}`, uint16(11), "")
	f.Add("POST", jsonType, "text/html", `[{"query": "{ __typename }"}]`, uint16(0), "")
	f.Add("POST", "text/plain", "", "", uint16(0), "")
	f.Add("POST", "", "", "\xff\xfe\x00", uint16(1), "")
	f.Add("POST", jsonType, "", `{"query": "query($a: Int) { customers(first: $a) { totalCount } }", "variables": {"a": 1e999}, "extensions": null}`, uint16(80), "")
	f.Add("POST", jsonType, "", `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "7f"}}}`, uint16(200), "")
	f.Add("POST", jsonType, "", `{"extensions": {"persistedQuery": 7}}`, uint16(200), "")
	f.Add("POST", jsonType, "", `{"documentId": "sha256:7f"}`, uint16(200), "")
	f.Add("GET", "", "documentId=7f&doc_id=7e", ``, uint16(200), "")
	f.Add("GET", "", "", "", uint16(0), "query={__typename}&variables=secret")
	f.Add("GET", "", "*/*", "", uint16(0), "query=mutation{x}&operationName=%ff;")
	f.Add("PUT", jsonType, "", `{"query": "{ __typename }"}`, uint16(0), "")
	f.Fuzz(func(t *testing.T, method, kind, accept, body string, at uint16, address string) {
		if method == http.MethodOptions || method == http.MethodHead {
			t.Skip("they are answered without a body")
		}
		n := min(int(at), len(body))
		body = body[:n] + mark + body[n:]
		r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", strings.NewReader(body))
		r.Method, r.URL.RawQuery = method, address
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept", accept)
		w, a := d.knock(t, r, mark)
		if !json.Valid([]byte(body)) {
			require.NotContains(t, w.Body.String(), mark, "what was sent is not sent back")
			if method == http.MethodPost {
				require.GreaterOrEqual(t, w.Code, 400)
				require.Empty(t, a.Data)
			}
		}
	})
}

// FuzzADocumentIsAnswered sends any document, with any variables, for each purpose.
func FuzzADocumentIsAnswered(f *testing.F) {
	d := openDoor(f)
	for i, e := range web.Examples() {
		f.Add(e.Query, e.Variables, uint8(i), false)
	}
	for i, document := range []string{
		`{ customer(id: "cus_1") { name email withheld { field reason } timeline { edges { cursor node { id } } } } }`,
		`{ customers(first: 1, after: "AQAAAAAAAAAAAg", orderBy: [{name: DESC}, {birthYear: ASC}]) { edges { cursor node { id } } } }`,
		`query($f: CustomerFilter, $o: [CustomerSort!]) { customers(filter: $f, orderBy: $o) { totalCount } }`,
		`{ deals(filter: {or: [], not: {amount: {gt: {amount: "1e39", currency: "EUR"}}}}) { aggregate { amount { sum mean } } groups(by: [STAGE, OPENED_AT], unit: MONTH, zone: "Europe/Oslo", first: 200) { rows { count key { stage } } } } }`,
		`{ accounts(filter: {people: {edgeFilter: {from: {lt: "0001-01-01T00:00:00Z"}}, every: {}}}) { edges { node { people(asOf: "9999-12-31T23:59:59.999999Z") { totalCount } } } } }`,
		`mutation { createDeal(input: {key: "1", name: "Pumps", account: "acc_3", amount: {amount: "12.5", currency: "EUR"}}) { deal { id } userErrors { code field message } } }`,
		`mutation($i: LogInteractionInput!) { logInteraction(input: $i) { userErrors { code } } }`,
		`mutation { eraseCustomer(input: {key: "e", customer: "cus_2"}) { userErrors { code } } exportCustomer(input: {key: "x", customer: "cus_1"}) { userErrors { code } } }`,
		`query A @purpose(is: MARKETING) { search(text: "ann", first: 3) { matched { field how } node { id } } } query B { __typename }`,
		`{ __schema { types { fields(includeDeprecated: true) { args { defaultValue } } } } __type(name: "Customer") { name } policy { version } me { id } }`,
		`{ node(id: "cus_1") { ...F } nodes(ids: ["", "acc_3", "\u0000", "cus_1"]) { __typename } } fragment F on Node { ... on Customer { id @skip(if: true) name @include(if: false) } ...F }`,
		`{ a: customers { totalCount } a: customers(first: 2) { totalCount } }`,
		`subscription { __typename }`,
		`{ customers(filter: {name: {caseInsensitive: {contains: ""}, in: [], startsWith: "\ud800"}}) { totalCount } }`,
		"{ \"\"\"", "\ufeff# only a comment", "",
	} {
		f.Add(document, `{"f": {"name": {"eq": null}}, "o": [{}], "i": {"key": "k", "kind": "CALL", "participants": [{"id": "cus_1"}]}}`, uint8(i), i%2 == 0)
	}
	f.Add(`query($f: CustomerFilter, $o: [CustomerSort!]) { customers(filter: $f, orderBy: $o) { totalCount } }`, `{"f": {"birthYear": {"in": [1970, "x", 1e99, null]}, "not": 7}, "o": {"name": "SIDEWAYS"}}`, uint8(0), true)
	f.Fuzz(func(t *testing.T, document, variables string, purpose uint8, strict bool) {
		var vars any
		if json.Unmarshal([]byte(variables), &vars) != nil {
			vars = variables
		}
		body, err := json.Marshal(map[string]any{"query": document, "variables": vars, "unknown": mark})
		require.NoError(t, err)
		r := post(string(body), "Kith-Purpose", string(graph.Purposes[int(purpose)%len(graph.Purposes)]))
		if strict {
			r.Header.Set("Accept", "application/graphql-response+json")
		}
		w, a := d.knock(t, r, mark)
		require.NotContains(t, w.Body.String(), mark)
		if len(a.Data) == 0 && strict {
			require.Equal(t, http.StatusBadRequest, w.Code, "without data it is no success: %s", w.Body)
		}
	})
}
