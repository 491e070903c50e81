package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func do(t *testing.T, method, target string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler(SignIn{}).ServeHTTP(w, r)
	return w
}

var links = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

func TestPage(t *testing.T) {
	w := do(t, http.MethodGet, "/")

	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	assert.Contains(t, w.Header().Get("Content-Security-Policy"), "connect-src 'self';")
	assert.NotContains(t, w.Header().Get("Content-Security-Policy"), "unsafe-inline")
	assert.Contains(t, w.Body.String(), "<title>Kith</title>")
}

func TestTheExplorersNonceIsUsedOnce(t *testing.T) {
	nonces := map[string]bool{}
	for range 3 {
		w := do(t, http.MethodGet, "/")
		nonce := regexp.MustCompile(`<meta property="csp-nonce" nonce="([A-Z0-9]{26})">`).FindStringSubmatch(w.Body.String())
		require.NotNil(t, nonce, w.Body)
		assert.Contains(t, w.Header().Get("Content-Security-Policy"), "style-src 'self' 'nonce-"+nonce[1]+"';")
		assert.Equal(t, strconv.Itoa(w.Body.Len()), w.Header().Get("Content-Length"))
		nonces[nonce[1]] = true
	}
	assert.Len(t, nonces, 3)
}

func TestTheExplorersPageIsCompressed(t *testing.T) {
	plain := do(t, http.MethodGet, "/").Body.Len()
	for _, coding := range []string{"gzip", "zstd"} {
		w := do(t, http.MethodGet, "/", "Accept-Encoding", coding)
		assert.Equal(t, coding, w.Header().Get("Content-Encoding"))
		assert.Equal(t, strconv.Itoa(w.Body.Len()), w.Header().Get("Content-Length"))
		assert.Less(t, w.Body.Len(), plain*2/3)
		var z io.Reader
		var err error
		if z, err = gzip.NewReader(bytes.NewReader(w.Body.Bytes())); coding == "zstd" {
			z, err = zstd.NewReader(bytes.NewReader(w.Body.Bytes()))
		}
		require.NoError(t, err)
		page, err := io.ReadAll(z)
		require.NoError(t, err)
		assert.Len(t, page, plain)
		assert.Contains(t, string(page), "<title>Kith</title>")
	}
}

// firstLoad is how many bytes, compressed, the explorer loads until one can type, and explorerBytes how many in all but WebAssembly.
// What lays out large maps by WebAssembly is in a file of its own.
const (
	firstLoad, explorerBytes = 162_000, 374_000
	wasm                     = "/map-graphviz-"
)

func TestTheExplorerIsSmall(t *testing.T) {
	size := func(at string) int { return do(t, http.MethodGet, at, "Accept-Encoding", "gzip").Body.Len() }
	first := size("/")
	seen := map[string]bool{}
	for _, m := range links.FindAllStringSubmatch(do(t, http.MethodGet, "/").Body.String(), -1) {
		seen[m[1]] = true
		first += size("/" + strings.TrimPrefix(m[1], "./"))
	}
	all, wasms := first, 0
	var more func(at string)
	more = func(at string) { // what a file of the explorer names, which it loads when it is needed
		for _, name := range regexp.MustCompile(`[\w.-]+-[\w-]{8}\.(?:js|css)`).FindAllString(do(t, http.MethodGet, at).Body.String(), -1) {
			if name = "./assets/" + name; !seen[name] {
				seen[name] = true
				if strings.Contains(name, wasm) {
					wasms++
					continue
				}
				all += size("/" + strings.TrimPrefix(name, "./"))
				more("/" + strings.TrimPrefix(name, "./"))
			}
		}
	}
	for name := range maps.Clone(seen) {
		more("/" + strings.TrimPrefix(name, "./"))
	}
	t.Logf("%d bytes until one can type, %d in all", first, all)
	assert.Less(t, first, firstLoad)
	assert.Less(t, all, explorerBytes)
	assert.Equal(t, 1, wasms, "files of WebAssembly")
	for name := range seen {
		assert.NotContains(t, name, "graphiql")
		assert.NotContains(t, name, "monaco")
	}
}

func TestPagesLoadOnlyTheirOwnAssets(t *testing.T) {
	var found [][]string
	for _, page := range []string{"/", "/graphiql"} {
		links := links.FindAllStringSubmatch(do(t, http.MethodGet, page).Body.String(), -1)
		require.NotEmpty(t, links, page)
		found = append(found, links...)
	}
	for _, m := range found {
		if strings.HasPrefix(m[1], "data:") {
			continue
		}
		rel, ok := strings.CutPrefix(m[1], "./")
		require.True(t, ok, "%s is not relative", m[1])
		w := do(t, http.MethodGet, "/"+rel)
		assert.Equal(t, http.StatusOK, w.Code, m[1])
	}
}

func TestStylesLoadNothingFromElsewhere(t *testing.T) {
	styles := 0
	for at, f := range pageFiles() {
		if path.Ext(at) == ".css" {
			styles++
			assert.NotRegexp(t, `(?:url\(|@import)\s*["']?(?:https?:)?//`, string(f.plain()), at)
		}
	}
	assert.NotZero(t, styles)
}

func TestAssets(t *testing.T) {
	types := map[string]string{
		".js":  "text/javascript; charset=utf-8",
		".css": "text/css; charset=utf-8",
		".svg": "image/svg+xml",
		".ttf": "font/ttf",
	}
	entries, err := fs.ReadDir(dist, "dist/assets")
	require.NoError(t, err)
	require.NotEmpty(t, entries)

	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".gz")
		w := do(t, http.MethodGet, "/assets/"+name)
		require.Equal(t, http.StatusOK, w.Code, name)
		assert.Equal(t, types[path.Ext(name)], w.Header().Get("Content-Type"), name)
		assert.Contains(t, w.Header().Get("Cache-Control"), "immutable", name)
		assert.NotEqual(t, ".map", path.Ext(name))
	}
}

func TestHead(t *testing.T) {
	w := do(t, http.MethodHead, "/graphiql")

	assert.Equal(t, http.StatusOK, w.Code)
	assert.NotEqual(t, "0", w.Header().Get("Content-Length"))
	assert.Empty(t, w.Body.String())
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	etag := do(t, http.MethodGet, "/graphiql").Header().Get("ETag")
	require.NotEmpty(t, etag)

	assert.Equal(t, http.StatusNotModified, do(t, http.MethodGet, "/graphiql", "If-None-Match", etag).Code)
}

func TestNotFound(t *testing.T) {
	for _, target := range []string{"/nope", "/assets", "/assets/", "/assets/nope.js", "/index.html", "/index.html.gz", "/graphiql.html", "/web.go", "/assets/../web.go"} {
		assert.Equal(t, http.StatusNotFound, do(t, http.MethodGet, target).Code, target)
	}
}

func TestOtherMethods(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := do(t, method, "/")
		assert.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
		assert.Equal(t, "GET, HEAD", w.Header().Get("Allow"), method)
	}
}

func TestExamplesJSON(t *testing.T) {
	w := do(t, http.MethodGet, "/examples.json")

	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))

	var got []Example
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
	assert.Equal(t, Examples(), got)
}

func TestExamples(t *testing.T) {
	examples := Examples()
	require.NotEmpty(t, examples)

	seen := map[string]bool{}
	for _, e := range examples {
		assert.False(t, seen[e.Name], "two examples are named %q", e.Name)
		seen[e.Name] = true
	}
}

func TestReadExamples(t *testing.T) {
	got, err := readExamples(fstest.MapFS{
		"x/10-last.graphql":          {Data: []byte("#Last\n{ a }\n")},
		"x/02-second.graphql":        {Data: []byte("# Second \r\n# Described.\n{ b }\n")},
		"x/02-second.variables.json": {Data: []byte("{\"id\": 1}\n")},
		"x/README.md":                {Data: []byte("not an example")},
		"x/03-orphan.variables.json": {Data: []byte("{}")},
		"x/sub/01-elsewhere.graphql": {Data: []byte("# Elsewhere\n{ c }\n")},
	}, "x")

	require.NoError(t, err)
	assert.Equal(t, []Example{
		{Name: "Second", Query: "# Second \r\n# Described.\n{ b }\n", Variables: `{"id": 1}`},
		{Name: "Last", Query: "#Last\n{ a }\n"},
	}, got)
}

func TestReadExamplesRefuses(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"no name":       {"x/a.graphql": {Data: []byte("{ a }\n")}},
		"an empty name": {"x/a.graphql": {Data: []byte("#\n{ a }\n")}},
		"an empty file": {"x/a.graphql": {}},
		"bad variables": {"x/a.graphql": {Data: []byte("# A\n{ a }\n")}, "x/a.variables.json": {Data: []byte("{")}},
	} {
		_, err := readExamples(fsys, "x")
		assert.ErrorContains(t, err, "x/a", name)
	}
}
