package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
)

const (
	counting = `query Count { customers { totalCount } }`
	adding   = `mutation Add($i: CreateCustomerInput!) { createCustomer(input: $i) { userErrors { message } } }`
)

func knownDocuments(t *testing.T) func() *documents.Set {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf(`{"count": %q, "add": %q}`, counting, adding)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "m.json"), []byte(text), 0o600))
	set, err := documents.Read(dir, graphtest.Schema(t), 2000)
	require.NoError(t, err)
	return func() *documents.Set { return set }
}

func TestADocumentIsNamedByItsId(t *testing.T) {
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(counting)))
	another := `{ accounts { totalCount } }`
	anotherHash := fmt.Sprintf("%x", sha256.Sum256([]byte(another)))
	apq := func(query, hash string) string {
		return fmt.Sprintf(`{"query": %q, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": %q}}}`, query, hash)
	}
	address := func(pairs ...string) *http.Request {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return get("/graphql?" + v.Encode())
	}
	const counted = `{"customers": {"totalCount": 0}}`
	for _, c := range []struct {
		name    string
		request *http.Request
		data    string
		code    string // where it is refused
		only    string // the code with DocumentsOnly, where that differs; "answers": it is answered
	}{
		{"what its manifest calls it", post(`{"documentId": "count"}`), counted, "", ""},
		{"its hash", post(`{"documentId": "` + hash + `"}`), counted, "", ""},
		{"its hash with the prefix of the specification", post(`{"documentId": "sha256:` + hash + `"}`), counted, "", ""},
		{"the name of Relay's manual", post(`{"doc_id": "count"}`), counted, "", ""},
		{"both names", post(`{"documentId": "count", "doc_id": "count"}`), counted, "", ""},
		{"a second one in other letters", post(`{"documentId": "count", "DocumentId": "add"}`), "", "BAD_USER_INPUT", ""},
		{"another by its hash", post(`{"documentId": "count", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "add"}}}`), "", "BAD_USER_INPUT", ""},
		{"the same by its hash", post(`{"documentId": "count", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "count"}}}`), counted, "", ""},
		{"a hash in other letters", post(`{"extensions": {"persistedQuery": {"version": 1, "SHA256HASH": "count"}}}`), "", "BAD_USER_INPUT", ""},
		{"two documents", post(`{"documentId": "count", "doc_id": "add"}`), "", "BAD_USER_INPUT", ""},
		{"a document and a query", post(`{"documentId": "count", "query": "{ __typename }"}`), "", "BAD_USER_INPUT", ""},
		{"an automatic persisted query", post(apq("", hash)), counted, "", ""},
		{"an automatic persisted query by a hash of another kind", post(apq("", "count")), counted, "", ""},
		{"an automatic persisted query with its text", post(apq(counting, hash)), counted, "", ""},
		{"in an address", address("documentId", "count", "operationName", "Count"), counted, "", ""},
		{"in an address, as Relay has it", address("doc_id", "count"), counted, "", ""},
		{"a mutation in an address", address("documentId", "add"), "", "BAD_USER_INPUT", ""},
		{"an operation that it has not", post(`{"documentId": "count", "operationName": "Other"}`), "", "BAD_USER_INPUT", ""},
		{"an id of nothing", post(`{"documentId": "nothing"}`), "", "NOT_FOUND", ""},
		{"an id of another type", post(`{"documentId": 7}`), "", "BAD_USER_INPUT", ""},
		{"an empty id", post(`{"documentId": ""}`), "", "BAD_USER_INPUT", ""},
		{"a text that is known", query(counting), counted, "", ""},
		{"a text that is not known", query(another), `{"accounts": {"totalCount": 0}}`, "", "FORBIDDEN"},
		{"a text that differs in white space", query(counting + " "), counted, "", ""},
		{"introspection", query(`{ __schema { queryType { name } } }`), `{"__schema": {"queryType": {"name": "Query"}}}`, "", "FORBIDDEN"},
		{"an automatic persisted query that is to be kept", post(apq(another, anotherHash)), `{"accounts": {"totalCount": 0}}`, "", "FORBIDDEN"},
		{"an automatic persisted query that was kept", post(apq("", anotherHash)), `{"accounts": {"totalCount": 0}}`, "", "NOT_FOUND"},
		{"an automatic persisted query that is not known", post(apq("", "7f")), "", "PERSISTED_QUERY_NOT_FOUND", "NOT_FOUND"},
	} {
		t.Run(c.name, func(t *testing.T) {
			body, err := io.ReadAll(c.request.Body)
			require.NoError(t, err)
			for _, only := range []bool{false, true} {
				read := 0
				s, log := newServer(t, &fake{read: func(context.Context) error { read++; return nil }}, server.Options{Documents: knownDocuments(t), DocumentsOnly: only})
				if c.name == "an automatic persisted query that was kept" {
					send(t, s.Handler(), post(apq(another, anotherHash)))
				}
				read = 0
				code := c.code
				if only && c.only != "" {
					code = c.only
				}
				r := c.request.Clone(t.Context())
				r.Body = io.NopCloser(bytes.NewReader(body))
				a := send(t, s.Handler(), r)
				if code == "" {
					require.Empty(t, a.Errors, "only %v: %s", only, log)
					assert.JSONEq(t, c.data, string(a.Data))
					continue
				}
				require.Len(t, a.Errors, 1, "only %v", only)
				assert.Equal(t, code, a.Errors[0].Extensions.Code, a.Errors[0].Message)
				assert.Empty(t, a.Data)
				assert.Zero(t, read)
			}
		})
	}
}

func TestADocumentThatIsTakenAwayIsKnownNoMore(t *testing.T) {
	known, none := knownDocuments(t)(), (*documents.Set)(nil)
	now := known
	s, _ := newServer(t, &fake{}, server.Options{Documents: func() *documents.Set { return now }, DocumentsOnly: true})
	require.Empty(t, send(t, s.Handler(), post(`{"documentId": "count"}`)).Errors)
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(counting)))
	persisted := `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hash + `"}}}`
	require.Empty(t, send(t, s.Handler(), post(persisted)).Errors)
	now = none
	for _, body := range []string{`{"documentId": "count"}`, persisted} {
		a := send(t, s.Handler(), post(body))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "NOT_FOUND", a.Errors[0].Extensions.Code)
	}
	assert.Equal(t, "FORBIDDEN", send(t, s.Handler(), query(counting)).Errors[0].Extensions.Code)
}

func TestWhatWasAnsweredIsTold(t *testing.T) {
	var told []string
	o := server.Options{Purpose: "SERVICE", Documents: knownDocuments(t), Asked: func(doc *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any, purpose string) {
		told = append(told, fmt.Sprintln(op.Name, variables, purpose, len(doc.Operations)))
	}}
	s, _ := newServer(t, &fake{}, o)
	for _, r := range []*http.Request{
		query(counting),
		query(counting, "Kith-Purpose", "SALES"),
		query(`query Q($n: Int = 3) @purpose(is: MARKETING) { customers(first: $n) { totalCount } }`),
		post(`{"documentId": "count"}`),
		query(`{ nothing }`),
		query(`{ customers(first: 500) { totalCount } }`, "Kith-Purpose", "FUN"),
	} {
		send(t, s.Handler(), r)
	}
	assert.Equal(t, []string{"Count map[] SERVICE 1\n", "Count map[] SALES 1\n", "Q map[n:3] MARKETING 1\n", "Count map[] SERVICE 1\n"}, told)
}
