package e2e

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// asTask is a task of docs/query.md: its purpose, its variables, its query, and the answer, which is one or, of an export, one a line.
var asTask = regexp.MustCompile("(?s)```graphql\n# purpose: (\\w+)\n# variables: (.*?)\n(.*?)```\n\n```(jsonl?)\n(.*?)```")

// queryPage holds docs/query.md to what the program answers.
func queryPage(t *testing.T, p *program) {
	text := docs(t, "query.md")
	tasks := asTask.FindAllStringSubmatch(text, -1)
	require.Len(t, tasks, 10)
	require.Len(t, tasks, strings.Count(text, "```graphql"), "each query has its variables and its answer")
	for i, task := range tasks {
		if !p.inTurn(i, 6) {
			continue
		}
		purpose, query, want := graph.Purpose(task[1]), task[3], task[5]
		var variables map[string]any
		require.NoError(t, json.Unmarshal([]byte(ofRows(t, p, task[2])), &variables))
		if task[4] == "jsonl" {
			_, rows := p.exportedBy(t, nil, purpose, map[string]any{"query": query, "variables": variables}, nil)
			assert.JSONEq(t, listOf(want), string(p.shownOnPage(t, listOf(rows))), query)
			continue
		}
		answer, err := p.sent(purpose, query, variables)
		require.NoError(t, err)
		assert.JSONEq(t, want, string(p.shownOnPage(t, string(answer))), query)
	}
}

// listOf makes one list of lines.
func listOf(lines string) string {
	return "[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]"
}

// shownOnPage is an answer as the page writes it: of extensions only what is withheld, ids as rows of the demonstration, and dots for what is
// another one each time.
func (p *program) shownOnPage(t *testing.T, answer string) []byte {
	var got any
	require.NoError(t, json.Unmarshal([]byte(answer), &got))
	if whole, is := got.(map[string]any); is {
		extensions, _ := whole["extensions"].(map[string]any)
		if delete(whole, "extensions"); extensions["withheld"] != nil {
			whole["extensions"] = map[string]any{"withheld": extensions["withheld"]}
		}
	}
	shown, err := json.Marshal(p.written(t, "", got))
	require.NoError(t, err)
	return shown
}

func (p *program) written(t *testing.T, key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, below := range v {
			v[key] = p.written(t, key, below)
		}
	case []any:
		for i, below := range v {
			v[i] = p.written(t, "", below)
		}
	case string:
		switch {
		case key == "endCursor" || key == "cursor" || key == "requestId":
			return "…"
		case key == "id":
			return p.rowOf(t, v)
		}
	}
	return v
}

// rowOf is the row of the demonstration that an id belongs to.
func (p *program) rowOf(t *testing.T, id string) string {
	var found struct {
		Node struct{ Externals []graph.External }
	}
	p.data(t, `query($id: ID!) { node(id: $id) { ... on Node { externals { source id } } } }`, map[string]any{"id": id}, &found)
	require.NotEmpty(t, found.Node.Externals, id)
	return "demo:" + found.Node.Externals[0].ID
}
