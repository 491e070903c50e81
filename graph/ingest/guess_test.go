package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

const people = `
source: shop
files:
  - file: people.csv
    nodes:
      - {kind: Customer, id: 'row["Customer No"]', set: {name: 'row["Full name"]', email: 'row["E-Mail"]'}}
`

func TestHeadersAreReadAsTheyAreMeantOrRefused(t *testing.T) {
	for _, c := range []struct{ name, header, err string }{
		{"as it is written", "Customer No,Full name,E-Mail", ""},
		{"a space behind a name", "Customer No,Full name,E-Mail ", ""},
		{"a mark before the first one", "\ufeffCustomer No,Full name,E-Mail", ""},
		{"another case", "Customer No,Full name,E-mail", `people.csv: nodes[0].set.email: there is no column "E-Mail": is it "E-mail"?; columns are "Customer No", "Full name", "E-mail"`},
		{"a name twice", "Customer No,E-Mail, E-Mail", `the header names "E-Mail" twice, in columns 2 and 3`},
		{"columns without a name", "Customer No,Full name,E-Mail,,", ""},
		{"another separator", "Customer No;Full name;E-Mail", `and only one, "Customer No;Full name;E-Mail": is the separator ";"?`},
		{"another encoding", "Customer No,Full name,E-Mail\xe9", `the header is not valid UTF-8 in column 3, "E-Mail\xe9": is the file in another encoding?`},
		{"UTF-16", "\xff\xfeC\x00", "people.csv is UTF-16, and UTF-8 is needed"},
		{"nothing", "", "there is no header: EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := load(t, people, map[string]string{"people.csv": c.header})
			if c.err == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.err)
		})
	}
}

// value loads one JSON line with an expression for the property of a kind, and gives what it becomes, or why the row was rejected.
func value(t *testing.T, kind, property, expression, line string) any {
	t.Helper()
	cat, store := setup(t)
	m, err := Parse([]byte("source: s\nfiles: [{file: a.jsonl, nodes: [{kind: "+kind+", id: '1', set: {"+property+": '"+expression+"'}}]}]"), cat)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(line+"\n"), 0o600))
	var rejects bytes.Buffer
	sum, err := Run(t.Context(), store, m, []string{path}, Options{Rejects: into(&rejects)})
	require.NoError(t, err)
	if sum.Rejected > 0 {
		return rejects.String()
	}
	k := cat.MustKind(kind)
	res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{{Key: "k", Rows: true, Page: graph.Page{Limit: 9}, Nodes: []*graph.Selection{{Kind: k, Props: []graph.Ref{{Prop: k.Property(property)}}}}}}})
	require.NoError(t, err)
	require.Len(t, res.Lists[0].Rows, 1)
	return res.Lists[0].Rows[0].Props[0]
}

func TestNothingIsGuessed(t *testing.T) {
	at := func(s string) int64 {
		v, err := graph.ParseTime(s)
		require.NoError(t, err)
		return int64(v)
	}
	rejected := func(reason string) func(any) { return func(got any) { assert.Contains(t, got, reason) } }
	is := func(want any) func(any) { return func(got any) { assert.Equal(t, want, got) } }
	const lettered, local = `datetime(at, "2006-01-02 15:04:05 MST")`, `datetime(at, "2006-01-02 15:04", zone)`
	for _, c := range []struct {
		name, kind, property, expression, line string
		want                                   func(any)
	}{
		{"letters of a zone that are known count", "Order", "placedAt", lettered, `{"at": "2026-07-01 12:00:00 EDT"}`, is(at("2026-07-01T16:00:00Z"))},
		{"so do those of Europe", "Order", "placedAt", lettered, `{"at": "2026-07-01 12:00:00 CEST"}`, is(at("2026-07-01T10:00:00Z"))},
		{"UTC is UTC", "Order", "placedAt", lettered, `{"at": "2026-07-01 12:00:00 UTC"}`, is(at("2026-07-01T12:00:00Z"))},
		{"letters that are no zone's are rejected", "Order", "placedAt", lettered, `{"at": "2026-07-01 12:00:00 QQQ"}`, rejected("is in a zone QQQ, which is not known or not only one")},
		{"so are those of several zones", "Order", "placedAt", lettered, `{"at": "2026-07-01 12:00:00 IST"}`, rejected("is in a zone IST")},
		{"but where the zone is named they are its own", "Order", "placedAt", `datetime(at, "2006-01-02 15:04:05 MST", "Asia/Kolkata")`, `{"at": "2026-07-01 12:00:00 IST"}`, is(at("2026-07-01T06:30:00Z"))},
		{"an offset is what it is", "Order", "placedAt", `datetime(at, "2006-01-02 15:04 -0700", "Europe/Berlin")`, `{"at": "2026-03-29 02:30 -0500"}`, is(at("2026-03-29T07:30:00Z"))},
		{"a midnight that the clocks left out is rejected", "Order", "placedAt", local, `{"at": "2018-11-04 00:00", "zone": "America/Sao_Paulo"}`, rejected("is not shown by the clocks of America/Sao_Paulo, which leave it out")},
		{"so is any other time that they left out", "Order", "placedAt", local, `{"at": "2026-03-29 02:30", "zone": "Europe/Berlin"}`, rejected("is not shown by the clocks of Europe/Berlin")},
		{"and one that they have twice", "Order", "placedAt", local, `{"at": "2026-10-25 02:30", "zone": "Europe/Berlin"}`, rejected("is shown twice by the clocks of Europe/Berlin")},
		{"the next midnight is there", "Order", "placedAt", local, `{"at": "2018-11-05 00:00", "zone": "America/Sao_Paulo"}`, is(at("2018-11-05T02:00:00Z"))},
		{"by RFC 5545 what was left out is by the offset before", "Order", "placedAt", `datetime(at, "2006-01-02 15:04", "America/Sao_Paulo", "rfc5545")`, `{"at": "2018-11-04 00:00"}`, is(at("2018-11-04T03:00:00Z"))},
		{"and of two the first", "Order", "placedAt", `datetime(at, "2006-01-02 15:04", "Europe/Berlin", "rfc5545")`, `{"at": "2026-10-25 02:30"}`, is(at("2026-10-25T00:30:00Z"))},
		{"an hour behind the change is read plainly", "Order", "placedAt", `datetime(at, "2006-01-02 15:04", "Europe/Berlin", "rfc5545")`, `{"at": "2026-03-29 03:30"}`, is(at("2026-03-29T01:30:00Z"))},
		{"there is no other way", "Order", "placedAt", `datetime(at, "2006", "UTC", "first")`, `{"at": "2018"}`, rejected(`""first"" is no way`)},
		{"the zone of this machine is none", "Order", "placedAt", `datetime(at, "2006", "Local")`, `{"at": "2018"}`, rejected(`""Local"" is not a time zone`)},
		{"a day is the one that is written", "Order", "number", `date(at, "2006-01-02 15:04 -0700")`, `{"at": "2026-01-01 23:00 -0500"}`, is("2026-01-01")},
		{"a day in a text is written as one", "Order", "number", `date(at, "02.01.2006")`, `{"at": "31.01.2026"}`, is("2026-01-31")},
		{"so is an instant", "Order", "number", `datetime(at, "02.01.2006")`, `{"at": "31.01.2026"}`, is("2026-01-31T00:00:00Z")},
		{"a number with many decimals is rounded to those that are kept", "Interaction", "sentiment", "x", `{"x": 0.87654321}`, is(int64(876543))},
		{"half away from zero", "Interaction", "sentiment", "x", `{"x": -0.0000005}`, is(int64(-1))},
		{"money is not rounded", "Product", "price", `money(x, "EUR")`, `{"x": 1.00001}`, rejected("more than 4 decimals")},
		{"an object is no text", "Order", "number", "x", `{"x": {"a": 1}}`, rejected("an object is not one value")},
		{"nor is a list", "Order", "number", "x", `{"x": [1, 2]}`, rejected("a list is not one value")},
		{"nor within money", "Product", "price", `money(x, "EUR")`, `{"x": [1]}`, rejected("a list is not one value")},
		{"what is no value of a file is rejected", "Order", "number", "now()", `{"x": 1}`, rejected("a time.Time is no value of a file")},
		{"a key twice is rejected", "Order", "number", "x", `{"x": 1, "x": 2}`, rejected(`the key ""x"" is there twice`)},
		{"so it is deep within", "Order", "number", "x.y", `{"x": {"y": 1, "y": 1}}`, rejected(`the key ""y"" is there twice`)},
		{"half a character is rejected", "Order", "number", "x", `{"x": "\ud83d!"}`, rejected("one half of a surrogate pair")},
		{"a whole one is one", "Order", "number", "x", `{"x": "\ud83d\ude00"}`, is("😀")},
		{"two objects are not one", "Order", "number", "x", `{"x": 1} {"x": 2}`, rejected("the line is not one JSON object")},
		{"nor is a list of them", "Order", "number", "x", `[{"x": 1}]`, rejected("the line is not one JSON object")},
		{"a whole number is as it is written", "Order", "number", "x", `{"x": 12345678901234567890}`, is("12345678901234567890")},
		{"what ?? stands behind may be missing", "Order", "number", `x ?? y?.z ?? "none"`, `{"a": 1}`, is("none")},
	} {
		t.Run(c.name, func(t *testing.T) { c.want(value(t, c.kind, c.property, c.expression, c.line)) })
	}
}

func TestAKeyThatNoLineHasIsAnError(t *testing.T) {
	mapping := `
source: s
files:
  - file: p.jsonl
    nodes: [{kind: Customer, id: id, set: {name: name.full, email: e_mail, phone: phone ?? nil}}]
`
	sum, _, err := load(t, mapping, map[string]string{"p.jsonl": `{"id": 1, "name": {"given": "Ann"}, "email": "a@b"}` + "\n" + `{"id": 2, "name": {}}`})
	require.ErrorContains(t, err, `p.jsonl: nodes[0].set.email: no line has a key "e_mail", which ?? nil behind it would allow: is it "email"?; keys are "email", "id", "name"`)
	require.ErrorContains(t, err, `no line has a key "name.full"`)
	assert.NotContains(t, err.Error(), "phone")
	assert.Equal(t, 2, sum.Report.NodesCreated, "the rows are loaded all the same")
	_, _, err = load(t, mapping, map[string]string{"p.jsonl": `{"id": 1, "name": {"full": "Ann"}}` + "\n" + `{"id": 2, "e_mail": null}`})
	require.NoError(t, err, "one line is enough")
}

func TestATableThatContradictsItselfIsRefused(t *testing.T) {
	mapping := `
source: s
tables: {t: {file: t.csv, key: k, value: v}}
files: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: 'lookup("t", id)'}}]}]
`
	for _, c := range []struct{ name, table, err string }{
		{"one value", "k,v\na,1\na,1\n", ""},
		{"two values", "k,v\na,1\na,2\n", `tables.t: t.csv:3: "a" is "2", and before it was "1"`},
		{"a column that is not there", "k,w\na,1\n", `tables.t: t.csv: there is no column "v"`},
		{"a column twice", "k,v,v\na,1,2\n", `the header names "v" twice`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := load(t, mapping, map[string]string{"a.csv": "id\na\n", "t.csv": c.table})
			if c.err == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.err)
		})
	}
}

func TestABlankCellSaysNothing(t *testing.T) {
	for blank, want := range map[string][]any{"": {"Ann Low", "+49 30 901", "ann@shop.example"}, "blank: clear": {nil, "+49 30 901", "ann@shop.example"}} {
		cat, store := setup(t)
		m, err := Parse([]byte("source: crm\n"+blank+`
files:
  - file: contacts.csv
    nodes: [{kind: Customer, id: id, set: {name: name, phone: phone}}]
  - file: newsletter.csv
    nodes: [{kind: Customer, id: id, set: {name: name, email: email}}]
`), cat)
		require.NoError(t, err)
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "contacts.csv"), []byte("id,name,phone\n1,Ann Low,+49 30 901\n"), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "newsletter.csv"), []byte("id,name,email\n1,,ann@shop.example\n"), 0o600))
		_, err = Run(t.Context(), store, m, []string{dir}, Options{})
		require.NoError(t, err)
		k := cat.MustKind("Customer")
		res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{{Key: "k", Rows: true, Page: graph.Page{Limit: 9}, Nodes: []*graph.Selection{{Kind: k, Props: []graph.Ref{{Prop: k.Property("name")}, {Prop: k.Property("phone")}, {Prop: k.Property("email")}}}}}}})
		require.NoError(t, err)
		assert.Equal(t, want, res.Lists[0].Rows[0].Props, blank)
	}
}

func TestTwoPathsOfOneNameAreBothReadAndOneIsReadOnce(t *testing.T) {
	cat, store := setup(t)
	m, err := Parse([]byte("source: s\nfiles: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: name}}]}, {file: b.csv, optional: true}]"), cat)
	require.NoError(t, err)
	one, two := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(one, "a.csv"), []byte("id,name\n1,A\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(two, "a.csv"), []byte("name,id\nB,2\nC,3\n"), 0o600))
	sum, err := Run(t.Context(), store, m, []string{one, two, filepath.Join(one, "a.csv")}, Options{})
	require.NoError(t, err)
	assert.Equal(t, 3, sum.Files[0].Rows)
	assert.Equal(t, 3, sum.Report.NodesCreated)
}
