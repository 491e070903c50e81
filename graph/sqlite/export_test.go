package sqlite

import (
	"context"
	"math"
)

var Successor = successor

// FindEachPage has the pages under several parents found by a subquery for each, however little there is, and no more read
// than a page has.
func (s *Store) FindEachPage() { s.few = math.MinInt / 2 }

// Say has the writer's connection run a statement.
func (s *Store) Say(ctx context.Context, text string) error { return s.writing.run(ctx, text) }
