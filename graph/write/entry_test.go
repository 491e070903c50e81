package write

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func TestAnEntryIsReadAsItWasWritten(t *testing.T) {
	kind, rel := catalog.MustKind, catalog.Rel
	want := graph.Entry{
		Nodes: []graph.TouchedNode{
			{Kind: kind("Customer"), ID: "cus_1", How: graph.Created},
			{Kind: kind("Account"), ID: "acc_1", How: graph.Changed, Properties: []string{"name", "phone", "updatedAt"}, Gone: []string{"phone"}},
			{Kind: kind("Interaction"), ID: "int_1", How: graph.Removed, About: []string{"cus_1", "cus_2"}},
			{Kind: kind("Order"), ID: "ord_1", How: graph.Removed},
		},
		Edges: []graph.TouchedEdge{
			{Rel: rel("WORKS_AT"), From: "cus_1", To: "acc_1", How: graph.Created},
			{Rel: rel("WORKS_AT"), From: "cus_2", To: "acc_2", How: graph.Changed, Properties: []string{"title"}},
			{Rel: rel("WORKS_AT"), From: "cus_3", To: "acc_2", How: graph.Changed},
			{Rel: rel("PLACED_BY"), From: "ord_1", To: "cus_2", How: graph.Removed},
		},
	}
	text := EntryText(&want)
	assert.Equal(t, "+ cus_1\n~ acc_1 name phone phone updatedAt\n- int_1 0 cus_2\n- ord_1\n+>WORKS_AT 0 1\n~>WORKS_AT 3 acc_2 title\n~>WORKS_AT cus_3 5\n->PLACED_BY 4 3\n", text, "an id stands there once")
	var got graph.Entry
	require.NoError(t, ReadEntry(catalog, text, &got))
	assert.Equal(t, want, got)
}

func TestWhatTheCatalogHasNoMoreIsLeftOutOfAnEntry(t *testing.T) {
	var got graph.Entry
	require.NoError(t, ReadEntry(catalog, "+ xyz_1\n+>ONCE_WAS 0 cus_1\n+>WORKS_AT 1 acc_1\n", &got))
	assert.Equal(t, graph.Entry{Edges: []graph.TouchedEdge{{Rel: catalog.Rel("WORKS_AT"), From: "cus_1", To: "acc_1", How: graph.Created}}}, got)
}

func TestABrokenEntryIsNamed(t *testing.T) {
	for _, text := range []string{"cus_1\n", "+\n", "+ 0\n", "+ cus_1\n~ 1 name\n", "+>WORKS_AT cus_1\n", "? cus_1\n", "\n"} {
		assert.ErrorContains(t, ReadEntry(catalog, text, &graph.Entry{}), "an entry of the feed is broken", text)
	}
}
