package ingest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// webshop says which rows of the CRM its own are.
const webshop = `
source: shop
files:
  - file: members.csv
    nodes: [{kind: Customer, id: number, also: [{source: crm, id: crm}, {id: old}], set: {email: email}}]
`

func TestANodeComesFromRowsOfSeveralSources(t *testing.T) {
	cat, store := setup(t)
	dir, customer := t.TempDir(), cat.MustKind("Customer")
	_, err := store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		{Kind: customer, ID: "1", Set: graph.Values{"name": "Ann"}}, {Kind: customer, ID: "2", Set: graph.Values{"name": "Bob"}},
	}})
	require.NoError(t, err)
	m, err := Parse([]byte(webshop), cat)
	require.NoError(t, err)
	run := func(text string) (*Summary, string) {
		var b bytes.Buffer
		require.NoError(t, os.WriteFile(filepath.Join(dir, "members.csv"), []byte("number,crm,old,email\n"+text), 0o600))
		sum, err := Run(t.Context(), store, m, []string{dir}, Options{Rejects: into(&b)})
		require.NoError(t, err)
		return sum, b.String()
	}
	const rows = "7,1,,ann@example.com\n8,,o8,cid@example.com\n9,2,o9,bob@example.com\n"
	sum, rejects := run(rows)
	assert.Empty(t, rejects)
	assert.Equal(t, 1, sum.Report.NodesCreated, "who is in both is one")
	assert.Equal(t, 2, sum.Report.NodesChanged)
	found := func(e graph.External) any {
		l := &graph.List{Key: "who", External: []graph.External{e}, Rows: true, Nodes: []*graph.Selection{{Kind: customer, Props: []graph.Ref{{Prop: customer.Property("email")}}}}}
		res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{l}})
		require.NoError(t, err)
		require.Len(t, res.Lists[0].Rows, 1, e)
		return res.Lists[0].Rows[0].Props[0]
	}
	for e, email := range map[graph.External]string{
		{Source: "crm", ID: "1"}: "ann@example.com", {Source: "shop", ID: "7"}: "ann@example.com", {Source: "shop", ID: "o8"}: "cid@example.com", {Source: "crm", ID: "2"}: "bob@example.com",
	} {
		assert.Equal(t, email, found(e), e)
	}
	sum, _ = run(rows)
	assert.False(t, sum.Report.Changed(), "loading twice changes nothing")
	_, rejects = run("7,2,,ann@example.com\n")
	assert.Contains(t, rejects, "all its rows must be of one Customer: shop:7 and crm:2 are of two")
	m.Files[0].Nodes[0].Unite = true
	sum, rejects = run("7,2,,ann@example.com\n")
	assert.Empty(t, rejects)
	assert.Equal(t, 1, sum.Report.NodesRemoved, "the mapping knows that they are one")
	assert.Equal(t, "ann@example.com", found(graph.External{Source: "crm", ID: "2"}))
	assert.Equal(t, "ann@example.com", found(graph.External{Source: "shop", ID: "o9"}))
}

func TestRowsOfOtherSourcesHaveNamesThatCanBe(t *testing.T) {
	cat, _ := setup(t)
	for _, c := range []struct{ also, says string }{
		{"{source: kith.api, id: a}", "files[0] (a.csv): nodes[0].also[0].source: kith.api is Kith's own"},
		{`{source: "a b", id: a}`, `files[0] (a.csv): nodes[0].also[0].source: "a b" is not a name`},
		{"{source: crm}", "files[0] (a.csv): nodes[0].also[0].id: an expression is needed"},
		{"{source: crm, id: '1 +'}", "files[0] (a.csv): nodes[0].also[0].id: unexpected token"},
	} {
		_, err := Parse([]byte("source: shop\nfiles: [{file: a.csv, nodes: [{kind: Customer, id: id, also: ["+c.also+"]}]}]\n"), cat)
		assert.ErrorContains(t, err, c.says)
	}
}

// TestWhatRowsUniteDoesNotDependOnWhereBatchesEnd loads rows of two persons, of whom a later one says that they are one.
func TestWhatRowsUniteDoesNotDependOnWhereBatchesEnd(t *testing.T) {
	for _, size := range []int{1, 2, 3, 1000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			cat, store := setup(t)
			dir, customer := t.TempDir(), cat.MustKind("Customer")
			m, err := Parse([]byte(webshop), cat)
			require.NoError(t, err)
			m.Files[0].Nodes[0].Unite = true
			var b bytes.Buffer
			require.NoError(t, os.WriteFile(filepath.Join(dir, "members.csv"), []byte("number,crm,old,email\n7,,,ann@example.com\n8,,,twin@example.com\n9,,o9,\n7,,8,\n10,,9,cid@example.com\n"), 0o600))
			_, err = Run(t.Context(), store, m, []string{dir}, Options{Rejects: into(&b), BatchSize: size})
			require.NoError(t, err)
			assert.Empty(t, b.String())
			l := &graph.List{Key: "who", Rows: true, Page: graph.Page{Limit: 9}, Nodes: []*graph.Selection{{Kind: customer, Props: []graph.Ref{{Prop: customer.Property("email")}, {Prop: customer.Further}}}}}
			res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{l}})
			require.NoError(t, err)
			var got []string
			for _, r := range res.Lists[0].Rows {
				got = append(got, fmt.Sprint(r.Props))
			}
			assert.ElementsMatch(t, []string{"[ann@example.com [shop:8]]", "[cid@example.com [shop:o9 shop:10]]"}, got)
		})
	}
}
