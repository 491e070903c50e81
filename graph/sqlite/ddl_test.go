package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/sqlite"
)

// versions are a small catalog and the one that it grows into: a property and an index more, a kind and a relationship more,
// whose names are words of SQL.
func versions() (small, grown *graph.Catalog) {
	text := func(name string, indexed bool) *graph.Property {
		return &graph.Property{Name: name, Type: graph.String, Owner: "Thing", Indexed: indexed}
	}
	thing := &graph.Kind{Name: "Thing", Label: "Thing", Prefix: "thi", Properties: []*graph.Property{text("name", false)}}
	small = &graph.Catalog{Kinds: []*graph.Kind{thing}, Rels: []*graph.Rel{{Type: "LIKE", Pairs: [][2]*graph.Kind{{thing, thing}}}}}

	thing = &graph.Kind{Name: "Thing", Label: "Thing", Prefix: "thi", Properties: []*graph.Property{text("name", true), text("where", true),
		{Name: "limit", Type: graph.Amount, Owner: "Thing", Indexed: true}}}
	group := &graph.Kind{Name: "Group", Label: "Group", Prefix: "gro", Properties: []*graph.Property{text("order", true)}}
	in := &graph.Rel{Type: "IN", Pairs: [][2]*graph.Kind{{thing, group}}, Properties: []*graph.Property{{Name: "from", Type: graph.Instant}, {Name: "to", Type: graph.Instant}}}
	thing.Edges = []*graph.Edge{{Name: "group", Owner: thing, Rel: in, Out: true, Targets: []*graph.Kind{group}}}
	like := &graph.Rel{Type: "LIKE", Pairs: [][2]*graph.Kind{{thing, thing}}, Properties: []*graph.Property{{Name: "values", Type: graph.Int}}}
	grown = &graph.Catalog{Kinds: []*graph.Kind{thing, group}, Rels: []*graph.Rel{like, in}}
	for _, k := range append(small.Kinds, grown.Kinds...) {
		k.Key = graph.KeyOf(k)
	}
	return small, grown
}

func TestAnOldFileGrowsWithTheCatalog(t *testing.T) {
	small, grown := versions()
	file := filepath.Join(t.TempDir(), "kith.db")
	old, err := sqlite.Open(file, small, sqlite.Options{})
	require.NoError(t, err)
	_, err = old.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: small.Kinds[0], ID: "1", Set: graph.Values{"name": "One"}}}})
	require.NoError(t, err)
	require.NoError(t, old.Close())

	s, err := sqlite.Open(file, grown, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	w := &world{cat: grown, batch: &graph.Batch{Source: "test"}}
	w.node("Thing", "1", "where", "Here", "limit", eur(7))
	w.node("Group", "1", "order", "First")
	w.link("Thing:1", "IN", "Group:1", "from", 1)
	w.link("Thing:1", "LIKE", "Thing:1", "values", 3)
	w.write(t, s)
	l := w.root(10, w.sel("Thing", []string{"name", "where", "limit"}, w.along("Thing", "group", 10, w.sel("Group", []string{"order"}))),
		w.by("Thing", "where"))
	got := read(t, s, where(l, w.test("Thing", "limit", graph.Gte, eur(7)))).Rows
	require.Len(t, got, 1)
	assert.Equal(t, []any{"One", "Here", eur(7)}, got[0].Props)
	assert.Equal(t, []any{"First"}, names(got[0].Lists[0].Rows))

	c := beside(t, file)
	assert.Equal(t, []string{"row_no", "id", "key", "name", "name_folded", "where", "where_folded", "limit", "limit_currency"},
		column(t, c, "SELECT name FROM pragma_table_info('node_Thing')"))
	assert.Equal(t, []string{"node_Thing_limit_id", "node_Thing_name_folded_id", "node_Thing_name_id", "node_Thing_where_folded_id", "node_Thing_where_id"},
		column(t, c, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'node_Thing' AND sql IS NOT NULL ORDER BY name"))
	assert.Equal(t, []string{"edge_IN_dst_src", "edge_IN_src_dst"},
		column(t, c, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'edge_IN' AND sql IS NOT NULL ORDER BY name"))
}

func TestAFileThatLacksNothingIsNotWrittenTo(t *testing.T) {
	cat, file := graphtest.Catalog(t), filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Ready(ctx), "again")
	require.NoError(t, s.Close())

	other := beside(t, file)
	before := column(t, other, "SELECT schema_version FROM pragma_schema_version")
	_, err = other.ExecContext(ctx, "BEGIN IMMEDIATE") // nobody else may write now
	require.NoError(t, err)
	s, err = sqlite.Open(file, cat, sqlite.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Ready(ctx))
	require.NoError(t, s.Close())
	_, err = other.ExecContext(ctx, "ROLLBACK")
	require.NoError(t, err)
	assert.Equal(t, before, column(t, other, "SELECT schema_version FROM pragma_schema_version"))
}

func TestACommitIsOnDisk(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kith.db")
	s, err := sqlite.Open(file, graphtest.Catalog(t), sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	assert.Equal(t, []string{"wal"}, column(t, beside(t, file), "SELECT journal_mode FROM pragma_journal_mode"))
}
