package rules

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheModuleKeepsToItsRules(t *testing.T) {
	pkgs, err := read(os.DirFS("../.."))
	require.NoError(t, err)
	require.Greater(t, len(pkgs), 20)
	for _, b := range breaches(pkgs, imports, testImports) {
		t.Error(b)
	}
}

func TestEachRuleHasABreachThatFails(t *testing.T) {
	pkgs, err := read(os.DirFS("../.."))
	require.NoError(t, err)
	importing := func(name string) string { return fmt.Sprintf("package planted\n\nimport _ %q\n", name) }
	type lists struct{ imports, tests map[string]string }
	for _, c := range []struct {
		name, file, source string
		more               lists
		breach             string
	}{
		{"the domain speaks HTTP", "graph/planted.go", importing("net/http"), lists{}, "graph/planted.go imports net/http, and ./graph may not"},
		{"the domain reads files", "graph/planted.go", importing("os"), lists{}, "graph/planted.go imports os, and ./graph may not"},
		{"the domain asks a database", "graph/planted.go", importing("database/sql"), lists{}, "graph/planted.go imports database/sql, and ./graph may not"},
		{"the domain imports what is below it", "graph/planted.go", importing(module + "/graph/fold"), lists{}, "graph/planted.go imports ./graph/fold, and ./graph may not"},
		{"the domain imports a library", "graph/planted.go", importing("golang.org/x/text/cases"), lists{}, "graph/planted.go imports golang.org/x/text/cases, and ./graph may not"},
		{"the domain calls C", "graph/planted.go", importing("C"), lists{}, "graph/planted.go imports C, and ./graph may not"},
		{"one store imports the other", "graph/sqlite/planted.go", importing(module + "/graph/neo4j"), lists{}, "graph/sqlite/planted.go imports ./graph/neo4j, and ./graph/sqlite may not"},
		{"a capability knows GraphQL's runtime", "graph/retain/planted.go", importing("github.com/99designs/gqlgen/graphql"), lists{}, "graph/retain/planted.go imports github.com/99designs/gqlgen/graphql, and ./graph/retain may not"},
		{"imports point upwards", "resolvers/planted.go", importing(module + "/server"), lists{}, "resolvers/planted.go imports ./server, and ./resolvers may not"},
		{"a package whose name begins like one that may", "web/planted.go", importing("io/fs2"), lists{}, "web/planted.go imports io/fs2, and ./web may not"},
		{"a module whose name begins like this one", "web/planted.go", importing(module + "2/graph"), lists{}, "web/planted.go imports " + module + "2/graph, and ./web may not"},
		{"a file that is built elsewhere", "graph/journal/lock_planted.go", "//go:build plan9\n\n" + importing("net"), lists{}, "graph/journal/lock_planted.go imports net, and ./graph/journal may not"},
		{"a file whose name says that it is built elsewhere", "graph/journal/lock_windows.go", importing("unsafe"), lists{}, "graph/journal/lock_windows.go imports unsafe, and ./graph/journal may not"},
		{"the product imports what is for developing", "cmd/kith/planted.go", importing(module + "/dev/neo4j"), lists{}, "cmd/kith/planted.go imports ./dev/neo4j, which is for developing"},
		{"and its line lets it", "server/planted.go", importing(module + "/graph/graphtest"), lists{imports: map[string]string{"./server": "./graph/graphtest"}}, "server/planted.go imports ./graph/graphtest, which is for developing"},
		{"the product imports what tests are made of", "cmd/kith/planted.go", importing("github.com/stretchr/testify/assert"), lists{}, "cmd/kith/planted.go imports github.com/stretchr/testify/assert, which is for developing"},
		{"the product imports testing", "resolvers/planted.go", importing("testing"), lists{}, "resolvers/planted.go imports testing, which is for developing"},
		{"a program is imported", "dev/bench/planted.go", importing(module + "/cmd/kith"), lists{}, "dev/bench/planted.go imports ./cmd/kith, and ./dev/bench may not"},
		{"the domain's tests know GraphQL", "graph/planted_test.go", importing(module + "/resolvers"), lists{}, "graph/planted_test.go imports ./resolvers, and the tests of ./graph may not"},
		{"a store's tests speak HTTP", "graph/sqlite/planted_test.go", importing("net/http"), lists{}, "graph/sqlite/planted_test.go imports net/http, and the tests of ./graph/sqlite may not"},
		{"tests import another library", "web/planted_test.go", importing("github.com/onsi/gomega"), lists{}, "web/planted_test.go imports github.com/onsi/gomega, and the tests of ./web may not"},
		{"what tests may is not what the package may", "web/planted.go", importing("net/http/httptest"), lists{}, "web/planted.go imports net/http/httptest, and ./web may not"},
		{"resolvers come to a store past the Reader", "resolvers/planted.go", "package planted\n\nimport \"" + module + "/graph\"\n\nvar _ graph.Store\n", lists{}, "resolvers/planted.go names ./graph.Store, and ./resolvers may not"},
		{"by another name", "resolvers/planted.go", "package planted\n\nimport p \"" + module + "/graph/policy\"\n\nvar _ p.Source\n", lists{}, "resolvers/planted.go names ./graph/policy.Source, and ./resolvers may not"},
		{"so does the export of what is kept", "graph/rights/planted.go", "package planted\n\nimport \"" + module + "/graph/policy\"\n\nvar _ = policy.Over\n", lists{}, "graph/rights/planted.go names ./graph/policy.Over, and ./graph/rights may not"},
		{"resolvers tell purposes apart", "resolvers/planted.go", "package planted\n\nimport \"" + module + "/graph\"\n\nvar _ = graph.Self\n", lists{}, "resolvers/planted.go names ./graph.Self, and ./resolvers may not"},
		{"another file of the policy does", "graph/policy/planted.go", "package planted\n\nimport \"" + module + "/graph\"\n\nvar _ = graph.Analysis\n", lists{}, "graph/policy/planted.go names ./graph.Analysis, and ./graph/policy may not"},
		{"a package without a line", "graph/planted/planted.go", "// Package planted is new.\n" + importing("fmt"), lists{}, "./graph/planted has no line in the list of what packages import"},
		{"a package of tests alone without a line", "dev/planted/planted_test.go", importing("fmt"), lists{}, "./dev/planted has no line in the list of what packages import"},
		{"a line without a package", "", "", lists{imports: map[string]string{"./graph/gone": "./graph"}}, "the list of what packages import names ./graph/gone, which is no package"},
		{"a line of tests without a package", "", "", lists{tests: map[string]string{"./graph/gone": "net"}}, "the list of what tests import names ./graph/gone, which is no package"},
		{"a line that lets in what is not imported", "", "", lists{imports: map[string]string{"./graph": "net/http"}}, "./graph may import net/http, and does not"},
		{"a line of tests that does", "", "", lists{tests: map[string]string{"./server": "net/rpc"}}, "./server may import net/rpc, and does not"},
		{"a package that does not say what it is for", "graph/planted/planted.go", importing("fmt"), lists{imports: map[string]string{"./graph/planted": ""}}, "./graph/planted has no doc comment"},
		{"a file that is too long", "server/planted.go", "package server\n" + strings.Repeat("\n", longest), lists{}, "server/planted.go has 421 lines, and 420 are enough for one idea"},
		{"a test that is too long", "server/planted_test.go", "package server\n" + strings.Repeat("\n", longest), lists{}, "server/planted_test.go has 421 lines, and 420 are enough for one idea"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pkgs := maps.Clone(pkgs)
			if c.file != "" {
				f, err := parse(c.file, []byte(c.source))
				require.NoError(t, err)
				pkg := "./" + path.Dir(c.file)
				pkgs[pkg] = append(slices.Clone(pkgs[pkg]), f)
			}
			assert.Equal(t, []string{c.breach}, breaches(pkgs, with(imports, c.more.imports), with(testImports, c.more.tests)))
		})
	}
	t.Run("what is generated may be long, and says nothing of what it is for", func(t *testing.T) {
		pkgs := maps.Clone(pkgs)
		f, err := parse("graph/planted/planted.go", []byte("// Code generated by a test. DO NOT EDIT.\n\npackage planted\n"+strings.Repeat("\n", longest)))
		require.NoError(t, err)
		pkgs["./graph/planted"] = []file{f}
		assert.Empty(t, breaches(pkgs, with(imports, map[string]string{"./graph/planted": ""}), testImports))
	})
}

func TestFilesOfAllSystemsAreRead(t *testing.T) {
	pkgs, err := read(os.DirFS("../.."))
	require.NoError(t, err)
	var names []string
	for _, f := range pkgs["./graph/journal"] {
		names = append(names, f.name)
	}
	assert.Subset(t, names, []string{"graph/journal/lock_unix.go", "graph/journal/lock_other.go"})
}
