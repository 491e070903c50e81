package web

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

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
	Handler().ServeHTTP(w, r)
	return w
}

var links = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

func TestPage(t *testing.T) {
	w := do(t, http.MethodGet, "/")

	require.Equal(t, http.StatusOK, w.Code)
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
	assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	assert.Contains(t, w.Header().Get("Content-Security-Policy"), "connect-src 'self';")
	assert.Contains(t, w.Body.String(), "<title>Kith</title>")
}

func TestPageLoadsOnlyItsOwnAssets(t *testing.T) {
	found := links.FindAllStringSubmatch(do(t, http.MethodGet, "/").Body.String(), -1)

	require.NotEmpty(t, found)
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
	w := do(t, http.MethodHead, "/")

	assert.Equal(t, http.StatusOK, w.Code)
	assert.NotEqual(t, "0", w.Header().Get("Content-Length"))
	assert.Empty(t, w.Body.String())
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	etag := do(t, http.MethodGet, "/").Header().Get("ETag")
	require.NotEmpty(t, etag)

	assert.Equal(t, http.StatusNotModified, do(t, http.MethodGet, "/", "If-None-Match", etag).Code)
}

func TestNotFound(t *testing.T) {
	for _, target := range []string{"/nope", "/assets", "/assets/", "/assets/nope.js", "/index.html", "/index.html.gz", "/web.go", "/assets/../web.go"} {
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
