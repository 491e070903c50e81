package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Ready implements graph.Store: it creates tables, adds columns, and creates indexes, as far as they are missing.
func (s *Store) Ready(ctx context.Context) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return translated(ctx, err)
	}
	defer tx.Rollback()
	for _, t := range tables(s.catalog) {
		have := map[string]bool{}
		rows, err := tx.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", t.name)
		if err != nil {
			return translated(ctx, err)
		}
		for rows.Next() {
			var column string
			if err := rows.Scan(&column); err != nil {
				return translated(ctx, err)
			}
			have[column] = true
		}
		if err := rows.Err(); err != nil {
			return translated(ctx, err)
		}
		var texts []string
		if len(have) == 0 {
			texts = append(texts, fmt.Sprintf("CREATE TABLE %s (%s)", quote(t.name), strings.Join(append(t.keys, t.columns...), ", ")))
		} else {
			for _, c := range t.columns {
				if name := strings.Split(c, `"`)[1]; !have[name] {
					texts = append(texts, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s", quote(t.name), c))
				}
			}
		}
		for _, text := range append(texts, t.indexes...) {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return translated(ctx, fmt.Errorf("%w in %s", err, text))
			}
		}
	}
	return translated(ctx, tx.Commit())
}

type tableDef struct {
	name                   string
	keys, columns, indexes []string
}

func tables(cat *graph.Catalog) []tableDef {
	var out []tableDef
	for _, k := range cat.Kinds {
		t := tableDef{name: "node_" + k.Label, keys: []string{"id TEXT NOT NULL PRIMARY KEY", "key TEXT NOT NULL UNIQUE"}, columns: columnDefs(k.Properties)}
		for _, p := range k.Properties {
			if !p.Indexed {
				continue
			}
			t.index(p.Name, "id")
			if p.Type == graph.String {
				t.index(p.Folded(), "id")
			}
		}
		out = append(out, t)
	}
	for _, r := range cat.Rels {
		t := tableDef{name: "edge_" + r.Type, keys: []string{"key TEXT NOT NULL PRIMARY KEY", "src TEXT NOT NULL", "dst TEXT NOT NULL"}, columns: columnDefs(r.Properties)}
		t.index("src", "dst")
		t.index("dst", "src")
		out = append(out, t)
	}
	return out
}

func (t *tableDef) index(columns ...string) {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c)
	}
	t.indexes = append(t.indexes, fmt.Sprintf("CREATE INDEX IF NOT EXISTS %s ON %s (%s)",
		quote(t.name+"_"+strings.Join(columns, "_")), quote(t.name), strings.Join(quoted, ", ")))
}

func columnDefs(props []*graph.Property) []string {
	var out []string
	for _, p := range props {
		for _, c := range p.Columns() {
			out = append(out, quote(c)+" "+columnType(p, c))
		}
	}
	return out
}

func columnType(p *graph.Property, column string) string {
	switch p.Type {
	case graph.String, graph.Enum, graph.Strings:
		return "TEXT"
	}
	if column == p.Currency() {
		return "TEXT"
	}
	return "INTEGER"
}
