package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
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
	q, refs := &query{}, make([]graph.Ref, len(r.Properties))
	for i, p := range r.Properties {
		refs[i].Prop = p
	}
	cols := append([]string{"r.key", "r.src", "r.dst"}, q.outputs(nil, refs, scope{rel: "r"}, true)...)
	text := "SELECT " + strings.Join(cols, ", ") + " FROM " + edgeTable(r) + " r WHERE r.key IN (SELECT value FROM json_each(" + q.arg(keys) + "))"
	err = t.query(ctx, text, q.args, len(cols), func(cells []any) error {
		e := write.Edge{Key: cells[0].(string), From: cells[1].(string), To: cells[2].(string), Values: graph.Values{}}
		found, _, err := values(nil, refs, cells[3:], 0)
		for i, v := range found {
			if v != nil {
				e.Values[refs[i].Prop.Name] = v
			}
		}
		out = append(out, e)
		return err
	})
	return out, err
}

// Write implements write.Tx: it takes a few statements for each table and thousand values.
func (t *transaction) Write(ctx context.Context, c *write.Changes) error {
	kind := func(c *write.NodeChange) *graph.Kind { return c.Kind }
	rel := func(c *write.EdgeChange) *graph.Rel { return c.Rel }
	for _, step := range []func() error{
		func() error {
			return write.Grouped(c.GoneEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				keys := each(cs, func(c *write.EdgeChange) string { return c.Key })
				if r.Bare {
					return t.deleteBare(ctx, r, keys)
				}
				return t.delete(ctx, edgeTable(r), "key", keys)
			})
		},
		func() error { return t.dropWords(ctx, c.GoneWords) },
		func() error {
			return write.Grouped(c.GoneNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.delete(ctx, table(k), "id", each(cs, func(c *write.NodeChange) string { return c.ID }))
			})
		},
		func() error {
			return write.Grouped(c.NewNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.insert(ctx, table(k), []string{"id", "key"}, k.Properties, each(cs, func(c *write.NodeChange) row { return row{[]any{c.ID, c.Key}, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.ChangedNodes, kind, func(k *graph.Kind, cs []*write.NodeChange) error {
				return t.update(ctx, table(k), "id", k.Properties, each(cs, func(c *write.NodeChange) change { return change{c.ID, c.NewKey, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.NewEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				if r.Bare {
					return t.insertBare(ctx, r, cs)
				}
				return t.insert(ctx, edgeTable(r), []string{"key", "src", "dst"}, r.Properties, each(cs, func(c *write.EdgeChange) row { return row{[]any{c.Key, c.From, c.To}, c.Values} }))
			})
		},
		func() error {
			return write.Grouped(c.ChangedEdges, rel, func(r *graph.Rel, cs []*write.EdgeChange) error {
				return t.update(ctx, edgeTable(r), "key", r.Properties, each(cs, func(c *write.EdgeChange) change { return change{c.Key, c.NewKey, c.Values} }))
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

func each[T, U any](all []T, of func(T) U) []U {
	out := make([]U, len(all))
	for i, v := range all {
		out[i] = of(v)
	}
	return out
}

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

// insert makes rows.
func (t *transaction) insert(ctx context.Context, into string, fixed []string, props []*graph.Property, rows []row) error {
	names := append(fixed, columnNames(props)...)
	st := bulk{before: "INSERT OR FAIL INTO " + into + " (" + quoted(names) + ") ", width: len(names)}
	return t.bulk(ctx, st, len(rows), func(i int, args []any) []any {
		args = append(args, rows[i].fixed...)
		c := write.Columns(props, rows[i].values)
		for _, name := range names[len(rows[i].fixed):] {
			args = append(args, stored(c[name]))
		}
		return args
	})
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
		times := map[string]int{} // in how many rows a column is
		sets := each(part, func(c change) map[string]any {
			set := write.Columns(props, c.values)
			if c.key != "" {
				set["key"] = c.key
			}
			for name := range set {
				times[name]++
			}
			return set
		})
		names, of, set := []string{}, []string{"id"}, []string{}
		for _, name := range append([]string{"key"}, columnNames(props)...) {
			if times[name] == 0 {
				continue
			}
			value := fmt.Sprintf("j.v%d", len(names))
			names, of = append(names, name), append(of, value[2:])
			if times[name] < len(part) {
				value = fmt.Sprintf("iif(%s_given, %[1]s, t.%s)", value, quote(name))
				of = append(of, of[len(of)-1]+"_given")
			}
			set = append(set, quote(name)+" = "+value)
		}
		if len(names) == 0 {
			return nil
		}
		st := bulk{before: "WITH j (" + strings.Join(of, ", ") + ") AS (", width: len(of),
			after: ") UPDATE OR FAIL " + in + " AS t SET " + strings.Join(set, ", ") + " FROM j WHERE t." + column + " = j.id"}
		return t.bulk(ctx, st, len(part), func(i int, args []any) []any {
			args = append(args, part[i].id)
			for _, name := range names {
				v, given := sets[i][name]
				if args = append(args, stored(v)); times[name] < len(part) {
					args = append(args, stored(given))
				}
			}
			return args
		})
	})
}
