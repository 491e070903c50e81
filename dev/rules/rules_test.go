package rules

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/kithgraph/kith"

// allowed lists what each package may import beyond the standard library; a name that ends in /... stands for all below.
var allowed = map[string][]string{
	"":                {},
	"graph":           {},
	"graph/fold":      {"golang.org/x/text/..."},
	"graph/model":     {"graph"},
	"graph/write":     {"graph", "graph/fold"},
	"graph/sdl":       {"graph", "github.com/vektah/gqlparser/v2/..."},
	"graph/neo4j":     {"graph", "graph/write", "graph/fold", "github.com/neo4j/neo4j-go-driver/v5/..."},
	"graph/sqlite":    {"graph", "graph/write", "graph/fold", "modernc.org/sqlite/..."},
	"graph/demo":      {"graph"},
	"graph/journal":   {"graph", "graph/fold"},
	"graph/retain":    {"graph"},
	"graph/secret":    {"github.com/tink-crypto/tink-go/v2/daead/subtle"},
	"graph/policy":    {"graph", "github.com/goccy/go-yaml/..."},
	"graph/ingest":    {"graph", "graph/fold", "graph/write", "github.com/goccy/go-yaml/...", "github.com/expr-lang/expr/...", "github.com/cockroachdb/apd/v3"},
	"graph/graphtest": {"", "graph", "graph/write", "graph/fold", "graph/sdl", "github.com/stretchr/testify/...", "github.com/google/go-cmp/..."},
	"loaders":         {"graph", "github.com/vikstrous/dataloadgen"},
	"resolvers":       {"graph", "graph/fold", "graph/journal", "graph/model", "graph/policy", "graph/sdl", "graph/secret", "loaders", "resolvers/bind", "resolvers/gql", "github.com/99designs/gqlgen/...", "github.com/vektah/gqlparser/v2/..."},
	"resolvers/bind":  {"graph", "graph/model", "github.com/99designs/gqlgen/graphql"},
	"resolvers/gql":   {"graph", "graph/model", "resolvers/bind", "github.com/99designs/gqlgen/...", "github.com/vektah/gqlparser/v2/..."},
	"server/auth":     {"graph", "github.com/golang-jwt/jwt/v5", "github.com/MicahParks/keyfunc/v3"},
	"server":          {"graph", "resolvers", "server/auth", "github.com/99designs/gqlgen/...", "github.com/vektah/gqlparser/v2/...", "github.com/prometheus/client_golang/..."},
	"web":             {},
}

type pkg struct {
	ImportPath, Dir, Doc string
	Imports              []string
	GoFiles              []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Doc,Imports,GoFiles", module+"/...").Output()
	require.NoError(t, err)
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, p)
	}
}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if strings.HasPrefix(name, "cmd/") || strings.HasPrefix(name, "dev/") {
			continue // these wire the others together
		}
		seen[name] = true
		may, listed := allowed[name]
		if !assert.Truef(t, listed, "%s has no line in the list of what it may import", p.ImportPath) {
			continue
		}
		for _, i := range p.Imports {
			if own, ok := strings.CutPrefix(i, module); ok {
				i = strings.TrimPrefix(own, "/")
			} else if !strings.Contains(strings.Split(i, "/")[0], ".") {
				continue // the standard library
			}
			ok := slices.ContainsFunc(may, func(m string) bool {
				below, tree := strings.CutSuffix(m, "/...")
				return i == m || tree && (i == below || strings.HasPrefix(i, below+"/"))
			})
			assert.Truef(t, ok, "%s imports %s", p.ImportPath, i)
		}
	}
	for name := range allowed {
		assert.Truef(t, seen[name], "the list names %q, which is no package", name)
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 || strings.HasSuffix(p.ImportPath, "/resolvers/gql") { // generated whole
			continue
		}
		assert.NotEmptyf(t, p.Doc, "%s has no doc comment", p.ImportPath)
	}
}

func TestFilesStayReadable(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.GoFiles {
			if strings.Contains(f, "generated") || strings.HasSuffix(f, "_gen.go") {
				continue
			}
			set := token.NewFileSet()
			_, err := parser.ParseFile(set, filepath.Join(p.Dir, f), nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			set.Iterate(func(f *token.File) bool {
				assert.LessOrEqualf(t, f.LineCount(), 420, "%s is too long for one idea", f.Name())
				return true
			})
		}
	}
}
