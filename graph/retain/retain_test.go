package retain_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/retain"
	"github.com/kithgraph/kith/graph/sqlite"
)

func TestAValueIsKeptAsLongAsAllThatItTellsOf(t *testing.T) {
	cat := graphtest.Catalog(t)
	const year = graph.Time(366 * 24 * 3600 * 1_000_000)
	for _, c := range []struct {
		ended graph.Category
		want  []graph.ErasedPart
	}{
		{graph.CategoryIdentity, []graph.ErasedPart{{Type: "Interaction", Field: "attributes", Count: 1}}},
		{graph.CategoryContent, []graph.ErasedPart{{Type: "Interaction", Field: "attributes", Count: 1}, {Type: "Interaction", Field: "text", Count: 1}}},
		{graph.CategoryFinancial, []graph.ErasedPart{}},
	} {
		t.Run(string(c.ended), func(t *testing.T) {
			store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
			require.NoError(t, err)
			defer store.Close()
			_, err = store.Write(t.Context(), &graph.Batch{Source: "log", Nodes: []graph.Upsert{{Kind: cat.MustKind("Interaction"), ID: "1",
				Set: graph.Values{"at": int64(year), "text": "it is late", "attributes": []string{`{"name":"n","number":1}`}}}}})
			require.NoError(t, err)
			got, err := retain.Run(t.Context(), store, cat, retain.Options{Now: 9 * year, Before: func(of graph.Category) (graph.Time, bool) { return 5 * year, of == c.ended }})
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

// TestARefusalIsKeptWhileItStands has everybody say something long ago. Ann objected, Bob withdrew, Cid is restricted; Dan objected and consented again, with proof that he did, and of
// what he said nothing is in force that refuses.
func TestARefusalIsKeptWhileItStands(t *testing.T) {
	cat := graphtest.Catalog(t)
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{})
	require.NoError(t, err)
	defer store.Close()
	const year = graph.Time(366 * 24 * 3600 * 1_000_000)
	b := &graph.Batch{Source: "crm", Authority: graph.ByOfficer}
	says := func(who, id, status, purpose string, at graph.Time) {
		set := graph.Values{"status": status, "at": int64(at)}
		if purpose != "" {
			set["purpose"] = purpose
		}
		if status == graph.Granted || status == graph.Unrestricted {
			set["proof"] = "a letter"
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Consent"), ID: id, Set: set})
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: cat.MustKind("Consent"), External: graph.External{ID: id}}, To: graph.NodeRef{Kind: cat.MustKind("Customer"), External: graph.External{ID: who}}})
	}
	for _, who := range []string{"ann", "bob", "cid", "dan"} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Customer"), ID: who, Set: graph.Values{"name": who}})
	}
	says("ann", "1", graph.Objected, "SALES", year)
	says("bob", "2", graph.Granted, "MARKETING", year)
	says("bob", "3", graph.Withdrawn, "MARKETING", year+1)
	says("cid", "4", graph.Restricted, "", year)
	says("dan", "5", graph.Objected, "SALES", year)
	says("dan", "6", graph.Granted, "SALES", year+1)
	_, err = store.Write(t.Context(), b)
	require.NoError(t, err)
	for range 2 { // the second time nothing is left to go
		_, err = retain.Run(t.Context(), store, cat, retain.Options{Now: 9 * year, Before: func(of graph.Category) (graph.Time, bool) { return 5 * year, of == graph.CategoryConsent }})
		require.NoError(t, err)
		l := &graph.List{Key: "left", Rows: true, Page: graph.Page{Limit: 10}, Nodes: []*graph.Selection{{Kind: cat.MustKind("Consent"), Props: graph.Refs(cat.MustKind("Consent").Property("status"))}}}
		res, err := store.Read(t.Context(), &graph.Fetch{Now: 9 * year, Lists: []*graph.List{l}})
		require.NoError(t, err)
		var left []any
		for _, row := range res.Lists[0].Rows {
			left = append(left, row.Props[0])
		}
		assert.ElementsMatch(t, []any{graph.Objected, graph.Withdrawn, graph.Restricted}, left)
	}
}
