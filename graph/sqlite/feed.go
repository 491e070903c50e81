package sqlite

import (
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// feedTable has an entry a row. The file's own counter gives the places: one that was given to a transaction which did not come to its end is
// given again.
func feedTable() tableDef {
	return tableDef{name: "feed", keys: []column{{name: "place", def: "INTEGER PRIMARY KEY AUTOINCREMENT"}, {name: "at", def: "INTEGER NOT NULL"}, {name: "told", def: "TEXT NOT NULL"}}}
}

// Changes implements graph.Store.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (*graph.Feed, error) {
	c, err := s.acquire(ctx)
	if err != nil {
		return nil, translated(ctx, err)
	}
	failed := true // also where something panics
	defer func() { s.release(c, failed) }()
	feed, err := s.changes(ctx, c, after, limit)
	failed = err != nil && graph.CodeOf(err) != graph.CursorExpired
	return feed, translated(ctx, err)
}

func (s *Store) changes(ctx context.Context, c *connection, after int64, limit int) (*graph.Feed, error) {
	feed, first := &graph.Feed{}, int64(0)
	t := &transaction{s, c}
	text := "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0), coalesce((SELECT min(place) FROM feed), 0), place, at, told FROM (SELECT 1) LEFT JOIN (SELECT * FROM feed WHERE place > ? ORDER BY place LIMIT ?)"
	err := t.query(ctx, text, []any{after, int64(limit)}, 5, func(v []any) error {
		feed.Last, first = v[0].(int64), v[1].(int64)
		return t.take(&feed.Entries, v[2:])
	})
	if err != nil || limit == 0 {
		return feed, err
	}
	if first == 0 { // all were trimmed, or there was never one
		first = feed.Last + 1
	}
	return feed, graph.CheckPlace(after, first, feed.Last)
}

// take reads an entry from a row; none where it has no place.
func (t *transaction) take(into *[]graph.Entry, v []any) error {
	place, is := v[0].(int64)
	if !is {
		return nil
	}
	e := graph.Entry{Place: place, At: graph.Time(v[1].(int64))}
	*into = append(*into, e)
	return write.ReadEntry(t.store.catalog, v[2].(string), &(*into)[len(*into)-1])
}

// Trim implements graph.Store.
func (s *Store) Trim(ctx context.Context, before graph.Time) error {
	if s.closed.Load() {
		return errClosed
	}
	return translated(ctx, s.within(ctx, func(t *transaction) error {
		return t.exec(ctx, "DELETE FROM feed WHERE place < coalesce((SELECT place FROM feed WHERE at >= ? ORDER BY place LIMIT 1), (SELECT max(place) + 1 FROM feed))", int64(before))
	}))
}

// Mentioning implements write.Tx. It looks through all entries: persons are seldom erased.
func (t *transaction) Mentioning(ctx context.Context, ids []string, after int64, limit int) (out []graph.Entry, err error) {
	text := "SELECT place, at, told FROM feed WHERE place > ? AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(told, value) > 0) ORDER BY place LIMIT ?"
	err = t.query(ctx, text, []any{after, bound(ids), int64(limit)}, 3, func(v []any) error { return t.take(&out, v) })
	return out, err
}

// tell writes entries.
func (t *transaction) tell(ctx context.Context, c *write.Changes) error {
	if e := c.NewEntry; e != nil {
		if err := t.exec(ctx, "INSERT INTO feed (at, told) VALUES (?, ?)", int64(e.At), write.EntryText(e)); err != nil {
			return err
		}
	}
	for _, e := range c.Entries {
		text, args := "UPDATE feed SET told = ? WHERE place = ?", []any{write.EntryText(e), e.Place}
		if e.Place == 0 {
			text, args = "UPDATE feed SET told = ? WHERE place = (SELECT max(place) FROM feed)", args[:1]
		}
		if err := t.exec(ctx, text, args...); err != nil {
			return err
		}
	}
	return nil
}
