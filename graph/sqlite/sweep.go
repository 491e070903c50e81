package sqlite

import (
	"context"
	"time"

	"github.com/kithgraph/kith/graph"
)

// markSwept notes that the free pages of a file hold nothing that was deleted.
const markSwept = "PRAGMA user_version = 1"

// sweep sees to it that what was deleted is nowhere in the file, nor in its log. What is freed is overwritten as it is
// (secure_delete); files of before that are rewritten once. The log is emptied, which waits for those who read.
func (s *Store) sweep(ctx context.Context) error {
	var version int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version == 0 {
		for _, text := range []string{"VACUUM", markSwept} {
			if _, err := s.writer.ExecContext(ctx, text); err != nil {
				return err
			}
		}
	}
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
