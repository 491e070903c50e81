package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Write implements graph.Store. The transaction holds the file's write lock from its start. After one that takes away what is to be
// gone, the file holds nothing of it.
func (s *Store) Write(ctx context.Context, b *graph.Batch) (report *graph.Report, err error) {
	if s.closed.Load() {
		return nil, errClosed
	}
	err = s.Within(ctx, func(t write.Tx) error {
		report, err = write.Apply(ctx, s.catalog, t, b, write.Host{NewID: s.options.NewID, Now: graph.At(s.options.Now()), Mark: s.options.Mark})
		return err
	})
	if err != nil {
		return nil, translated(ctx, err)
	}
	if len(b.Erase)+len(b.Remove) > 0 {
		if err := s.sweep(ctx); err != nil {
			return nil, translated(ctx, err)
		}
	}
	return report, nil
}

// Within does something in one transaction, on the writer's connection, which keeps the statements it has prepared.
func (s *Store) Within(ctx context.Context, do func(write.Tx) error) error {
	return s.within(ctx, func(t *transaction) error { return do(t) })
}

func (s *Store) within(ctx context.Context, do func(*transaction) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(of any) (err error) {
		c := s.writing
		if c == nil || c.conn != of.(driver.Conn) {
			c = &connection{conn: of.(driver.Conn), statements: map[string]driver.Stmt{}}
			s.writing = c
		}
		if err := c.run(ctx, "BEGIN IMMEDIATE"); err != nil {
			return err
		}
		committed := false
		defer func() { // also where something panics
			if !committed {
				err = errors.Join(err, c.run(context.WithoutCancel(ctx), "ROLLBACK"))
			}
		}()
		if err := do(&transaction{s, c}); err != nil {
			return err
		}
		if err := c.run(ctx, "COMMIT"); err != nil {
			return err
		}
		committed = true
		return nil
	})
}

// transaction is a write.Tx.
type transaction struct {
	store *Store
	conn  *connection
}

// Read implements write.Tx.
func (t *transaction) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	r := &reader{store: t.store, conn: t.conn, fetch: f, tell: graph.StatementsTold(ctx), brought: f.Bringing()}
	return r.lists(ctx)
}

// exec runs a statement that answers nothing.
func (t *transaction) exec(ctx context.Context, text string, args ...any) error {
	return t.query(ctx, text, args, 0, nil)
}

func (t *transaction) query(ctx context.Context, text string, args []any, columns int, take func([]any) error) error {
	began := time.Now()
	err := t.conn.query(ctx, text, args, columns, take)
	graph.Ran(ctx, text, nil, began, translated(ctx, err))
	return err
}

// Edges implements write.Tx.
func (t *transaction) Edges(ctx context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	if r.Bare {
		return t.bareEdges(ctx, r, keys)
	}
	q, refs := &query{}, graph.Refs(r.Properties...)
	cols := append([]string{"r.key", "r.src", "r.dst"}, q.outputs(nil, refs, scope{rel: "r"}, true)...)
	text := "SELECT " + strings.Join(cols, ", ") + " FROM " + edgeTable(r) + " r WHERE r.key IN (SELECT value FROM json_each(" + q.arg(keys) + "))"
	err = t.query(ctx, text, q.args, len(cols), func(cells []any) error {
		found, _, err := values(nil, refs, cells[3:], 0)
		if err != nil {
			return err
		}
		out = append(out, write.Edge{Key: cells[0].(string), From: cells[1].(string), To: cells[2].(string), Values: graph.ValuesOf(refs, found)})
		return nil
	})
	return out, err
}

// Write implements write.Tx: it takes a statement or two for each table and thousand rows.
func (t *transaction) Write(ctx context.Context, c *write.Changes) error {
	kind := func(c *write.NodeChange) *graph.Kind { return c.Kind }
	rel := func(c *write.EdgeChange) *graph.Rel { return c.Rel }
	for _, step := range []func() error{
		func() error {
			return write.Grouped(c.GoneEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				keys := graph.Map(cs, func(c *write.EdgeChange) string { return c.Key })
				if r.Bare {
					return t.deleteBare(ctx, r, keys)
				}
				return t.delete(ctx, edgeTable(r), "key", keys)
			})
		},
		func() error { return t.dropWords(ctx, c.GoneWords) },
		func() error {
			return write.Grouped(c.GoneNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.delete(ctx, table(k), "id", graph.Map(cs, func(c *write.NodeChange) string { return c.ID }))
			})
		},
		func() error {
			return write.Grouped(c.NewNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.insert(ctx, table(k), []string{"id", "key"}, k.Properties, graph.Map(cs, func(c *write.NodeChange) row { return row{[]any{c.ID, c.Key}, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.ChangedNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.update(ctx, table(k), "id", k.Properties, graph.Map(cs, func(c *write.NodeChange) change { return change{c.ID, c.NewKey, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.NewEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				if r.Bare {
					return t.insertBare(ctx, r, cs)
				}
				return t.insert(ctx, edgeTable(r), []string{"key", "src", "dst"}, r.Properties, graph.Map(cs, func(c *write.EdgeChange) row { return row{[]any{c.Key, c.From, c.To}, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.ChangedEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				return t.update(ctx, edgeTable(r), "key", r.Properties, graph.Map(cs, func(c *write.EdgeChange) change { return change{c.Key, c.NewKey, c.Values} }))
			})
		},
		func() error { return t.addWords(ctx, c.NewWords) },
		func() error { return t.dropKeys(ctx, write.Texts(c.GoneWords)) },
		func() error { return t.tell(ctx, c) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// maxRows bounds how much one statement carries.
const maxRows = 1000

func inChunks[T any](all []T, do func([]T) error) error {
	for len(all) > 0 {
		n := min(len(all), maxRows)
		if err := do(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// delete removes rows by what identifies them.
func (t *transaction) delete(ctx context.Context, from, column string, ids []string) error {
	return inChunks(ids, func(part []string) error {
		return t.exec(ctx, "DELETE FROM "+from+" WHERE "+column+" IN (SELECT value FROM json_each(?))", bound(part))
	})
}

// A row is what stands in the first columns of a new row, and the values of properties.
type row struct {
	fixed  []any
	values graph.Values
}

func columnNames(props []*graph.Property) []string {
	var out []string
	for _, p := range props {
		out = append(out, p.Columns()...)
	}
	return out
}

// insert makes rows: those of wide tables one by one, which is faster than to have the database take each cell out of JSON.
func (t *transaction) insert(ctx context.Context, into string, fixed []string, props []*graph.Property, rows []row) error {
	names := append(fixed, columnNames(props)...)
	text := "INSERT INTO " + into + " (" + quoted(names) + ") "
	cells := func(r row) []any {
		args, c := append(make([]any, 0, len(names)), r.fixed...), write.Columns(props, r.values)
		for _, name := range names[len(r.fixed):] {
			args = append(args, stored(c[name]))
		}
		return args
	}
	if len(rows) <= few || len(names) > narrow {
		text += "VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")"
		for _, r := range rows {
			if err := t.exec(ctx, text, cells(r)...); err != nil {
				return err
			}
		}
		return nil
	}
	text += "SELECT " + extracted(len(names)) + " FROM json_each(?)"
	return inChunks(rows, func(part []row) error { return t.exec(ctx, text, asJSON(graph.Map(part, cells))) })
}

// Few rows are written one by one, and so are those of tables that are not narrow.
const few, narrow = 4, 8

// extracted are the elements of json_each's values.
func extracted(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("value ->> " + strconv.Itoa(i))
	}
	return b.String()
}

// asJSON is JSON of texts, numbers, and lists and maps of these.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
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
		return asJSON(v)
	case write.Kept:
		return versionsJSON(v)
	}
	return v
}

// A change is of a row that is known by an id.
type change struct {
	id, key string // key: another one
	values  graph.Values
}

// update changes rows. A column that is in no row stays out of the statement, and where a row has none it stays as it is.
func (t *transaction) update(ctx context.Context, in, column string, props []*graph.Property, changes []change) error {
	return inChunks(changes, func(part []change) error {
		used := map[string]bool{}
		rows := graph.Map(part, func(c change) map[string]any {
			set := write.Columns(props, c.values)
			for name, v := range set {
				set[name], used[name] = stored(v), true
			}
			if c.key != "" {
				set["key"], used["key"] = c.key, true
			}
			return map[string]any{"id": c.id, "set": set}
		})
		var sets []string
		for _, name := range append([]string{"key"}, columnNames(props)...) {
			if used[name] {
				path := "'$.set." + quote(name) + "'"
				sets = append(sets, quote(name)+" = iif(j.value -> "+path+" IS NULL, t."+quote(name)+", j.value ->> "+path+")")
			}
		}
		if len(sets) == 0 {
			return nil
		}
		return t.exec(ctx, "UPDATE "+in+" AS t SET "+strings.Join(sets, ", ")+" FROM json_each(?) AS j WHERE t."+column+" = j.value ->> '$.id'", asJSON(rows))
	})
}
