package sqlite

import (
	"context"
	"time"

	"github.com/kithgraph/kith/graph"
)

// sweep sees to it that what was deleted is nowhere in the file, nor in its log. What is freed is overwritten as it is
// (secure_delete). The log is emptied, which waits for those who read.
func (s *Store) sweep(ctx context.Context) error {
	for {
		var busy, pages, moved int
		if err := s.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
			return err
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return &graph.Error{Code: graph.Unavailable, Message: "what was asked for is done, but others are reading what was there before, so that traces of it are still on disk: ask again", Err: ctx.Err()}
		}
	}
}
