package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// killedWriters write to a server that is killed: accounts, interactions of two customers, and what a deal is worth.
type killedWriters struct {
	s              *killed
	ann, bob, deal string // ids
	mu             sync.Mutex
	acknowledged   map[string]bool // what a client was told is written: names, subjects and amounts
	amounts        int             // how often the deal came to be worth something else
}

// prepare makes whom and what they write about.
func (w *killedWriters) prepare(t *testing.T) {
	made := func(mutation string) string {
		a, err := w.s.post("", "SALES", "mutation { "+mutation+" }")
		require.NoError(t, err)
		require.Empty(t, a.Errors)
		var v map[string]map[string]struct{ ID string }
		require.NoError(t, json.Unmarshal(a.Data, &v), "%s", a.Data)
		for _, payload := range v {
			for _, node := range payload {
				return node.ID
			}
		}
		return ""
	}
	account := made(`createAccount(input: {key: "acme", name: "Acme"}) { account { id } }`)
	w.ann, w.bob = made(`createCustomer(input: {key: "ann", name: "Ann"}) { customer { id } }`), made(`createCustomer(input: {key: "bob", name: "Bob"}) { customer { id } }`)
	w.deal = made(fmt.Sprintf(`createDeal(input: {key: "deal", name: "Pumps", account: %q}) { deal { id } }`, account))
}

// write has one of four clients write something that nobody has written. It fails where it was not answered.
func (w *killedWriters) write(client, round, n int) error {
	what := fmt.Sprintf("%d-%d-%d", round, client, n)
	mutation := fmt.Sprintf(`createAccount(input: {key: %q, name: %q}) { account { id } userErrors { message } }`, what, what)
	switch client {
	case 2:
		mutation = fmt.Sprintf(`logInteraction(input: {key: %q, kind: CALL, subject: %q, participants: [{id: %q}, {id: %q}]}) { interaction { id } userErrors { message } }`, what, what, w.ann, w.bob)
	case 3:
		what = fmt.Sprintf("%d.00", 1000*(round+1)+n)
		mutation = fmt.Sprintf(`updateDeal(input: {key: %q, deal: %q, amount: {amount: %q, currency: "EUR"}}) { deal { id } userErrors { message } }`, what, w.deal, what)
	}
	if err := w.s.asks("", "mutation { "+mutation+" }"); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.acknowledged[what] = true
	return nil
}

// agrees holds the store to what clients were told, to itself, and to another store. It gives the ids of all that was made.
func (w *killedWriters) agrees(t *testing.T, g *graphOf) (ids []string) {
	there := map[string]bool{}
	rows := allOf(t, g, "Account", "name")
	for _, r := range rows {
		there[r.Props[0].(string)] = true
	}
	calls := allOf(t, g, "Interaction", "subject", "at", "origin")
	for _, r := range calls {
		there[r.Props[0].(string)] = true
	}
	deal := g.catalog.MustKind("Deal")
	amount := deal.Property("amount")
	now := oneOf(t, g, w.deal, &graph.Selection{Kind: deal, Props: []graph.Ref{{Prop: amount}, {Prop: amount.Versions}}})
	var last graph.Version
	for _, v := range now.Props[1].([]graph.Version) {
		if v.Prop != amount.Name {
			continue
		}
		if v.Value != nil {
			w.amounts++
			there[strings.TrimSuffix(v.Value.(graph.Money).String(), " EUR")] = true
		}
		if v.From >= last.From && v.Open() {
			last = v
		}
	}
	assert.Equal(t, now.Props[0], last.Value, "the newest version is the value")
	for what := range w.acknowledged {
		assert.True(t, there[what], "%s is there, as its client was told", what)
	}
	for _, r := range slices.Concat(rows, calls, allOf(t, g, "Deal"), allOf(t, g, "Customer")) {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	w.comparesTies(t, g, calls)
	return ids
}

// comparesTies writes the interactions that are there to another store at once, and compares the ties.
func (w *killedWriters) comparesTies(t *testing.T, g *graphOf, calls []graph.Row) {
	calm, err := declared()
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, storeFlag{Store: "sqlite:" + filepath.Join(dir, "calm.db"), Key: filepath.Join(dir, "calm.key")}.open(t.Context(), calm, neo4j.Options{}))
	defer calm.Close()
	b := &graph.Batch{Source: "calm"}
	node := func(kind, id string, set graph.Values) graph.NodeRef {
		k := calm.catalog.MustKind(kind)
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: id, Set: set})
		return graph.NodeRef{Kind: k, External: graph.External{ID: id}}
	}
	both := []graph.NodeRef{node("Customer", "ann", nil), node("Customer", "bob", nil)}
	for _, r := range calls {
		call := node("Interaction", r.ID, graph.Values{"at": r.Props[1], "origin": r.Props[2]})
		for _, who := range both {
			b.Edges = append(b.Edges, graph.Link{Rel: calm.catalog.MustKind("Interaction").Edge("participants").Rel, From: call, To: who})
		}
	}
	written, err := calm.Write(t.Context(), b)
	require.NoError(t, err)
	want, got := tieOf(t, calm, written.IDs[0]), tieOf(t, g, w.ann)
	require.Len(t, got, len(want))
	if len(calls) == 0 { // each was killed before it wrote of one
		require.Nil(t, want)
		return
	}
	for i, name := range tieProperties {
		if want[i] == nil {
			assert.Nil(t, got[i], name)
			continue
		}
		assert.InDelta(t, want[i], got[i], 2, "%s, in millionths where it is a sum", name)
	}
	assert.EqualValues(t, len(calls), got[2], "each interaction that is there counts once")
}

var tieProperties = []string{graph.TieIn, graph.TieOut, graph.TieN, graph.TieLastIn, graph.TieLastOut, graph.TieAsOf}

// tieOf is the one tie of a customer, nil where there is none.
func tieOf(t *testing.T, g *graphOf, id string) (tie []any) {
	known := g.catalog.MustKind("Customer").Edge("known")
	l := &graph.List{Key: "known", Edge: known, Rows: true, Page: graph.Page{Limit: 10}}
	for _, k := range known.Targets {
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
	}
	for _, name := range tieProperties {
		l.Props = append(l.Props, graph.Ref{Prop: known.Rel.Property(name)})
	}
	rows := oneOf(t, g, id, &graph.Selection{Kind: g.catalog.MustKind("Customer"), Lists: []*graph.List{l}}).Lists[0].Rows
	if len(rows) == 0 {
		return nil
	}
	require.Len(t, rows, 1)
	return rows[0].Edge
}

// oneOf is a node as it is selected.
func oneOf(t *testing.T, g *graphOf, id string, sel *graph.Selection) graph.Row {
	res, err := g.Store.Read(t.Context(), &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "one", Rows: true, IDs: []string{id}, Nodes: []*graph.Selection{sel}}}})
	require.NoError(t, err)
	require.Len(t, res.Lists[0].Rows, 1)
	return res.Lists[0].Rows[0]
}

// allOf are all nodes of a kind, with some properties.
func allOf(t *testing.T, g *graphOf, kind string, properties ...string) []graph.Row {
	k := g.catalog.MustKind(kind)
	sel := &graph.Selection{Kind: k}
	for _, p := range properties {
		sel.Props = append(sel.Props, graph.Ref{Prop: k.Property(p)})
	}
	res, err := g.Store.Read(t.Context(), &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "all", Rows: true, Page: graph.Page{Limit: 1 << 20}, Nodes: []*graph.Selection{sel}}}})
	require.NoError(t, err)
	return res.Lists[0].Rows
}
