// Package web is what people see in a browser: at / the explorer, on which they
// work with customers, deals, committees and journeys, and at /graphiql GraphiQL
// with a menu of example queries. Both talk to the GraphQL endpoint at the
// relative address "graphql", and load nothing from other hosts.
//
// The pages are built from app into dist, which is committed, so that building
// kith needs Go only. After a change in app, or in the schema:
//
//	cd web/app && npm ci && npm run build
//
// This also compresses: a file that gets smaller by it lies in dist as NAME.gz,
// and nowhere else. It is sent as it lies there to a client that takes gzip, as
// zstd to one that takes that, and decompressed to others.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/kithgraph/kith/server/accept"
)

// The prefix all: is needed as the bundler names some files with a leading "_".
//
//go:embed all:dist
var dist embed.FS

//go:embed examples
var exampleFiles embed.FS

// Documents is a manifest, an object of texts by their hashes, of all
// operations that the explorer may send, letter by letter as it sends them.
//
//go:embed documents.json
var Documents []byte

// What the pages may load and do, whatever their bundles may try: nothing of
// other hosts.
const (
	// The explorer writes no markup: what customers wrote is text, and stays it.
	// Its components write style elements, with the nonce of the response; it
	// saves pictures from blobs, and lays out large ones with WebAssembly.
	explorerPolicy = "default-src 'none'; " +
		"script-src 'self' 'wasm-unsafe-eval'; " +
		"style-src 'self' 'nonce-%s'; " +
		"img-src 'self' blob:; " +
		"connect-src 'self'%s; " +
		"require-trusted-types-for 'script'; trusted-types 'none'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	// Monaco writes style elements, and its fonts and icons are data URLs. It
	// may start its workers from blobs.
	graphiqlPolicy = "default-src 'none'; " +
		"script-src 'self'; " +
		"worker-src 'self' blob:; " +
		"style-src 'self' 'unsafe-inline'; " +
		"font-src 'self' data:; " +
		"img-src 'self' data:; " +
		"connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

const (
	cacheForever  = "public, max-age=31536000, immutable"
	cacheValidate = "no-cache"
)

// contentTypes is our own list, as that of package mime depends on the machine.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".md":    "text/markdown; charset=utf-8",
	".svg":   "image/svg+xml",
	".ttf":   "font/ttf",
	".woff2": "font/woff2",
}

// Example is a query which the page offers to start from.
type Example struct {
	// Name is what the menu shows.
	Name string `json:"name"`
	// Query is the whole document, with its leading comments.
	Query string `json:"query"`
	// Variables is a JSON object, or empty.
	Variables string `json:"variables"`
}

type file struct {
	gzip         []byte        // nil where the file is embedded as it is
	zstd         func() []byte // compressed when it is first asked for
	plain        func() []byte // decompressed when it is first asked for
	contentType  string
	cacheControl string
	hash         string // of what is embedded
}

// Handler serves the explorer at /, GraphiQL at /graphiql, what they load, and
// the examples at /examples.json.
func Handler(signIn SignIn) http.Handler {
	files := pageFiles()
	explorer := readExplorer(signIn)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}

		h := w.Header()
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		if r.URL.Path == "/" {
			explorer.serve(w, r)
			return
		}
		f, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h.Set("Content-Type", f.contentType)
		h.Set("Cache-Control", f.cacheControl)
		h.Set("Content-Security-Policy", graphiqlPolicy)
		f.serve(w, r)
	})
}

// explorer is the explorer's page around the nonce, which is another in each
// response.
type explorer struct {
	before, after []byte
	issuer        string // in its policy, behind a space; or nothing
}

// serve answers HEAD, too: the server leaves out the body then.
func (e explorer) serve(w http.ResponseWriter, r *http.Request) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Type", contentTypes[".html"])
	h.Set("Cache-Control", "no-store") // a nonce is used once
	h.Set("Content-Security-Policy", fmt.Sprintf(explorerPolicy, nonce, e.issuer))
	page := slices.Concat(e.before, []byte(nonce), e.after)
	h.Set("Vary", "Accept-Encoding")
	if coding := accept.Coding(r.Header); coding != "" {
		h.Set("Content-Encoding", coding)
		page = packed[coding](page)
	}
	h.Set("Content-Length", strconv.Itoa(len(page)))
	_, _ = w.Write(page) // who does not read on has gone
}

func readExplorer(signIn SignIn) explorer {
	content, err := dist.ReadFile("dist/index.html.gz")
	if err != nil {
		panic(err) // the build writes it, and tests read it
	}
	settings, issuer := "", ""
	if signIn != (SignIn{}) {
		text, err := json.Marshal(signIn)
		if err != nil {
			panic(err) // strings always marshal
		}
		settings, issuer = html.EscapeString(string(text)), " "+signIn.origin()
	}
	page := bytes.Replace(decompress(content), []byte("{{sign-in}}"), []byte(settings), 1)
	before, after, ok := bytes.Cut(page, []byte("{{nonce}}"))
	if !ok {
		panic("the explorer's page has no place for the nonce")
	}
	return explorer{before, after, issuer}
}

// serve sends the file in the form that the client takes. Ranges are of the
// plain form, as a client could not decompress a part of the other.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	if f.gzip != nil {
		w.Header().Set("Vary", "Accept-Encoding")
		if coding := accept.Coding(r.Header); r.Header.Get("Range") == "" && coding != "" {
			content := f.gzip
			if coding == accept.Zstd {
				content = f.zstd()
			}
			w.Header().Set("ETag", `"`+f.hash+"-"+coding+`"`)
			http.ServeContent(compressed{w, coding}, r, "", time.Time{}, bytes.NewReader(content))
			return
		}
	}
	w.Header().Set("ETag", `"`+f.hash+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.plain()))
}

// compressed says that what is sent is. It does so late, as http.ServeContent
// leaves out the length of what is said to be encoded before, and as errors are
// sent plain.
type compressed struct {
	http.ResponseWriter
	coding string
}

func (c compressed) WriteHeader(status int) {
	if status == http.StatusOK {
		c.Header().Set("Content-Encoding", c.coding)
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c compressed) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Examples are the example queries in the order of their files' names.
func Examples() []Example {
	examples, err := readExamples(exampleFiles, "examples")
	if err != nil {
		panic(err) // the files are part of the binary, and tests read them
	}
	return examples
}

// pageFiles maps each path of the page to what is served there.
func pageFiles() map[string]file {
	files := map[string]file{}

	err := fs.WalkDir(dist, "dist", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := dist.ReadFile(name)
		if err != nil {
			return err
		}
		at, isGzip := strings.CutSuffix(strings.TrimPrefix(name, "dist"), ".gz")
		// The bundler puts a hash of the content into these names only.
		cache := cacheValidate
		if strings.HasPrefix(at, "/assets/") {
			cache = cacheForever
		}
		f := newFile(content, path.Ext(at), cache)
		if isGzip {
			f.gzip, f.plain = content, sync.OnceValue(func() []byte { return decompress(content) })
			f.zstd = sync.OnceValue(func() []byte { return smaller(f.plain()) })
		}
		switch at {
		case "/index.html": // the handler writes it
		case "/graphiql.html":
			files["/graphiql"] = f
		default:
			files[at] = f
		}
		return nil
	})
	if err != nil {
		panic(err) // an embedded file system has no errors of its own
	}

	examples, err := json.Marshal(Examples())
	if err != nil {
		panic(err) // strings always marshal
	}
	files["/examples.json"] = newFile(examples, ".json", cacheValidate)

	return files
}

func newFile(content []byte, ext, cacheControl string) file {
	contentType, ok := contentTypes[ext]
	if !ok {
		contentType = "application/octet-stream"
	}
	return file{
		plain:        func() []byte { return content },
		contentType:  contentType,
		cacheControl: cacheControl,
		hash:         fmt.Sprintf("%x", sha256.Sum256(content)),
	}
}

func decompress(content []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		panic(err) // the build wrote it, and tests read all files
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return plain
}

// smaller compresses as gzip does at its best level, in a third of the time.
func smaller(plain []byte) []byte {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the level is one
	}
	return z.EncodeAll(plain, nil)
}

// packed compress what is another in each response, by their codings.
var packed = map[string]func(plain []byte) []byte{
	accept.Zstd: smaller,
	accept.Gzip: func(plain []byte) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(plain)
		if err := errors.Join(err, z.Close()); err != nil {
			panic(err) // there is room in memory
		}
		return b.Bytes()
	},
}

// readExamples reads the examples in a directory. An example NAME.graphql
// starts with a comment line that is its name; NAME.variables.json beside it
// holds its variables, if any.
func readExamples(fsys fs.FS, dir string) ([]Example, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.graphql")) // sorted
	if err != nil {
		return nil, err
	}

	examples := []Example{}
	for _, name := range names {
		query, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		title, ok := exampleName(string(query))
		if !ok {
			return nil, fmt.Errorf("%s: the first line is no comment with the example's name", name)
		}

		variables, err := fs.ReadFile(fsys, strings.TrimSuffix(name, ".graphql")+".variables.json")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err == nil && !json.Valid(variables) {
			return nil, fmt.Errorf("%s: its variables are no valid JSON", name)
		}

		examples = append(examples, Example{
			Name:      title,
			Query:     string(query),
			Variables: strings.TrimSpace(string(variables)),
		})
	}
	return examples, nil
}

func exampleName(query string) (string, bool) {
	line, _, _ := strings.Cut(query, "\n")
	comment, ok := strings.CutPrefix(strings.TrimSpace(line), "#")
	name := strings.TrimSpace(comment)
	return name, ok && name != ""
}
