package clients

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/dev/asking"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// An opinion is asked of graphql-js: what it makes of the rows of a plain operation where the same is asked in other words.
type opinion struct {
	Plain     json.RawMessage `json:"plain"`
	Document  string          `json:"document"`
	Variables map[string]any  `json:"variables"`
	Answer    json.RawMessage `json:"answer"`
}

// TestGraphQLJSAgrees has graphql-js execute random operations on the rows that Kith has answered: both are to merge fields alike, to
// include and to skip the same, to keep one order, and to make null what an error makes null.
func TestGraphQLJSAgrees(t *testing.T) {
	needNode(t)
	url := serve(t)
	cat, parsed := graphtest.Catalog(t), graphtest.Schema(t)
	rng := rand.New(rand.NewPCG(1, 1))
	asker := &asking.Asker{Rand: rng, Values: rng, Catalog: cat, Schema: parsed, Now: now, IDs: someIDs(t, url), Texts: []string{"anna", "Brückner", "EUR", "a"}, Allowed: func(graph.Category) bool { return true }}
	var all []opinion
	for i := range 450 {
		purpose := []graph.Purpose{graph.Compliance, graph.Sales, graph.Analysis}[i%3]
		plain, err := asking.Plain(parsed, asker.Operation())
		require.NoError(t, err)
		document, err := asking.Disguised(rng, parsed, plain)
		require.NoError(t, err)
		vars := map[string]any{}
		for _, name := range []string{"yes", "no"} {
			if asker.Chance(50) {
				vars[name] = asker.Chance(50)
			}
		}
		rows, answer := answered(t, url, purpose, plain, nil), answered(t, url, purpose, document, vars)
		executed := bytes.Contains(rows, []byte(`"data":`)) && bytes.Contains(answer, []byte(`"data":`)) // what is over a limit is not
		if executed && slices.Equal(mistakes(t, rows), mistakes(t, answer)) {                            // what is skipped may be what fails, or the first that does
			all = append(all, opinion{alike(rows), document, vars, alike(answer)})
		}
	}
	assert.Greater(t, len(all), 250)
	consent := `recordConsent(input: {key: "2", customer: "cus_nobody", purpose: SALES}) { consent { id } userErrors { code field } } `
	refused := `restrictProcessing(input: {key: "1", customer: "cus_1", restricted: true}) { userErrors { code } } `
	for _, c := range []struct{ rows, document string }{ // what does not fail, and the whole
		{`{ policy { version } }`, `{ customers(first: 500) { totalCount } policy { version } }`},
		{`{ policy { version } }`, `{ policy { version } fieldPolicy(type: "Nobody", field: "name") { type } }`},
		{`{ __typename }`, `{ accounts(first: 0) { totalCount } fieldPolicy(type: "Nobody", field: "name") { type } }`},
		{`{ __typename }`, `mutation { ` + refused + `}`},
		{`mutation { ` + consent + `}`, `mutation { ` + consent + refused + `}`},
	} {
		answer := answered(t, url, graph.Sales, c.document, nil)
		var rows struct {
			Data   json.RawMessage `json:"data"`
			Errors json.RawMessage `json:"errors"`
		}
		require.NoError(t, json.Unmarshal(answer, &rows))
		require.NotEmpty(t, rows.Errors)
		require.NoError(t, json.Unmarshal(answered(t, url, graph.Sales, c.rows, nil), &rows))
		plain, err := json.Marshal(rows)
		require.NoError(t, err)
		all = append(all, opinion{plain, c.document, nil, answer})
	}
	w := workspaceOf(t, "relay")
	script, err := os.ReadFile("opinion.mjs")
	require.NoError(t, err)
	w.write(t, "opinion.mjs", string(script))
	cases, err := json.Marshal(all)
	require.NoError(t, err)
	w.write(t, "cases.json", string(cases))
	out, err := w.node(t, "opinion.mjs", "schema.graphql", "cases.json")
	require.NoError(t, err, "%.8000s", out)
	assert.Contains(t, out, fmt.Sprintf("%d equal, 0 differ", len(all)))
}

// alike is an answer whose moments of comparison are one: they are a minute ago where what is beside them is selected, and now where it is skipped.
func alike(answer []byte) []byte {
	return bytes.ReplaceAll(answer, []byte(now.Add(-time.Minute).Format(`"`+time.RFC3339+`"`)), []byte(now.Format(`"`+time.RFC3339+`"`)))
}

// mistakes are the messages of an answer's errors, in any order.
func mistakes(t *testing.T, answer []byte) (messages []string) {
	var a struct{ Errors []struct{ Message string } }
	require.NoError(t, json.Unmarshal(answer, &a))
	for _, e := range a.Errors {
		messages = append(messages, e.Message)
	}
	slices.Sort(messages)
	return messages
}

// someIDs are ids of nodes of all kinds.
func someIDs(t *testing.T, url string) (ids []string) {
	for _, roots := range []string{"accounts", "customers", "deals", "interactions", "orders", "cases", "employees", "products", "campaigns", "hiddenEvents"} {
		var a struct {
			Data map[string]struct {
				Edges []struct{ Node struct{ ID string } }
			}
		}
		require.NoError(t, json.Unmarshal(answered(t, url, graph.Compliance, "{ "+roots+"(first: 20) { edges { node { id } } } }", nil), &a))
		for _, e := range a.Data[roots].Edges {
			ids = append(ids, e.Node.ID)
		}
	}
	require.NotEmpty(t, ids)
	return ids
}

// answered is the answer to an operation.
func answered(t *testing.T, url string, purpose graph.Purpose, query string, vars map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", string(purpose))
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(res.Body)
	require.NoError(t, err)
	return b.Bytes()
}
