package sqlite

import "math"

var Successor = successor

// FindEachPage has the pages under several parents found by a subquery for each, however little there is, and no more read
// than a page has.
func (s *Store) FindEachPage() { s.few = math.MinInt / 2 }
