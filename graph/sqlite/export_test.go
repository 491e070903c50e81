package sqlite

import "math"

var Successor = successor

// FindEachPage has the pages under several parents found by a subquery for each, however little there is.
func (s *Store) FindEachPage() { s.few = math.MinInt / 2 }
