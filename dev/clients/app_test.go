package clients

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/web"
)

// TestATypeScriptClient generates the types of the app's operations and of the examples of the page, compiles the app
// strictly and runs its programs.
func TestATypeScriptClient(t *testing.T) {
	w := appWorkspace(t)
	out, err := generate(t, w)
	require.NoErrorf(t, err, "%s", out)
	generated := w.read(t, "src/gql/graphql.ts")
	for _, e := range web.Examples() {
		assert.Contains(t, generated, "export type "+operationName.FindStringSubmatch(e.Query)[1]+"Query =", e.Name)
	}
	out, err = tsc(t, w)
	require.NoErrorf(t, err, "%s", out)

	url := serve(t)
	t.Run("tells why what is withheld for each purpose", func(t *testing.T) { tellsWhy(t, w, url) })
	for client, pagination := range map[string]string{"urql": "customers: relayPagination(), ", "apollo": "customers: relayStylePagination(['filter', 'orderBy']),"} {
		for _, purpose := range []string{"SALES", "MARKETING"} {
			t.Run(client+" follows a cursor for "+purpose, func(t *testing.T) { followsCursor(t, w, url, client, purpose) })
		}
		t.Run(client+" merges nothing by itself", func(t *testing.T) {
			program := w.read(t, "out/"+client+".js")
			unmerged := strings.Replace(program, pagination, "", 1)
			require.NotEqual(t, program, unmerged)
			w.write(t, "out/"+client+"-unmerged.js", unmerged)
			assert.Len(t, pagesOf(t, w, url, client+"-unmerged", "SALES").Merged, first)
		})
	}
	t.Run("a further reason breaks the compile", func(t *testing.T) {
		further := strings.Replace(generated, "export type WithheldReason =\n", "export type WithheldReason =\n  | 'FORGOTTEN'\n", 1)
		require.NotEqual(t, generated, further)
		w.write(t, "src/gql/graphql.ts", further)
		out, err := tsc(t, w)
		require.Error(t, err)
		assert.Contains(t, out, "src/withheld.ts")
		assert.Contains(t, out, "not assignable to type 'never'")
		assert.Equal(t, 1, strings.Count(out, "error TS"), out)
	})
}

func TestCodegenRefusesWhatTheSchemaHasNot(t *testing.T) {
	w := appWorkspace(t)
	file := "src/purposes.ts"
	good := w.read(t, file)
	bad := strings.Replace(good, "birthYear\n", "deathYear\n", 1)
	require.NotEqual(t, good, bad)
	w.write(t, file, bad)
	out, err := generate(t, w)
	require.Error(t, err)
	assert.Contains(t, out, `Cannot query field "deathYear" on type "Customer"`)
}

// tellsWhy has the program ask the same for two purposes.
func tellsWhy(t *testing.T, w workspace, url string) {
	type seen struct {
		Customers []struct {
			ID, Name string
			Node     map[string]struct{ Reason, Why string } // by field
		}
		Answer []struct {
			Field, Reason string
			Count         int
		}
	}
	var by map[string]seen
	run(t, w, &by, "out/purposes.js", url)
	require.Len(t, by["SALES"].Customers, 100)
	reasons := map[string]map[string]bool{"SALES": {}, "MARKETING": {}}
	withheld := map[string]int{}
	for purpose, is := range by {
		count := map[string]int{} // by field and reason
		for i, c := range is.Customers {
			assert.Equal(t, by["SALES"].Customers[i].ID, c.ID)
			_, nameless := c.Node["name"]
			assert.Equal(t, nameless, c.Name == "", c.ID)
			withheld[purpose] += len(c.Node)
			for field, w := range c.Node {
				reasons[purpose][strings.TrimRight(w.Why, "-0123456789")] = true
				count[field+" "+w.Reason]++
			}
		}
		for _, a := range is.Answer {
			if !strings.Contains(a.Field, ".") { // else it is of another node, which says so itself
				assert.Equal(t, count[a.Field+" "+a.Reason], a.Count, "%s: the answer and the nodes say the same of %s", purpose, a.Field)
			}
		}
		assert.Less(t, len(is.Answer), 20, "the same is said once")
	}
	assert.Contains(t, reasons["SALES"], "DEMOGRAPHIC is not for SALES")
	for why := range reasons["SALES"] {
		assert.NotContains(t, why, "objected", "who objects is in no list")
	}
	for _, why := range []string{
		"never consented to MARKETING", "consent to MARKETING withdrawn since ", "consent to MARKETING expired since ",
		"objected to MARKETING since ", "RELATIONSHIP is not for MARKETING",
	} {
		assert.Contains(t, reasons["MARKETING"], why)
	}
	assert.Greater(t, withheld["MARKETING"], withheld["SALES"])
}

// first is the size of a page.
const first = 7

// pages is what a program with a cache prints.
type pages struct {
	Pages    [][]string
	Merged   []string
	ByID     string
	Warnings []string
}

func pagesOf(t *testing.T, w workspace, url, client, purpose string) (p pages) {
	t.Helper()
	run(t, w, &p, "out/"+client+".js", url, purpose, strconv.Itoa(first))
	return p
}

// followsCursor has a program with a normalised cache read two pages, and compares with what the server has in one.
func followsCursor(t *testing.T, w workspace, url, client, purpose string) {
	got := pagesOf(t, w, url, client, purpose)
	data := ask(t, url, purpose, `{ customers(first: 14, orderBy: [{familyName: ASC}, {givenName: ASC}]) { edges { node { id name } } } }`, nil)
	var whole struct {
		Customers struct {
			Edges []struct{ Node struct{ ID, Name string } }
		}
	}
	require.NoError(t, json.Unmarshal(data, &whole))
	var ids, names []string
	for _, e := range whole.Customers.Edges {
		ids, names = append(ids, e.Node.ID), append(names, e.Node.Name)
	}
	require.Len(t, ids, 2*first)
	assert.Equal(t, [][]string{names[:first], names[first:]}, got.Pages)
	assert.Equal(t, ids, got.Merged, "both pages, in order, and nobody twice")
	assert.Equal(t, names[2*first-1], got.ByID)
	assert.Empty(t, got.Warnings)
}

// appWorkspace is the app, with the examples of the page beside it.
func appWorkspace(t *testing.T) workspace {
	t.Helper()
	w := workspaceOf(t, "app")
	for _, e := range web.Examples() {
		w.write(t, "examples/"+operationName.FindStringSubmatch(e.Query)[1]+".graphql", e.Query)
	}
	return w
}

func generate(t *testing.T, w workspace) (string, error) {
	t.Helper()
	return w.node(t, "node_modules/@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.mjs")
}

func tsc(t *testing.T, w workspace) (string, error) {
	t.Helper()
	return w.node(t, "node_modules/typescript/bin/tsc", "--project", ".", "--singleThreaded") // side by side it looks at the same types several times
}

// run runs a program that prints JSON.
func run(t *testing.T, w workspace, into any, args ...string) {
	t.Helper()
	out, err := w.node(t, args...)
	require.NoErrorf(t, err, "%s", out)
	require.NoErrorf(t, json.Unmarshal([]byte(out), into), "%s", out)
}
