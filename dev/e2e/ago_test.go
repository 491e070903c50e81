package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestTimesAreLookedForByHowLongAgoTheyAre asks about deals, opened and to be closed at times before the tests' now.
func TestTimesAreLookedForByHowLongAgoTheyAre(t *testing.T) {
	p := onSQLite(t)
	b := &graph.Batch{Source: "test"}
	for name, days := range map[string]int{"today": 0, "week": 7, "month": 31, "year": 365} {
		at := now.AddDate(0, 0, -days)
		y, m, d := at.Date()
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: name, Set: graph.Values{"name": name, "openedAt": int64(graph.At(at)), "expectedClose": int64(graph.At(midnightOf(y, m, d)))}})
	}
	b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: "never", Set: graph.Values{"name": "never", "stage": "WON", "closedAt": int64(graph.At(now)), "outcome": "WON", "openedAt": nil}})
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	for _, c := range []struct{ filter, want string }{
		{`{openedAt: {within: "P7D"}}`, "today week"},
		{`{openedAt: {within: "P6DT23H"}}`, "today"},
		{`{openedAt: {olderThan: "P7D"}}`, "month year"},
		{`{openedAt: {olderThan: "P1M"}}`, "year"},
		{`{not: {openedAt: {olderThan: "P2W"}}}`, "today week"},
		{`{expectedClose: {within: "P1M"}}`, "month today week"},
		{`{expectedClose: {olderThan: "P1Y"}}`, ""},
		{`{name: {notIn: ["week", "month"]}}`, "never today year"},
		{`{stage: {notIn: [LOST]}}`, "never"},
		{`{name: {notIn: []}}`, "month never today week year"},
	} {
		t.Run(c.filter, func(t *testing.T) {
			got := p.ask(t, `{ deals(filter: `+c.filter+`, orderBy: [{name: ASC}]) { nodes { name } } }`, nil)
			require.Empty(t, got.Errors)
			assert.Equal(t, c.want, namesIn(string(got.Data)))
		})
	}
	t.Run("before the time as of which is asked", func(t *testing.T) {
		got := p.ask(t, `{ deals(asOf: "2025-12-01T00:00:00Z", filter: {openedAt: {within: "P30D"}}) { nodes { name } } }`, nil)
		require.Empty(t, got.Errors)
		assert.Equal(t, "year", namesIn(string(got.Data)))
	})
	t.Run("what is no duration is refused", func(t *testing.T) {
		for _, text := range []string{"14 days", "P1.5M", "-P1D", "", "P99999Y"} {
			got := p.ask(t, `query($d: String) { deals(filter: {openedAt: {within: $d}}) { totalCount } }`, map[string]any{"d": text})
			require.Len(t, got.Errors, 1, text)
			assert.Contains(t, got.Errors[0].Message, "deals.filter.openedAt.within: ", text)
		}
	})
}

func midnightOf(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

var nameIn = regexp.MustCompile(`"name":"([^"]*)"`)

// namesIn are the names in an answer.
func namesIn(data string) string {
	var names []string
	for _, m := range nameIn.FindAllStringSubmatch(data, -1) {
		names = append(names, m[1])
	}
	return strings.Join(names, " ")
}
