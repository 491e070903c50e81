package documents_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/server/documents"
)

func book(t *testing.T) documents.Book {
	cat := graphtest.Catalog(t)
	return documents.Book{
		Schema: graphtest.Schema(t),
		Prefix: func(name string) string {
			if k := cat.Kind(name); k != nil {
				return k.Prefix + "_"
			}
			return ""
		},
		PrefixOf: func(id string) string {
			if k := cat.KindOf(id); k != nil {
				return k.Prefix + "_"
			}
			return ""
		},
	}
}

// note counts a document once, with the variables as the server has them.
func note(t *testing.T, u *documents.Used, text, variables, purpose string) {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(graphtest.Schema(t), text, rules.NewDefaultRules())
	require.Empty(t, errs, text)
	raw := map[string]any{}
	if variables != "" {
		require.NoError(t, json.Unmarshal([]byte(variables), &raw))
	}
	values, err := validator.VariableValues(graphtest.Schema(t), doc.Operations[0], raw)
	require.NoError(t, err)
	u.Note(doc, doc.Operations[0], values, purpose)
}

func kept(t *testing.T, u *documents.Used) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "asked.json")
	require.NoError(t, u.Save(file))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// TestNothingThatAnybodyHasSaidIsKept puts a word wherever a caller can.
func TestNothingThatAnybodyHasSaidIsKept(t *testing.T) {
	const word = "Nobel"
	for _, c := range []struct {
		name, text, variables string
		kept                  bool
	}{
		{"a literal text", `{ customers(filter: {name: {eq: "Nobel"}}) { totalCount } }`, "", false},
		{"a literal text in a block", `{ customers(filter: {name: {eq: """Nobel"""}}) { totalCount } }`, "", false},
		{"a literal text in a list", `{ customers(filter: {name: {in: ["Nobel"]}}) { totalCount } }`, "", false},
		{"a literal text in a fragment", `{ accounts { edges { node { ...F } } } } fragment F on Account { people(filter: {name: {eq: "Nobel"}}) { totalCount } }`, "", false},
		{"a literal text that a variable has without a value", `query($n: String = "Nobel") { customers(filter: {name: {eq: $n}}) { totalCount } }`, "", false},
		{"a literal id", `{ customer(id: "cus_Nobel") { name } }`, "", false},
		{"a literal number", `{ customers(filter: {birthYear: {eq: 1983}}) { totalCount } }`, "", false},
		{"a name of an operation", `query Nobel { customers { totalCount } }`, "", true},
		{"another name for a field", `{ Nobel: customers { totalCount more: totalCount } }`, "", true},
		{"a name of a fragment", `{ accounts { edges { node { ...Nobel } } } } fragment Nobel on Account { name }`, "", true},
		{"a name of a variable", `query($Nobel: String) { customers(filter: {name: {eq: $Nobel}}) { totalCount } }`, `{"Nobel": "x"}`, true},
		{"a comment", "# Nobel\n{ customers { totalCount } # Nobel\n}", "", true},
		{"a text in a variable", `query($n: String!) { customers(filter: {name: {eq: $n}}) { totalCount } }`, `{"n": "Nobel"}`, true},
		{"a text in a list in a variable", `query($n: [String!]) { customers(filter: {name: {in: $n}}) { totalCount } }`, `{"n": ["Nobel", "Nobel, Alfred"]}`, true},
		{"conditions in a variable", `query($f: CustomerFilter) { customers(filter: $f) { totalCount } }`, `{"f": {"or": [{"name": {"eq": "Nobel"}}, {"email": {"startsWith": "Nobel@"}}]}}`, true},
		{"an id in a variable", `query($id: ID!) { customer(id: $id) { name } }`, `{"id": "cus_Nobel"}`, true},
		{"an id that is none", `query($id: ID!) { customer(id: $id) { name } }`, `{"id": "Nobel_Nobel"}`, true},
		{"a reference of a source", `query($id: ExternalRef!) { customer(external: $id) { name } }`, `{"id": {"source": "Nobel", "id": "Nobel"}}`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := documents.NewUsed(book(t))
			note(t, u, c.text, c.variables, "SALES")
			text := kept(t, u)
			assert.NotContains(t, strings.ToLower(text), strings.ToLower(word))
			assert.NotContains(t, text, "1983")
			assert.Equal(t, c.kept, len(u.Most()) == 1, text)
		})
	}
}

func TestWhatIsCounted(t *testing.T) {
	u := documents.NewUsed(book(t))
	const by = `query People($n: String, $first: Int, $after: String) { customers(first: $first, after: $after, filter: {name: {eq: $n}}) { totalCount } }`
	note(t, u, by, `{"n": "Ann", "first": 5}`, "SALES")
	note(t, u, strings.ReplaceAll(by, "$n", "$name"), `{"name": "Bob", "first": 200}`, "SALES")
	note(t, u, by, `{"n": "Bob Bergermann", "first": 5}`, "SALES")
	note(t, u, by, `{"n": "Ann", "first": 5}`, "SERVICE")
	note(t, u, by, `{"n": null}`, "SALES")
	note(t, u, by, `{"n": "Ann", "after": "eyJ2IjoxfQ"}`, "SALES")
	note(t, u, `mutation($i: CreateCustomerInput!) { createCustomer(input: $i) { userErrors { message } } }`, `{"i": {"key": "k"}}`, "SALES")
	note(t, u, `{ policy { version } }`, "", "")
	assert.Len(t, u.Most(), 4, "a text of two words, another purpose and a value that is null are others")
	most := u.Most()[0]
	assert.Equal(t, "SALES", most.Purpose)
	assert.Equal(t, map[string]any{"v1": "x", "v2": 1}, most.Variables)
	assert.Contains(t, most.Text, "query ($v1: String, $v2: Int, $v3: String)")
	assert.Contains(t, kept(t, u), `"count":2`)
}

func TestUsesOutlastTheServer(t *testing.T) {
	u := documents.NewUsed(book(t))
	for range 4 {
		note(t, u, `{ accounts { totalCount } }`, "", "SALES")
	}
	note(t, u, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, `{"ids": ["cus_1", "acc_2", "cus_3"]}`, "SALES")
	file := filepath.Join(t.TempDir(), "asked.json")
	require.NoError(t, u.Save(file))
	info, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	next := documents.NewUsed(book(t))
	require.NoError(t, next.Load(file))
	require.Len(t, next.Most(), 2)
	assert.Equal(t, u.Most()[0], next.Most()[0])
	assert.Contains(t, fmt.Sprint(next.Most()[1].Variables), "cus_")
	require.NoError(t, next.Save(file))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"count":2`, "what was asked long ago fades")
	require.NoError(t, documents.NewUsed(book(t)).Load(filepath.Join(t.TempDir(), "none.json")), "at first there is none")
}

func TestAFileThatCannotBeReadIsNot(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"no JSON", "{", "unexpected EOF"},
		{"something else", `{"accounts": []}`, `unknown field "accounts"`},
		{"another version", `{"version": 2, "uses": []}`, "it is of version 2, and this program reads version 1"},
		{"an empty file", "", "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := documents.NewUsed(book(t))
			dir := folder(t, map[string]string{"asked.json": c.text})
			require.ErrorContains(t, u.Load(filepath.Join(dir, "asked.json")), c.says)
			assert.Empty(t, u.Most())
		})
	}
	t.Run("what the schema has no more", func(t *testing.T) {
		u := documents.NewUsed(book(t))
		dir := folder(t, map[string]string{"asked.json": `{"version": 1, "uses": [
			{"document": "{ nothing }", "purpose": "SALES", "count": 9}, null,
			{"document": "mutation { __typename }", "purpose": "SALES", "count": 9},
			{"document": "{ customer(id: \"cus_1\") { name } }", "purpose": "SALES", "count": 9},
			{"document": "query($v1: String) { customers(filter: {name: {eq: $v1}}) { totalCount } }", "purpose": "SALES", "variables": {"v1": "Nobel"}, "count": 8}]}`})
		require.NoError(t, u.Load(filepath.Join(dir, "asked.json")))
		require.Len(t, u.Most(), 1)
		assert.Equal(t, map[string]any{"v1": "x"}, u.Most()[0].Variables)
	})
}

func TestWhatIsCountedIsBounded(t *testing.T) {
	u := documents.NewUsed(book(t))
	for range 50 {
		note(t, u, `{ accounts { totalCount } }`, "", "SALES")
	}
	for i := range 1200 {
		var fields strings.Builder
		for bit := range 11 {
			if i>>bit&1 == 1 {
				fmt.Fprintf(&fields, " %s", []string{"id", "name", "email", "phone", "language", "timeZone", "birthYear", "gender", "education", "occupation", "journeyStage"}[bit])
			}
		}
		note(t, u, `{ customers { edges { node { __typename`+fields.String()+` } } } }`, "", "SALES")
	}
	assert.LessOrEqual(t, len(u.Most()), 1000)
	assert.Contains(t, u.Most()[0].Text, "accounts", "what is asked often stays")
	text := kept(t, u)
	assert.Equal(t, 200, strings.Count(text, `"document"`))
	long := documents.NewUsed(book(t))
	note(t, long, "{ customers { edges { node {"+strings.Repeat(" name", 4000)+" } } } }", "", "SALES")
	assert.Empty(t, long.Most())
}

// TestQuestionsAreValid has all that may be asked of documents that ask in many ways.
func TestQuestionsAreValid(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		name, text string
		variables  []string // of each question
	}{
		{"without variables", `{ customers { totalCount } }`, []string{`{}`}},
		{"one that is needed", `query($id: ID!) { customer(id: $id) { name } }`, []string{`{"id":"cus_x"}`}},
		{"a kind of several", `query($id: ID!) { node(id: $id) { ... on Deal { name } } }`, []string{`{"id":"dea_x"}`}},
		{"texts that may be left out", `query($n: String) { customers(filter: {name: {eq: $n}}) { totalCount } }`,
			[]string{`{"n":"x x"}`, `{"n":"x"}`, `{}`}},
		{"lists", `query($n: [String!]!) { customers(filter: {name: {in: $n}}) { totalCount } }`,
			[]string{`{"n":["x x","x x"]}`, `{"n":["x"]}`}},
		{"conditions and cursors", `query($f: CustomerFilter, $after: String, $first: Int = 5) { customers(filter: $f, after: $after, first: $first) { totalCount } }`,
			[]string{`{"first":1}`, `{}`}},
		{"an order", `query($o: [AccountSort!]!) { accounts(orderBy: $o) { totalCount } }`, nil},
		{"several operations", `query A { customers { totalCount } } query B($x: Boolean!) { accounts { totalCount @include(if: $x) edges { node { ...F } } } } mutation M($i: CreateCustomerInput!) { createCustomer(input: $i) { userErrors { message } } } fragment F on Account { name }`,
			[]string{`{}`, `{"x":true}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := documents.Read(folder(t, map[string]string{"a.graphql": c.text}), b.Schema, 2000)
			require.NoError(t, err)
			var variables []string
			for _, q := range b.Of(set.All()[0]) {
				doc, errs := gqlparser.LoadQueryWithRules(b.Schema, q.Text, rules.NewDefaultRules())
				require.Empty(t, errs, q.Text)
				require.Len(t, doc.Operations, 1)
				assert.Equal(t, ast.Query, doc.Operations[0].Operation)
				_, err := validator.VariableValues(b.Schema, doc.Operations[0], q.Variables)
				require.NoError(t, err, q.Variables)
				text, err := json.Marshal(q.Variables)
				require.NoError(t, err)
				variables = append(variables, string(text))
			}
			if c.variables != nil {
				assert.Equal(t, c.variables, variables)
			}
		})
	}
	set, err := documents.Read(folder(t, map[string]string{"a.graphql": `query @purpose(is: SERVICE) { customers { totalCount } }`}), b.Schema, 2000)
	require.NoError(t, err)
	assert.Equal(t, "SERVICE", b.Of(set.All()[0])[0].Purpose)
}
