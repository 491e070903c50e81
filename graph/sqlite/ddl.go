package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Ready implements graph.Store: at first it creates tables, adds columns, and creates indexes, as far as they are missing.
// A file that has them all is not written to.
func (s *Store) Ready(ctx context.Context) error {
	if !s.ready.Load() {
		return s.prepare(ctx)
	}
	c, err := s.acquire(ctx)
	if err == nil {
		err = c.query(ctx, "SELECT count(*) FROM sqlite_schema", nil, 1, func([]any) error { return nil })
		s.release(c, err != nil)
	}
	return translated(ctx, err)
}

func (s *Store) prepare(ctx context.Context) error {
	texts, err := missingIn(ctx, s.writer, s.catalog)
	if err == nil && len(texts) > 0 {
		err = s.create(ctx)
	}
	if err == nil {
		err = s.keepRanks(ctx)
	}
	if err == nil {
		err = s.keepWords(ctx)
	}
	if err == nil {
		err = s.keepTies(ctx)
	}
	s.ready.Store(err == nil)
	return translated(ctx, err)
}

// create looks again under the file's write lock, since somebody else may be at it, too.
func (s *Store) create(ctx context.Context) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after a commit
	texts, err := missingIn(ctx, tx, s.catalog)
	if err != nil {
		return err
	}
	for _, text := range append(headed, texts...) {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%w in %s", err, text)
		}
	}
	return tx.Commit()
}

// missingIn are the statements that create what a file lacks.
func missingIn(ctx context.Context, db interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}, cat *graph.Catalog) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT m.name, coalesce(c.name, '') FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]map[string]bool{} // columns by table, none by index
	for rows.Next() {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			return nil, err
		}
		if have[name] == nil {
			have[name] = map[string]bool{}
		}
		have[name][column] = true
	}
	var texts []string
	for _, t := range tables(cat) {
		texts = append(texts, t.missing(have)...)
	}
	return texts, rows.Err()
}

// rowNumber is the column that names a node in bare relationships, whose columns src and dst have two of these. The file gives it.
const rowNumber = "row_no"

// A tableDef is a table as it should be.
type tableDef struct {
	name          string
	keys, columns []column
	primary       []string // of a table that is nothing but an index
	indexes       []index
	gone          []string // indexes of before that another one does the work of
	trigger       string   // one that keeps a column; empty: none
}

type column struct {
	name, def string
	fill      string // a statement that fills it where the table was there before it; empty: nothing is to be filled
}

type index struct {
	name    string
	columns []string
}

func (t *tableDef) missing(have map[string]map[string]bool) []string {
	var texts, defs []string
	for _, c := range append(t.keys, t.columns...) {
		def := quote(c.name) + " " + c.def
		defs = append(defs, def)
		if !have[t.name][c.name] {
			texts = append(texts, "ALTER TABLE "+quote(t.name)+" ADD COLUMN "+def)
			if c.fill != "" {
				texts = append(texts, c.fill)
			}
		}
	}
	if have[t.name] == nil {
		texts = []string{"CREATE TABLE " + quote(t.name) + " (" + strings.Join(defs, ", ") + ")"}
		if t.primary != nil {
			texts = []string{"CREATE TABLE " + quote(t.name) + " (" + strings.Join(defs, ", ") + ", PRIMARY KEY (" + quoted(t.primary) + ")) WITHOUT ROWID"}
		}
	}
	for _, i := range t.indexes {
		if have[i.name] == nil {
			texts = append(texts, "CREATE INDEX "+quote(i.name)+" ON "+quote(t.name)+" ("+quoted(i.columns)+")")
		}
	}
	for _, name := range t.gone {
		if have[name] != nil {
			texts = append(texts, "DROP INDEX "+quote(name))
		}
	}
	if t.trigger != "" && have[t.name+"_kept"] == nil {
		texts = append(texts, "CREATE TRIGGER "+quote(t.name+"_kept")+" "+t.trigger)
	}
	return texts
}

func tables(cat *graph.Catalog) []tableDef {
	out := append(searchTables(), feedTable(), tieTable, tableDef{name: "rank_kept", keys: []column{{name: "path", def: "TEXT NOT NULL PRIMARY KEY"}, {name: "ranked", def: "TEXT NOT NULL"}}})
	for _, k := range slices.Concat(cat.Kinds, graph.Own) {
		t := tableDef{name: "node_" + k.Label, columns: columnsOf("node_"+k.Label, k.Properties),
			keys: []column{{name: rowNumber, def: "INTEGER PRIMARY KEY"}, {name: "id", def: "TEXT NOT NULL UNIQUE"}, {name: "key", def: "TEXT NOT NULL UNIQUE"}}}
		for _, p := range k.Properties {
			if !p.Indexed {
				continue
			}
			t.index(p.Name, "id")
			switch {
			case p.Folds(): // its sort key begins with what the text folds to
				t.index(append(p.SortColumns(), "id")...)
				t.gone = append(t.gone, nameOf(t.name, p.Folded(), "id"))
			case p.Type == graph.String:
				t.index(p.Folded(), "id")
			case p.Ranked():
				t.index(p.Rank(), "id")
			}
		}
		out = append(out, t)
	}
	for _, r := range cat.Rels {
		t := tableDef{name: "edge_" + r.Type, columns: columnsOf("edge_"+r.Type, r.Properties),
			keys: []column{{name: "key", def: "TEXT NOT NULL PRIMARY KEY"}, {name: "src", def: "TEXT NOT NULL"}, {name: "dst", def: "TEXT NOT NULL"}}}
		if r.Bare {
			t.bare(r)
			out = append(out, t)
			continue
		}
		t.index("src", "dst")
		t.index("dst", "src")
		for _, p := range r.Properties {
			if p.Indexed {
				t.index(p.Name)
			}
		}
		out = append(out, t)
	}
	return out
}

func (t *tableDef) index(columns ...string) {
	t.indexes = append(t.indexes, index{nameOf(t.name, columns...), columns})
}

func nameOf(table string, columns ...string) string { return table + "_" + strings.Join(columns, "_") }

func columnsOf(table string, props []*graph.Property) []column {
	var out []column
	for _, p := range props {
		for _, name := range p.Columns() {
			out = append(out, column{name: name, def: typeOf(p, name), fill: lastOf(table, name)})
		}
	}
	return out
}

func typeOf(p *graph.Property, column string) string {
	switch p.Type {
	case graph.String, graph.Enum, graph.Strings, graph.Versions:
		if slices.Contains([]string{p.Rank(), graph.LastFrom, graph.LastKnown}, column) {
			return "INTEGER"
		}
		return "TEXT"
	case graph.Amount:
		if column == p.Currency() {
			return "TEXT"
		}
	}
	return "INTEGER"
}

func quoted(names []string) string {
	return strings.Join(graph.Map(names, quote), ", ")
}
