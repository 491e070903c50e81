package ingest

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

const northwind = "testdata/northwind"

func setup(t *testing.T) (*graph.Catalog, graph.Store) {
	t.Helper()
	cat := graphtest.Catalog(t)
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return cat, s
}

// into has all rejected rows go to one place.
func into(b *bytes.Buffer) func(string) (io.Writer, error) {
	return func(string) (io.Writer, error) { return b, nil }
}

// load runs a mapping over files given by name and text.
func load(t *testing.T, mapping string, files map[string]string) (sum *Summary, rejects string, err error) {
	t.Helper()
	cat, store := setup(t)
	m, err := Parse([]byte(mapping), cat)
	if err != nil {
		return nil, "", err
	}
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	var b bytes.Buffer
	sum, err = Run(t.Context(), store, m, []string{dir}, Options{Rejects: into(&b), BatchSize: 2})
	return sum, b.String(), err
}

const accounts = `
source: test
missing: ["-"]
tables: {stages: {values: {c: CUSTOMER}}}
files:
  - file: a.csv
    nodes: [{kind: Account, id: id, set: {name: name, accountStage: 'translate("stages", stage)'}}]
    edges: [{type: SUBSIDIARY_OF, late: true, when: parent != nil, from: {kind: Account, id: id}, to: {kind: Account, id: parent}, set: {share: share}}]
`

func TestRowsThatCannotBeRightAreRejectedWithTheirLineAndTheReason(t *testing.T) {
	for _, c := range []struct{ name, text, rejects string }{
		{"a row with too few cells", "1,A,c,-,-\n2,B\n", "a.csv,3,2 cells where the header has 5,2,B\n"},
		{"a row with too many cells", "1,A, Ltd,c,-,-\n", "a.csv,2,6 cells where the header has 5,1,A,\" Ltd\",c,-,-\n"},
		{"a line that is counted behind one that breaks", "1,\"A\nB\",c,-,-\nx\n", "a.csv,4,1 cells where the header has 5,x\n"},
		{"a missing id", "-,A,c,-,-\n", "a.csv,2,id is missing,-,A,c,-,-\n"},
		{"a value that is none of the enumeration's", "1,A,x,-,-\n2,B,c,-,-\n", "a.csv,2,\"Account.accountStage must be one of PROSPECT, CUSTOMER, FORMER, PARTNER: \"\"x\"\"\",1,A,x,-,-\n"},
		{"two values that cannot be right, each of which is told", "1,A\x00,x,-,-\n", "a.csv,2,\"Account.accountStage must be one of PROSPECT, CUSTOMER, FORMER, PARTNER: \"\"x\"\"; Account.name must not have a NUL character\",1,A\x00,x,-,-\n"},
		{"a reference to nothing", "1,A,c,9,0.5\n", "a.csv,2,there is no Account test:9,1,A,c,9,0.5\n"},
		{"a number that is none", "1,A,c,-,-\n2,B,c,1,half\n", "a.csv,3,\"share: \"\"half\"\" is not a decimal number\",2,B,c,1,half\n"},
		{"a quote that is not closed", "1,\"A,c,-,-\nx\n", "a.csv,2,\"a quote is not closed: it took 2 lines, up to line 3\",\"1,\"\"A,c,-,-\nx\"\n"},
		{"a quote within a cell", "1,A\"B,c,-,-\n2,B,c,-,-\n", "a.csv,2,\"the quotes are wrong: bare \"\" in non-quoted-field\",\"1,A\"\"B,c,-,-\"\n"},
		{"a quote that is closed within a cell", "1,\"A\"B,c,-,-\n2,B,c,-,-\n", "a.csv,2,\"the quotes are wrong: extraneous or missing \"\" in quoted-field\",\"1,\"\"A\"\"B,c,-,-\"\n"},
		{"bytes that are no text", "1,\xff,c,-,-\n", "a.csv,2,name is not valid UTF-8,1,\xff,c,-,-\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sum, rejects, err := load(t, accounts, map[string]string{"a.csv": "id,name,stage,parent,share\n" + c.text})
			require.NoError(t, err)
			assert.Equal(t, 1, sum.Rejected)
			assert.Equal(t, "kith.file,kith.line,kith.reason,id,name,stage,parent,share\n"+c.rejects, rejects)
		})
	}
}

func TestMappingsThatCannotBeRightAreRefused(t *testing.T) {
	for _, c := range []struct{ name, old, new, err string }{
		{"a second document, which would be left out", "missing:", "---\nmissing:", "a second document begins behind ---"},
		{"an unknown key", "missing:", "mising:", `unknown field "mising"`},
		{"a kind that is none", "kind: Account, id: id, set", "kind: Acount, id: id, set", `files[0] (a.csv): nodes[0].kind: there is no kind "Acount": is it "Account"?; the nearest kinds are "Account", `},
		{"a kind of an end that is none", "to: {kind: Account", "to: {kind: Acount", `edges[0].to.kind: there is no kind "Acount": is it "Account"?`},
		{"a property that is none", "name: name", "nam: name", `nodes[0].set.nam: Account has no such property that can be set: is it "name"?; properties are "name", `},
		{"a field that is stored by another name", "{kind: Account, id: id, set: {", "{kind: Case, id: id, set: {caseKind: stage, ", "nodes[0].set.caseKind: this is stored as kind"},
		{"a property that stores keep by themselves", "name: name", "updatedAt: name", "nodes[0].set.updatedAt: Account has no such property that can be set"},
		{"a file elsewhere", "file: a.csv", "file: ../a.csv", `file: a name without folders is needed, not "../a.csv"`},
		{"a folder", "file: a.csv", "file: ..", `file: a name without folders is needed, not ".."`},
		{"a table's file elsewhere", "{values: {c: CUSTOMER}}", "{file: /etc/passwd, key: a, value: b}", `tables.stages.file: a name without folders is needed, not "/etc/passwd"`},
		{"a separator that is a quote", "- file: a.csv", "- file: a.csv\n    separator: '\"'", "separator: one character is needed that is neither a quote nor the end of a line"},
		{"an end's source with a colon", "to: {kind: Account", "to: {source: 'a:b', kind: Account", `edges[0].to.source: "a:b" is not a name`},
		{"a relationship that is none", "SUBSIDIARY_OF", "OWNS", `edges[0].type: there is no relationship "OWNS": is it `},
		{"one of which nothing is near", "SUBSIDIARY_OF", "ZZZZZZZZZZZZZZZZZZZZ", `edges[0].type: there is no relationship "ZZZZZZZZZZZZZZZZZZZZ"; the nearest relationships are "`},
		{"a relationship that stores keep by themselves", "SUBSIDIARY_OF", "KNOWS", "edges[0].type: KNOWS is kept by the store, by what passes between the two: no source gives it"},
		{"an end that does not fit", "to: {kind: Account", "to: {kind: Deal", `no SUBSIDIARY_OF leads from "Account" to "Deal"`},
		{"an expression that does not parse", "id: id, set", "id: 'id +', set", "nodes[0].id: unexpected token EOF"},
		{"a node without id", "id: id, set", "set", "nodes[0].id: an expression is needed"},
		{"a rule that is none", "- file: a.csv", "- file: a.csv\n    repair: magic", `repair: there is no rule "magic"`},
		{"a table of nothing", "{values: {c: CUSTOMER}}", "{}", "tables.stages: either values, or file, key and value"},
		{"who stands behind a consent", "kind: Account, id: id, set: {name: name, accountStage: 'translate(\"stages\", stage)'}", "kind: Consent, id: id, set: {authority: name}", "nodes[0].set.authority: Consent has no such property that can be set"},
		{"who brings one", "kind: Account, id: id, set: {name: name, accountStage: 'translate(\"stages\", stage)'}", "kind: Consent, id: id, set: {actor: name}", "nodes[0].set.actor: Consent has no such property that can be set"},
		{"a source that is Kith's own", "source: test", "source: kith.words", "source: kith.words is Kith's own"},
		{"a source with a colon", "source: test", `source: "a:b"`, `source: "a:b" is not a name`},
		{"a column that the file has not", "name: name", "name: nmae", `a.csv: nodes[0].set.name: there is no column "nmae": is it "name"?; columns are "id", "name", "stage", "parent", "share"`},
		{"a column in brackets that the file has not", "name: name", `name: 'row["Name "]'`, `nodes[0].set.name: there is no column "Name ": is it "name"?`},
		{"a table that is none", `translate("stages"`, `translate("stage"`, `nodes[0].set.accountStage: there is no table "stage": is it "stages"?; tables are "stages"`},
		{"a layout that is none", "name: name", `name: 'date(name, "YYYY-MM-DD")'`, `the layout "YYYY-MM-DD" has no part of a time`},
		{"something else that blanks do", "source: test", "source: test\nblank: keep", `blank: "keep" is not clear`},
		{"a file that is not there", "files:", "files:\n  - {file: b.csv}", `the mapping's file b.csv is not there; optional: true on it lets this pass: is it "a.csv"?; there are "a.csv"`},
		{"a table's file that is not there", "{values: {c: CUSTOMER}}", "{file: b.csv, key: a, value: b}", `tables.stages: the file b.csv is not there: is it "a.csv"?; there are "a.csv"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			mapping := strings.Replace(accounts, c.old, c.new, 1)
			require.NotEqual(t, accounts, mapping)
			_, _, err := load(t, mapping, map[string]string{"a.csv": "id,name,stage,parent,share\n1,A,c,-,-\n"})
			require.ErrorContains(t, err, c.err)
		})
	}
}

func TestNorthwindTwice(t *testing.T) {
	cat, store := setup(t)
	m, err := Load("northwind", cat)
	require.NoError(t, err)
	var rejects bytes.Buffer
	sum, err := Run(t.Context(), store, m, []string{northwind}, Options{Rejects: into(&rejects)})
	require.NoError(t, err)
	assert.Empty(t, rejects.String())
	assert.Zero(t, sum.Rejected)
	assert.Equal(t, 9+2*91+2*29+77+830, sum.Report.NodesCreated)
	assert.Equal(t, 8+91+29+830+2155, sum.Report.EdgesCreated)

	again, err := Run(t.Context(), store, m, []string{northwind}, Options{})
	require.NoError(t, err)
	assert.False(t, again.Report.Changed(), "loading twice changes nothing: %+v", again.Report)
}

func TestNorthwindWithoutTheRuleRejectsItsBrokenRows(t *testing.T) {
	cat, store := setup(t)
	text, err := os.ReadFile("mappings/northwind.yaml")
	require.NoError(t, err)
	m, err := Parse([]byte(strings.ReplaceAll(string(text), "repair: join-spaced", "#")), cat)
	require.NoError(t, err)
	rejects, byFile := map[string]*bytes.Buffer{}, map[string]int{}
	sum, err := Run(t.Context(), store, m, []string{northwind}, Options{Rejects: func(file string) (io.Writer, error) {
		rejects[file] = &bytes.Buffer{}
		return rejects[file], nil
	}})
	require.NoError(t, err)
	for file, b := range rejects {
		all := csv.NewReader(b)
		all.FieldsPerRecord = -1
		rows, err := all.ReadAll()
		require.NoError(t, err)
		byFile[file] = len(rows) - 1
		if file == "suppliers.csv" {
			assert.Equal(t, []string{"suppliers.csv", "8"}, rows[1][:2])
		}
	}
	assert.Equal(t, map[string]int{"suppliers.csv": 9, "orders.csv": 176, "order-details.csv": 439}, byFile, "and the lines of the orders that are not there")
	assert.Equal(t, 9+176+439, sum.Rejected)
}

func TestTheRuleReadsBrokenRowsAsTheyWereMeant(t *testing.T) {
	for _, name := range []string{"orders", "suppliers"} {
		broken, mended := read(t, name+".csv", File{Repair: "join-spaced"}), read(t, name+".repaired.csv", File{})
		require.Equal(t, len(mended), len(broken))
		for i := range mended {
			require.NoError(t, broken[i].err)
			assert.Equal(t, mended[i].values, broken[i].values)
		}
	}
}

func read(t *testing.T, name string, f File) []row {
	t.Helper()
	var n int64
	in, file, err := open(filepath.Join(northwind, name), f, nil, &n)
	require.NoError(t, err)
	defer file.Close()
	var rows []row
	for {
		r, err := in.next()
		if err != nil {
			return rows
		}
		rows = append(rows, r)
	}
}

func TestJSONLinesKeepNumbersAsTheyAreWritten(t *testing.T) {
	sum, rejects, err := load(t, `
source: test
files:
  - file: p.jsonl
    nodes: [{kind: Product, id: row.sku, set: {name: details.name, price: 'money(details.price, "EUR")'}}]
`, map[string]string{"p.jsonl": `{"sku": 1, "details": {"name": "Pump", "price": 900000000000.1234}}

{"sku": 2, "details": {"name": null, "price": 1.00001}}
not json
`})
	require.NoError(t, err)
	assert.Equal(t, 1, sum.Report.NodesCreated)
	assert.Contains(t, rejects, "p.jsonl,3,")
	assert.Contains(t, rejects, "more than 4 decimals")
	assert.Contains(t, rejects, "p.jsonl,4,the line is not one JSON object,not json")
}

func TestAtMostTenNamesOfTheSchemaAreListed(t *testing.T) {
	cat, _ := setup(t)
	_, err := Parse([]byte("source: s\nfiles: [{file: a.csv, nodes: [{kind: Custommer, id: id}]}]"), cat)
	require.ErrorContains(t, err, `there is no kind "Custommer": is it "Customer"?; the nearest kinds are "Customer", `)
	_, listed, _ := strings.Cut(err.Error(), "kinds are ")
	assert.Len(t, strings.Split(listed, ", "), mostNear)
}

func TestNumbersOfJSONThatAreEqualAreOneText(t *testing.T) {
	sum, rejects, err := load(t, "source: s\nfiles: [{file: a.jsonl, nodes: [{kind: Account, id: n}]}]", map[string]string{
		"a.jsonl": "{\"n\":5}\n{\"n\":5.0}\n{\"n\":50e-1}\n{\"n\":1e2}\n{\"n\":100}\n{\"n\":\"100\"}\n{\"n\":-0.0}\n{\"n\":0}\n{\"n\":12345678901234567890123}\n{\"n\":12345678901234567890124}\n{\"n\":1e9999999999}\n"})
	require.NoError(t, err)
	assert.Equal(t, 5, sum.Report.NodesCreated, "5, 100, 0 and two that differ in the last digit")
	assert.Contains(t, rejects, "the exponent of the number 1e9999999999 is out of range")
	for number, want := range map[string]string{
		"5": "5", "5.0": "5", "5.50": "5.5", "1E+2": "100", "-0": "0", "-1.20e1": "-12", "0.010": "0.01", "1e-3": "0.001",
		"900000000000.1234": "900000000000.1234", "100000000000000000000000000000000000000001": "100000000000000000000000000000000000000001",
	} {
		got, err := plain(number)
		require.NoError(t, err)
		assert.Equal(t, want, got, number)
	}
	for _, same := range [][2]string{{"1e2000", "10e1999"}, {"1.50e-2000", "15e-2001"}} {
		a, err := plain(same[0])
		require.NoError(t, err)
		b, err := plain(same[1])
		require.NoError(t, err)
		assert.Equal(t, a, b)
		assert.Less(t, len(a), 20)
	}
}
