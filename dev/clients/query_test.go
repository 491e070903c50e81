package clients

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	pageQuery = regexp.MustCompile("(?s)```graphql\n# purpose: \\w+\n# variables: (.*?)\n(.*?)```\n\n```(jsonl?)\n(.*?)```")
	pageFile  = regexp.MustCompile("(?s)```(?:ts|js)\n// (\\S+)\n(.*?)```")
	pageRow   = regexp.MustCompile(`"demo:([\w-]+)"`)
	anID      = regexp.MustCompile(`"([a-z]{3}_[a-z2-7]{26})"`)
)

// queryPage is docs/query.md as a workspace: its queries, its code, and what drives that; with the page's variables and answers by the names of the
// queries.
func queryPage(t *testing.T) (w workspace, variables, answers map[string]json.RawMessage) {
	w = workspaceOf(t, "query")
	text, err := os.ReadFile("../../docs/query.md")
	require.NoError(t, err)
	variables, answers = map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for _, q := range pageQuery.FindAllStringSubmatch(string(text), -1) {
		name := calledHere.FindStringSubmatch(q[2])[1]
		w.write(t, "src/"+name+".graphql", q[2])
		variables[name], answers[name] = json.RawMessage(q[1]), json.RawMessage(q[4])
	}
	files := pageFile.FindAllStringSubmatch(string(text), -1)
	require.Len(t, files, strings.Count(string(text), "```ts")+strings.Count(string(text), "```js\n"), "each piece of code says in which file it is")
	for _, f := range files {
		w.write(t, f[1], f[2])
	}
	return w, variables, answers
}

// TestTheTenTasksOfAFrontend compiles the code of docs/query.md as it stands there, and uses it.
func TestTheTenTasksOfAFrontend(t *testing.T) {
	w, variables, answers := queryPage(t)
	require.Len(t, answers, 10)
	out, err := generate(t, w)
	require.NoErrorf(t, err, "%s", out)
	out, err = tsc(t, w)
	require.NoErrorf(t, err, "%s", out)

	url := serve(t)
	given, err := json.Marshal(variables)
	require.NoError(t, err)
	out, err = w.node(t, "out/drive.js", strings.TrimSuffix(url, "graphql"), idsOfRows(t, url, string(given)))
	require.NoErrorf(t, err, "%s", out)
	used := map[string]json.RawMessage{}
	require.NoErrorf(t, json.Unmarshal([]byte(rowsOfIDs(t, url, out)), &used), "%s", out)
	for name, holds := range map[string]func(t *testing.T, answer, used json.RawMessage){
		"Typeahead": suggests, "DealList": filters, "DealPage": opens, "Contacts": scrolls, "Dashboard": draws,
		"MoveDeal": moves, "LostDeals": exports, "Tiles": fails, "CustomerCard": explains,
	} {
		t.Run(name, func(t *testing.T) { holds(t, answers[name], used[name]) })
	}
	t.Run("NewCompany", func(t *testing.T) {
		kith := filepath.Join(t.TempDir(), "kith")
		built, err := exec.CommandContext(t.Context(), "go", "build", "-o", kith, "../../cmd/kith").CombinedOutput()
		require.NoErrorf(t, err, "%s", built)
		t.Setenv("KITH", kith)
		out, err := w.node(t, "--test", "out/companies.test.js")
		require.NoErrorf(t, err, "%s", out)
		assert.Contains(t, out, "# pass 3")
	})
	t.Run("a further reason breaks the compile", func(t *testing.T) {
		types := w.read(t, "src/gql/graphql.ts")
		further := strings.Replace(types, "export type WithheldReason =", "export type WithheldReason = 'FORGOTTEN'", 1)
		require.NotEqual(t, types, further)
		w.write(t, "src/gql/graphql.ts", further)
		out, err := tsc(t, w)
		require.Error(t, err)
		assert.Contains(t, out, "src/customer-card.ts")
		assert.Equal(t, 1, strings.Count(out, "error TS"), out)
	})
}

// part is what stands in JSON at some keys, one within the other.
func part(t *testing.T, text json.RawMessage, keys ...string) json.RawMessage {
	t.Helper()
	for _, key := range keys {
		var object map[string]json.RawMessage
		require.NoErrorf(t, json.Unmarshal(text, &object), "%s", text)
		require.Contains(t, object, key)
		text = object[key]
	}
	return text
}

func same(t *testing.T, want, got json.RawMessage) {
	t.Helper()
	assert.JSONEq(t, string(want), string(got))
}

func suggests(t *testing.T, answer, used json.RawMessage) {
	var shown []json.RawMessage
	require.NoError(t, json.Unmarshal(part(t, used, "shown"), &shown))
	require.Len(t, shown, 2, "nothing for a letter, and nothing of the text before the last")
	same(t, json.RawMessage(`[]`), shown[0])
	same(t, part(t, answer, "data", "search"), shown[1])
	same(t, json.RawMessage(`[]`), part(t, used, "errors"))
	same(t, json.RawMessage(`["Maintenance Engineer, Brückner Robotics GmbH"]`), part(t, used, "beside"))
}

func filters(t *testing.T, answer, used json.RawMessage) {
	same(t, part(t, answer, "data", "deals"), part(t, used, "list"))
	same(t, json.RawMessage(`[["WON", 33], ["LOST", 24], ["PROPOSAL", 3], ["NEGOTIATION", 2]]`), part(t, used, "ofStage"))
	same(t, json.RawMessage(`"€12,345,678,901,234,567.89"`), part(t, used, "money"))
	same(t, json.RawMessage(`["Calibration Service renewal 2025", "Renewal 2025", "Calibration Service renewal 2025"]`), part(t, used, "words"))
}

func opens(t *testing.T, answer, used json.RawMessage) {
	same(t, part(t, answer, "data", "deal"), part(t, used, "page"))
	same(t, part(t, answer, "data", "deal", "amount"), part(t, used, "listed"))
	same(t, json.RawMessage(`null`), part(t, used, "nobody"))
}

func scrolls(t *testing.T, answer, used json.RawMessage) {
	var seen [][]json.RawMessage
	var whole []json.RawMessage
	require.NoError(t, json.Unmarshal(part(t, used, "seen"), &seen))
	require.NoError(t, json.Unmarshal(part(t, used, "whole"), &whole))
	require.Len(t, seen, 3)
	require.Len(t, whole, 9)
	for i, rows := range seen {
		assert.Equal(t, ids(t, whole[:3*(i+1)]), ids(t, rows))
	}
	assert.JSONEq(t, string(part(t, answer, "data", "interactions", "nodes")), string(list(t, whole[:3])))
}

func ids(t *testing.T, rows []json.RawMessage) (all []string) {
	for _, r := range rows {
		all = append(all, string(part(t, r, "id")))
	}
	return all
}

func list(t *testing.T, rows []json.RawMessage) json.RawMessage {
	text, err := json.Marshal(rows)
	require.NoError(t, err)
	return text
}

func draws(t *testing.T, answer, used json.RawMessage) {
	type bar struct {
		Label string
		Count int
		Share float64
	}
	var tiles map[string][]bar
	require.NoError(t, json.Unmarshal(used, &tiles))
	require.Len(t, tiles, 4)
	for name, bars := range tiles {
		whole, shares := 0, 0.0
		for _, b := range bars {
			whole, shares = whole+b.Count, shares+b.Share
		}
		assert.Equal(t, string(part(t, answer, "data", name, "totalCount")), strconv.Itoa(whole), name)
		assert.InDelta(t, 1, shares, 1e-9, name)
	}
	assert.Equal(t, bar{"others", 7, 7.0 / 121}, tiles["deals"][4])
}

func moves(t *testing.T, answer, used json.RawMessage) {
	same(t, part(t, answer, "data", "updateDeal", "userErrors"), part(t, used, "moved"))
	same(t, json.RawMessage(`["PROPOSAL", "NEGOTIATION", "NEGOTIATION", "LOST", "NEGOTIATION"]`), part(t, used, "stages"))
	var stale []struct{ Code, Field string }
	require.NoError(t, json.Unmarshal(part(t, used, "stale"), &stale))
	require.Len(t, stale, 1)
	assert.Equal(t, "CONFLICT", stale[0].Code)
}

func exports(t *testing.T, answer, used json.RawMessage) {
	var rows []struct{ Node json.RawMessage }
	require.NoError(t, json.Unmarshal(part(t, used, "rows"), &rows))
	lines := strings.Split(strings.TrimSpace(string(answer)), "\n")
	require.Len(t, rows, len(lines))
	var file string
	require.NoError(t, json.Unmarshal(part(t, used, "file"), &file))
	saved := strings.Split(strings.TrimSpace(file), "\n")
	require.Len(t, saved, len(lines), "each once, though the connection broke")
	for i, line := range lines {
		same(t, part(t, json.RawMessage(line), "node"), rows[i].Node)
		same(t, part(t, json.RawMessage(line), "node"), json.RawMessage(saved[i]))
	}
	assert.Equal(t, "3", string(part(t, used, "asked")), "the connection that broke, what was behind it, and what is behind that: nothing")
}

func fails(t *testing.T, answer, used json.RawMessage) {
	same(t, part(t, answer, "data"), part(t, used, "data"))
	same(t, json.RawMessage(`"BAD_USER_INPUT"`), part(t, used, "code"))
	same(t, json.RawMessage(`true`), part(t, used, "has"))
	same(t, json.RawMessage(`"report a bug"`), part(t, used, "remedy"))
	same(t, json.RawMessage(`"UNREACHED"`), part(t, used, "gaveUp"))
	same(t, json.RawMessage(`[1, 2, 4, 7]`), part(t, used, "waits"))
	same(t, part(t, answer, "data", "accounts"), part(t, used, "then"))
}

func explains(t *testing.T, _, used json.RawMessage) {
	same(t, json.RawMessage(`[
		{"name": {"why": "has withdrawn consent to MARKETING since 2026-08-31"}, "email": {"why": "has withdrawn consent to MARKETING since 2026-08-31"}, "managers": {"why": "RELATIONSHIP is not for MARKETING"}},
		{"name": {"text": "Maarja Rätsep"}, "email": {"text": "maarja.raetsep@pohjala-puit.example"}, "managers": {"text": "not known"}},
		null
	]`), used)
}

// idsOfRows puts ids in the place of the rows of the demonstration that they belong to.
func idsOfRows(t *testing.T, url, text string) string {
	kinds := map[string]string{"cus": "customer", "dea": "deal"}
	return pageRow.ReplaceAllStringFunc(text, func(row string) string {
		id := pageRow.FindStringSubmatch(row)[1]
		require.Contains(t, kinds, id[:3])
		data := ask(t, url, "COMPLIANCE", `query($id: String!) { is: `+kinds[id[:3]]+`(external: {source: "demo", id: $id}) { id } }`, map[string]any{"id": id})
		return string(part(t, data, "is", "id"))
	})
}

// rowsOfIDs is the way back.
func rowsOfIDs(t *testing.T, url, text string) string {
	return anID.ReplaceAllStringFunc(text, func(id string) string {
		data := ask(t, url, "COMPLIANCE", `query($id: ID!) { node(id: $id) { ... on Node { externals { id } } } }`, map[string]any{"id": strings.Trim(id, `"`)})
		var externals []struct{ ID string }
		require.NoError(t, json.Unmarshal(part(t, data, "node", "externals"), &externals))
		require.NotEmpty(t, externals, id)
		return `"demo:` + externals[0].ID + `"`
	})
}
