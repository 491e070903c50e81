package sqlite

import (
	"context"
	"database/sql"
	"log/slog"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// ranksAtOnce is how many nodes get the places of their values in one transaction.
const ranksAtOnce = 10 * maxRows

// keepRanks gives all nodes the places that their values of enumerations have in the schema, where the file has those of another schema or
// none. It is done again from the start where it is broken off.
func (s *Store) keepRanks(ctx context.Context) error {
	kept, err := s.ranks(ctx)
	if err != nil {
		return err
	}
	for _, k := range s.catalog.Kinds {
		for _, p := range k.Properties {
			if !p.Ranked() {
				continue
			}
			ranked := strings.Join(p.Values, " ")
			was, known := kept[p.Path()]
			delete(kept, p.Path())
			if known && was == ranked {
				continue
			}
			if err := s.keepRanksOf(ctx, k, p); err != nil {
				return err
			}
			err := s.within(ctx, func(t *transaction) error {
				return t.exec(ctx, "INSERT INTO rank_kept VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET ranked = excluded.ranked", p.Path(), ranked)
			})
			if err != nil {
				return err
			}
		}
	}
	for path := range kept { // what has no places any more is written without them
		err := s.within(ctx, func(t *transaction) error { return t.exec(ctx, "DELETE FROM rank_kept WHERE path = ?", path) })
		if err != nil {
			return err
		}
	}
	return nil
}

// ranks are the values of enumerations in the order that nodes have the places of, by the property's path.
func (s *Store) ranks(ctx context.Context) (map[string]string, error) {
	rows, err := s.writer.QueryContext(ctx, "SELECT path, ranked FROM rank_kept")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kept := map[string]string{}
	for rows.Next() {
		var path, ranked string
		if err := rows.Scan(&path, &ranked); err != nil {
			return nil, err
		}
		kept[path] = ranked
	}
	return kept, rows.Err()
}

// keepRanksOf goes through a kind, some nodes at a time.
func (s *Store) keepRanksOf(ctx context.Context, k *graph.Kind, p *graph.Property) error {
	var last sql.NullInt64
	if err := s.writer.QueryRowContext(ctx, "SELECT max("+rowNumber+") FROM "+table(k)).Scan(&last); err != nil {
		return err
	}
	value := rank(p, quote(p.Name))
	text := "UPDATE " + table(k) + " SET " + quote(p.Rank()) + " = " + value + " WHERE " + rowNumber + " > ? AND " + rowNumber + " <= ? AND " + quote(p.Rank()) + " IS NOT " + value
	for done := int64(0); done < last.Int64; done += ranksAtOnce {
		if done > 0 {
			s.options.Log.LogAttrs(ctx, slog.LevelInfo, "the store puts values in the order of the schema", slog.String("of", p.Path()), slog.Int64("done", done), slog.Int64("last", last.Int64))
		}
		if err := s.within(ctx, func(t *transaction) error { return t.exec(ctx, text, done, done+int64(ranksAtOnce)) }); err != nil {
			return err
		}
	}
	return nil
}
