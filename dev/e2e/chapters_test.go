package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// chapter holds a page of docs, or a part of it, to what the program answers: pairs of a query and an answer. An id stands there as the row of
// the demonstration that it belongs to.
func chapter(t *testing.T, p *program, text string) {
	blocks := regexp.MustCompile("(?s)```graphql\n# purpose: (\\w+)\n(.*?)```\n\n```json\n(.*?)```").FindAllStringSubmatch(text, -1)
	require.Len(t, blocks, strings.Count(text, "```")/4, "each query has its answer")
	for i, b := range blocks {
		if !p.inTurn(i, 6) {
			continue
		}
		query := ofRows(t, p, b[2])
		answer, err := p.bytes(graph.Purpose(b[1]), query)
		require.NoError(t, err)
		var got struct {
			Data   json.RawMessage
			Errors []any
		}
		require.NoError(t, json.Unmarshal(answer, &got))
		require.Empty(t, got.Errors, query)
		assert.JSONEq(t, b[3], string(got.Data), query)
	}
}

// ofRows puts ids in the place of the rows of the demonstration that they belong to.
func ofRows(t *testing.T, p *program, text string) string {
	return regexp.MustCompile(`"demo:[\w-]+"`).ReplaceAllStringFunc(text, func(row string) string {
		id := strings.TrimPrefix(strings.Trim(row, `"`), "demo:")
		kind := p.catalog.KindOf(id[:3] + "_x")
		require.NotNil(t, kind, row)
		var named struct{ Is struct{ ID string } }
		p.data(t, fmt.Sprintf(`{ is: %s(external: {source: "demo", id: %q}) { id } }`, strings.ToLower(kind.Name[:1])+kind.Name[1:], id), nil, &named)
		return strconv.Quote(named.Is.ID)
	})
}

// docs reads a page of docs.
func docs(t *testing.T, file string) string {
	text, err := os.ReadFile("../../docs/" + file)
	require.NoError(t, err)
	return string(text)
}
