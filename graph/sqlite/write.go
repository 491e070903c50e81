package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/write"
)

// Write implements graph.Store. The transaction holds the file's write lock from its start. After one that takes away what is to be
// gone, the file holds nothing of it.
func (s *Store) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	if s.closed.Load() {
		return nil, errClosed
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return nil, translated(ctx, err)
	}
	defer tx.Rollback() // does nothing after a commit
	report, err := write.Apply(ctx, s.catalog, newTransaction(tx), b, write.Host{NewID: s.options.NewID, Now: graph.At(s.options.Now()), Mark: s.options.Mark})
	if err != nil {
		return nil, translated(ctx, err)
	}
	if err := tx.Commit(); err != nil {
		return nil, translated(ctx, err)
	}
	if len(b.Erase)+len(b.Remove) > 0 {
		if err := s.sweep(ctx); err != nil {
			return nil, translated(ctx, err)
		}
	}
	return report, nil
}

// transaction is a write.Tx. Its statements end with it.
type transaction struct {
	tx         *sql.Tx
	statements map[string]*sql.Stmt
}

func newTransaction(tx *sql.Tx) *transaction {
	return &transaction{tx: tx, statements: map[string]*sql.Stmt{}}
}

// exec prepares each text once.
func (t *transaction) exec(ctx context.Context, text string, args ...any) error {
	st := t.statements[text]
	if st == nil {
		var err error
		if st, err = t.tx.PrepareContext(ctx, text); err != nil {
			return err
		}
		t.statements[text] = st
	}
	began := time.Now()
	_, err := st.ExecContext(ctx, args...)
	graph.Ran(ctx, text, nil, began, translated(ctx, err))
	return err
}

// scan reads whole rows: two or three identifying columns, then those of the properties.
func (t *transaction) scan(ctx context.Context, text string, args []any, props []*graph.Property, fixed int, take func([]string, write.Columns)) (err error) {
	began := time.Now()
	defer func() { graph.Ran(ctx, text, nil, began, translated(ctx, err)) }()
	rows, err := t.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names := columnNames(props)
	cells, into := make([]any, fixed+len(names)), make([]any, fixed+len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		key := make([]string, fixed)
		for i := range key {
			key[i] = cells[i].(string)
		}
		c, at := write.Columns{}, fixed
		for _, p := range props {
			for i, name := range p.Columns() {
				v := cells[at]
				if i == 0 {
					if v, err = value(p, v); err != nil {
						return err
					}
				}
				if v != nil {
					c[name] = v
				}
				at++
			}
		}
		take(key, c)
	}
	return rows.Err()
}

func columnNames(props []*graph.Property) []string {
	var out []string
	for _, p := range props {
		out = append(out, p.Columns()...)
	}
	return out
}

func selected(props []*graph.Property) string {
	var b strings.Builder
	for _, c := range columnNames(props) {
		b.WriteString(", " + quote(c))
	}
	return b.String()
}

// Nodes implements write.Tx.
func (t *transaction) Nodes(ctx context.Context, k *graph.Kind, keys []string) ([]write.Node, error) {
	where, args := among("key", keys)
	return t.nodes(ctx, k, where, args)
}

// nodes reads whole nodes; rest is what stands behind the table.
func (t *transaction) nodes(ctx context.Context, k *graph.Kind, rest string, args []any) (out []write.Node, err error) {
	err = t.scan(ctx, "SELECT id, key"+selected(k.Properties)+" FROM "+table(k)+rest, args, k.Properties, 2, func(key []string, c write.Columns) {
		out = append(out, write.Node{ID: key[0], Key: key[1], Columns: c})
	})
	return out, err
}

// among is the condition that a column has one of some values.
func among(column string, values []string) (string, []any) {
	q := &query{}
	return " WHERE " + column + " IN (SELECT value FROM json_each(" + q.arg(values) + "))", q.args
}

// NodesAt implements write.Tx.
func (t *transaction) NodesAt(ctx context.Context, k *graph.Kind, ids []string) ([]write.Node, error) {
	where, args := among("id", ids)
	return t.nodes(ctx, k, where, args)
}

// Edges implements write.Tx.
func (t *transaction) Edges(ctx context.Context, r *graph.Rel, keys []string) ([]write.Edge, error) {
	where, args := among("key", keys)
	return t.edges(ctx, r, where, args)
}

// EdgesAt implements write.Tx.
func (t *transaction) EdgesAt(ctx context.Context, r *graph.Rel, out bool, ids []string) ([]write.Edge, error) {
	end := "dst"
	if out {
		end = "src"
	}
	where, args := among(end, ids)
	return t.edges(ctx, r, where, args)
}

// edges does the same for relationships.
func (t *transaction) edges(ctx context.Context, r *graph.Rel, rest string, args []any) (out []write.Edge, err error) {
	err = t.scan(ctx, "SELECT key, src, dst"+selected(r.Properties)+" FROM "+edgeTable(r)+rest, args, r.Properties, 3, func(key []string, c write.Columns) {
		out = append(out, write.Edge{Key: key[0], From: key[1], To: key[2], Columns: c})
	})
	return out, err
}

// InsertNodes implements write.Tx.
func (t *transaction) InsertNodes(ctx context.Context, k *graph.Kind, nodes []write.Node) error {
	names := append([]string{"id", "key"}, columnNames(k.Properties)...)
	return t.insert(ctx, table(k), names, len(nodes), func(i int) ([]any, write.Columns) {
		return []any{nodes[i].ID, nodes[i].Key}, nodes[i].Columns
	})
}

// InsertEdges implements write.Tx.
func (t *transaction) InsertEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	names := append([]string{"key", "src", "dst"}, columnNames(r.Properties)...)
	return t.insert(ctx, edgeTable(r), names, len(edges), func(i int) ([]any, write.Columns) {
		return []any{edges[i].Key, edges[i].From, edges[i].To}, edges[i].Columns
	})
}

func (t *transaction) insert(ctx context.Context, into string, names []string, n int, row func(int) ([]any, write.Columns)) error {
	text := "INSERT INTO " + into + " (" + quoted(names) + ") VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")"
	for i := range n {
		args, c := row(i)
		for _, name := range names[len(args):] {
			args = append(args, stored(c[name]))
		}
		if err := t.exec(ctx, text, args...); err != nil {
			return err
		}
	}
	return nil
}

// stored is a value as SQLite keeps it.
func stored(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case []string:
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // texts
		}
		return string(b)
	}
	return v
}

// UpdateNodes implements write.Tx.
func (t *transaction) UpdateNodes(ctx context.Context, k *graph.Kind, nodes []write.Node) error {
	for _, n := range nodes {
		if err := t.update(ctx, table(k), "id", n.ID, n.Columns); err != nil {
			return err
		}
	}
	return nil
}

// UpdateEdges implements write.Tx.
func (t *transaction) UpdateEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	for _, e := range edges {
		if err := t.update(ctx, edgeTable(r), "key", e.Key, e.Columns); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) update(ctx context.Context, in, column, id string, c write.Columns) error {
	names := slices.Sorted(maps.Keys(c))
	args := make([]any, 0, len(names)+1)
	for _, name := range names {
		args = append(args, stored(c[name]))
	}
	text := "UPDATE " + in + " SET (" + quoted(names) + ") = (?" + strings.Repeat(", ?", len(names)-1) + ") WHERE " + column + " = ?"
	return t.exec(ctx, text, append(args, id)...)
}

// DeleteEdges implements write.Tx.
func (t *transaction) DeleteEdges(ctx context.Context, r *graph.Rel, keys []string) error {
	where, args := among("key", keys)
	return t.exec(ctx, "DELETE FROM "+edgeTable(r)+where, args...)
}

// DeleteNodes implements write.Tx.
func (t *transaction) DeleteNodes(ctx context.Context, k *graph.Kind, ids []string) error {
	where, args := among("id", ids)
	return t.exec(ctx, "DELETE FROM "+table(k)+where, args...)
}

// Mentioning implements write.Tx.
func (t *transaction) Mentioning(ctx context.Context, k *graph.Kind, texts []string) ([]write.Node, error) {
	where, args := mentioning(k.Properties, texts)
	if where == "" {
		return nil, nil
	}
	return t.nodes(ctx, k, where, args)
}

// EdgesMentioning implements write.Tx.
func (t *transaction) EdgesMentioning(ctx context.Context, r *graph.Rel, texts []string) ([]write.Edge, error) {
	where, args := mentioning(r.Properties, texts)
	if where == "" {
		return nil, nil
	}
	return t.edges(ctx, r, where, args)
}

// mentioning is the condition that one of the properties' texts has one of these in it; empty where there is no text.
func mentioning(props []*graph.Property, texts []string) (string, []any) {
	q := &query{}
	var any []string
	for _, p := range props {
		if p.Type != graph.String {
			continue
		}
		for _, text := range texts {
			any = append(any, "instr("+loose(quote(p.Folded()))+", "+q.arg(text)+") > 0")
		}
	}
	if len(any) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(any, " OR "), q.args
}

// loose makes fold.Loose of a text of a key.
func loose(key string) string {
	for _, r := range fold.Between {
		key = fmt.Sprintf("replace(%s, char(%d), '')", key, r)
	}
	return key
}
