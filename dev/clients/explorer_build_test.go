package clients

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/web"
)

// of says of what the pages were built, and what came of it, when a test built them and found the same. It is not where they are: no binary needs it.
const of = app + "/built.txt"

var (
	update    = flag.Bool("update", false, "write of what the pages are built")
	described = regexp.MustCompile(`(?m)^ *".*\n`)
)

// TestThePagesAreWhatTheirSourcesBuild builds them anew, by the schema as it is, and compares with what is committed. That is compressed as
// small as gzip can be, which takes long: it is what it holds that is compared.
//
// A build takes minutes of a processor. Where sources, schema, packages and pages are those of a build that was compared, it is done with one seed of four.
func TestThePagesAreWhatTheirSourcesBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no Node")
	}
	text := sdl.Print(graphtest.Schema(t))
	committed := filesIn(t, "../../web/dist")
	committed["documents.json"] = web.Documents
	built := fmt.Sprintf("sources %s\npages %s\n", hashOf(sources(t, text)), hashOf(committed))
	known, err := os.ReadFile(of)
	require.NoError(t, err)
	if built != string(known) {
		graphtest.EachTime(t, 1) // who changed them sees each time what comes of it
	}
	needNode(t)
	switch {
	case built != string(known):
		graphtest.Report(t, "the pages are built, since their sources, or the schema, are others than web/app/built.txt knows: go test ./dev/clients -run ThePages -update writes it")
	case graphtest.Seed()%4 != 0:
		return
	}
	out, err := installApp()
	require.NoErrorf(t, err, "%s", out)
	require.NoError(t, os.WriteFile(filepath.Join(app, "schema.graphql"), []byte(text), 0o644))
	dist, manifest := t.TempDir(), filepath.Join(t.TempDir(), "documents.json")
	for _, command := range [][]string{
		{"node_modules/.bin/gql.tada", "generate-output"},
		{"npm", "run", "-s", "types"},
		{"node_modules/.bin/vite", "build", "--outDir", dist, "--emptyOutDir"},
		{"node_modules/.bin/vite", "build", "--config", "graphiql.config.ts", "--outDir", dist},
		{"node", "documents.js", manifest},
	} {
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Dir = app
		out, err := cmd.CombinedOutput()
		require.NoErrorf(t, err, "%s\n%s", command, out)
	}
	made := filesIn(t, dist)
	made["documents.json"], err = os.ReadFile(manifest)
	require.NoError(t, err)
	for name, content := range made {
		assert.Equal(t, string(content), string(committed[name]), "%s: `npm run build` in web/app has something to write: commit it", name)
	}
	for name := range committed {
		assert.Contains(t, made, name, "nothing builds it")
	}
	if *update && !t.Failed() {
		require.NoError(t, os.WriteFile(of, []byte(built), 0o644))
	}
}

// sources are what the pages are built from: all of app but for what is ignored there, and the schema, in which descriptions are for people.
func sources(t *testing.T, schema string) map[string][]byte {
	t.Helper()
	ignored, err := os.ReadFile(filepath.Join(app, ".gitignore"))
	require.NoError(t, err)
	files := filesIn(t, app, append(strings.Fields(string(ignored)), filepath.Base(of))...)
	files["schema.graphql"] = described.ReplaceAll([]byte(schema), nil)
	return files
}

// hashOf is one of files, by their names.
func hashOf(files map[string][]byte) string {
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(all, "%s %x\n", name, sha256.Sum256(files[name]))
	}
	return hex.EncodeToString(all.Sum(nil))
}

// filesIn are the files in a folder by their names, those that are compressed as what they hold, without some, and without what is in folders of these names.
func filesIn(t *testing.T, dir string, without ...string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		require.NoError(t, err)
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		switch {
		case d.IsDir() && slices.Contains(without, name+"/"):
			return filepath.SkipDir
		case d.IsDir() || slices.Contains(without, name):
			return nil
		}
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		if plain, compressed := strings.CutSuffix(name, ".gz"); compressed {
			r, err := gzip.NewReader(bytes.NewReader(content))
			require.NoError(t, err, name)
			content, err = io.ReadAll(r)
			require.NoError(t, err, name)
			name = plain
		}
		files[name] = content
		return nil
	}))
	return files
}

// ofExplorer are the documents that the explorer asks, as a server knows them.
func ofExplorer(t *testing.T) *documents.Set {
	t.Helper()
	set, err := documents.Manifest("documents.json", web.Documents, graphtest.Schema(t), server.DefaultLimits().Tokens)
	require.NoError(t, err)
	return set
}

// asKnown hands on what a browser sends, and holds each document to those that are known of the explorer.
func asKnown(t *testing.T, api string) http.Handler {
	known := ofExplorer(t)
	behind, err := url.Parse(strings.TrimSuffix(api, "graphql"))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(behind)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, err := io.ReadAll(r.Body)
			var sent struct{ Query string }
			if err == nil && json.Unmarshal(body, &sent) == nil {
				assert.Truef(t, known.Has(sent.Query), "documents.json has not what the explorer sends: `npm run build` in web/app writes it\n%s", sent.Query)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		proxy.ServeHTTP(w, r)
	})
}

// TestTheExplorerOnAServerOfKnownDocuments looks at views on one that refuses all but what it knows, and has a list asked for as somebody chooses.
func TestTheExplorerOnAServerOfKnownDocuments(t *testing.T) {
	known := ofExplorer(t)
	e := openExplorer(t, func(o *server.Options) {
		o.Documents, o.DocumentsOnly = func() *documents.Set { return known }, true
	})
	res, err := http.Post(e.api, "application/json", strings.NewReader(`{"query": "{ policy { version } }"}`))
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	assert.Equal(t, http.StatusForbidden, res.StatusCode, "what it does not know")
	var views []view
	for name, hash := range map[string]string{
		"home": "#/", "deals": "#/deals?cols=amount,contacts,slips&sort=amount.DESC.EUR", "customers": "#/customers?cols=born", "interactions": "#/interactions", "journeys": "#/journeys?tab=funnel", "policy": "#/what-may-be-seen",
	} {
		views = append(views, view{Name: name, Hash: hash, Purpose: "SALES", Width: 1440, Height: 900, Scheme: "light"})
	}
	e.look(t, views)
	e.choosesOfAList(t)
}

// choosesOfAList has columns, an order and a condition chosen, a period taken away, and saves a picture.
func (e explorer) choosesOfAList(t *testing.T) {
	var seen struct {
		Before, After, Period, Problems []string
		Alone, Head, Title              string
		Rows, Heard                     int
		Half                            float64
		TooLarge, NotDrawn              string
	}
	e.drive(t, &seen, "list.mjs", e.page)
	assert.Equal(t, []string{"Chosen", "Deal", "Stage", "Amount", "Close", "Last contact", "Owners", "What is wrong"}, seen.Before)
	assert.Equal(t, []string{"Chosen", "Deal", "Stage", "Amount", "Close", "Last contact", "Type", "What is wrong"}, seen.After)
	assert.NotZero(t, seen.Heard, "what is heard alone is English, as the page is")
	assert.Equal(t, "100 of 121 match it alone", seen.Alone)
	assert.Equal(t, "Deals100 of 121 deals", seen.Title)
	assert.Equal(t, "id,displayName,account.id,account.displayName,stage,amount.amount,amount.currency,expectedClose,last,type,committee.warnings,withheld", seen.Head)
	assert.Equal(t, 100, seen.Rows)
	require.Len(t, seen.Period, 4)
	week, all := seen.Period[0], seen.Period[2]
	for _, counted := range []string{week, all} {
		assert.Regexp(t, `^Interactions[\d,]+ interactions$`, counted)
	}
	assert.NotEqual(t, week, all, "all are more than those of a week")
	assert.Equal(t, "InteractionsCount all interactions", seen.Period[1], "nobody has asked for it yet")
	assert.Equal(t, "#/interactions?where=all", seen.Period[3])
	assert.InDelta(t, 1, seen.Half, .01, "a picture that is too large twice as large is saved as large as it is")
	assert.Contains(t, seen.TooLarge, "Nothing was saved. The picture is too large for the browser.")
	assert.Contains(t, seen.NotDrawn, "Nothing was saved. The picture is not drawn yet.")
	assert.Empty(t, seen.Problems)
}
