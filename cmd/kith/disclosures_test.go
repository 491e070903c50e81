package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
)

// served is a server in this process.
type served struct {
	killed
	log  graphtest.Lines
	stop func()
}

// get is what an address of the server's answers, with its status.
func (s *served) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get(strings.TrimSuffix(s.url, "/graphql") + path)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(text)
}

func serve(t *testing.T, store string, flags ...string) *served {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s, ended := &served{}, make(chan int, 1)
	r, w := io.Pipe()
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--store", store}, flags...), w, &s.log)
	}()
	line := make([]byte, 200)
	n, err := r.Read(line)
	require.NoError(t, err)
	s.url = regexp.MustCompile(`http://\S+/graphql`).FindString(string(line[:n]))
	require.NotEmpty(t, s.url)
	s.stop = func() { stop(); assert.Zero(t, <-ended) }
	require.Eventually(t, func() bool { status, _ := s.get(t, "/readyz"); return status == http.StatusOK }, 5*time.Minute, 5*time.Millisecond) // Neo4j gets its indexes first
	return s
}

// twoCustomers is a store with Nora and Olga in it, and their ids.
func twoCustomers(t *testing.T) (store string, ids []string) {
	t.Helper()
	store = "sqlite:" + filepath.Join(t.TempDir(), "kith.db")
	mapping := write(t, "m.yaml", "source: crm\nfiles: [{file: people.csv, nodes: [{kind: Customer, id: id, set: {name: name}}]}]\n")
	status, _, said := call(t, "ingest", "--store", store, "--mapping", mapping, write(t, "people.csv", "id,name\n1,Nora Nobel\n2,Olga Ohm\n"))
	require.Zero(t, status, said)
	g, err := storeFlag{Store: store}.existing(&program{ctx: t.Context(), err: t.Output()})
	require.NoError(t, err)
	defer g.Close()
	kind := g.catalog.MustKind("Customer")
	res, err := g.Read(t.Context(), &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "customers", Rows: true, Page: graph.Page{Limit: 10},
		Order: []graph.Order{{Prop: &graph.Ref{Prop: kind.Property("name")}}}, Nodes: []*graph.Selection{{Kind: kind}}}}})
	require.NoError(t, err)
	for _, row := range res.Lists[0].Rows {
		ids = append(ids, row.ID)
	}
	require.Len(t, ids, 2)
	return store, ids
}

func told(about, reference string, at int64) *journal.Receipt {
	return &journal.Receipt{At: graph.Time(at * 1e6), Actor: "ann", Roles: []string{"reader"}, Purpose: "SALES", Reference: reference,
		Subjects: []journal.Subject{{ID: about, Categories: []graph.Category{graph.CategoryIdentity, graph.CategoryContact}}}}
}

// TestAReceiptThatTheStoreDoesNotTakeStopsNobodysRights begins with the journal of a server that let such a receipt in.
func TestAReceiptThatTheStoreDoesNotTakeStopsNobodysRights(t *testing.T) {
	store, ids := twoCustomers(t)
	dir := strings.TrimPrefix(store, "sqlite:") + ".journal"
	j, err := journal.Open(dir, journal.Options{})
	require.NoError(t, err)
	for _, r := range []*journal.Receipt{told(ids[0], "case 1", 1), told(ids[0], "case \xff\xfe of Nora Nobel", 2), told(ids[1], "case 3", 3), told(ids[0], "case 4", 4)} {
		require.NoError(t, j.Append(t.Context(), r))
	}
	nul := told(ids[1], "case 5", 5)
	nul.Actor = "ann\x00"
	require.NoError(t, j.Append(t.Context(), nul))
	require.NoError(t, j.Close())

	s := serve(t, store)
	ask := func(query string) string {
		t.Helper()
		a, err := s.post("", "COMPLIANCE", query)
		require.NoError(t, err)
		require.Empty(t, a.Errors)
		return string(a.Data)
	}
	references := func(id string) string {
		return ask(fmt.Sprintf(`{ customer(id: %q) { disclosures(filter: {reference: {startsWith: "case"}}, orderBy: [{at: ASC}]) { edges { node { reference } } } } }`, id))
	}
	assert.JSONEq(t, `{"customer": {"disclosures": {"edges": [{"node": {"reference": "case 1"}}, {"node": {"reference": "case 4"}}]}}}`, references(ids[0]))
	assert.JSONEq(t, `{"customer": {"disclosures": {"edges": [{"node": {"reference": "case 3"}}]}}}`, references(ids[1]))

	status, text := s.get(t, "/readyz")
	assert.Equal(t, 200, status)
	assert.JSONEq(t, `{"ready": true, "warnings": ["receipts that the store does not take are set aside: 2; the log says why, and disclosures are told without them"]}`, text)
	_, text = s.get(t, "/metrics")
	assert.Contains(t, text, "\nkith_receipts_aside 2\n")
	assert.Equal(t, 2, strings.Count(s.log.String(), `"level":"ERROR"`), s.log.String())
	assert.Contains(t, s.log.String(), `"msg":"a receipt is set aside: the store does not take it"`)
	assert.Contains(t, s.log.String(), "reference must be valid UTF-8")
	assert.Contains(t, s.log.String(), "actor must not have a NUL character")

	t.Run("no other request makes such a receipt", func(t *testing.T) {
		a, err := s.post("case \xff", "SALES", `{ customers { edges { node { name } } } }`)
		require.NoError(t, err)
		require.Len(t, a.Errors, 1)
		assert.Contains(t, a.Errors[0].(map[string]any)["message"], "Kith-Reference is to be UTF-8")
		assert.Empty(t, a.Data)
	})
	t.Run("kith disclosures tells of it, while the server runs", func(t *testing.T) {
		status, out, said := call(t, "disclosures", "--store", store, "--customer", ids[0])
		assert.Zero(t, status, said)
		assert.Contains(t, said, "kith: receipts that the store does not take are set aside in "+filepath.Join(dir, "aside.jsonl")+": 2; those of this customer are in the list")
		assert.Regexp(t, `(?s)case 4 +IDENTITY,CONTACT\n1970-01-01T00:00:02Z +1 +1970-01-01T00:00:02Z +SALES +ann +reader +- +"case \\xff\\xfe of Nora Nobel" +IDENTITY,CONTACT\n.*case 1 `, out)
		assert.NotContains(t, out, "case 5", "which is of another")
	})
	t.Run("rights are exercised, and an erasure reaches it", func(t *testing.T) {
		ask(fmt.Sprintf(`mutation { exportCustomer(input: {key: "1", customer: %q}) { request { id } } }`, ids[0]))
		said := ask(fmt.Sprintf(`mutation { eraseCustomer(input: {key: "2", customer: %q}) { request { copies } userErrors { message } } }`, ids[0]))
		assert.Contains(t, said, "aside.jsonl: 1 receipts changed")
		all, err := journal.Aside(dir)
		require.NoError(t, err)
		require.Len(t, all, 2)
		assert.Equal(t, "case \xff\xfe of [erased]", all[0].Receipt.Reference)
	})
	s.stop()

	s = serve(t, store)
	assert.Contains(t, s.log.String(), `"msg":"receipts are set aside: the store did not take them, and they are tried once more","receipts":2`)
	_, text = s.get(t, "/readyz")
	assert.Contains(t, text, "set aside: 2", "also after a restart")
	assert.JSONEq(t, `{"customer": {"disclosures": {"edges": [{"node": {"reference": "case 3"}}]}}}`, references(ids[1]))
	s.stop()
}

func TestDisclosuresSaysWhenReceiptsWait(t *testing.T) {
	t.Parallel()
	store, ids := twoCustomers(t)
	dir := strings.TrimPrefix(store, "sqlite:") + ".journal"
	args := []string{"disclosures", "--store", store, "--customer", ids[0]}
	j, err := journal.Open(dir, journal.Options{}) // as a server has it that does not get on
	require.NoError(t, err)
	require.NoError(t, j.Append(t.Context(), told(ids[0], "case 1", 1)))
	require.NoError(t, j.Append(t.Context(), told(ids[0], "case 2", 2)))
	status, out, said := call(t, args...)
	assert.Equal(t, 1, status)
	assert.NotContains(t, out, "case")
	assert.Contains(t, said, "kith: the list may lack some: receipts wait in the journal "+dir+": 2; the server that has it open is to move them")
	require.NoError(t, j.Close())

	status, out, said = call(t, args...)
	assert.Zero(t, status, said)
	assert.Empty(t, said)
	assert.Regexp(t, `(?s)case 2.*case 1`, out)
	status, _, said = call(t, append(args, "--journal", filepath.Join(t.TempDir(), "nowhere"))...)
	assert.Equal(t, 1, status)
	assert.Contains(t, said, "--journal: there is no journal ")
}

func TestDisclosuresTellsWhatItSetsAsideItself(t *testing.T) {
	store, ids := twoCustomers(t)
	dir := filepath.Join(t.TempDir(), "receipts")
	j, err := journal.Open(dir, journal.Options{})
	require.NoError(t, err)
	require.NoError(t, j.Append(t.Context(), told(ids[0], "case\x00", 2)))
	require.NoError(t, j.Close())
	for range 2 {
		status, out, said := call(t, "disclosures", "--store", store, "--customer", ids[0], "--journal", dir)
		assert.Zero(t, status, said)
		assert.Regexp(t, `"case\\x00" +IDENTITY,CONTACT\n$`, out)
		assert.Contains(t, said, "set aside in "+filepath.Join(dir, "aside.jsonl")+": 1;")
	}
	all, err := journal.Aside(dir)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Contains(t, all[0].Reason, "reference must not have a NUL character")
}
