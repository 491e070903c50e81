package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// largest is how many bytes of the page the binary may hold, of which WebAssembly takes 632,000.
const largest = 3_400_000

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	require.NoError(t, err)
	plain, err := io.ReadAll(z)
	require.NoError(t, err)
	return plain
}

// embedded are the files of dist by their names below it.
func embedded(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(dist, "dist", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[strings.TrimPrefix(name, "dist/")], err = dist.ReadFile(name)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func TestEachFileIsEmbeddedOnceInItsSmallerForm(t *testing.T) {
	total := 0
	files := embedded(t)
	for name, content := range files {
		total += len(content)
		if raw, ok := strings.CutSuffix(name, ".gz"); ok {
			assert.Less(t, len(content), len(gunzip(t, content)), name)
			assert.NotContains(t, files, raw)
			continue
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(content)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		assert.GreaterOrEqual(t, b.Len(), len(content), "%s is to be compressed: npm run build does", name)
	}
	assert.Less(t, total, largest, "bytes of the page")
}

func TestBuildWritesNeitherTimesNorNames(t *testing.T) {
	for name, content := range embedded(t) {
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(content))
			require.NoError(t, err, name)
			assert.Equal(t, gzip.Header{OS: 255}, z.Header, name)
		}
	}
}

func TestEachFileIsTheSameInBothForms(t *testing.T) {
	for name, content := range embedded(t) {
		at, isGzip := strings.CutSuffix("/"+name, ".gz")
		switch at {
		case "/index.html": // it is another with each response
			continue
		case "/graphiql.html":
			at = "/graphiql"
		}
		t.Run(at, func(t *testing.T) {
			raw := content
			if isGzip {
				raw = gunzip(t, content)
			}
			plain, packed := do(t, http.MethodGet, at), do(t, http.MethodGet, at, "Accept-Encoding", "gzip")
			for _, w := range []*httptest.ResponseRecorder{plain, packed} {
				require.Equal(t, http.StatusOK, w.Code)
				assert.Equal(t, strconv.Itoa(w.Body.Len()), w.Header().Get("Content-Length"))
			}
			assert.True(t, bytes.Equal(raw, plain.Body.Bytes()), "plain")
			assert.Empty(t, plain.Header().Get("Content-Encoding"))
			assert.True(t, bytes.Equal(content, packed.Body.Bytes()), "compressed")
			for _, field := range []string{"Content-Type", "Cache-Control", "Content-Security-Policy", "Vary"} {
				assert.Equal(t, plain.Header().Get(field), packed.Header().Get(field), field)
			}
			if isGzip {
				other := do(t, http.MethodGet, at, "Accept-Encoding", "gzip, deflate, br, zstd")
				assert.Equal(t, "zstd", other.Header().Get("Content-Encoding"))
				assert.Less(t, other.Body.Len(), len(raw))
				z, err := zstd.NewReader(nil)
				require.NoError(t, err)
				defer z.Close()
				again, err := z.DecodeAll(other.Body.Bytes(), nil)
				require.NoError(t, err)
				assert.True(t, bytes.Equal(raw, again))
				assert.NotEqual(t, packed.Header().Get("ETag"), other.Header().Get("ETag"))
				assert.Equal(t, "gzip", packed.Header().Get("Content-Encoding"))
				assert.Equal(t, "Accept-Encoding", packed.Header().Get("Vary"))
				assert.NotEqual(t, plain.Header().Get("ETag"), packed.Header().Get("ETag"))
			} else {
				assert.Empty(t, packed.Header().Get("Content-Encoding"))
				assert.Empty(t, packed.Header().Get("Vary"))
				assert.Equal(t, plain.Header().Get("ETag"), packed.Header().Get("ETag"))
			}
		})
	}
}

func TestAnswersInBothForms(t *testing.T) {
	const gzipped = "gzip"
	plain, packed := do(t, http.MethodGet, "/graphiql"), do(t, http.MethodGet, "/graphiql", "Accept-Encoding", gzipped)
	plainTag, packedTag := plain.Header().Get("ETag"), packed.Header().Get("ETag")
	require.NotEmpty(t, plainTag)
	require.NotEmpty(t, packedTag)
	page := plain.Body.String()

	for _, c := range []struct {
		name     string
		method   string
		header   []string
		status   int
		encoding string
		etag     string
		length   string
		body     string
	}{
		{"a client that says nothing gets the plain form", "GET", nil, 200, "", plainTag, strconv.Itoa(len(page)), page},
		{"one that refuses gzip, too", "GET", []string{"Accept-Encoding", "gzip;q=0, *"}, 200, "", plainTag, strconv.Itoa(len(page)), page},
		{"one that takes anything gets gzip", "GET", []string{"Accept-Encoding", "*"}, 200, gzipped, packedTag, strconv.Itoa(packed.Body.Len()), packed.Body.String()},
		{"HEAD tells of the plain form", "HEAD", nil, 200, "", plainTag, strconv.Itoa(len(page)), ""},
		{"HEAD tells of the compressed form", "HEAD", []string{"Accept-Encoding", gzipped}, 200, gzipped, packedTag, strconv.Itoa(packed.Body.Len()), ""},
		{"the plain form is not sent again", "GET", []string{"If-None-Match", plainTag}, 304, "", plainTag, "", ""},
		{"nor the compressed form", "GET", []string{"If-None-Match", packedTag, "Accept-Encoding", gzipped}, 304, "", packedTag, "", ""},
		{"who has the compressed form has not the plain form", "GET", []string{"If-None-Match", packedTag}, 200, "", plainTag, strconv.Itoa(len(page)), page},
		{"who has the plain form has not the compressed form", "GET", []string{"If-None-Match", plainTag, "Accept-Encoding", gzipped}, 200, gzipped, packedTag, strconv.Itoa(packed.Body.Len()), packed.Body.String()},
		{"a range is of the plain form", "GET", []string{"Range", "bytes=1-8"}, 206, "", plainTag, "8", page[1:9]},
		{"it is for who takes gzip, too", "GET", []string{"Range", "bytes=1-8", "Accept-Encoding", gzipped}, 206, "", plainTag, "8", page[1:9]},
		{"a range of the compressed form is not gone on with", "GET", []string{"Range", "bytes=1-8", "If-Range", packedTag, "Accept-Encoding", gzipped}, 200, "", plainTag, strconv.Itoa(len(page)), page},
		{"a range past the end is refused", "GET", []string{"Range", "bytes=9999999-", "Accept-Encoding", gzipped}, 416, "", "", "", "invalid range: failed to overlap\n"},
		{"another form than is asked for is refused without a length", "GET", []string{"If-Match", `"other"`, "Accept-Encoding", gzipped}, 412, "", packedTag, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := do(t, c.method, "/graphiql", c.header...)
			assert.Equal(t, c.status, w.Code)
			assert.Equal(t, c.encoding, w.Header().Get("Content-Encoding"))
			assert.Equal(t, c.etag, w.Header().Get("ETag"))
			assert.Equal(t, c.length, w.Header().Get("Content-Length"))
			assert.Equal(t, c.body, w.Body.String())
			assert.Equal(t, "Accept-Encoding", w.Header().Get("Vary"))
		})
	}
}
