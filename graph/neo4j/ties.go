package neo4j

import (
	"context"
	"log/slog"

	"github.com/kithgraph/kith/graph/write"
)

// tiesLock is the node that says how ties were made, and of which person last.
const tiesLock = "ties"

// tiesAtOnce is of how many persons the ties are made in one transaction.
const tiesAtOnce = 200

// keepTies makes the ties of a database from before there were any, or whose ties were made otherwise. Where it is broken off it is gone on
// with.
func (s *Store) keepTies(ctx context.Context, p *progress) error {
	want := write.Tied(s.catalog)
	for seen := 0; ; seen += tiesAtOnce {
		noted, err := s.noted(ctx, tiesLock)
		if err != nil {
			return err
		}
		made, _ := noted["made"].(string)
		last, _ := noted["last"].(string)
		switch done, _ := noted["done"].(bool); {
		case made != want:
			last = ""
		case done:
			return nil
		}
		p.say(ctx, "the store gets the ties of those who took part in interactions", slog.Int("persons", seen))
		err = s.within(ctx, func(t transaction) (err error) {
			next := ""
			if !p.empty {
				if next, err = write.TieAll(ctx, s.catalog, t, last, tiesAtOnce); err != nil {
					return err
				}
			}
			return t.note(ctx, tiesLock, map[string]any{"made": want, "last": next, "done": next == ""})
		})
		if err != nil {
			return err
		}
	}
}
