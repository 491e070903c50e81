package ingest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

const lines3 = `
source: shop
files:
  - file: lines.csv
    nodes:
      - {kind: Order, id: order, set: {number: order}}
      - {kind: Product, id: sku, set: {name: sku}}
    edges:
      - {type: CONTAINS, from: {kind: Order, id: order}, to: {kind: Product, id: sku}, set: {quantity: qty, net: 'money(mul(price, qty), "EUR")'}}
`

func TestTwinsAreKeptApartOrRejected(t *testing.T) {
	const text = "order,sku,qty,price\nA-1,screw,10,1.00\nA-1,screw,5,0.80\nA-1,nut,1,2.00\nA-1,nut,1,2.00\n"
	sum, rejects, err := load(t, lines3, map[string]string{"lines.csv": text})
	require.NoError(t, err)
	assert.Equal(t, "kith.file,kith.line,kith.reason,order,sku,qty,price\nlines.csv,3,the same CONTAINS is on line 2 with another quantity: give each an id of its own,A-1,screw,5,0.80\n", rejects)
	assert.Equal(t, FileSummary{Name: "lines.csv", Rows: 4, Loaded: 2, Unchanged: 1, Rejected: 1}, sum.Files[0])
	assert.Equal(t, 2, sum.Report.EdgesCreated)
	assert.Equal(t, []KindSummary{
		{Name: "CONTAINS", New: 2, Folded: 1, Again: []string{"lines.csv:5 is lines.csv:4 again"}},
		{Name: "Order", New: 1, Folded: 2, Again: []string{"lines.csv:4 is lines.csv:2 again", "lines.csv:5 is lines.csv:2 again"}, node: true},
		{Name: "Product", New: 2, Folded: 1, Again: []string{"lines.csv:5 is lines.csv:4 again"}, node: true},
	}, sum.Kinds)

	sum, rejects, err = load(t, `
source: crm
files:
  - file: deals.csv
    nodes:
      - {kind: Deal, id: deal, set: {name: name, type: type}}
      - {kind: Account, id: account, set: {name: account}}
    edges:
      - {type: WITH, from: {kind: Deal, id: deal}, to: {kind: Account, id: account}}
`, map[string]string{"deals.csv": "deal,name,type,account\n1,Pumps,RENEWAL,Acme\n1,Pump,,Acme\n1,Pump,,Acme\n1,Pumps,,Pond\n"})
	require.NoError(t, err)
	assert.Equal(t, "kith.file,kith.line,kith.reason,deal,name,type,account\ndeals.csv,5,\"account of Deal \"\"1\"\" is another one on line 2: there can be one only\",1,Pumps,,Pond\n", rejects)
	deal := sum.Kinds[slices.IndexFunc(sum.Kinds, func(k KindSummary) bool { return k.Name == "Deal" })]
	assert.Equal(t, 1, deal.Otherwise, "an empty cell says nothing, and what was said last is said again")
	assert.Equal(t, []string{"deals.csv:3 has another name than deals.csv:2"}, deal.First)

	sum, _, err = load(t, strings.Replace(lines3, "set: {quantity", `id: 'order + " " + sku + " " + qty', set: {quantity`, 1), map[string]string{"lines.csv": text})
	require.NoError(t, err)
	assert.Zero(t, sum.Rejected)
	assert.Equal(t, 3, sum.Report.EdgesCreated, "with ids of their own all are kept")

	sum, rejects, err = load(t, `
source: mail
files:
  - file: mails.csv
    nodes:
      - {kind: Interaction, id: id, set: {at: at, kind: '"MAIL"'}}
      - {kind: Customer, id: who, set: {name: who}}
    edges:
      - {type: PARTICIPANT, from: {kind: Interaction, id: id}, to: {kind: Customer, id: who}, set: {role: role}}
`, map[string]string{"mails.csv": "id,at,who,role\n1,2026-01-01T00:00:00Z,Ann Low,FROM\n1,2026-01-01T00:00:00Z,Ann Low,CC\n"})
	require.NoError(t, err)
	assert.Equal(t, 1, sum.Rejected, "who wrote a mail and has a copy")
	assert.Contains(t, rejects, "the same PARTICIPANT is on line 2 with another role")
}

func TestATwinOfARowThatIsRejectedIsNone(t *testing.T) {
	sum, _, err := load(t, strings.Replace(lines3, "set: {number: order}", "set: {number: order, orderStatus: state}", 1),
		map[string]string{"lines.csv": "order,sku,qty,price,state\nA,x,1,1,BAD\nB,x,1,1,PLACED\nA,x,2,1,PLACED\n"})
	require.NoError(t, err)
	assert.Equal(t, FileSummary{Name: "lines.csv", Rows: 3, Loaded: 2, Rejected: 1}, sum.Files[0])
}

func TestEveryRowIsAccountedFor(t *testing.T) {
	sum, _, err := load(t, `
source: test
files: [{file: a.csv, nodes: [{kind: Account, id: id, when: 'keep == "y"', set: {name: name}}]}]
`, map[string]string{"a.csv": "id,name,keep\n1,A,y\n2,B,n\n3,C\n4,D,y\n\n"})
	require.NoError(t, err)
	assert.Equal(t, FileSummary{Name: "a.csv", Rows: 4, Loaded: 2, Rejected: 1, Skipped: 1}, sum.Files[0])
}

func TestAQuoteThatIsNeverClosedCostsNoMoreThanItsLimit(t *testing.T) {
	const mapping = "source: s\nfiles: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: name}}]}]"
	rows := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "%d,name %d\n", i, i)
		}
		return b.String()
	}
	sum, rejects, err := load(t, mapping, map[string]string{"a.csv": "id,name\n" + rows(0, 3) + "x,\"open\n" + rows(3, 3000)})
	require.NoError(t, err)
	assert.Equal(t, 1, sum.Rejected)
	assert.Contains(t, rejects, "a.csv,5,\"a quote is not closed: it took 1000 lines, up to line 1004\"")
	assert.Equal(t, 3000-999, sum.Report.NodesCreated, "what is behind them is loaded")

	sum, rejects, err = load(t, mapping, map[string]string{"a.csv": "id,name\n1,\"" + strings.Repeat("long\n", 500) + "\"\n2,\"" + strings.Repeat("x", 2<<20) + "\n3,C\n4," + strings.Repeat("y", 5<<20) + "\n5,E\n"})
	require.NoError(t, err)
	assert.Equal(t, 2, sum.Rejected)
	assert.Equal(t, 3, sum.Report.NodesCreated)
	assert.Contains(t, rejects, "a quote is not closed: it took 1 lines, up to line 503; of 2097156 bytes the first 1048576 are here")
	assert.Contains(t, rejects, "the line has more than 1048576 bytes: of 5242883 bytes the first 1048576 are here")

	sum, rejects, err = load(t, strings.Replace(mapping, "a.csv", "a.jsonl", 1), map[string]string{"a.jsonl": `{"id": 1, "name": "` + strings.Repeat("x", 2<<20) + "\"}\n" + `{"id": 2, "name": "B"}`})
	require.NoError(t, err)
	assert.Contains(t, rejects, "a.jsonl,1,the line has more than 1048576 bytes: of 2097174 bytes the first 1048576 are here")
	assert.Equal(t, 1, sum.Report.NodesCreated)
}

func TestALineOfHundredsOfMegabytesTakesNoMoreMemoryThanAnother(t *testing.T) {
	line := io.LimitReader(zeros{}, 200<<20)
	l := lines{in: bufio.NewReader(io.MultiReader(line, strings.NewReader("\nnext\n")))}
	text, cut, err := l.next(maxRecord)
	require.NoError(t, err)
	assert.True(t, cut)
	assert.Len(t, text, maxRecord)
	text, cut, err = l.next(maxRecord)
	require.NoError(t, err)
	assert.False(t, cut)
	assert.Equal(t, "next\n", text)
	assert.Equal(t, 2, l.n)
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '0'
	}
	return len(b), nil
}

func TestRejectedRowsAreLoadedAsTheyAre(t *testing.T) {
	cat, store := setup(t)
	m, err := Parse([]byte(`
source: s
files:
  - {file: a.csv, separator: ";", nodes: [{kind: Account, id: id, set: {name: name, accountStage: stage}}]}
  - {file: p.jsonl, nodes: [{kind: Product, id: id, set: {name: name, price: 'money(price, "EUR")'}}]}
`), cat)
	require.NoError(t, err)
	dir, aside := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.csv"), []byte("id;name;stage\n1;A;PARTNER\n2;\"B; \"\"the\"\" other\nof two\";NONE\n3;C\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.jsonl"), []byte(`{"id": 1, "name": "Pump", "price": 1.5}`+"\n"+`{"id": 2, "name": "Pump, \"large\"", "price": "many"}`+"\n"), 0o600))
	out := map[string]*bytes.Buffer{}
	rejects := func(file string) (io.Writer, error) {
		out[file] = &bytes.Buffer{}
		return out[file], nil
	}
	sum, err := Run(t.Context(), store, m, []string{dir}, Options{Rejects: rejects})
	require.NoError(t, err)
	assert.Equal(t, 3, sum.Rejected)
	assert.Equal(t, "kith.file,kith.line,kith.reason,id,name,stage\na.csv,3,\"Account.accountStage must be one of PROSPECT, CUSTOMER, FORMER, PARTNER: \"\"NONE\"\"\",2,\"B; \"\"the\"\" other\nof two\",NONE\na.csv,5,2 cells where the header has 3,3,C\n", inOrder(out["a.csv"].String()))

	again := func(mend func(string) string) *Summary {
		var paths []string
		for file, b := range out {
			path := filepath.Join(aside, "rejects-"+file+".csv")
			require.NoError(t, os.WriteFile(path, []byte(mend(b.String())), 0o600))
			paths = append(paths, path)
		}
		out = map[string]*bytes.Buffer{}
		sum, err := Run(t.Context(), store, m, paths, Options{Rejects: rejects})
		require.NoError(t, err)
		return sum
	}
	before := out["a.csv"].String()
	assert.Equal(t, 3, again(func(s string) string { return s }).Rejected, "unmended they are what they were")
	assert.Equal(t, before, out["a.csv"].String(), "with the lines that they had")
	sum = again(strings.NewReplacer("NONE", "PARTNER", `""many""`, "2.50").Replace)
	assert.Equal(t, 1, sum.Rejected)
	assert.Equal(t, 2, sum.Report.NodesCreated)
}

// inOrder has rejected rows in the order of their lines: those that cannot be read are set aside before those that the store refuses.
func inOrder(s string) string {
	if first, rest, ok := strings.Cut(s, "\na.csv,5,"); ok && strings.Contains(rest, "\na.csv,3,") {
		line, behind, _ := strings.Cut(rest, "\n")
		return first + "\n" + behind + "a.csv,5," + line + "\n"
	}
	return s
}

func TestWhatWasChangedHereIsNotTakenBackByLoadingTheSameFileAgain(t *testing.T) {
	cat, store := setup(t)
	m, err := Parse([]byte("source: s\nfiles: [{file: a.csv, nodes: [{kind: Customer, id: id, set: {name: name, phone: phone}}]}]"), cat)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "a.csv")
	require.NoError(t, os.WriteFile(path, []byte("id,name,phone\n1,Ann Low,030-1\n2,Bo Hill,030-2\n"), 0o600))
	_, err = Run(t.Context(), store, m, []string{path}, Options{})
	require.NoError(t, err)
	_, err = store.Write(t.Context(), &graph.Batch{Source: "s", Nodes: []graph.Upsert{{Kind: cat.MustKind("Customer"), ID: "1", Set: graph.Values{"name": "Ann High"}}}})
	require.NoError(t, err)
	sum, err := Run(t.Context(), store, m, []string{path}, Options{})
	require.NoError(t, err)
	assert.Equal(t, graph.Report{Kept: 1}, sum.Report)
	assert.Equal(t, FileSummary{Name: "a.csv", Rows: 2, Unchanged: 2}, sum.Files[0])
}

// TestFilesThatContradictEachOtherChangeNothingWhenTheyAreLoadedAgain has the last row hold, in batches of any size, without the value being
// changed there and back by each load.
func TestFilesThatContradictEachOtherChangeNothingWhenTheyAreLoadedAgain(t *testing.T) {
	for _, size := range []int{1, 1000} {
		cat, store := setup(t)
		m, err := Parse([]byte(`
source: s
files:
  - {file: a.csv, nodes: [{kind: Customer, id: id, set: {name: name, phone: phone}}]}
  - {file: b.csv, nodes: [{kind: Customer, id: id, set: {name: name}}]}
`), cat)
		require.NoError(t, err)
		dir := t.TempDir()
		loaded := func(a, b string) (*Summary, any) {
			for name, text := range map[string]string{"a.csv": "id,name,phone\n" + a, "b.csv": "id,name\n" + b} {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
			}
			sum, err := Run(t.Context(), store, m, []string{dir}, Options{BatchSize: size})
			require.NoError(t, err)
			k := cat.MustKind("Customer")
			res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{{Key: "c", Rows: true, Order: []graph.Order{{Prop: &graph.Ref{Prop: k.Property("name")}}}, Page: graph.Page{Limit: 9}, Nodes: []*graph.Selection{{Kind: k, Props: []graph.Ref{{Prop: k.Property("name")}}}}}}})
			require.NoError(t, err)
			return sum, res.Lists[0].Rows[0].Props[0]
		}
		sum, name := loaded("1,Ann Low,030-1\n", "1,Anna Low\n")
		assert.Equal(t, "Anna Low", name)
		assert.Equal(t, 1, sum.Report.NodesCreated)
		for range 2 {
			sum, name = loaded("1,Ann Low,030-1\n", "1,Anna Low\n")
			assert.Equal(t, graph.Report{}, sum.Report, "batches of %d", size)
			assert.Equal(t, 1, sum.Kinds[0].Otherwise)
			assert.Equal(t, "Anna Low", name)
		}
		sum, name = loaded("1,Ann Low,030-1\n", "2,Bo Hill\n")
		assert.Equal(t, "Ann Low", name, "the row that said otherwise is not there any more")
		assert.Equal(t, []int{1, 1}, []int{sum.Report.NodesCreated, sum.Report.NodesChanged})
		assert.Equal(t, FileSummary{Name: "a.csv", Rows: 1, Unchanged: 1}, sum.Files[0])
		sum, _ = loaded("1,Ann Low,030-1\n", "2,Bo Hill\n")
		assert.Equal(t, graph.Report{}, sum.Report)
		_, name = loaded("1,Anne Low,030-1\n1,Anny Low,\n", "1,Ann Low\n1,Anne Low\n")
		assert.Equal(t, "Anne Low", name)
		sum, _ = loaded("1,Anne Low,030-1\n1,Anny Low,\n", "1,Ann Low\n1,Anne Low\n")
		assert.Equal(t, graph.Report{}, sum.Report)
	}
}

func TestARelationshipThatIsToldOtherwiseByItsIdIsToldOf(t *testing.T) {
	sum, rejects, err := load(t, strings.Replace(lines3, "set: {quantity", `id: 'order + sku', set: {quantity`, 1), map[string]string{"lines.csv": "order,sku,qty,price\nA-1,screw,10,1.00\nA-1,screw,5,1.00\nA-1,screw,5,1.00\n"})
	require.NoError(t, err)
	assert.Empty(t, rejects)
	contains := sum.Kinds[slices.IndexFunc(sum.Kinds, func(k KindSummary) bool { return k.Name == "CONTAINS" })]
	assert.Equal(t, 1, contains.Otherwise)
	assert.Equal(t, []string{"lines.csv:3 has another quantity than lines.csv:2"}, contains.First)
}
