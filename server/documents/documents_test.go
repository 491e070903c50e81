package documents_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server/documents"
)

// folder is a folder with files, by their names.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

// TestManifestsAreReadAsToolsWriteThem reads what GraphQL Code Generator 6.3.1 (client-preset 5.3.0), relay-compiler 21.0.1 and
// @apollo/generate-persisted-query-manifest 1.4.0 have written of two operations; dev/clients has the first two write anew.
func TestManifestsAreReadAsToolsWriteThem(t *testing.T) {
	for file, ids := range map[string][]string{
		"codegen.json":        {"a47b6ca898ae4b47fa93a83444f668065d508b75", "226626be04c3d35280c797fb0ee3dddf60d0c454"},
		"codegen-sha256.json": nil,
		"relay.json":          {"0ec82df6494037e8c59e7f83ba878377", "2761dcdd05c4c41b7d55993833fe636e"},
		"apollo.json":         {"6214a47ce805a763d1e049b708d3405b0b345270033420615b76027894b4a3e3", "sha256:6684b3e9daf8fdbd83ddbb5ae5da2f30865df099e118003ace51867c47210a52"},
	} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata/clients", file))
			require.NoError(t, err)
			if ids == nil { // keys are hashes, which the server has, too
				var byHash map[string]string
				require.NoError(t, json.Unmarshal(text, &byHash))
				for hash := range byHash {
					ids = append(ids, hash, "sha256:"+hash)
				}
			}
			set, err := documents.Read(folder(t, map[string]string{file: string(text)}), graphtest.Schema(t), 2000)
			require.NoError(t, err)
			assert.Equal(t, 2, set.Len())
			for _, id := range ids {
				text, ok := set.Text(id)
				assert.True(t, ok, id)
				assert.True(t, set.Has(text))
			}
			_, ok := set.Text("")
			assert.False(t, ok)
			assert.False(t, set.Has("{ __typename }"))
		})
	}
	all, err := documents.Read("testdata/clients", graphtest.Schema(t), 2000)
	require.NoError(t, err)
	assert.Equal(t, 6, all.Len(), "a document that stands in two files is one")
}

func TestFilesOfAFolder(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.graphql":         "query A { customers { totalCount } }\n",
		"more/b.gql":        "{ __typename }",
		"README.md":         "no document",
		".git/c.graphql":    "{ wrong }",
		"..data/d.graphql":  "{ wrong }",
		"more/.e.graphql":   "{ wrong }",
		"more/several.json": `{"one": "query One { __typename } query Two { __typename }"}`,
	})
	require.NoError(t, os.Symlink(filepath.Join(dir, "more/b.gql"), filepath.Join(dir, "link.graphql")))
	set, err := documents.Read(dir, graphtest.Schema(t), 2000)
	require.NoError(t, err)
	assert.Equal(t, 3, set.Len())
	assert.True(t, set.Has("query A { customers { totalCount } }\n"), "as the file has it, with its last line's end")
	assert.True(t, set.Has("query A { customers { totalCount } }"), "without")
	assert.False(t, set.Has("query A { customers { totalCoun } }"))

	var none *documents.Set
	assert.Zero(t, none.Len())
	assert.False(t, none.Has("{ __typename }"))
}

func TestADocumentIsKnownByItsTokens(t *testing.T) {
	const text = `query A($s: ID = "a, b") { customers(first: 1) { totalCount } x: node(id: $s) { id } y: node(id: """
    block
      text
    """) { id } }`
	dir := folder(t, map[string]string{"a.graphql": text, "b.graphql": `{ __typename }`})
	set, err := documents.Read(dir, graphtest.Schema(t), 2000)
	require.NoError(t, err)
	other, err := documents.Manifest("ours", []byte(`{"c": "query C { __typename }"}`), graphtest.Schema(t), 2000)
	require.NoError(t, err)
	const head = "query A($s: ID = \"a, b\") {\n  customers(first: 1) {\n    totalCount\n  }\n  x: node(id: $s) {\n    id\n  }\n  y: node(id: "
	for _, c := range []struct {
		name, text string
		known      bool
	}{
		{"as it stands", text, true},
		{"as graphql-js prints it", head + "\"\"\"\n  block\n    text\n  \"\"\") {\n    id\n  }\n}", true},
		{"with comments, commas and a byte order mark", "\ufeff# why\n{ ,, __typename # \n}\r\n", true},
		{"with other white space within a text", head + "\"\"\"\n  block\n  text\n  \"\"\") {\n    id\n  }\n}", false},
		{"with a text of another form", head + `"block\n  text") { id } }`, false},
		{"with another number", strings.Replace(text, "first: 1", "first: 2", 1), false},
		{"with a comma in a text", strings.Replace(text, "a, b", "a b", 1), false},
		{"with names that are grown together", "{ __typename__typename }", false},
		{"with a field more", "{ __typename __typename }", false},
		{"with something behind it", "{ __typename } {", false},
		{"cut short", "{ __typename", false},
		{"with a comment that hides the rest", "{ __typename # }", false},
		{"with what is no token", "{ __typename } ?", false},
		{"empty", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.known, set.Has(c.text))
			assert.Equal(t, c.known, set.And(other).Has(c.text))
			assert.Equal(t, c.known, other.And(set).Has(c.text))
			assert.False(t, other.Has(c.text))
		})
	}
}

func TestTwoSetsTogether(t *testing.T) {
	read := func(text string) *documents.Set {
		set, err := documents.Manifest("ours", []byte(text), graphtest.Schema(t), 2000)
		require.NoError(t, err)
		return set
	}
	one, other := read(`{"a": "{ __typename }", "b": "query B { __typename }"}`), read(`{"a": "query A { __typename }", "c": "{ __typename }"}`)
	both := one.And(other)
	var texts []string
	for _, d := range both.All() {
		texts = append(texts, d.Text)
	}
	assert.Equal(t, []string{"{ __typename }", "query B { __typename }", "query A { __typename }"}, texts, "each once")
	for id, want := range map[string]string{"a": "{ __typename }", "b": "query B { __typename }", "c": "{ __typename }"} {
		text, _ := both.Text(id)
		assert.Equal(t, want, text, id)
	}
	assert.True(t, both.Has("query A { __typename }"))
	assert.Equal(t, 2, one.Len(), "it stays as it is")
	assert.False(t, one.Has("query A { __typename }"))
	var none *documents.Set
	assert.Same(t, one, one.And(none))
	assert.Same(t, one, none.And(one))

	_, err := documents.Manifest("ours", []byte(`{"a": "{ nothing }"}`), graphtest.Schema(t), 2000)
	assert.ErrorContains(t, err, `ours:1: line 1 of document "a": Cannot query field "nothing"`)
}

func TestWhatIsWrongInAFolderIsSaid(t *testing.T) {
	for _, c := range []struct {
		name, file, text, says string
	}{
		{"a field that the schema has not", "a.graphql", "{\n  customers {\n    totalCont\n  }\n}", `a.graphql:3: Cannot query field "totalCont" on type "CustomerConnection"`},
		{"a document that does not parse", "a.graphql", "{\n  customers {\n", "a.graphql:3: Expected Name, found <EOF>"},
		{"a document without an operation", "a.graphql", "fragment F on Customer { id }", "a.graphql:1: "},
		{"an empty file", "a.graphql", "", "a.graphql:1: it has no operation"},
		{"a subscription", "a.graphql", "\nsubscription { a }", "a.graphql:2: "},
		{"more tokens than may be", "a.graphql", "{ a: __typename b: __typename c: __typename d: __typename e: __typename f: __typename g: __typename }", "a.graphql:1: exceeded token limit of 20"},
		{"a document of a manifest", "m.json", "{\n  \"x1\": \"{ __typename }\",\n  \"x2\": \"{\\n  nothing }\"\n}", `m.json:3: line 2 of document "x2": Cannot query field "nothing" on type "Query"`},
		{"a document of Apollo's manifest", "m.json", "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [\n  {\"id\": \"x1\", \"body\": \"{ __typename }\"},\n  {\"id\": \"x2\", \"body\": \"{ nothing }\"}]}", `m.json:3: line 1 of document "x2": Cannot query field "nothing"`},
		{"an operation without a body", "m.json", "{\"format\": \"apollo-persisted-query-manifest\", \"operations\": [\n\n{\"id\": \"x1\"}]}", "m.json:3: an operation is to have an id and a body"},
		{"an operation's id of another type", "m.json", "{\"format\": \"apollo-persisted-query-manifest\", \"operations\": [{\"id\": 7, \"body\": \"{ __typename }\"}]}", "m.json:1: it cannot be read"},
		{"Apollo's format without operations", "m.json", `{"format": "apollo-persisted-query-manifest"}`, "m.json:1: the operations are missing"},
		{"operations without Apollo's format", "m.json", "{\n\"operations\": []}", "m.json:2: operations are to stand below the format apollo-persisted-query-manifest"},
		{"a manifest of something else", "package.json", "{\"name\": \"{ __typename }\",\n \"dependencies\": {}}", `package.json:2: "dependencies" is no text: a manifest has documents by their ids`},
		{"a list", "m.json", "[]", "m.json:1: what stands here is to begin with {"},
		{"no JSON", "m.json", "{\n  \"x1\": \"{ __typename }\",\n  x2\n}", "m.json:3: it cannot be read"},
		{"a manifest that was cut short", "m.json", "{\n  \"x1\": \"{ __typename }\"", "m.json:2: it cannot be read"},
		{"two JSON values", "m.json", "{\"x1\": \"{ __typename }\"}\n{}", "m.json:2: there is something behind the JSON object"},
		{"an empty id", "m.json", "{\n\"\": \"{ __typename }\"}", "m.json:2: the id of a document is empty"},
		{"one id for two documents", "m.json", "{\"x1\": \"{ __typename }\",\n\"x1\": \"{ a: __typename }\"}", `m.json:2: the id "x1" is that of another document, of `},
		{"no documents", "notes.txt", "", "holds no document: no file .graphql, .gql, or manifest .json"},
		{"an empty manifest", "m.json", "{}", "m.json is a manifest of none"},
		{"Apollo's manifest without a document", "m.json", `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": []}`, "m.json is a manifest of none"},
		{"a version of Apollo's format that is not known", "m.json", "{\"format\": \"apollo-persisted-query-manifest\",\n\"version\": 2, \"operations\": []}", "m.json:2: the version of apollo-persisted-query-manifest is to be 1, not 2"},
		{"a version that is a text", "m.json", "{\"format\": \"apollo-persisted-query-manifest\",\n\"version\": \"2\", \"operations\": []}", `m.json:2: the version of apollo-persisted-query-manifest is to be 1, not "2"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			tokens := 2000
			if c.name == "more tokens than may be" {
				tokens = 20
			}
			_, err := documents.Read(folder(t, map[string]string{c.file: c.text}), graphtest.Schema(t), tokens)
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.says)
		})
	}
	many := map[string]string{}
	for _, name := range "abcdefghijklm" {
		many[string(name)+".graphql"] = "{ nothing }"
	}
	_, err := documents.Read(folder(t, many), graphtest.Schema(t), 2000)
	require.ErrorContains(t, err, "j.graphql:1: ")
	assert.NotContains(t, err.Error(), "k.graphql")
	assert.Contains(t, err.Error(), "and 3 more")
	_, err = documents.Read(filepath.Join(t.TempDir(), "nowhere"), graphtest.Schema(t), 2000)
	require.ErrorContains(t, err, "nowhere")
}
