package neo4j

import (
	"cmp"
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Entries of the feed are nodes, KithChange. Their places are counted on the lock that all writers take first: so a transaction has the next
// place only when that before it is committed, and one that is given up has none.

// tellChanges is the part of carryOut that writes them. The lock is found by the database's own id: a look into its index would lock that, too,
// on which those wait who are to have it next.
const tellChanges = `CALL () {
  UNWIND $p.newEntries AS row MATCH (l) WHERE elementId(l) = row[0]
  SET l.place = row[1]
  CREATE (:KithChange {place: row[1], at: row[2], told: row[3]})
}
CALL () {
  UNWIND $p.entries AS row MATCH (c:KithChange {place: row[0]}) USING INDEX c:KithChange(place) SET c.told = row[1]
}
`

// lock is the node that all writers lock, and the place of the newest entry.
type lock struct {
	id    string
	place int64
}

// tell adds the values of entries to those of a statement.
func (t transaction) tell(c *write.Changes, values map[string]any) {
	values["newEntries"] = []any{}
	if e := c.NewEntry; e != nil {
		t.lock.place++
		values["newEntries"] = []any{[]any{t.lock.id, t.lock.place, int64(e.At), write.EntryText(e)}}
	}
	values["entries"] = graph.Map(c.Entries, func(e *graph.Entry) any { return []any{cmp.Or(e.Place, t.lock.place), write.EntryText(e)} })
}

// Changes implements graph.Store by one statement, which is sent to where writes go. It may see an entry without one before it that is
// committed while it runs: entries are taken as far as they are without a gap.
func (s *Store) Changes(ctx context.Context, after int64, limit int) (*graph.Feed, error) {
	const text = `OPTIONAL MATCH (l:KithLock {id: 'write'})
CALL () {
  MATCH (c:KithChange) WHERE c.place > $p.after WITH c ORDER BY c.place LIMIT $p.limit
  RETURN collect([c.place, c.at, c.told]) AS found
}
RETURN coalesce(l.place, 0), coalesce(l.trimmed, 0), found`
	row, err := s.ask(ctx, Statement{text, map[string]any{"p": map[string]any{"after": after, "limit": int64(limit)}}})
	if err != nil {
		return nil, translated(ctx, err)
	}
	feed, next := &graph.Feed{Last: row[0].(int64)}, after+1
	for _, found := range row[2].([]any) {
		v := found.([]any)
		if v[0].(int64) != next {
			break
		}
		next++
		if err := s.take(&feed.Entries, v); err != nil {
			return nil, translated(ctx, err)
		}
	}
	if len(feed.Entries) > 0 {
		feed.Last = max(feed.Last, next-1) // the lock was looked at before
	}
	if limit == 0 {
		return feed, nil
	}
	if err := graph.CheckPlace(after, row[1].(int64)+1, feed.Last); err != nil {
		return nil, err
	}
	return feed, nil
}

// take reads an entry.
func (s *Store) take(into *[]graph.Entry, v []any) error {
	*into = append(*into, graph.Entry{Place: v[0].(int64), At: graph.Time(v[1].(int64))})
	return write.ReadEntry(s.catalog, v[2].(string), &(*into)[len(*into)-1])
}

// trimAtOnce is how many entries go in one transaction.
const trimAtOnce = 10_000

// Trim implements graph.Store, some at a time, so that writers need not wait long.
func (s *Store) Trim(ctx context.Context, before graph.Time) error {
	for {
		gone, err := twice(ctx, s, func() (int, error) { return s.trim(ctx, before) })
		if err != nil || gone < trimAtOnce {
			return translated(ctx, err)
		}
	}
}

func (s *Store) trim(ctx context.Context, before graph.Time) (gone int, err error) {
	const text = `MATCH (l) WHERE elementId(l) = $p.lock
CALL () { OPTIONAL MATCH (c:KithChange) WHERE c.place > 0 AND c.at >= $p.before RETURN c.place AS kept ORDER BY kept LIMIT 1 }
CALL (l, kept) {
  MATCH (c:KithChange) WHERE c.place > 0 AND c.place < coalesce(kept, l.place + 1)
  WITH c ORDER BY c.place LIMIT $p.most
  WITH c, c.place AS place DELETE c
  RETURN count(*) AS gone, max(place) AS last
}
SET l.trimmed = coalesce(last, l.trimmed)
RETURN gone`
	err = s.within(ctx, func(t transaction) error {
		return t.collect(ctx, text, map[string]any{"lock": t.lock.id, "before": int64(before), "most": int64(trimAtOnce)}, func(v []any) { gone = int(v[0].(int64)) })
	})
	return gone, err
}

// Mentioning implements write.Tx. It looks through all entries: persons are seldom erased.
func (t transaction) Mentioning(ctx context.Context, ids []string, after int64, limit int) (out []graph.Entry, err error) {
	const text = `MATCH (c:KithChange) WHERE c.place > $p.after AND any(id IN $p.ids WHERE c.told CONTAINS id)
RETURN c.place, c.at, c.told ORDER BY c.place LIMIT $p.limit`
	var broken error
	err = t.collect(ctx, text, map[string]any{"ids": ids, "after": after, "limit": int64(limit)}, func(v []any) {
		if err := t.store.take(&out, v); err != nil {
			broken = err
		}
	})
	if err != nil {
		return nil, err
	}
	return out, broken
}
