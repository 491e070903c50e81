package clients

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/web"
)

// TestRelayCompilesAndTheServerAnswers compiles this package's fragments, pages and refetches and the examples of the
// page, and sends what comes out.
func TestRelayCompilesAndTheServerAnswers(t *testing.T) {
	w := workspaceOf(t, "relay")
	examples := relayExamples(t, w)
	out, err := relay(t, w)
	require.NoErrorf(t, err, "%s", out)
	var operations map[string]string // text by hash
	require.NoError(t, json.Unmarshal([]byte(w.read(t, "operations.json")), &operations))
	assert.Len(t, operations, len(examples)+5, "two queries, two refetches, one mutation: %s", out)

	url := serve(t)
	account := ask(t, url, "SALES", `{ accounts(first: 1, filter: {people: {some: {}}}) { edges { node { id } } } }`, nil)
	variables := map[string]any{
		"id": strings.Trim(regexp.MustCompile(`"acc_[^"]*"`).FindString(string(account)), `"`), "first": 2, "name": "a",
		"input": map[string]any{"key": "k", "customer": "cus_nobody", "purpose": "SALES"},
	}
	for _, e := range web.Examples() {
		if e.Variables != "" {
			require.NoError(t, json.Unmarshal([]byte(e.Variables), &variables))
		}
	}
	for _, text := range operations {
		data := ask(t, url, "SALES", text, variables)
		if strings.Contains(text, "node(") {
			assert.Contains(t, string(data), `"totalCount":`, "the node is found, and its people")
		}
	}
}

func TestRelayRefusesWhatTheSchemaHasNot(t *testing.T) {
	w := workspaceOf(t, "relay")
	file := "src/AccountPeople.ts"
	for fault, change := range map[string][3]string{
		"a field":                {"    name\n", "    nickname\n", "nickname"},
		"an argument":            {"filter: $filter", "where: $filter", "where"},
		"a type of a condition":  {`"CustomerFilter"`, `"OrderFilter"`, "OrderFilter"},
		"a connection's edges":   {"edges {", "edgy {", "edgy"},
		"a property of the edge": {"seniority", "salary", "salary"},
	} {
		t.Run(fault, func(t *testing.T) {
			good := w.read(t, file)
			defer w.write(t, file, good)
			bad := strings.Replace(good, change[0], change[1], 1)
			require.NotEqual(t, good, bad)
			w.write(t, file, bad)
			out, err := relay(t, w)
			require.Error(t, err)
			assert.Contains(t, out, change[2])
		})
	}
}

func relay(t *testing.T, w workspace) (string, error) {
	t.Helper()
	w.write(t, "operations.json", "{}") // the compiler adds to it
	return w.node(t, "node_modules/relay-compiler/cli.js", "relay.config.json")
}

var operationName = regexp.MustCompile(`(?m)^query (\w+)`)

// relayExamples writes the examples of the page as Relay wants them: each in a module whose name its own begins with.
func relayExamples(t *testing.T, w workspace) []web.Example {
	t.Helper()
	for _, e := range web.Examples() {
		name := operationName.FindStringSubmatch(e.Query)
		require.NotNil(t, name, e.Name)
		text := operationName.ReplaceAllString(e.Query, "query ${1}Query")
		w.write(t, "src/"+name[1]+".ts", "import { graphql } from 'relay-runtime';\n\nexport const query = graphql`\n"+text+"`;\n")
	}
	return web.Examples()
}

// ask sends an operation that is to succeed, and gives its data.
func ask(t *testing.T, url, purpose, query string, variables map[string]any) json.RawMessage {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", purpose)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	require.NoError(t, json.NewDecoder(res.Body).Decode(&answer))
	require.Empty(t, answer.Errors, query)
	return answer.Data
}
