package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"

	"github.com/kithgraph/kith/graph/write"
)

// tiesAtOnce is of how many persons the ties are made in one transaction.
const tiesAtOnce = 200

// tieTable has how ties were made, and of which person last.
var tieTable = tableDef{name: "tie_kept", keys: []column{{name: "made", def: "TEXT NOT NULL"}, {name: "last", def: "TEXT NOT NULL"}, {name: "done", def: "INTEGER NOT NULL"}}}

// keepTies makes the ties of a file from before there were any, or whose ties were made otherwise. Where it is broken off it is gone on with.
func (s *Store) keepTies(ctx context.Context) error {
	want := write.Tied(s.catalog)
	for seen := 0; ; seen += tiesAtOnce {
		var made, last string
		var done bool
		err := s.writer.QueryRowContext(ctx, "SELECT made, last, done FROM tie_kept").Scan(&made, &last, &done)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case made != want:
			last = ""
		case done:
			return nil
		}
		if seen > 0 {
			s.options.Log.LogAttrs(ctx, slog.LevelInfo, "the store gets the ties of those who took part in interactions", slog.Int("persons", seen))
		}
		err = s.within(ctx, func(t *transaction) error {
			last, err := write.TieAll(ctx, s.catalog, t, last, tiesAtOnce)
			if err != nil {
				return err
			}
			if err := t.exec(ctx, "DELETE FROM tie_kept"); err != nil {
				return err
			}
			return t.exec(ctx, "INSERT INTO tie_kept VALUES (?, ?, ?)", want, last, last == "")
		})
		if err != nil {
			return err
		}
	}
}
